import { columnsMax, layoutOf, rowsMax } from './sheet-layout.ts'
import type { Sheet, SheetChart, Workbook } from './workbook.ts'
import { chartedRows } from './xlsx-chart-xml.ts'
import { plainLine } from './xlsx-text.ts'

/**
 * What Excel asks of a workbook and exceljs does not check: a file that breaks one of these rules is
 * written without complaint and "repaired" on opening, by dropping a table or a sheet. All are bugs
 * of whoever described the workbook, hence RangeErrors.
 */
const sheetName = /^(?! )[^[\]:*?/\\']{1,31}(?<! )$/
const linksMax = 65_530

export function assertWritable(workbook: Workbook): void {
  plainLine(workbook.title)
  if (workbook.sheets.length === 0) {
    throw new RangeError('a workbook has at least one sheet')
  }
  const names = workbook.sheets.map((sheet) => sheet.name)
  assertDistinct(names, 'names of sheets')
  for (const name of names) {
    if (!sheetName.test(plainLine(name)) || name.toLowerCase() === 'history') {
      throw new RangeError(`not a name for a sheet: ${JSON.stringify(name.slice(0, 64))}`)
    }
  }
  workbook.sheets.forEach(assertSheet)
}

function assertSheet(sheet: Sheet): void {
  const { name, columns, rows, totalRow, entry = {} } = sheet
  if (columns.length === 0 || columns.length > columnsMax || layoutOf(sheet).lastRow > rowsMax) {
    throw new RangeError(`${name}: ${rows.length} rows of ${columns.length} columns do not fit`)
  }
  columns.forEach(({ header }) => {
    if (plainLine(header).trim() === '') {
      throw new RangeError(`${name}: a column has no header`)
    }
  })
  assertDistinct(
    columns.map((column) => column.header),
    `headers of ${name}`,
  )
  assertDistinct(
    columns.map((column) => column.key),
    `keys of ${name}`,
  )
  for (const row of totalRow === undefined ? rows : [...rows, totalRow]) {
    if (row.length !== columns.length) {
      throw new RangeError(`${name}: ${row.length} cells for ${columns.length} columns`)
    }
  }
  for (const { title, prompt, refusal } of Object.values(entry)) {
    if (title.length > 32 || prompt.length > 255 || refusal.length > 255) {
      throw new RangeError(`${name}: the messages of ${title} do not fit`)
    }
  }
  sheet.charts?.forEach((chart) => {
    assertChart(chart, sheet)
  })
  const links = rows.flat().filter((cell) => 'link' in cell).length
  if (links > linksMax) {
    throw new RangeError(`${name}: ${links} links, Excel takes ${linksMax}`)
  }
}

/** A chart without rows would be bound to a blank one, and one without words shows some nothing. */
function assertChart(chart: SheetChart, sheet: Sheet): void {
  const { title, alt, categories, series } = chart
  const keys = sheet.columns.map(({ key }) => key)
  const isBound = [categories, ...series].every((key) => keys.includes(key))
  const isSaid = [title, alt].every((text) => plainLine(text).trim() !== '')
  if (!isBound || !isSaid || series.length === 0 || chartedRows(chart, sheet).length === 0) {
    throw new RangeError(`${sheet.name}: a chart has cells, a title and words`)
  }
}

/** Excel does not tell capitals apart in names. */
function assertDistinct(names: readonly string[], what: string): void {
  if (new Set(names.map((name) => name.toLowerCase())).size < names.length) {
    throw new RangeError(`the ${what} are not distinct: ${names.join(', ')}`)
  }
}
