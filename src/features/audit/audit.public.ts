import type { Handle } from '#platform/db/transaction.ts'
import { findChainBreaks, findHeadBreaks } from './chain-check.store.ts'
import type { Check } from './check.ts'

export type RecordCheck = Check<Handle>

export const chainChecks: readonly RecordCheck[] = [
  {
    code: 'chain',
    claim: {
      fr: 'Chaque événement suit le précédent et scelle ses écritures',
      en: 'Every event follows the one before and seals its entries',
    },
    run: findChainBreaks,
  },
  {
    code: 'chain-head',
    claim: {
      fr: 'La tête de la chaîne est le dernier événement',
      en: 'The head of the chain is the last event',
    },
    run: findHeadBreaks,
  },
]
