import type { ClientBase, Pool } from 'pg'
import { calendarDate } from '#core/calendar-date.ts'
import { canonical } from '#core/canonical.ts'
import { type FiscalYear, fiscalYear } from '#core/fiscal-year.ts'
import { isStarted, type Period, periodsOf } from '#core/period.ts'
import { testToday } from './urls.ts'

/** Every period of a fiscal year that has begun by the day the tests live in. */
export const startedPeriods = (year: string): readonly Period[] =>
  periodsOf(fiscalYear(year)).filter((period) => isStarted(period, calendarDate(testToday)))

export const periodsOfYear = (year: string, numbers: readonly number[]): readonly Period[] =>
  periodsOf(fiscalYear(year)).filter(({ number }) => numbers.includes(number))

/** What closes a period that was never used, and reopens it; a test says what else it is about. */
export const closing = { organization: 'MSP', fiscalYear: '2025-2026', period: 3, version: 1 }
export const reopening = { ...closing, version: 2, reason: 'Facture oubliée' }

/** Whatever waits in them, which an administrator could not. */
export async function closePeriods(
  owner: Pool | ClientBase,
  organization: string,
  periods: readonly Period[],
): Promise<void> {
  const years: readonly FiscalYear[] = periods.map(({ fiscalYear: year }) => year)
  const payload = canonical({ before: null, after: null, reason: null, operatingSystemUser: null })
  await owner.query(
    `with closing as (
      insert into event (type, actor, request, subject, payload)
      values ('period.closed', 'test', 'test', 'period/' || $1, $4)
      returning event.id
    )
    insert into period (organization, fiscal_year, number, is_closed, closed_event)
    select $1, listed.fiscal_year, listed.number, true, closing.id
    from unnest($2::text[], $3::smallint[]) as listed (fiscal_year, number)
    cross join closing
    on conflict (organization, fiscal_year, number)
    do update set is_closed = true, closed_event = excluded.closed_event`,
    [organization, years, periods.map(({ number }) => number), payload],
  )
}

export async function reopenPeriods(owner: Pool, organization: string): Promise<void> {
  await owner.query(
    `update period set is_closed = false, closed_event = null where period.organization = $1`,
    [organization],
  )
}
