import type { FiscalYear } from '#core/fiscal-year.ts'
import { add, Money } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { Context } from '#features/identity/context.public.ts'
import type { Handle } from '#platform/db/transaction.ts'
import type { Entry, PostedEntry } from './entry.ts'
import { findEntry, insertEntries, readAvailable } from './journal.store.ts'

export { listEntriesByIds } from './journal.store.ts'

/** The one door to the journal. Answers the entries' ids, in order. */
export function post(context: Context, entries: readonly Entry[]): Promise<readonly string[]> {
  return insertEntries(context.work, context.event, entries)
}

/** What is available in an envelope by year, and what each member measure has of its own. */
export interface EnvelopeBalances {
  readonly byYear: ReadonlyMap<FiscalYear | null, Money>
  readonly byMeasure: ReadonlyMap<string | null, Money>
}

/** Ask only under the envelope's row lock when a decision hangs on it. */
export async function envelopeBalances(
  handle: Handle,
  envelope: string,
): Promise<EnvelopeBalances> {
  const byYear = new Map<FiscalYear | null, Money>()
  const byMeasure = new Map<string | null, Money>()
  for (const { measure, year, amount } of await readAvailable(handle, envelope)) {
    byYear.set(year, add(byYear.get(year) ?? Money.zero, amount))
    byMeasure.set(measure, add(byMeasure.get(measure) ?? Money.zero, amount))
  }
  return { byYear, byMeasure }
}

/** @throws Problem `journal/entry-not-found` */
export async function requireEntry(handle: Handle, id: string): Promise<PostedEntry> {
  const entry = await findEntry(handle, id)
  if (entry === null) {
    throw new Problem('not-found', 'journal/entry-not-found', {
      fr: 'Cette écriture n’existe pas.',
      en: 'There is no such entry.',
    })
  }
  return entry
}
