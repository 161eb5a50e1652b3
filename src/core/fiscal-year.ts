import { type Brand, literal } from './brand.ts'
import { type CalendarDate, monthOf, yearOf } from './calendar-date.ts'
import { excerpt } from './excerpt.ts'
import { type Reading, read, unread } from './issues.ts'

/**
 * A fiscal year runs April 1 – March 31, in Quebec and in Ottawa (docs/words.md, "Time"). It is named by
 * both its calendar years, '2025-2026' (canonical) or '2025-26' (English display); both are read.
 * The surprising part is January to March, which belong to the year that began the April before:
 * 2026-03-31 is in 2025-2026, 2026-04-01 in 2026-2027. The names sort as text.
 */
export type FiscalYear = Brand<'FiscalYear'>

const startMin = 1990
const startMax = 2098
const april = 4

const malformed = {
  fr: 'L’exercice doit s’écrire 2025-2026, de 1990-1991 à 2098-2099.',
  en: 'The fiscal year must be written 2025-2026 or 2025-26, from 1990-1991 to 2098-2099.',
}
const notConsecutive = {
  fr: 'Un exercice couvre deux années civiles consécutives, par exemple 2025-2026.',
  en: 'A fiscal year spans two consecutive calendar years, for example 2025-2026.',
}

const canonical: ReadonlySet<string> = new Set(
  Array.from({ length: startMax - startMin + 1 }, (_, at) => named(startMin + at)),
)

export function readFiscalYear(text: string): Reading<FiscalYear> {
  if (canonical.has(text)) {
    return read(text as FiscalYear)
  }
  const [, first = '', second = ''] = /^(\d{4})-(\d{4}|\d{2})$/.exec(text) ?? []
  const start = Number(first)
  if (!isStart(start)) {
    return unread('fiscal-year/malformed', malformed, excerpt(text))
  }
  if (!String(start + 1).endsWith(second)) {
    return unread('fiscal-year/not-consecutive', notConsecutive, text)
  }
  return read(fiscalYearFrom(start))
}

/** @throws RangeError when the literal is not a fiscal year. */
export const fiscalYear = (text: string): FiscalYear => literal(readFiscalYear(text))

/** The fiscal year that begins on April 1 of `start`. @throws RangeError outside 1990–2098. */
export function fiscalYearFrom(start: number): FiscalYear {
  if (!isStart(start)) {
    throw new RangeError(`no fiscal year begins in ${start}`)
  }
  return named(start)
}

function named(start: number): FiscalYear {
  return `${start}-${start + 1}` as FiscalYear
}

/** Days reach further than fiscal years: a rule asks this before it asks for the day's year. */
export const hasFiscalYear = (date: CalendarDate): boolean => isStart(startOf(date))

/** @throws RangeError for a day before 1990-04-01 or after 2099-03-31. */
export const fiscalYearOf = (date: CalendarDate): FiscalYear => fiscalYearFrom(startOf(date))

export const startYear = (year: FiscalYear): number => Number(year.slice(0, 4))

/** @throws RangeError after 2098-2099. */
export const nextFiscalYear = (year: FiscalYear): FiscalYear => fiscalYearFrom(startYear(year) + 1)

/** @throws RangeError before 1990-1991. */
export const previousFiscalYear = (year: FiscalYear): FiscalYear =>
  fiscalYearFrom(startYear(year) - 1)

export const firstDay = (year: FiscalYear): CalendarDate =>
  `${startYear(year)}-04-01` as CalendarDate
export const lastDay = (year: FiscalYear): CalendarDate =>
  `${startYear(year) + 1}-03-31` as CalendarDate

/** Both ends included; none when the first is after the last. */
export function fiscalYearsBetween(first: FiscalYear, last: FiscalYear): FiscalYear[] {
  const years: FiscalYear[] = []
  for (let start = startYear(first); start <= startYear(last); start += 1) {
    years.push(fiscalYearFrom(start))
  }
  return years
}

export function compareFiscalYears(a: FiscalYear, b: FiscalYear): -1 | 0 | 1 {
  if (a === b) {
    return 0
  }
  return a < b ? -1 : 1
}

/** '2025-26', as English text and chart axes show it. */
export const shortLabel = (year: FiscalYear): string => `${year.slice(0, 5)}${year.slice(-2)}`

const isStart = (start: number): boolean =>
  Number.isInteger(start) && start >= startMin && start <= startMax

const startOf = (date: CalendarDate): number => yearOf(date) - (monthOf(date) < april ? 1 : 0)
