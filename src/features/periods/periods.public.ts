import type { CalendarDate } from '#core/calendar-date.ts'
import { comparePeriods, type Period } from '#core/period.ts'
import { Problem } from '#core/problem.ts'
import { chooseRecordedPeriod } from '#core/recorded-period.ts'
import type { Context } from '#features/identity/context.public.ts'
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
  const closed = await listClosedPeriods(context.work, organization)
  const period = chooseRecordedPeriod({
    serviceDate,
    today: context.today,
    isClosed: (candidate) => closed.some((other) => comparePeriods(candidate, other) === 0),
  })
  if (period === null) {
    throw new Problem('refused', 'periods/none-open', {
      fr: `L’exercice du ${serviceDate} est fermé pour ${organization} et aucune période n’est ouverte après lui.`,
      en: `The fiscal year of ${serviceDate} is closed for ${organization} and no period after it is open.`,
    })
  }
  return period
}
