import { calendarDate } from '#core/calendar-date.ts'
import type { Language } from '#core/language.ts'
import type { CellValue, Table, TableRow } from '#core/table.ts'
import { say } from '#platform/i18n/format.ts'
import { plainText, type Wording, wordsText } from './cell-words.ts'
import type { SheetCell, SheetColumn } from './workbook.ts'

/**
 * A Table's cells as a workbook's: amounts, percents and days stay values that Excel can add up and
 * sort. Totals and differences are not taken from the Table: whoever builds the sheet writes them as
 * formulas, with the Table's value as the cached result (docs/architecture.md, "Files").
 */
export const sheetColumns = (table: Table, language: Language): SheetColumn[] =>
  table.columns.map(({ key, label }) => ({ key, header: say(label, language) }))

export const sheetRow = (row: TableRow, wording: Wording): SheetCell[] =>
  row.cells.map((cell) => sheetCell(cell, wording))

export function sheetCell(cell: CellValue, wording: Wording): SheetCell {
  switch (cell.type) {
    case 'amount':
      return { amount: cell.value }
    case 'percent':
      return { percent: cell.value }
    case 'date':
      return { date: calendarDate(cell.value) }
    case 'count':
      return { count: cell.value }
    case 'boolean':
      return { boolean: cell.value }
    case 'words':
      return { text: wordsText(cell.value, wording) }
    case 'text':
      return { text: plainText(cell.value, wording.language) }
    case 'missing':
      return { missing: cell.value }
  }
}
