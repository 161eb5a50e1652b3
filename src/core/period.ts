import { type CalendarDate, calendarDate, compareDates, monthOf } from './calendar-date.ts'
import { excerpt } from './excerpt.ts'
import {
  compareFiscalYears,
  type FiscalYear,
  fiscalYearOf,
  readFiscalYear,
  startYear,
} from './fiscal-year.ts'
import { type Reading, read, unread } from './issues.ts'

/**
 * Periods 1 to 12 are the months of a fiscal year, April first; period 13 is the supplementary one,
 * for entries of the old year recorded after March 31 (docs/words.md, "Time"). The surprising part is that
 * period 13 holds no day of its own: 2025-2026-P13 becomes usable on 2026-04-01, the same day as
 * 2026-2027-P01, and yet comes before it in order. 2026-03-31 is in 2025-2026-P12.
 */
export const periodNumbers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13] as const
export type PeriodNumber = (typeof periodNumbers)[number]

export interface Period {
  readonly fiscalYear: FiscalYear
  readonly number: PeriodNumber
}

const malformed = {
  fr: 'La période doit s’écrire 2025-2026-P03, de P01 (avril) à P13 (période supplémentaire).',
  en: 'The period must be written 2025-2026-P03, from P01 (April) to P13 (supplementary period).',
}

/** The month's period, never 13. @throws RangeError for a day that no fiscal year holds. */
export const periodOf = (date: CalendarDate): Period => ({
  fiscalYear: fiscalYearOf(date),
  number: (((monthOf(date) + 8) % 12) + 1) as PeriodNumber,
})

export const supplementary = (fiscalYear: FiscalYear): Period => ({ fiscalYear, number: 13 })

/** '2025-2026-P03': the text in JSON and addresses; it sorts as `comparePeriods` does. */
export const periodKey = (period: Period): string =>
  `${period.fiscalYear}-P${String(period.number).padStart(2, '0')}`

/** Reads what `periodKey` writes, nothing else. */
export function readPeriod(text: string): Reading<Period> {
  const [, year = '', digits = ''] = /^(\d{4}-\d{4})-P(0[1-9]|1[0-3])$/.exec(text) ?? []
  const fiscalYear = readFiscalYear(year)
  if (!fiscalYear.ok) {
    return unread('period/malformed', malformed, excerpt(text))
  }
  return read({ fiscalYear: fiscalYear.value, number: Number(digits) as PeriodNumber })
}

export function comparePeriods(a: Period, b: Period): -1 | 0 | 1 {
  if (a.fiscalYear !== b.fiscalYear) {
    return compareFiscalYears(a.fiscalYear, b.fiscalYear)
  }
  return Math.sign(a.number - b.number) as -1 | 0 | 1
}

/** The day the period becomes usable: the first of its month, or the April 1 after the year. */
export function periodFirstDay(period: Period): CalendarDate {
  const month = String(((period.number + 2) % 12) + 1).padStart(2, '0')
  const year = startYear(period.fiscalYear) + (period.number < 10 ? 0 : 1)
  return calendarDate(`${year}-${month}-01`)
}

/** All thirteen, in order. */
export const periodsOf = (fiscalYear: FiscalYear): Period[] =>
  periodNumbers.map((number) => ({ fiscalYear, number }))

export const isStarted = (period: Period, today: CalendarDate): boolean =>
  compareDates(periodFirstDay(period), today) <= 0
