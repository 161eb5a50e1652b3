import { negate, sum } from '#core/money.ts'
import type { PostedEntry } from '#features/journal/entry.ts'
import { listCorrections } from '#features/journal/journal.public.ts'
import type { Handle } from '#platform/db/transaction.ts'
import type { SpentDocument } from './expenditure.ts'
import { listExpenditures } from './expenditure-list.store.ts'
import type { ExpenditureFilter } from './filter.ts'

/** The documents behind the spending of a report, with the entries that took some of them back. */
export interface BehindSpending {
  readonly expenditures: readonly SpentDocument[]
  readonly corrections: readonly PostedEntry[]
}

/** Posted by a position that the record has, as they were then. */
type Behind = Pick<ExpenditureFilter, 'jurisdiction' | 'from' | 'to'> & {
  readonly postedBy: number
}

/** For a reader who may open every document. Null when there are more than `limit`. */
export async function listBehindSpending(
  handle: Handle,
  filter: Behind,
  limit: number,
): Promise<BehindSpending | null> {
  const page = { limit, after: null }
  const posted = await listExpenditures(handle, ['*'], { ...filter, state: 'posted' }, page)
  const reversed = await listExpenditures(handle, ['*'], { ...filter, state: 'reversed' }, page)
  const listed = [...posted, ...reversed]
  if (listed.length > limit) {
    return null
  }
  const corrected = listed.filter(({ requests }) =>
    requests.some(({ state }) => state === 'approved'),
  )
  const ids = corrected.map(({ id }) => id)
  const corrections = await listCorrections(handle, ids, filter.postedBy)
  const byDocument = Map.groupBy(corrections, ({ document }) => document.id)
  const expenditures = listed.map((each) => asCorrectedBy(each, byDocument.get(each.id) ?? []))
  return { expenditures, corrections }
}

/** As it stood once these corrections were posted, whatever came after them. */
export function asCorrectedBy(
  expenditure: SpentDocument,
  corrections: readonly PostedEntry[],
): SpentDocument {
  const refunded = negate(
    sum(
      corrections
        .filter(({ kind }) => kind === 'refund')
        .flatMap(({ lines }) => lines)
        .filter(({ account }) => account === 'spent')
        .map(({ amount }) => amount),
    ),
  )
  const { reversedBy } = expenditure
  return reversedBy === null || corrections.some(({ id }) => id === reversedBy)
    ? { ...expenditure, refunded }
    : { ...expenditure, refunded, state: 'posted', reversedBy: null }
}
