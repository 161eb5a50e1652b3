import type { CalendarDate } from './calendar-date.ts'
import { fiscalYearOf, fiscalYearsBetween } from './fiscal-year.ts'
import {
  comparePeriods,
  isStarted,
  type Period,
  periodOf,
  periodsOf,
  supplementary,
} from './period.ts'

/**
 * Where a posted expenditure is recorded (docs/words.md, "Time"): the period of its service date if open,
 * else that year's period 13 if open, else the earliest open period after its own. Period 13 goes
 * before the months between: with 2025-2026-P11 closed, a service of 2026-02-10 posted on 2026-04-03
 * goes to 2025-2026-P13 even if P12 is open; posted on 2026-03-20, before P13 has started, to P12.
 * A period is open when it has started by today and nobody closed it.
 */
export interface PostingFacts {
  readonly serviceDate: CalendarDate
  readonly today: CalendarDate
  readonly isClosed: (period: Period) => boolean
}

/**
 * Null when no period is open from the service date's on.
 * @throws RangeError when a date has no fiscal year.
 */
export function chooseRecordedPeriod(facts: PostingFacts): Period | null {
  const own = periodOf(facts.serviceDate)
  const later = fiscalYearsBetween(own.fiscalYear, fiscalYearOf(facts.today))
    .flatMap(periodsOf)
    .filter((period) => comparePeriods(period, own) > 0)
  const isOpen = (period: Period): boolean =>
    isStarted(period, facts.today) && !facts.isClosed(period)
  return [own, supplementary(own.fiscalYear), ...later].find(isOpen) ?? null
}
