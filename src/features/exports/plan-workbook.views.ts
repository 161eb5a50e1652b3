import type { Language } from '#core/language.ts'
import { flagLabelOf } from '#features/journal/flag-words.ts'
import type { Report } from '#features/reports/report.ts'
import { sheetColumns, sheetRow } from '#platform/tables/sheet-cells.ts'
import type { Workbook } from '#platform/tables/workbook.ts'

export type Listed = Pick<Report, 'table' | 'title' | 'position' | 'positionAt' | 'seal'>

/** What a page of the plan shows, on one sheet: nothing in it is added up. */
export function planWorkbook(listed: Listed, language: Language): Workbook {
  const { table, title, position, positionAt, seal } = listed
  return {
    language,
    title: title[language],
    creator: 'Vigie',
    instant: positionAt,
    sheets: [
      {
        name: 'Plan',
        kind: 'table',
        title: title[language],
        intro: [`position ${position} · ${positionAt} · ${seal}`],
        columns: sheetColumns(table, language),
        rows: table.rows.map((row) => sheetRow(row, { language, flagWords: flagLabelOf })),
      },
    ],
  }
}
