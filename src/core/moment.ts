import { readDate } from './calendar-date.ts'
import { excerpt } from './excerpt.ts'
import { type Reading, read, unread } from './issues.ts'

/**
 * An earlier moment of the record: a position, or an instant, which stands for the last position
 * recorded by then. An instant names its offset, since a day ends at another moment in Toronto than
 * in London. A space is read as the plus that an address turns into one.
 * Example: `1204`; `2026-03-31T23:59:59-04:00`, which is 2026-04-01T03:59:59.000Z.
 */
export type Moment =
  | { readonly position: number; readonly instant?: never }
  /** ISO in UTC, to the millisecond. */
  | { readonly instant: string; readonly position?: never }

const instantForm =
  /^(\d{4}-\d{2}-\d{2})(T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?)(Z|[+\- ](?:0\d|1[0-4]):[0-5]\d)$/

export function readMoment(text: string): Reading<Moment> {
  if (/^[1-9]\d{0,14}$/.test(text)) {
    return read({ position: Number(text) })
  }
  const [, day = '', time = '', offset = ''] = instantForm.exec(text) ?? []
  if (!readDate(day).ok) {
    return unread('moment/malformed', malformed, excerpt(text))
  }
  const instant = new Date(`${day}${time}${offset.replace(' ', '+')}`)
  return read({ instant: instant.toISOString() })
}

const malformed = {
  fr: 'Indiquez une position (1204) ou un instant avec son décalage (2026-03-31T23:59:59-04:00).',
  en: 'Give a position (1204) or an instant with its offset (2026-03-31T23:59:59-04:00).',
}
