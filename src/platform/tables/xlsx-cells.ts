import { calendarDate } from '#core/calendar-date.ts'
import type { Language } from '#core/language.ts'
import { Money } from '#core/money.ts'
import { missingSign } from '#platform/i18n/format.ts'
import type { CellScalar, FormulaCell, LinkCell, SheetCell } from './workbook.ts'
import type { CellLook } from './xlsx-styles.ts'
import { escapeText } from './xlsx-text.ts'

/**
 * The only door to exceljs's `cell.value`, which takes anything: an object that came from JSON would
 * become a live formula, NaN would be written raw. Each shape is checked at run time as well.
 *
 * This is also the only place of the product where an amount is a JavaScript number. It is exact: an
 * amount has at most 15 significant digits, every decimal of 15 digits goes to the nearest double and
 * back unchanged, and JavaScript prints the shortest decimal that reads back as the same double. Each
 * cell proves it for itself: 2903063.01 is written `<v>2903063.01</v>`, or nothing is written.
 */
export type FileScalar = string | number | boolean

export type FileValue =
  | FileScalar
  | null
  | { readonly formula: string; readonly result: FileScalar }
  | { readonly text: string; readonly hyperlink: string }

export interface FileCell {
  readonly value: FileValue
  readonly look: CellLook
  /** Characters it takes on the sheet, near enough for a column's width. */
  readonly length: number
  /** The same of each of its lines, where it has several of its own. */
  readonly lines?: readonly number[]
}

const formulaMax = 8192
const targetMax = 2000
const msPerDay = 86_400_000
const excelDayOfEpoch = 25_569
const firstAgreedDay = '1900-03-01'

/** @throws RangeError for anything but the shapes of a SheetCell: a bug of whoever described it. */
export function fileCell(cell: SheetCell, language: Language): FileCell {
  if ('formula' in cell) {
    return formulaCell(cell, language)
  }
  if ('link' in cell) {
    return linkCell(cell)
  }
  if ('marked' in cell) {
    return scalarCell(cell.marked, language)
  }
  if ('input' in cell) {
    return scalarCell(cell.input, language)
  }
  if ('missing' in cell) {
    return textCell(missingSign(cell.missing, language))
  }
  return 'empty' in cell ? { value: null, look: 'text', length: 0 } : scalarCell(cell, language)
}

interface ScalarFileCell extends FileCell {
  readonly value: FileScalar
}

function scalarCell(cell: CellScalar, language: Language): ScalarFileCell {
  if ('text' in cell) {
    return textCell(cell.text)
  }
  if ('amount' in cell) {
    return amountCell(cell.amount)
  }
  if ('percent' in cell) {
    return { value: exactNumber(cell.percent), look: 'percent', length: cell.percent.length + 2 }
  }
  if ('date' in cell) {
    return dateCell(cell.date)
  }
  if ('count' in cell) {
    return countCell(cell.count)
  }
  if ('boolean' in cell && typeof cell.boolean === 'boolean') {
    return { value: cell.boolean, look: 'boolean', length: language === 'fr' ? 4 : 5 }
  }
  throw new RangeError('a cell is text, an amount, a percent, a date, a boolean or a count')
}

function textCell(text: string): ScalarFileCell {
  const value = escapeText(text)
  if (!text.includes('\n')) {
    return { value, look: 'text', length: text.length }
  }
  const lines = text.split('\n').map((line) => line.length)
  return { value, look: 'text', length: Math.max(...lines), lines }
}

function amountCell(amount: Money): ScalarFileCell {
  if (!(amount instanceof Money)) {
    throw new RangeError('an amount cell takes Money')
  }
  const text = amount.toString()
  // One separator a group of three digits, and the dollar sign with its space.
  return { value: exactNumber(text), look: 'amount', length: text.length + text.length / 3 + 2 }
}

/** @throws RangeError unless the number prints back as the text it was. */
function exactNumber(text: string): number {
  if (typeof text === 'string' && /^-?\d{1,13}\.\d{2}$/.test(text)) {
    const number = Number(text)
    if (number.toFixed(2) === text) {
      return number
    }
  }
  throw new RangeError(`not an exact number with two decimals: ${shown(text)}`)
}

function countCell(count: number): ScalarFileCell {
  if (!Number.isSafeInteger(count)) {
    throw new RangeError(`not a count: ${shown(count)}`)
  }
  return { value: count, look: 'count', length: String(count).length * 1.4 }
}

/**
 * A date is the serial number of its day, so no time zone can move it. Before March 1900 Excel counts
 * a February 29 that never was and other programs do not: those days are written as text.
 */
function dateCell(text: string): ScalarFileCell {
  const day = calendarDate(text)
  if (day < firstAgreedDay) {
    return textCell(day)
  }
  const serial = Date.parse(`${day}T00:00:00Z`) / msPerDay + excelDayOfEpoch
  return { value: serial, look: 'date', length: day.length }
}

function formulaCell({ formula, result, as }: FormulaCell, language: Language): FileCell {
  if (typeof formula !== 'string' || !/^[^=\s]/.test(formula) || formula.length > formulaMax) {
    throw new RangeError(`not a formula: ${shown(formula)}`)
  }
  const { value, look, length } = scalarCell(result, language)
  return { value: { formula: escapeText(formula), result: value }, look: as ?? look, length }
}

function linkCell({ link }: LinkCell): FileCell {
  const isInternal = link.target.startsWith("#'")
  if (!isInternal && !isAddress(link.target)) {
    throw new RangeError(`not the target of a link: ${shown(link.target)}`)
  }
  const { value, length } = textCell(link.text)
  if (value === '') {
    throw new RangeError('a link has a text')
  }
  return { value: { text: String(value), hyperlink: link.target }, look: 'link', length }
}

/** http, https, or relative without a scheme: never `javascript:`, `file:` or a share (`\\host`). */
const isAddress = (target: string): boolean =>
  target.length <= targetMax &&
  /^[A-Za-z0-9\-._~:/?#[\]@$&'()*+,;=%]+$/.test(target) &&
  (/^https?:\/\//.test(target) || /^(?!\/\/)[^:]*(?:[/?#].*)?$/.test(target))

/** For a message: whatever came may refuse to be turned into text. */
const shown = (value: unknown): string =>
  typeof value === 'string' ? JSON.stringify(value.slice(0, 64)) : typeof value
