import type { PostedEntry } from '#features/journal/entry.ts'
import { listEntriesByIds } from '#features/journal/journal.public.ts'
import type { Handle } from '#platform/db/transaction.ts'
import type { Expenditure } from './expenditure.ts'
import { listExpenditures } from './expenditure-list.store.ts'
import type { ExpenditureFilter } from './filter.ts'

/** The documents behind the spending of a report, with the entries that took some of them back. */
export interface BehindSpending {
  readonly expenditures: readonly Expenditure[]
  readonly corrections: readonly PostedEntry[]
}

/** For a reader who may open every document. Null when there are more than `limit`. */
export async function listBehindSpending(
  handle: Handle,
  filter: Pick<ExpenditureFilter, 'jurisdiction' | 'from' | 'to'>,
  limit: number,
): Promise<BehindSpending | null> {
  const page = { limit, after: null }
  const posted = await listExpenditures(handle, ['*'], { ...filter, state: 'posted' }, page)
  const reversed = await listExpenditures(handle, ['*'], { ...filter, state: 'reversed' }, page)
  const expenditures = [...posted, ...reversed]
  if (expenditures.length > limit) {
    return null
  }
  const reversals = expenditures.flatMap(({ reversedBy }) => reversedBy ?? [])
  return { expenditures, corrections: await listEntriesByIds(handle, reversals) }
}
