import { fiscalYear } from '#core/fiscal-year.ts'
import { type AsOf, knownAt } from '#platform/db/as-of.ts'
import type { Handle } from '#platform/db/transaction.ts'
import type { ClosedYear } from './closed-year.ts'

/** Ask under the lock of an envelope when a decision hangs on it: a year-end holds them all. */
export async function listClosedYears(
  handle: Handle,
  asOf: AsOf = null,
): Promise<readonly ClosedYear[]> {
  const rows = await handle
    .selectFrom('closed_year')
    .where(knownAt('closed_year.event', asOf))
    .select(['closed_year.programme', 'closed_year.fiscal_year'])
    .orderBy('closed_year.programme')
    .orderBy('closed_year.fiscal_year')
    .execute()
  return rows.map((row) => ({
    programme: row.programme,
    fiscalYear: fiscalYear(row.fiscal_year),
  }))
}
