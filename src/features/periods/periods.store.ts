import { fiscalYear } from '#core/fiscal-year.ts'
import { type Period, periodNumbers } from '#core/period.ts'
import type { Handle } from '#platform/db/transaction.ts'

export async function listClosedPeriods(
  handle: Handle,
  organization: string,
): Promise<readonly Period[]> {
  const rows = await handle
    .selectFrom('period')
    .select(['period.fiscal_year', 'period.number'])
    .where('period.organization', '=', organization)
    .where('period.is_closed', '=', true)
    .execute()
  return rows.map((row) => ({
    fiscalYear: fiscalYear(row.fiscal_year),
    number: periodNumbers.find((number) => number === row.number) ?? 13,
  }))
}
