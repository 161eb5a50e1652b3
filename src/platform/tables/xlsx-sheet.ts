import type { PaperSize, Worksheet } from 'exceljs'
import type { Language } from '#core/language.ts'
import { layoutOf, type SheetLayout } from './sheet-layout.ts'
import type { Sheet, SheetCell } from './workbook.ts'
import { fileCell } from './xlsx-cells.ts'
import {
  cellStyle,
  headerStyle,
  introStyle,
  isNumeric,
  type RowLook,
  titleStyle,
} from './xlsx-styles.ts'
import { escapeText } from './xlsx-text.ts'

/**
 * One sheet, drawn at the addresses that `layoutOf` promised. Everything a reader of a printed or
 * protected file needs is here: frozen and repeated headers, letter landscape, "page of pages",
 * widths from the content. The total stands under the Excel table, not in it: a total row of the
 * table itself would have to repeat Excel's own function for each column, or the file is "repaired".
 */
const letter = 1 as PaperSize
const footers = { fr: '&C&P de &N', en: '&C&P of &N' }
const widthMin = 8
const widthMax = 60
const headerLengthMax = 20
const filterButtonWidth = 3
/** In points: what one line of text takes. */
const lineHeight = 15
/** Words do not fill a line to its end. */
const wrapMargin = 4

interface Drawing {
  readonly sheet: Sheet
  readonly worksheet: Worksheet
  readonly layout: SheetLayout
  readonly language: Language
  readonly columns: ColumnDrawing[]
  /** Length of the longest-looking text of each cell, by row number. */
  readonly lengths: Map<number, readonly number[]>
}

interface ColumnDrawing {
  length: number
  /** Whether its figures stand to the right, and so its header and its missing values. */
  isNumeric: boolean
}

/** `tableName` is unique in the workbook. */
export function drawSheet(
  worksheet: Worksheet,
  sheet: Sheet,
  language: Language,
  tableName: string,
): void {
  const layout = layoutOf(sheet)
  const columns = sheet.columns.map((_, at) => ({
    length: 0,
    isNumeric: columnIsNumeric(sheet, at, language),
  }))
  const drawing: Drawing = { sheet, worksheet, layout, language, columns, lengths: new Map() }
  drawHeading(drawing)
  sheet.rows.forEach((row, index) => {
    drawRow(drawing, row, layout.firstDataRow + index, 'data')
  })
  if (sheet.totalRow !== undefined && layout.totalRow !== null) {
    drawRow(drawing, sheet.totalRow, layout.totalRow, 'total')
  }
  if (sheet.kind === 'table') {
    addTable(drawing, tableName)
  }
  drawHeaders(drawing)
  setWidths(drawing)
  setHeights(drawing)
  setPage(drawing)
}

function columnIsNumeric(sheet: Sheet, at: number, language: Language): boolean {
  if (sheet.kind === 'facts') {
    return false
  }
  for (const row of sheet.rows) {
    const cell = row[at]
    if (cell !== undefined && !('missing' in cell) && !('empty' in cell)) {
      return isNumeric(fileCell(cell, language).look)
    }
  }
  return false
}

function drawHeading({ worksheet, sheet }: Drawing): void {
  const title = worksheet.getCell(1, 1)
  title.value = escapeText(sheet.title)
  title.style = titleStyle
  sheet.intro?.forEach((line, index) => {
    const cell = worksheet.getCell(index + 2, 1)
    cell.value = escapeText(line)
    cell.style = introStyle
  })
}

function drawRow(
  { worksheet, sheet, language, columns, lengths }: Drawing,
  cells: readonly SheetCell[],
  rowNumber: number,
  role: 'data' | 'total',
): void {
  const row = worksheet.getRow(rowNumber)
  const drawn = columns.map((column, at) => {
    const described = cells[at]
    if (described === undefined) {
      return 0
    }
    const { value, look, length } = fileCell(described, language)
    const isFact = sheet.kind === 'facts' && at === 0
    const rowLook: RowLook = isFact && role === 'data' ? 'fact' : role
    const cell = row.getCell(at + 1)
    cell.value = value
    cell.style =
      column.isNumeric && 'missing' in described
        ? cellStyle(look, rowLook, language, 'right')
        : cellStyle(look, rowLook, language)
    column.length = Math.max(column.length, length)
    return length
  })
  lengths.set(rowNumber, drawn)
}

/**
 * exceljs takes a table's size from its rows and would write their values itself; rows without
 * cells give the size and leave the writing to `drawRow`.
 */
function addTable({ worksheet, sheet, layout }: Drawing, name: string): void {
  worksheet.addTable({
    name,
    ref: `A${layout.headerRow}`,
    headerRow: true,
    totalsRow: false,
    style: { theme: 'TableStyleLight1', showRowStripes: true },
    columns: sheet.columns.map(({ header }) => ({ name: header, filterButton: true })),
    rows: Array.from({ length: layout.lastDataRow - layout.headerRow }, () => []),
  })
}

function drawHeaders({ worksheet, sheet, layout, columns }: Drawing): void {
  sheet.columns.forEach(({ header }, at) => {
    const cell = worksheet.getCell(layout.headerRow, at + 1)
    cell.value = header
    cell.style = headerStyle(columns[at]?.isNumeric === true ? 'right' : 'left')
  })
}

function setWidths({ worksheet, sheet, columns }: Drawing): void {
  const button = sheet.kind === 'table' ? filterButtonWidth : 0
  sheet.columns.forEach(({ header, width }, at) => {
    const needed = Math.max(
      columns[at]?.length ?? 0,
      Math.min(header.length, headerLengthMax) + button,
    )
    worksheet.getColumn(at + 1).width =
      width ?? Math.min(widthMax, Math.max(widthMin, Math.ceil(needed) + 2))
  })
}

/** Excel fits a row to its wrapped text when it opens a file; other programs need to be told. */
function setHeights({ worksheet, columns, lengths }: Drawing): void {
  for (const [rowNumber, drawn] of lengths) {
    const lines = columns.map((_, at) => {
      const width = worksheet.getColumn(at + 1).width ?? widthMin
      return Math.ceil((drawn[at] ?? 0) / Math.max(1, width - wrapMargin))
    })
    const most = Math.max(1, ...lines)
    if (most > 1) {
      worksheet.getRow(rowNumber).height = lineHeight * most
    }
  }
}

function setPage({ worksheet, sheet, layout, language }: Drawing): void {
  const isFrozen = sheet.freeze ?? sheet.kind === 'table'
  worksheet.views = [isFrozen ? { state: 'frozen', ySplit: layout.headerRow } : { state: 'normal' }]
  Object.assign(worksheet.pageSetup, {
    paperSize: letter,
    orientation: 'landscape',
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    printTitlesRow: `${layout.headerRow}:${layout.headerRow}`,
  })
  worksheet.headerFooter.oddFooter = footers[language]
}
