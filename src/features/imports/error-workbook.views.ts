import type { Issue } from '#core/issues.ts'
import type { Language } from '#core/language.ts'
import type { CellScalar, Sheet, SheetCell, Workbook } from '#platform/tables/workbook.ts'
import type { ImportBatch } from './import.ts'

/**
 * The rejected rows of a file in their author's own columns, each cell as it was typed, the ones
 * that are wrong marked, and what is wrong said beside them. It is a file of expenditures itself:
 * with its marked cells corrected it is imported as it stands. The rows that were right are not in
 * it, so that what was imported before is not brought twice.
 */
export interface RejectedRow {
  readonly place: number
  /** By heading: what could be read as its value, the rest as typed. */
  readonly cells: readonly CellScalar[]
  readonly issues: readonly Issue[]
}

export function errorWorkbook(
  batch: ImportBatch,
  {
    headings,
    rows,
  }: { readonly headings: readonly string[]; readonly rows: readonly RejectedRow[] },
  language: Language,
): Workbook {
  const words = language === 'fr' ? french : english
  return {
    language,
    title: words.title,
    creator: 'Vigie',
    instant: batch.createdAt,
    sheets: [sheetOf(batch, headings, rows, language)],
  }
}

const french = {
  title: 'Anomalies',
  problems: 'Anomalies',
  row: 'Ligne d’origine',
  intro: 'Corrigez les cellules colorées, puis importez ce classeur tel quel.',
}
const english = {
  title: 'Problems',
  problems: 'Problems',
  row: 'Original row',
  intro: 'Correct the coloured cells, then import this workbook as it stands.',
}

function sheetOf(
  batch: ImportBatch,
  headings: readonly string[],
  rows: readonly RejectedRow[],
  language: Language,
): Sheet {
  const words = language === 'fr' ? french : english
  return {
    name: words.title,
    kind: 'table',
    title: batch.file.name,
    intro: [words.intro],
    isEditable: true,
    columns: [
      ...headings.map((header, index) => ({ key: `c${index}`, header })),
      { key: 'row', header: words.row },
      { key: 'problems', header: words.problems, width: 60 },
    ],
    rows: rows.map((row) => [
      ...row.cells.map((cell, index) => cellOf(cell, headings[index] ?? '', row.issues)),
      { count: row.place },
      { text: row.issues.map((issue) => said(issue, language)).join(' · ') },
    ]),
  }
}

const cellOf = (cell: CellScalar, heading: string, issues: readonly Issue[]): SheetCell =>
  issues.some(({ column }) => column === heading) ? { marked: cell } : cell

const said = ({ column, detail }: Issue, language: Language): string =>
  column === undefined
    ? detail[language]
    : `${column}${language === 'fr' ? ' : ' : ': '}${detail[language]}`
