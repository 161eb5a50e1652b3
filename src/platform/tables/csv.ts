import { stringify } from 'csv-stringify/sync'
import type { Language } from '#core/language.ts'
import type { CellValue, Column, Table, TableRow } from '#core/table.ts'
import { formatBoolean, say } from '#platform/i18n/format.ts'
import { plainText } from './cell-words.ts'
import { orderedRows } from './row-order.ts'

/**
 * A Table as CSV (docs/architecture.md, "Files"), every column in order, the total last under the key `total`.
 * `excel-fr` is for opening in Excel under Quebec settings, and is a dialect, not a language: an
 * English file keeps `;` and the decimal comma. There, text that Excel would take for a formula gets
 * a leading apostrophe, by one rule that `restoreNeutralised` undoes exactly; csv-stringify's own
 * `escape_formulas` is not used since it turns -12,50 into text. `open` is for programs, text as it is.
 */
export const csvDialects = ['excel-fr', 'open'] as const
export type CsvDialect = (typeof csvDialects)[number]

export interface CsvOptions {
  readonly language: Language
  readonly dialect: CsvDialect
}

const byteOrderMark = '\uFEFF'
const keyColumn = 'key'
const totalKey = 'total'
// Apostrophes in front count too, so that "'=1" and "=1" stay apart once neutralised. The full-width
// forms begin a formula where Excel runs under Japanese or Chinese settings.
const dangerous = /^'*[=+\-@\t\r＝＋－＠]/
const neutralised = /^'+[=+\-@\t\r＝＋－＠]/

/** `=1+1` → `'=1+1`, `'=1` → `''=1`; `l'été`, `'tis` and everything else stay as they are. */
export const neutralise = (text: string): string => (dangerous.test(text) ? `'${text}` : text)

/** The exact inverse of `neutralise`, for whoever reads an `excel-fr` file back. */
export const restoreNeutralised = (text: string): string =>
  neutralised.test(text) ? text.slice(1) : text

export function printCsv(table: Table, options: CsvOptions): string {
  const { body, totals } = orderedRows(table)
  return csvHeader(table.columns, options) + csvRows([...body, ...totals], table.columns, options)
}

/** What a file begins with, for one that is written lot by lot; `csvRows` goes on. */
export function csvHeader(columns: readonly Column[], options: CsvOptions): string {
  const names = columns.map((column) => header(column, options))
  return (options.dialect === 'open' ? '' : byteOrderMark) + lines([names], options)
}

export const csvRows = (
  rows: readonly TableRow[],
  columns: readonly Column[],
  options: CsvOptions,
): string =>
  lines(
    rows.map((row) => record(row, columns, options)),
    options,
  )

const lines = (records: readonly (readonly string[])[], { dialect }: CsvOptions): string =>
  stringify([...records], {
    ...(dialect === 'open'
      ? { delimiter: ',', record_delimiter: '\n' }
      : { delimiter: ';', record_delimiter: '\r\n' }),
    // Without it a lone LF or CR would start a row in Excel: only the file's own line end is quoted.
    quote_record_delimiter: true,
  })

function header(column: Column, { language, dialect }: CsvOptions): string {
  return dialect === 'open' ? snakeCase(column.key) : neutralise(say(column.label, language))
}

/** `percentSpent` → `percent_spent`, `qc.plannedLow` → `qc_planned_low`. */
export const snakeCase = (key: string): string =>
  key
    .replaceAll('.', '_')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()

function record(row: TableRow, columns: readonly Column[], options: CsvOptions): string[] {
  return columns.map((column, at) => {
    if (row.role === 'total' && column.key === keyColumn) {
      return totalKey
    }
    const cell = row.cells[at]
    return cell === undefined ? '' : field(cell, options)
  })
}

function field(cell: CellValue, { language, dialect }: CsvOptions): string {
  const isOpen = dialect === 'open'
  const asText = (text: string) => (isOpen ? text : neutralise(text))
  switch (cell.type) {
    case 'amount':
    case 'percent':
      return isOpen ? String(cell.value) : String(cell.value).replace('.', ',')
    case 'count':
    case 'date':
      return String(cell.value)
    case 'boolean':
      return isOpen ? String(cell.value) : formatBoolean(cell.value, language)
    case 'words':
      return asText(cell.value.join(' '))
    case 'text':
      return asText(plainText(cell.value, language))
    case 'missing':
      return ''
  }
}
