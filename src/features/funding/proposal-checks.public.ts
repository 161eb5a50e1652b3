import type { RecordCheck } from '#features/audit/audit.public.ts'
import { findProposalBreaks, findRevisionBreaks } from './proposal-check.store.ts'

export const fundingChecks: readonly RecordCheck[] = [
  {
    code: 'revisions',
    claim: {
      fr: 'Chaque révision approuvée est dans le journal, et chaque écriture de révision a la sienne',
      en: 'Every approved revision is in the journal, and every entry of a revision has its own',
    },
    run: findRevisionBreaks,
  },
  {
    code: 'proposals',
    claim: {
      fr: 'Chaque enveloppe et chaque relation approuvée est au plan comme elle a été proposée',
      en: 'Every approved envelope and relation is in the plan as it was proposed',
    },
    run: findProposalBreaks,
  },
]
