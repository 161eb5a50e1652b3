import type { FiscalYear } from '#core/fiscal-year.ts'
import { add, Money } from '#core/money.ts'
import type { Context } from '#features/identity/context.public.ts'
import type { Handle } from '#platform/db/transaction.ts'
import type { Entry } from './entry.ts'
import { readAvailable } from './journal.store.ts'
import { insertHeads, insertLines, LineColumns } from './posting.store.ts'

export { listCorrections, listEntriesByIds, readAvailable } from './journal.store.ts'
export { nextNumber, nextNumbers } from './numbers.store.ts'

/** The one door to the journal. Answers the entries' ids, in order. */
export async function post(
  context: Context,
  entries: readonly Entry[],
): Promise<readonly string[]> {
  const posting = openPosting(context)
  const ids = await posting.add(entries)
  await posting.close()
  return ids
}

/** For more entries than are held at once: added lot by lot, their lines posted together at the end. */
export interface OpenPosting {
  readonly add: (entries: readonly Entry[]) => Promise<readonly string[]>
  readonly close: () => Promise<void>
}

export function openPosting({ work, event }: Context): OpenPosting {
  const lines = new LineColumns()
  return {
    async add(entries) {
      const ids = await insertHeads(work, event, entries)
      lines.add(ids, entries)
      return ids
    },
    close: () => insertLines(work, lines),
  }
}

/** What is available in an envelope by year and by member measure, and what is planned for each. */
export interface EnvelopeBalances {
  readonly byYear: ReadonlyMap<FiscalYear | null, Money>
  readonly byMeasure: ReadonlyMap<string | null, Money>
  readonly shares: ReadonlyMap<string | null, Money>
}

/** Ask only under the envelope's row lock when a decision hangs on it. */
export async function envelopeBalances(
  handle: Handle,
  envelope: string,
): Promise<EnvelopeBalances> {
  const byYear = new Map<FiscalYear | null, Money>()
  const byMeasure = new Map<string | null, Money>()
  const shares = new Map<string | null, Money>()
  for (const { measure, year, amount, planned } of await readAvailable(handle, envelope)) {
    byYear.set(year, add(byYear.get(year) ?? Money.zero, amount))
    byMeasure.set(measure, add(byMeasure.get(measure) ?? Money.zero, amount))
    shares.set(measure, add(shares.get(measure) ?? Money.zero, planned))
  }
  return { byYear, byMeasure, shares }
}
