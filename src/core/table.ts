import type { Bilingual } from './language.ts'
import type { Money } from './money.ts'

/**
 * A report as a neutral grid. A `.table.ts` file builds it, and terminal, CSV, workbook and JSON
 * print it, so that two outputs cannot give two totals. The grid knows which row is the total and
 * which rows repeat money that another row already shows.
 *
 * Absent, not applicable, unknown and zero are four different things: the first three are a
 * `Missing`, and only zero is an amount.
 */
export const missingReasons = ['absent', 'not-applicable', 'unknown'] as const
export type Missing = (typeof missingReasons)[number]

export const columnTypes = [
  'text',
  'amount',
  'percent',
  'date',
  'count',
  'boolean',
  'words',
] as const
export type ColumnType = (typeof columnTypes)[number]

export interface Column {
  /**
   * camelCase name of the field in JSON, with a dot where JSON nests (`qc.planned`);
   * snake_case of it in `open` CSV (`qc_planned`).
   */
  readonly key: string
  readonly label: Bilingual
  readonly type: ColumnType
  /** Printed where there is little room: the terminal and the summary sheet. */
  readonly brief: boolean
}

/**
 * `amount`: Money. `percent`: decimal text with two decimals. `date`: YYYY-MM-DD text.
 * `count`: a whole number that is never money. `words`: a list of codes (flags). Text may be
 * bilingual.
 */
export type CellValue =
  | { readonly type: 'amount'; readonly value: Money }
  | { readonly type: 'percent'; readonly value: string }
  | { readonly type: 'date'; readonly value: string }
  | { readonly type: 'count'; readonly value: number }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'words'; readonly value: readonly string[] }
  | { readonly type: 'text'; readonly value: string | Bilingual }
  | { readonly type: 'missing'; readonly value: Missing }

export const rowRoles = ['data', 'repeated', 'total'] as const
export type RowRole = (typeof rowRoles)[number]

export interface TableRow {
  readonly role: RowRole
  /** One cell a column, in the order of the columns. */
  readonly cells: readonly CellValue[]
}

export interface Table {
  readonly name: string
  readonly title: Bilingual
  readonly columns: readonly Column[]
  readonly rows: readonly TableRow[]
}

export const missing = (value: Missing): CellValue => ({ type: 'missing', value })
export const text = (value: string | Bilingual): CellValue => ({ type: 'text', value })
export const amount = (value: Money | null, otherwise: Missing = 'absent'): CellValue =>
  value === null ? missing(otherwise) : { type: 'amount', value }
export const percent = (value: string | null, otherwise: Missing = 'absent'): CellValue =>
  value === null ? missing(otherwise) : { type: 'percent', value }
export const words = (value: readonly string[]): CellValue => ({ type: 'words', value })
export const date = (value: string | null): CellValue =>
  value === null ? missing('absent') : { type: 'date', value }
export const boolean = (value: boolean): CellValue => ({ type: 'boolean', value })
export const count = (value: number): CellValue => ({ type: 'count', value })

/** @throws RangeError when a row does not have one cell a column: a bug of the table's author. */
export function table(parts: Table): Table {
  for (const row of parts.rows) {
    if (row.cells.length !== parts.columns.length) {
      throw new RangeError(
        `${parts.name}: ${row.cells.length} cells for ${parts.columns.length} columns`,
      )
    }
  }
  return parts
}
