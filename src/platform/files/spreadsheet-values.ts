import type { Cell } from '#core/grid.ts'
import type { NumberFormat } from './number-format.ts'

/**
 * The number in a cell of a workbook, as exact text. Spreadsheets hold binary numbers and show 15
 * digits; Excel writes 4.4 as 4.4000000000000004. So a number is read when the shortest decimal of
 * its binary value has at most 15 digits, for then what is stored is what is shown; otherwise
 * (0.30000000000000004, a document number of 17 digits) it is refused, never rounded. No amount is
 * computed here: the binary value serves to find its shortest text.
 */
type Value = Pick<Cell, 'kind' | 'text'>

const stored = /^([-+]?)(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d{1,4}))?$/
const digitsMax = 15
const placesMax = 30

export function numberValue(text: string): Value {
  const plain = plainDecimal(text)
  if (plain === null) {
    return { kind: 'files/number-malformed', text }
  }
  if (significantDigits(plain) <= digitsMax) {
    return { kind: 'number', text: plain }
  }
  const shortest = plainDecimal(String(Number(plain)))
  return shortest !== null && significantDigits(shortest) <= digitsMax
    ? { kind: 'number', text: shortest }
    : { kind: 'files/number-inexact', text }
}

/** '1.2345E3' → '1234.5', '-0' → '0'; null for what is no number, or has too many places to be told. */
export function plainDecimal(text: string): string | null {
  const [, sign = '', whole = '', decimals = '', exponent = '0'] = stored.exec(text) ?? []
  const digits = whole + decimals
  if (digits === '' || digits.length > 400) {
    return null
  }
  const point = whole.length + Number(exponent)
  if (Math.abs(point) > placesMax || digits.length - point > placesMax + digitsMax) {
    return /[1-9]/.test(digits) ? null : '0'
  }
  const padded = digits.padStart(digits.length + Math.max(0, 1 - point), '0')
  const at = Math.max(point, 1)
  const before = padded
    .slice(0, at)
    .padEnd(at, '0')
    .replace(/^0+(?=\d)/, '')
  const after = padded.slice(at).replace(/0+$/, '')
  const value = after === '' ? before : `${before}.${after}`
  return sign === '-' && value !== '0' ? `-${value}` : value
}

const significantDigits = (plain: string): number =>
  plain.replaceAll(/[-.]/g, '').replace(/^0+/, '').replace(/0+$/, '').length

export type DateSystem = '1900' | '1904'

const dayMillis = 86_400_000
/** Day 0, counted so that days from 61 on are right in the 1900 system. */
const epochs: Record<DateSystem, number> = {
  '1900': Date.UTC(1899, 11, 30),
  '1904': Date.UTC(1904, 0, 1),
}
const lastDay = Date.UTC(9999, 11, 31)

/**
 * A serial number shown as a date or a time. In the 1900 system day 1 is 1 January 1900 and day 60
 * the 29 February 1900 that Lotus 1-2-3 invented; day 61 is 1 March. In the 1904 system day 0 is
 * 1 January 1904. Example: 45748 is 2025-04-01, 44286 in the 1904 system.
 * A day that is shown as a time of day is refused: what is shown is half of what is there. So is day 0 shown as
 * a date, which no two programs show alike.
 */
export function serialValue(text: string, format: NumberFormat, system: DateSystem): Value {
  const serial = Number(text)
  if (!stored.test(text) || text === '' || !Number.isFinite(serial)) {
    return { kind: 'files/number-malformed', text }
  }
  const day = Math.floor(serial)
  const millis = Math.round((serial - day) * dayMillis)
  if (serial < 0 || millis === dayMillis) {
    return { kind: 'files/date-outside', text }
  }
  if (format === 'time' && day > 0) {
    return { kind: 'files/format-unclear', text }
  }
  if (format !== 'date') {
    return { kind: 'time', text: clock(day * dayMillis + millis) }
  }
  if (system === '1900' && day === 60) {
    return { kind: 'files/date-false-leap-day', text }
  }
  const shifted = system === '1900' && day < 60 ? day + 1 : day
  const instant = epochs[system] + shifted * dayMillis
  if (instant > lastDay || day === 0) {
    return { kind: 'files/date-outside', text }
  }
  const date = new Date(instant).toISOString().slice(0, 10)
  return { kind: 'date', text: millis === 0 ? date : `${date} ${clock(millis)}` }
}

/** '36:30:00', '13:45:00.250'. */
function clock(millis: number): string {
  const two = (count: number): string => String(count).padStart(2, '0')
  const seconds = Math.floor(millis / 1000)
  const rest = millis % 1000
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return parts.map(two).join(':') + (rest === 0 ? '' : `.${String(rest).padStart(3, '0')}`)
}

/** A date written as text, as ISO 8601 cells have it: '2025-04-01', '2025-04-01T13:45:00'. */
export function isoValue(text: string): Value {
  const [, day = '', time = '00:00:00'] =
    /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2})(?:\.0+)?)?$/.exec(text) ?? []
  const instant = new Date(`${day}T${time}Z`)
  const isReal =
    !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(`${day}T${time}`)
  if (!isReal) {
    return { kind: 'files/date-malformed', text }
  }
  return { kind: 'date', text: time === '00:00:00' ? day : `${day} ${time}` }
}

/** `_x000D_` is a carriage return, `_x005F_` an underscore (ECMA-376 part 1, 22.9.2.19). */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, hex) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      )
    : text
