import type { Language } from '#core/language.ts'
import type { Report } from '#features/reports/report.ts'
import { sheetColumns, sheetRow } from '#platform/tables/sheet-cells.ts'
import type { Workbook } from '#platform/tables/workbook.ts'

/** A report that is only a list, on one sheet: nothing in it is added up, so nothing is a formula. */
export function listWorkbook(report: Report, language: Language): Workbook {
  const { table, title, notes, position, positionAt, seal } = report
  return {
    language,
    title: title[language],
    creator: 'Vigie',
    instant: positionAt,
    sheets: [
      {
        name: language === 'fr' ? 'Liste' : 'List',
        kind: 'table',
        title: title[language],
        intro: [
          `position ${position} · ${positionAt} · ${seal}`,
          ...notes.map(({ text }) => text[language]),
        ],
        columns: sheetColumns(table, language),
        rows: table.rows.map((row) => sheetRow(row, { language })),
      },
    ],
  }
}
