import type { Issue } from '#core/issues.ts'
import type { Bilingual } from '#core/language.ts'
import { Problem } from '#core/problem.ts'

/**
 * What people propose about planned money: an envelope, a relation, a revision. One person prepares
 * it, another approves it, and only then does the plan or the journal change. draft → submitted →
 * approved, or returned from submitted to draft; an approved one never changes again. Nobody
 * approves what they entered, submitted or last changed. The database holds the same rules.
 */
export const proposalStates = ['draft', 'submitted', 'approved'] as const
export type ProposalState = (typeof proposalStates)[number]

/** Of what is not in the plan yet. */
export const openStates = ['draft', 'submitted'] as const satisfies readonly ProposalState[]
export type OpenState = (typeof openStates)[number]

export interface Proposal {
  readonly state: ProposalState
  readonly version: number
  /** Whose people prepare and approve it. */
  readonly organization: string
  readonly preparedBy: string
  /** Who last changed the draft; may not approve it. */
  readonly changedBy: string
  readonly submittedBy: string | null
  readonly approvedBy: string | null
  /** Sequence of the event that approved it. */
  readonly position: number | null
}

/** In French all three are feminine: l’enveloppe, la relation, la révision. */
export const proposalStateNames: Readonly<Record<ProposalState, Bilingual>> = {
  draft: { fr: 'brouillon', en: 'a draft' },
  submitted: { fr: 'soumise', en: 'submitted' },
  approved: { fr: 'approuvée', en: 'approved' },
}

export const proposalState = (stored: string): ProposalState =>
  proposalStates.find((state) => state === stored) ?? 'draft'

/** A proposal and how a sentence speaks of it. */
interface Named {
  readonly proposal: Proposal
  readonly name: Bilingual
}

export function requireState({ proposal, name }: Named, state: ProposalState, verb: Bilingual) {
  if (proposal.state !== state) {
    const found = proposalStateNames[proposal.state]
    throw new Problem('conflict', 'funding/wrong-state', {
      fr: `${name.fr} est à l’état « ${found.fr} » : impossible de ${verb.fr}.`,
      en: `${name.en} is ${found.en}: it cannot be ${verb.en}.`,
    })
  }
}

/** @throws Problem `funding/stale` when somebody changed it since it was shown. */
export function requireVersion({ proposal, name }: Named, shown: number): void {
  if (proposal.version !== shown) {
    throw new Problem('stale', 'funding/stale', {
      fr: `${name.fr} a changé depuis que vous l’avez vue (version ${shown}, maintenant ${proposal.version}). Relisez-la.`,
      en: `${name.en} has changed since you saw it (version ${shown}, now ${proposal.version}). Read it again.`,
    })
  }
}

export function requireSomebodyElse({ proposal, name }: Named, actor: string): void {
  const { preparedBy, changedBy, submittedBy } = proposal
  if ([preparedBy, changedBy, submittedBy].includes(actor)) {
    throw new Problem('forbidden', 'funding/own-work', {
      fr: `${name.fr} : vous l’avez saisie, modifiée ou soumise; une autre personne doit l’approuver.`,
      en: `${name.en}: you entered, changed or submitted it; somebody else must approve it.`,
    })
  }
}

/** All that is wrong at once; the first says the sentence and the code. */
export function refuseIssues(issues: readonly Issue[]): void {
  const [first] = issues
  if (first !== undefined) {
    throw new Problem('refused', first.code, first.detail, { issues })
  }
}
