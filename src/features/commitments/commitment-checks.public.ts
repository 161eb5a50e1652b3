import type { RecordCheck } from '#features/audit/audit.public.ts'
import { findCommittedBreaks } from './commitment-check.store.ts'

export const commitmentChecks: readonly RecordCheck[] = [
  {
    code: 'commitments',
    claim: {
      fr: 'Ce qui reste de chaque engagement est ce que le journal tient engagé pour lui',
      en: 'What remains of each commitment is what the journal holds committed for it',
    },
    run: findCommittedBreaks,
  },
]
