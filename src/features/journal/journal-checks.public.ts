import type { RecordCheck } from '#features/audit/audit.public.ts'
import {
  findBalanceBreaks,
  findFlagBreaks,
  findIdentityBreaks,
  findUnbalanced,
} from './journal-check.store.ts'

export const journalChecks: readonly RecordCheck[] = [
  {
    code: 'entries-balanced',
    claim: { fr: 'Chaque écriture s’équilibre', en: 'Every entry balances' },
    run: findUnbalanced,
  },
  {
    code: 'balances',
    claim: {
      fr: 'Chaque solde tenu est la somme de ses lignes',
      en: 'Every kept balance is the sum of its lines',
    },
    run: findBalanceBreaks,
  },
  {
    code: 'flags',
    claim: {
      fr: 'Chaque compte de signalements est celui des écritures',
      en: 'Every count of flags is that of the entries',
    },
    run: findFlagBreaks,
  },
  {
    code: 'identity',
    claim: {
      fr: 'Prévu = engagé + dépensé + périmé + disponible, par enveloppe et exercice',
      en: 'Planned = committed + spent + lapsed + available, by envelope and fiscal year',
    },
    run: findIdentityBreaks,
  },
]
