import type { Proposal } from './proposal.ts'

/**
 * What a page offers one reader to do with a proposal: by its state, by what the reader may do for
 * its organization, and never somebody's own work to themself. It only decides what is shown; the
 * steps themselves ask again (proposal.ts).
 */
export const proposalSteps = ['edit', 'submit', 'delete', 'approve', 'return'] as const
export type ProposalStep = (typeof proposalSteps)[number]

export interface Reader {
  readonly email: string
  readonly mayPrepare: boolean
  readonly mayDecide: boolean
}

export function offeredSteps(proposal: Proposal, reader: Reader): readonly ProposalStep[] {
  switch (proposal.state) {
    case 'draft':
      return reader.mayPrepare ? ['submit', 'edit', 'delete'] : []
    case 'submitted':
      return !reader.mayDecide
        ? []
        : isOwnWork(proposal, reader)
          ? ['return']
          : ['approve', 'return']
    case 'approved':
      return []
  }
}

export const isOwnWork = (
  { preparedBy, changedBy, submittedBy }: Proposal,
  { email }: Reader,
): boolean => [preparedBy, changedBy, submittedBy].includes(email)
