import type { RecordCheck } from '#features/audit/audit.public.ts'
import { findNetBreaks, findRequestBreaks } from './expenditure-check.store.ts'

export const expenditureChecks: readonly RecordCheck[] = [
  {
    code: 'corrections',
    claim: {
      fr: 'Chaque dépense corrigée compte au journal son montant moins ses remboursements, et rien une fois contre-passée',
      en: 'Every corrected expenditure counts in the journal its amount less its refunds, and nothing once reversed',
    },
    run: findNetBreaks,
  },
  {
    code: 'requests',
    claim: {
      fr: 'Chaque demande approuvée a son écriture, et chaque correction sa demande',
      en: 'Every approved request has its entry, and every correction its request',
    },
    run: findRequestBreaks,
  },
]
