import type { Sheet, SheetCell, Workbook } from '#platform/tables/workbook.ts'

/** Cells of a described workbook by sheet, row and the key of the column. */
export function sheetNamed(workbook: Workbook, name: string): Sheet {
  const found = workbook.sheets.find((sheet) => sheet.name === name)
  if (found === undefined) {
    throw new Error(`no sheet ${name}`)
  }
  return found
}

const cellIn = (
  sheet: Sheet,
  cells: readonly SheetCell[] | undefined,
  column: string,
): SheetCell => {
  const cell = cells?.[sheet.columns.findIndex(({ key }) => key === column)]
  if (cell === undefined) {
    throw new Error(`${sheet.name}: no cell in ${column}`)
  }
  return cell
}

export function cellAt(workbook: Workbook, name: string, row: number, column: string): SheetCell {
  const sheet = sheetNamed(workbook, name)
  return cellIn(sheet, sheet.rows[row], column)
}

export function totalAt(workbook: Workbook, name: string, column: string): SheetCell {
  const sheet = sheetNamed(workbook, name)
  return cellIn(sheet, sheet.totalRow, column)
}

/** The first row whose `key` is this text. */
export function rowOf(workbook: Workbook, name: string, key: string): number {
  const sheet = sheetNamed(workbook, name)
  return sheet.rows.findIndex((cells) => {
    const cell = cellIn(sheet, cells, 'key')
    return 'text' in cell && cell.text === key
  })
}
