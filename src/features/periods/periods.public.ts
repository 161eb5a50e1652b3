import type { CalendarDate } from '#core/calendar-date.ts'
import { comparePeriods, type Period } from '#core/period.ts'
import { Problem } from '#core/problem.ts'
import { chooseRecordedPeriod } from '#core/recorded-period.ts'
import type { Context } from '#features/identity/context.public.ts'
import type { Handle } from '#platform/db/transaction.ts'
import { listClosedPeriods } from './periods.store.ts'

/**
 * The period that records spending of a service date, for one organization. The database checks it
 * again and locks it, so that a closing in between is seen.
 * @throws Problem `periods/none-open` when the date's year is closed and nothing after it is open.
 */
export async function recordedPeriodFor(
  context: Context,
  organization: string,
  serviceDate: CalendarDate,
): Promise<Period> {
  const recording = await readRecording(context.work, organization, context.today)
  const period = recording(serviceDate)
  if (period === null) {
    throw noPeriodOpen(organization, serviceDate)
  }
  return period
}

export const noPeriodOpen = (organization: string, serviceDate: CalendarDate): Problem =>
  new Problem('refused', 'periods/none-open', {
    fr: `L’exercice du ${serviceDate} est fermé pour ${organization} et aucune période n’est ouverte après lui.`,
    en: `The fiscal year of ${serviceDate} is closed for ${organization} and no period after it is open.`,
  })

export async function isPeriodClosed(
  handle: Handle,
  organization: string,
  period: Period,
): Promise<boolean> {
  const closed = await listClosedPeriods(handle, organization)
  return closed.some((other) => comparePeriods(period, other) === 0)
}

/** By service date, the period that would record it; null when none is open. */
export async function readRecording(
  handle: Handle,
  organization: string,
  today: CalendarDate,
): Promise<(serviceDate: CalendarDate) => Period | null> {
  const closed = await listClosedPeriods(handle, organization)
  const isClosed = (candidate: Period): boolean =>
    closed.some((other) => comparePeriods(candidate, other) === 0)
  return (serviceDate) => chooseRecordedPeriod({ serviceDate, today, isClosed })
}
