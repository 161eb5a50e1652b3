import { isPositive } from '#core/money.ts'
import { listCorrections } from '#features/journal/journal.public.ts'
import type { Handle } from '#platform/db/transaction.ts'
import type { SpentDocument } from './expenditure.ts'
import { asCorrectedBy, type BehindSpending } from './expenditures.public.ts'
import { flowOfPosted, type PostedFilter } from './spending-flow.store.ts'

export { type PostedFilter, sizeOfPosted } from './spending-flow.store.ts'

/**
 * The documents behind spending, however many, as they stood at the position, a lot at a time in the
 * order of their days and numbers: what `listBehindSpending` gives at once.
 */
export async function* flowBehindSpending(
  handle: Handle,
  organizations: readonly string[],
  filter: PostedFilter,
): AsyncGenerator<BehindSpending, void> {
  for await (const listed of flowOfPosted(handle, organizations, filter)) {
    const ids = listed.filter(isCorrected).map(({ id }) => id)
    const corrections = await listCorrections(handle, ids, filter.postedBy)
    const byDocument = Map.groupBy(corrections, ({ document }) => document.id)
    const expenditures = listed.map((each) =>
      isCorrected(each) ? asCorrectedBy(each, byDocument.get(each.id) ?? []) : each,
    )
    yield { expenditures, corrections }
  }
}

const isCorrected = ({ state, refunded }: SpentDocument): boolean =>
  state === 'reversed' || isPositive(refunded)
