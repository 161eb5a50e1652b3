import type { Expenditure, ExpenditureRequest } from './expenditure.ts'

/**
 * What a page offers one reader to do with an expenditure: by its state, by what the reader may do
 * for its organization, and never somebody's own work to themself. It only decides what is shown;
 * the steps themselves ask again (lifecycle.ts).
 */
export const steps = [
  'edit',
  'submit',
  'delete',
  'approve',
  'return',
  'refund',
  'reclassify',
  'reverse',
] as const
export type Step = (typeof steps)[number]

/** Steps of the officers of its organization; the others are its approvers'. */
export const officerSteps = ['edit', 'submit', 'delete', 'refund', 'reclassify', 'reverse'] as const

/** What an approver makes of a request. */
export const requestDecisions = ['approve', 'refuse'] as const
export type RequestDecided = (typeof requestDecisions)[number]

export interface Reader {
  readonly email: string
  readonly mayEnter: boolean
  readonly mayDecide: boolean
}

export function offeredSteps(expenditure: Expenditure, reader: Reader): readonly Step[] {
  const { state, requests } = expenditure
  const { mayEnter, mayDecide } = reader
  const isOpen = requests.some((request) => request.state === 'asked')
  switch (state) {
    case 'draft':
      return mayEnter ? ['submit', 'edit', 'delete'] : []
    case 'submitted':
      return !mayDecide ? [] : isOwnWork(expenditure, reader) ? ['return'] : ['approve', 'return']
    case 'posted':
      return mayEnter && !isOpen ? ['refund', 'reclassify', 'reverse'] : []
    case 'reversed':
      return []
  }
}

export const isOwnWork = (
  { preparedBy, changedBy, submittedBy }: Expenditure,
  { email }: Reader,
): boolean => [preparedBy, changedBy, submittedBy].includes(email)

export const mayDecideRequest = (request: ExpenditureRequest, reader: Reader): boolean =>
  request.state === 'asked' && reader.mayDecide && request.askedBy !== reader.email
