import type { Reading } from './issues.ts'

/**
 * A value that is text: a plain string at run time, a type of its own for the compiler, made by one
 * reader only. A `CalendarDate` goes to JSON, SQL and a sorted list as it is, and yet no other string
 * passes for one.
 */
export type Brand<Name extends string> = string & { readonly [brand]: Name }

declare const brand: unique symbol

/**
 * The value of a literal written in our own code.
 * @throws RangeError when it cannot be read: a bug of whoever wrote it, never of the user.
 */
export function literal<T>(reading: Reading<T>): T {
  if (!reading.ok) {
    throw new RangeError(`${reading.issue.code}: ${reading.issue.value}`)
  }
  return reading.value
}
