import type { Sheet, SheetColumn } from './workbook.ts'

/**
 * Where everything is on a sheet, known before it is written, so that formulas can name real cells.
 * Rows and columns count from 1. A1 holds the title, the intro follows, then one blank row, the
 * headers, the rows, the total. A sheet without rows keeps one blank row, since an Excel table has
 * at least one, and a range over it sums to zero.
 *
 *     const at = layoutOf({ columns, rows, totalRow: true })
 *     const total = { formula: `ROUND(SUM(${at.range('planned')}),2)`, result: { amount } }
 *     const link = sheetReference('Sommaire', at.total('planned'))    // 'Sommaire'!C9
 */
export interface SheetShape {
  readonly columns: readonly Pick<SheetColumn, 'key'>[]
  readonly rows: { readonly length: number }
  readonly intro?: { readonly length: number }
  /** Anything but undefined or false: there is one. */
  readonly totalRow?: Sheet['totalRow'] | boolean
}

export interface SheetLayout {
  readonly headerRow: number
  readonly firstDataRow: number
  readonly lastDataRow: number
  readonly totalRow: number | null
  /** The last row that has anything. */
  readonly lastRow: number
  /** One a column, in order: A, B, C… */
  readonly letters: readonly string[]
  /** @throws RangeError for a key that no column has, here and in the next four. */
  letter(key: string): string
  /** The cell of the nth row of data, from 0: `C6`. @throws RangeError past the last row. */
  cell(key: string, rowIndex: number): string
  /** The column's data, fixed so that a copied formula keeps it: `$C$6:$C$42`. */
  range(key: string): string
  /** @throws RangeError on a sheet without a total row. */
  total(key: string): string
  /** The row where the nth chart begins, from 0. */
  chartRow(chartIndex: number): number
}

/** What a chart takes below the other, of lines that are not made higher by what they hold. */
export const chartLines = 22

export const rowsMax = 1_048_576
export const columnsMax = 16_384

export function layoutOf(shape: SheetShape): SheetLayout {
  const introLength = shape.intro?.length ?? 0
  const headerRow = introLength + 3
  const firstDataRow = headerRow + 1
  const lastDataRow = headerRow + Math.max(1, shape.rows.length)
  const hasTotal = shape.totalRow !== undefined && shape.totalRow !== false
  const totalRow = hasTotal ? lastDataRow + 1 : null
  const letters = shape.columns.map((_, index) => columnLetters(index + 1))
  const letter = (key: string): string => {
    const found = letters[shape.columns.findIndex((column) => column.key === key)]
    if (found === undefined) {
      throw new RangeError(`no column ${key} on this sheet`)
    }
    return found
  }
  return {
    headerRow,
    firstDataRow,
    lastDataRow,
    totalRow,
    lastRow: totalRow ?? lastDataRow,
    letters,
    letter,
    cell(key, rowIndex) {
      const row = firstDataRow + rowIndex
      if (!Number.isInteger(rowIndex) || row < firstDataRow || row > lastDataRow) {
        throw new RangeError(`no row ${rowIndex} on this sheet`)
      }
      return `${letter(key)}${row}`
    },
    range: (key) =>
      absolute(rangeAddress(`${letter(key)}${firstDataRow}`, `${letter(key)}${lastDataRow}`)),
    total(key) {
      if (totalRow === null) {
        throw new RangeError('this sheet has no total row')
      }
      return `${letter(key)}${totalRow}`
    },
    chartRow: (chartIndex) => (totalRow ?? lastDataRow) + 2 + chartIndex * (chartLines + 1),
  }
}

/** 1 is A, 26 Z, 27 AA, 16 384 XFD. @throws RangeError outside a sheet. */
export function columnLetters(column: number): string {
  if (!Number.isInteger(column) || column < 1 || column > columnsMax) {
    throw new RangeError(`no column ${column} in a workbook`)
  }
  let letters = ''
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  }
  return letters
}

/** cellAddress(3, 7) is C7. @throws RangeError outside a sheet. */
export function cellAddress(column: number, row: number): string {
  if (!Number.isInteger(row) || row < 1 || row > rowsMax) {
    throw new RangeError(`no row ${row} in a workbook`)
  }
  return `${columnLetters(column)}${row}`
}

export const rangeAddress = (first: string, last: string): string => `${first}:${last}`

/** C7:C9 as $C$7:$C$9. */
export const absolute = (address: string): string =>
  address.replace(/\$?([A-Z]{1,3})\$?(\d{1,7})/g, '$$$1$$$2')

/** 'Dépenses'!C7, for a formula. Quoted even where Excel would not ask for it. */
export const sheetReference = (name: string, address: string): string =>
  `'${name.replaceAll("'", "''")}'!${address}`

/** #'Dépenses'!C7, for a link. */
export const linkTarget = (name: string, address = 'A1'): string =>
  `#${sheetReference(name, address)}`

/** A text inside a formula: `l"été` is `"l""été"`. @throws RangeError past Excel's 255 characters. */
export function textLiteral(text: string): string {
  if (text.length > 255) {
    throw new RangeError('a text inside a formula has at most 255 characters')
  }
  return `"${text.replaceAll('"', '""')}"`
}
