import type { Bilingual } from '#core/language.ts'
import type { Proposal, ProposalState } from './proposal.ts'
import { isOwnWork, type Reader } from './proposal-offered.ts'

/** What pages say alike of everything that people propose: all of it is feminine in French. */
const words = {
  preparedBy: { fr: 'Saisie par', en: 'Entered by' },
  changedBy: { fr: 'Modifiée par', en: 'Changed by' },
  submittedBy: { fr: 'Soumise par', en: 'Submitted by' },
  approvedBy: { fr: 'Approuvée par', en: 'Approved by' },
  position: { fr: 'Position', en: 'Position' },
} satisfies Record<string, Bilingual>

/** Who had a hand in it; null: nobody yet. */
export const signatures = (
  proposal: Proposal,
): readonly (readonly [label: Bilingual, value: string | null])[] => [
  [words.preparedBy, proposal.preparedBy],
  [words.changedBy, proposal.changedBy === proposal.preparedBy ? null : proposal.changedBy],
  [words.submittedBy, proposal.submittedBy],
  [words.approvedBy, proposal.approvedBy],
  [words.position, proposal.position === null ? null : String(proposal.position)],
]

const waiting: Readonly<Record<ProposalState, Bilingual>> = {
  draft: {
    fr: 'C’est un brouillon : les agents financiers de l’organisme peuvent la modifier et la soumettre.',
    en: 'It is a draft: the officers of the organization can change and submit it.',
  },
  submitted: {
    fr: 'Elle attend l’approbation d’une autre personne que celles qui l’ont saisie, modifiée ou soumise.',
    en: 'It waits for the approval of somebody other than those who entered, changed or submitted it.',
  },
  approved: {
    fr: 'Elle est approuvée : elle ne change plus.',
    en: 'It is approved: it no longer changes.',
  },
}

/** What the reader can expect, where nothing of it is for them to do; null where something is. */
export function waitingWords(
  proposal: Proposal,
  reader: Reader,
  steps: readonly string[],
): Bilingual | null {
  const isTheirs = proposal.state === 'submitted' && isOwnWork(proposal, reader)
  return steps.length === 0 || isTheirs ? waiting[proposal.state] : null
}

const said: Readonly<Record<string, Bilingual>> = {
  entered: { fr: 'saisie', en: 'entered' },
  prepared: { fr: 'préparée et soumise', en: 'prepared and submitted' },
  changed: { fr: 'modifiée', en: 'changed' },
  submitted: { fr: 'soumise', en: 'submitted' },
  returned: { fr: 'retournée', en: 'returned' },
  approved: { fr: 'approuvée', en: 'approved' },
  frozen: { fr: 'fichiers du rapport conservés', en: 'files of the report kept' },
}

/** @param type `revision.approved` */
export function historyWords(type: string): Bilingual {
  const [, step = type] = type.split('.')
  return said[step] ?? { fr: type, en: type }
}
