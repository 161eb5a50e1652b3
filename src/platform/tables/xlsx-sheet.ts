import type { DataValidation, PaperSize, Worksheet } from 'exceljs'
import type { Language } from '#core/language.ts'
import { layoutOf, type SheetLayout } from './sheet-layout.ts'
import type { Sheet, SheetCell } from './workbook.ts'
import { fileCell } from './xlsx-cells.ts'
import { openEntry } from './xlsx-entry.ts'
import {
  type CellLook,
  cellStyle,
  headerStyle,
  inputStyle,
  introStyle,
  isNumeric,
  markedStyle,
  type RowLook,
  titleStyle,
} from './xlsx-styles.ts'
import { escapeText } from './xlsx-text.ts'

/**
 * One sheet, drawn at the addresses that `layoutOf` promised. Everything a reader of a printed or
 * protected file needs is here: frozen and repeated headers, letter landscape, "page of pages",
 * widths from the content. A sheet too wide for one page repeats its first column on the next,
 * and keeps it in sight. The total stands under the Excel table, not in it: a total row of the
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
/** In points: the highest row that Excel has. */
const heightMax = 409
/** What a column has beyond its longest content. */
const widthMargin = 3
/** Words do not fill a line to its end. */
const wrapMargin = 4
/** Characters across a page that is still read without a glass; a wider sheet takes more pages. */
const pageWidthMax = 320

interface Drawing {
  readonly sheet: Sheet
  readonly worksheet: Worksheet
  readonly layout: SheetLayout
  readonly language: Language
  readonly columns: ColumnDrawing[]
  /** What the text of each cell takes, by row number. */
  readonly lengths: Map<number, readonly Extent[]>
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
  setChoices(drawing)
  setWidths(drawing)
  setHeights(drawing)
  setPage(drawing)
  if (sheet.entry !== undefined) {
    openEntry(worksheet, sheet, sheet.entry)
  }
}

/** By its first cell that says anything. */
export function columnIsNumeric(sheet: Sheet, at: number, language: Language): boolean {
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
    const { value, look, length, lines } = fileCell(described, language)
    const cell = row.getCell(at + 1)
    cell.value = value
    if ('marked' in described) {
      cell.style = markedStyle(look, language)
    } else if ('input' in described) {
      cell.style = inputStyle(look, language)
    } else {
      // Facts are read one by one: figures among them stand where words do.
      const isFacts = sheet.kind === 'facts'
      const rowLook = role === 'data' && isFacts ? factLook(cells, at) : role
      cell.style = cellStyle(
        look,
        rowLook,
        language,
        isFacts ? 'left' : alignment(described, look, column.isNumeric),
      )
    }
    column.length = Math.max(column.length, length)
    return lines ?? length
  })
  lengths.set(rowNumber, drawn)
}

/** A sign for "missing" stands where the figures of its column do. */
export const alignment = (
  described: SheetCell,
  look: CellLook,
  isNumericColumn: boolean,
): 'left' | 'right' =>
  isNumeric(look) || (isNumericColumn && 'missing' in described) ? 'right' : 'left'
/** A fact is told by its name in bold; a line that is only a name heads those below it. */
function factLook(cells: readonly SheetCell[], at: number): RowLook {
  const isHeading = cells.slice(1).every((cell) => 'empty' in cell)
  if (isHeading) {
    return 'heading'
  }
  return at === 0 ? 'fact' : 'data'
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

/** A list to choose from on every cell of the column's data. */
function setChoices({ worksheet, sheet, layout, language }: Drawing): void {
  // Its types leave it out, and validate cell by cell: one range is one rule.
  const { dataValidations } = worksheet as unknown as {
    readonly dataValidations: { add(range: string, rule: DataValidation): void }
  }
  for (const { key, choices } of sheet.columns) {
    if (choices !== undefined) {
      dataValidations.add(layout.range(key).replaceAll('$', ''), {
        type: 'list',
        allowBlank: false,
        formulae: [`"${choices.values.join(',')}"`],
        showInputMessage: true,
        prompt: choices.prompt,
        showErrorMessage: true,
        errorStyle: 'stop',
        errorTitle: language === 'fr' ? 'Valeur refusée' : 'Value refused',
        error: choices.prompt,
      })
    }
  }
}

function setWidths({ worksheet, sheet, columns }: Drawing): void {
  const button = sheet.kind === 'table' ? filterButtonWidth : 0
  sheet.columns.forEach(({ header, width }, at) => {
    const needed = Math.max(
      columns[at]?.length ?? 0,
      Math.min(header.length, headerLengthMax) + button,
    )
    worksheet.getColumn(at + 1).width =
      width ?? Math.min(widthMax, Math.max(widthMin, Math.ceil(needed) + widthMargin))
  })
}

/** Excel fits a row to its wrapped text when it opens a file; other programs need to be told. */
function setHeights({ worksheet, sheet, layout, columns, lengths }: Drawing): void {
  const widths = widthsOf(worksheet, columns.length)
  const button = sheet.kind === 'table' ? filterButtonWidth : 0
  const headings = sheet.columns.map(({ header }) => header.length + button)
  worksheet.getRow(layout.headerRow).height = heightOf(linesOfRow(headings, widths)) ?? lineHeight
  for (const [rowNumber, drawn] of lengths) {
    const height = heightOf(linesOfRow(drawn, widths))
    if (height !== null) {
      worksheet.getRow(rowNumber).height = height
    }
  }
}

export const widthsOf = (worksheet: Worksheet, columns: number): readonly number[] =>
  Array.from({ length: columns }, (_, at) => worksheet.getColumn(at + 1).width ?? widthMin)

/** Characters of a text, or of each line of a text that breaks its lines itself. */
export type Extent = number | readonly number[]

/** Lines that so many characters take: a column is as wide as its longest content where it may. */
export function linesOf(extent: Extent, width: number): number {
  if (typeof extent !== 'number') {
    return extent.reduce((lines, length) => lines + linesOf(length, width), 0)
  }
  return extent <= width - widthMargin ? 1 : Math.ceil(extent / Math.max(1, width - wrapMargin))
}

export const linesOfRow = (extents: readonly Extent[], widths: readonly number[]): number =>
  Math.max(...widths.map((width, at) => linesOf(extents[at] ?? 0, width)))

/** Of a row with so many lines; null for one. */
export const heightOf = (lines: number): number | null =>
  lines > 1 ? Math.min(heightMax, lineHeight * lines) : null

function setPage({ worksheet, sheet, layout, language }: Drawing): void {
  const isFrozen = sheet.freeze ?? sheet.kind !== 'facts'
  const widths = sheet.columns.map((_, at) => worksheet.getColumn(at + 1).width ?? widthMin)
  const pages = Math.ceil(widths.reduce((sum, width) => sum + width, 0) / pageWidthMax)
  const frozen = { ySplit: layout.headerRow, ...(pages > 1 ? { xSplit: 1 } : {}) }
  worksheet.views = [isFrozen ? { state: 'frozen', ...frozen } : { state: 'normal' }]
  Object.assign(worksheet.pageSetup, {
    paperSize: letter,
    orientation: 'landscape',
    fitToPage: true,
    fitToWidth: pages,
    ...(pages > 1 ? { printTitlesColumn: 'A:A' } : {}),
    fitToHeight: 0,
    printTitlesRow: `${layout.headerRow}:${layout.headerRow}`,
  })
  worksheet.headerFooter.oddFooter = footers[language]
}
