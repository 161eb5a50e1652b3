import { readAmount } from '#core/amount-column.ts'
import type { CalendarDate } from '#core/calendar-date.ts'
import { cellIssue, refusalOf } from '#core/cell-refusals.ts'
import { readDay } from '#core/date-column.ts'
import type { Cell, Row } from '#core/grid.ts'
import type { Issue, Reading } from '#core/issues.ts'
import type { Bilingual } from '#core/language.ts'
import { Money, negate, subtract } from '#core/money.ts'
import { type LeftOutReason, tableParts } from '#core/table-in-sheet.ts'
import { cellOf, type LedgerColumn, type LedgerTable } from './ledger-table.ts'

/**
 * The rows of an extract, each with the number that the spreadsheet shows. Every cell that cannot be
 * read is a finding of its row, and all rows are read before anything is decided. Spending becomes
 * positive whatever the sign in the file. What is no row is counted by its reason, so that rows +
 * left out = lines; a total is kept apart and compared with the rows above it.
 */
export interface ExtractRow {
  /** As the file numbers it. */
  readonly number: number
  readonly date: CalendarDate
  readonly account: string | null
  readonly document: string
  readonly description: string
  readonly supplier: string | null
  /** Spending is positive. */
  readonly amount: Money
}

export interface TotalRow {
  readonly number: number
  readonly isSubtotal: boolean
  readonly amount: Money
  /** How many rows stand above it. */
  readonly after: number
}

export interface ReadRows {
  readonly rows: readonly ExtractRow[]
  readonly totals: readonly TotalRow[]
  readonly issues: readonly Issue[]
  /** Below the header, to the last one with a cell. */
  readonly lines: number
  readonly leftOut: LeftOut
}

export type LeftOut = Readonly<Record<Exclude<LeftOutReason, 'above-header' | 'header'>, number>>

/** Rows read between two breaths: what others ask of the service meanwhile waits for one lot. */
const lot = 1_000

/** Yields after each lot; its end is all that was read. */
export function* readExtractRows(table: LedgerTable): Generator<void, ReadRows> {
  const { sheet, header } = table
  const issues: Issue[] = []
  const rows: ExtractRow[] = []
  const totals = new Map<number, number>()
  const leftOut = { 'header-again': 0, blank: 0, total: 0 }
  let seen = 0
  for (const part of tableParts(sheet, header)) {
    if (part.kind === 'data') {
      issues.push(...part.issues)
      rows.push(...readerOf(part.row, table, issues).row())
    } else if (part.reason !== 'above-header' && part.reason !== 'header') {
      leftOut[part.reason] += part.lastRow - part.firstRow + 1
      if (part.reason === 'total') {
        totals.set(part.firstRow, rows.length)
      }
    }
    seen += 1
    if (seen % lot === 0) {
      yield
    }
  }
  const lines = sheet.lastRow - header.row
  return { rows, totals: totalsOf(table, totals), issues, lines, leftOut }
}

const subtotalForm = /^sub|^sous/i

/** A total whose figures say nothing is only left out. */
function totalsOf(table: LedgerTable, places: ReadonlyMap<number, number>): readonly TotalRow[] {
  const found: TotalRow[] = []
  for (const row of places.size === 0 ? [] : table.sheet.rows) {
    const after = places.get(row.row)
    const amount = after === undefined ? null : readerOf(row, table, []).amount()
    if (after !== undefined && amount !== null) {
      const isSubtotal = row.cells.some(({ text }) => subtotalForm.test(text.trim()))
      found.push({ number: row.row, isSubtotal, amount, after })
    }
  }
  return found
}

const textMax = 2_000

function readerOf(row: Row, table: LedgerTable, issues: Issue[]) {
  const { columns, mapping } = table
  const taken = <T>(name: string, reading: Reading<T>): T | null => {
    if (reading.ok) {
      return reading.value
    }
    const place = { pointer: `/${row.row}/${name}`, row: row.row, column: name }
    issues.push({ ...reading.issue, ...place })
    return null
  }
  const text = (column: LedgerColumn): string => {
    const cell = cellOf(row, column)
    const refusal = cell === undefined ? null : refusalOf(cell, row.row)
    const issue = refusal ?? tooLongIssue(cell, row.row)
    if (issue !== null) {
      taken(column.name, { ok: false, issue })
    }
    return cell?.text.trim() ?? ''
  }
  const textOrNull = (column: LedgerColumn | undefined): string | null =>
    column === undefined ? null : text(column)
  const money = (column: LedgerColumn | undefined, isEmptyZero: boolean): Money | null => {
    const name = column?.name ?? ''
    const cell = cellOf(row, column) ?? nothing(column)
    return isEmptyZero && cell.text.trim() === ''
      ? Money.zero
      : taken(name, readAmount(cell, row.row, table.decimal?.value ?? null))
  }
  const amount = (): Money | null => {
    const isSigned = columns.amount !== undefined
    const found = isSigned ? money(columns.amount, false) : balanceOf()
    return found !== null && mapping.spendingSign === 'negative' ? negate(found) : found
  }
  const balanceOf = (): Money | null => {
    const [debited, credited] = [money(columns.debit, true), money(columns.credit, true)]
    return debited === null || credited === null ? null : subtract(debited, credited)
  }
  return {
    amount,
    row(): readonly ExtractRow[] {
      const day = cellOf(row, columns.date) ?? nothing(columns.date)
      const order = table.dateOrder?.value ?? null
      const date = taken(columns.date?.name ?? '', readDay(day, row.row, order))
      const found = amount()
      const said = {
        number: row.row,
        account: textOrNull(columns.account),
        document: textOrNull(columns.document) ?? '',
        description: textOrNull(columns.description) ?? '',
        supplier: textOrNull(columns.supplier),
      }
      return date === null || found === null ? [] : [{ ...said, date, amount: found }]
    },
  }
}

/** Empty cells are left out of a row. */
const nothing = (column: LedgerColumn | undefined): Cell => ({
  ...{ column: column?.column ?? 0, kind: 'text', text: '', isFormula: false },
})

const tooLongIssue = (cell: Cell | undefined, row: number): Issue | null =>
  cell === undefined || cell.text.length <= textMax
    ? null
    : cellIssue(cell, row, 'extracts/cell-too-long', tooLong)

const tooLong: Bilingual = {
  fr: `Cette cellule dépasse ${textMax} caractères.`,
  en: `This cell has more than ${textMax} characters.`,
}
