import type { Pool } from 'pg'
import { calendarDate } from '#core/calendar-date.ts'
import { type FiscalYear, fiscalYear } from '#core/fiscal-year.ts'
import { isStarted, type Period, periodsOf } from '#core/period.ts'
import { testToday } from './urls.ts'

/** Every period of a fiscal year that has begun by the day the tests live in. */
export const startedPeriods = (year: string): readonly Period[] =>
  periodsOf(fiscalYear(year)).filter((period) => isStarted(period, calendarDate(testToday)))

export const periodsOfYear = (year: string, numbers: readonly number[]): readonly Period[] =>
  periodsOf(fiscalYear(year)).filter(({ number }) => numbers.includes(number))

/** As an administrator will one day; until then only the owner of the database can. */
export async function closePeriods(
  owner: Pool,
  organization: string,
  periods: readonly Period[],
): Promise<void> {
  const years: readonly FiscalYear[] = periods.map(({ fiscalYear: year }) => year)
  await owner.query(
    `insert into period (organization, fiscal_year, number, is_closed)
    select $1, listed.fiscal_year, listed.number, true
    from unnest($2::text[], $3::smallint[]) as listed (fiscal_year, number)
    on conflict (organization, fiscal_year, number) do update set is_closed = true`,
    [organization, years, periods.map(({ number }) => number)],
  )
}

export async function reopenPeriods(owner: Pool, organization: string): Promise<void> {
  await owner.query('update period set is_closed = false where period.organization = $1', [
    organization,
  ])
}
