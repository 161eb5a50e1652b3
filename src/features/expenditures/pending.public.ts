import type { Viewing } from '#features/identity/context.public.ts'
import { reach } from '#features/identity/permission.ts'
import { countWaiting } from './approvals.store.ts'
import { countExpenditures } from './expenditure-list.store.ts'

/** What waits for a person, counted as the lists that show it count it. */
export interface Pending {
  /** Drafts that the person entered, those that came back too. */
  readonly drafts: number
  readonly returned: number
  readonly toApprove: number
}

export async function countPending({ handle, actor }: Viewing): Promise<Pending> {
  const { email } = actor
  const readable = reach(actor, 'expenditure.read')
  const own = { state: 'draft', preparedBy: email } as const
  const drafts = await countExpenditures(handle, readable, own)
  const returned = await countExpenditures(handle, readable, { ...own, returned: true })
  const organizations = reach(actor, 'expenditure.decide')
  const toApprove = await countWaiting(handle, { email, organizations })
  return { drafts: drafts.count, returned: returned.count, toApprove: toApprove.count }
}
