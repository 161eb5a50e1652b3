import { type CalendarDate, readDate } from './calendar-date.ts'
import { cellIssue, refusalOf } from './cell-refusals.ts'
import { type Cell, cellAddress, type Understanding } from './grid.ts'
import { type Reading, read, unread } from './issues.ts'

/**
 * Days of a file. 2025-04-01 and a date cell of a workbook are themselves. 01/04/2025 is the first
 * of April to one reader and the fourth of January to another, so the order is decided by the whole
 * column: 25/04/2025 anywhere in it can only begin with the day. Where nothing decides, nobody
 * guesses: a person chooses. A time of day beside a day is left aside; the day is what was asked.
 */
export const dateOrders = ['day-first', 'month-first'] as const
export type DateOrder = (typeof dateOrders)[number]

interface Witness {
  readonly address: string
  readonly text: string
}

/** What the dates seen so far say. A value, so that a long column can be gone through in parts. */
export interface DateEvidence {
  readonly dayFirst: Witness | null
  readonly monthFirst: Witness | null
  readonly unclear: Witness | null
}

export const noDateEvidence: DateEvidence = { dayFirst: null, monthFirst: null, unclear: null }

const yearFirst = /^(\d{4})([-/])(\d{2})\2(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/
const yearLast = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/

/** The same value when the cell says nothing new. */
export function seeDate(seen: DateEvidence, cell: Cell, row: number): DateEvidence {
  const [, first = '', , second = ''] = yearLast.exec(cell.text.trim()) ?? []
  if (cell.kind !== 'text' || first === '' || Number(first) === Number(second)) {
    return seen
  }
  const said = Number(first) > 12 ? 'dayFirst' : Number(second) > 12 ? 'monthFirst' : 'unclear'
  return seen[said] === null
    ? { ...seen, [said]: { address: cellAddress({ row, column: cell.column }), text: cell.text } }
    : seen
}

/** Null where no date needs a decision. */
export function dateOrderOf(
  { dayFirst, monthFirst, unclear }: DateEvidence,
  asked?: DateOrder,
): Reading<Understanding<DateOrder> | null> {
  if (asked !== undefined) {
    return read({ value: asked, isAsked: true, because: { fr: 'demandé', en: 'as asked' } })
  }
  if (dayFirst !== null && monthFirst !== null) {
    return unread('files/date-order-mixed', {
      fr: `Les dates du fichier ont deux ordres\u00a0: «\u00a0${dayFirst.text}\u00a0» en ${dayFirst.address} commence par le jour, «\u00a0${monthFirst.text}\u00a0» en ${monthFirst.address} par le mois. Écrivez-les sous la forme AAAA-MM-JJ.`,
      en: `The dates of the file have two orders: “${dayFirst.text}” in ${dayFirst.address} begins with the day, “${monthFirst.text}” in ${monthFirst.address} with the month. Write them as YYYY-MM-DD.`,
    })
  }
  const witness = dayFirst ?? monthFirst
  if (witness !== null) {
    return read({
      value: witness === dayFirst ? 'day-first' : 'month-first',
      isAsked: false,
      because: {
        fr: `«\u00a0${witness.text}\u00a0» en ${witness.address}`,
        en: `“${witness.text}” in ${witness.address}`,
      },
    })
  }
  return unclear === null ? read(null) : unread('files/date-order-unclear', bothReadings(unclear))
}

function bothReadings({ address, text }: Witness) {
  const [byDay, byMonth] = dateOrders.map((order) => isoOf(text.trim(), order))
  return {
    fr: `«\u00a0${text}\u00a0» en ${address} est le ${byDay} ou le ${byMonth}, et aucune autre date du fichier ne dit lequel. Dites si le jour ou le mois vient d’abord, ou écrivez les dates sous la forme AAAA-MM-JJ.`,
    en: `“${text}” in ${address} is ${byDay} or ${byMonth}, and no other date of the file says which. Say whether the day or the month comes first, or write the dates as YYYY-MM-DD.`,
  }
}

/** @param row the row's number, for the finding */
export function readDay(cell: Cell, row: number, order: DateOrder | null): Reading<CalendarDate> {
  const refusal = refusalOf(cell, row)
  if (refusal !== null) {
    return { ok: false, issue: refusal }
  }
  if (cell.kind !== 'text' && cell.kind !== 'date') {
    return { ok: false, issue: cellIssue(cell, row, 'files/no-date', noDate) }
  }
  const day = readDate(isoOf(cell.text.trim(), order))
  return day.ok ? day : { ok: false, issue: cellIssue(cell, row, day.issue.code, day.issue.detail) }
}

/** The text itself where it is no date, for `readDate` to refuse. */
function isoOf(text: string, order: DateOrder | null): string {
  const [, year, , month, day] = yearFirst.exec(text) ?? []
  if (year !== undefined) {
    return `${year}-${month}-${day}`
  }
  const [, first = '', , second = '', lastYear] = yearLast.exec(text) ?? []
  const isSame = Number(first) === Number(second)
  if (lastYear === undefined || (order === null && !isSame)) {
    return text
  }
  const [before, after] = order === 'month-first' ? [first, second] : [second, first]
  return `${lastYear}-${before.padStart(2, '0')}-${after.padStart(2, '0')}`
}

const noDate = {
  fr: 'La cellule contient un nombre, une heure ou une valeur logique, pas une date. Donnez-lui un format de date, ou écrivez AAAA-MM-JJ.',
  en: 'The cell holds a number, a time or a truth value, not a date. Give it a date format, or write YYYY-MM-DD.',
}
