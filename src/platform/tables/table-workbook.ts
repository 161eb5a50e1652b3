import type { Bilingual, Language } from '#core/language.ts'
import type { CellValue, Table } from '#core/table.ts'
import { say } from '#platform/i18n/format.ts'
import type { WordsOf } from './cell-words.ts'
import { orderedRows } from './row-order.ts'
import { sheetCell, sheetColumns, sheetRow } from './sheet-cells.ts'
import { layoutOf } from './sheet-layout.ts'
import type { SheetCell, Workbook } from './workbook.ts'

/** A list as it stands on its page: what was asked of it, and where the record stood. */
export interface ListFile {
  readonly table: Table
  /** A line each: `Organisme : MSP`. */
  readonly filters: readonly string[]
  readonly standing: { readonly position: number; readonly positionAt: string }
  /** The amounts of its total are the sums of its rows, and are written as such. */
  readonly isSum: boolean
  /** Codes of a list that are said in words. */
  readonly flagWords?: WordsOf
}

/** The question of a list, a line a filter: `Organisme : MSP`. */
export const filterLines = (
  asked: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, Bilingual>>,
  language: Language,
): readonly string[] =>
  Object.entries(labels).flatMap(([name, label]) => {
    const value = asked[name]
    const colon = language === 'fr' ? '\u00a0:' : ':'
    return value === undefined ? [] : [`${say(label, language)}${colon} ${value}`]
  })

/** The list on one sheet, with the rows and the total of its page. */
export function tableWorkbook(file: ListFile, language: Language): Workbook {
  const { table, filters, standing, isSum, flagWords } = file
  const { body, totals } = orderedRows(table)
  const columns = sheetColumns(table, language)
  const options = { language, ...(flagWords === undefined ? {} : { flagWords }) }
  const rows = body.map((row) => sheetRow(row, options))
  const intro = [...filters, `position ${standing.position} · ${standing.positionAt}`]
  const [total] = totals
  const at = layoutOf({ columns, rows, intro, totalRow: total !== undefined })
  const added = (cell: CellValue, key: string): SheetCell => {
    if (cell.type === 'missing') {
      return { empty: true }
    }
    return isSum && cell.type === 'amount'
      ? { formula: `ROUND(SUM(${at.range(key)}),2)`, result: { amount: cell.value } }
      : sheetCell(cell, { language })
  }
  const title = say(table.title, language)
  return {
    language,
    title,
    creator: 'Vigie',
    instant: standing.positionAt,
    sheets: [
      {
        name: language === 'fr' ? 'Liste' : 'List',
        kind: 'table',
        title,
        intro,
        columns,
        rows,
        ...(total === undefined
          ? {}
          : {
              totalRow: total.cells.map((cell, place) => added(cell, columns[place]?.key ?? '')),
            }),
      },
    ],
  }
}
