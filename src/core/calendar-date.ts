import { type Brand, literal } from './brand.ts'
import { excerpt } from './excerpt.ts'
import { type Reading, read, unread } from './issues.ts'

/**
 * A day without hour or zone, as 'YYYY-MM-DD' text (docs/words.md, "Time"): it sorts as text and cannot move
 * when a process, a driver or a browser sits in another zone. "Today" is the day in Toronto, so
 * 2026-04-01T03:59:59Z is still March 31 there (daylight time), and still the year 2025-2026.
 * A `Date` serves inside this file to count days in UTC, and never leaves it.
 */
export type CalendarDate = Brand<'CalendarDate'>

const malformed = {
  fr: 'La date doit s’écrire AAAA-MM-JJ, par exemple 2026-03-31.',
  en: 'The date must be written YYYY-MM-DD, for example 2026-03-31.',
}
const impossible = {
  fr: 'Cette date n’existe pas au calendrier, ou n’est pas comprise entre 1900-01-01 et 2199-12-31.',
  en: 'This date is not in the calendar, or not between 1900-01-01 and 2199-12-31.',
}

const torontoFormat = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'America/Toronto',
  calendar: 'gregory',
  numberingSystem: 'latn',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** Real days of the years 1900 to 2199, nothing else: no other order, no spaces, no short forms. */
export function readDate(text: string): Reading<CalendarDate> {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    return unread('date/malformed', malformed, excerpt(text))
  }
  const day = dayOfUtc(Date.UTC(numberAt(text, 0, 4), numberAt(text, 5, 7) - 1, numberAt(text, 8)))
  const isPossible = day === text && text >= '1900-01-01' && text <= '2199-12-31'
  return isPossible ? read(text as CalendarDate) : unread('date/impossible', impossible, text)
}

/** @throws RangeError when the literal is not a day. */
export const calendarDate = (text: string): CalendarDate => literal(readDate(text))

export function compareDates(a: CalendarDate, b: CalendarDate): -1 | 0 | 1 {
  if (a === b) {
    return 0
  }
  return a < b ? -1 : 1
}

export const yearOf = (date: CalendarDate): number => numberAt(date, 0, 4)
/** 1 for January … 12 for December. */
export const monthOf = (date: CalendarDate): number => numberAt(date, 5, 7)

/** @throws RangeError when the day would be outside 1900–2199, or `days` is not a whole number. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  if (!Number.isSafeInteger(days)) {
    throw new RangeError(`not a whole number of days: ${days}`)
  }
  return calendarDate(dayOfUtc(Date.UTC(yearOf(date), monthOf(date) - 1, numberAt(date, 8) + days)))
}

/** The last day of the date's month: February 29 in leap years. */
export const endOfMonth = (date: CalendarDate): CalendarDate =>
  calendarDate(dayOfUtc(Date.UTC(yearOf(date), monthOf(date), 0)))

/**
 * The day in America/Toronto at an instant, whatever zone the process has.
 * @throws RangeError for an invalid instant.
 */
export function torontoDay(instant: Date): CalendarDate {
  const parts = torontoFormat.formatToParts(instant).map(({ type, value }) => [type, value])
  const { year, month, day } = Object.fromEntries(parts) as Record<string, string>
  return calendarDate(`${year}-${month}-${day}`)
}

/**
 * The instant at which a day begins in Toronto: 2026-04-01 at 04:00 UTC, in daylight time, and
 * 2026-01-01 at 05:00. The clocks there change after midnight.
 */
export function torontoMidnight(day: CalendarDate): string {
  const inSummer = new Date(`${day}T04:00:00Z`)
  return torontoDay(inSummer) === day ? inSummer.toISOString() : `${day}T05:00:00.000Z`
}

const numberAt = (text: string, from: number, to?: number): number => Number(text.slice(from, to))

/** Text that is no day, rather than a throw, past the instants that a `Date` can hold. */
function dayOfUtc(instant: number): string {
  return Number.isNaN(instant) ? 'no day' : new Date(instant).toISOString().slice(0, 10)
}
