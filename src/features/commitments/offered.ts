import type { Commitment } from './commitment.ts'

/**
 * What a page offers one reader to do with a commitment: by its state, by what the reader may do for
 * its organization, and never somebody's own work to themself. It only decides what is shown; the
 * steps themselves ask again (lifecycle.ts).
 */
export const steps = ['edit', 'submit', 'delete', 'approve', 'return', 'release'] as const
export type Step = (typeof steps)[number]

export interface Reader {
  readonly email: string
  readonly mayEnter: boolean
  readonly mayDecide: boolean
}

export function offeredSteps(commitment: Commitment, reader: Reader): readonly Step[] {
  const { mayEnter, mayDecide } = reader
  const isOthers = mayDecide && !isOwnWork(commitment, reader)
  switch (commitment.state) {
    case 'draft':
      return mayEnter ? ['submit', 'edit', 'delete'] : []
    case 'submitted':
      return isOthers ? ['approve', 'return'] : mayDecide ? ['return'] : []
    case 'approved':
      return isOthers ? ['release'] : []
    case 'closed':
      return []
  }
}

export const isOwnWork = (
  { preparedBy, changedBy, submittedBy }: Commitment,
  { email }: Reader,
): boolean => [preparedBy, changedBy, submittedBy].includes(email)
