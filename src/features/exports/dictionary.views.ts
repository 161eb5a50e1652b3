import type { Language } from '#core/language.ts'
import { flagWords } from '#features/journal/flag-words.ts'
import type { Sheet, SheetCell } from '#platform/tables/workbook.ts'
import { textOr } from './cells.views.ts'
import { type CellsByKey, drawn, type SheetPlan } from './sheet-plan.views.ts'
import { type DescribedColumn, described } from './workbook-columns.ts'
import { said, sheetNames } from './workbook-words.ts'

/**
 * Every column of every sheet, in both languages, and every flag. The formula is taken from the
 * sheet itself, so that the dictionary cannot speak of another one than the cells hold.
 */
export interface DescribedSheet {
  readonly sheet: Sheet
  readonly columns: readonly DescribedColumn[]
}

const columns = [
  described(
    'sheet',
    ['Feuille', 'Sheet'],
    ['Feuille de la colonne, ou « Signalement ».', 'Sheet of the column, or “Flag”.'],
  ),
  described('code', ['Code', 'Key'], ['Nom dans l’API et le CSV.', 'Name in API and CSV.']),
  described(
    'labelFr',
    ['Intitulé français', 'French label'],
    ['Intitulé en français.', 'Label in French.'],
    34,
  ),
  described(
    'labelEn',
    ['Intitulé anglais', 'English label'],
    ['Intitulé en anglais.', 'Label in English.'],
    34,
  ),
  described(
    'meaningFr',
    ['Définition en français', 'Definition in French'],
    ['Ce que la colonne contient.', 'What the column holds.'],
    60,
  ),
  described(
    'meaningEn',
    ['Définition en anglais', 'Definition in English'],
    ['La même, en anglais.', 'The same, in English.'],
    60,
  ),
  described(
    'formula',
    ['Formule', 'Formula'],
    [
      'Celle de la première ligne de la colonne qui en a une.',
      'That of the first row of the column which has one.',
    ],
    60,
  ),
]

const title = {
  fr: 'Dictionnaire des colonnes et des signalements',
  en: 'Dictionary of columns and flags',
}
const flagWord = { fr: 'Signalement', en: 'Flag' }

export function dictionarySheet(sheets: readonly DescribedSheet[], language: Language): Sheet {
  const plan: SheetPlan = {
    name: sheetNames.dictionary[language],
    kind: 'table',
    title: said(title, language),
    intro: [],
    columns,
    rowCount: 0,
    hasTotal: false,
  }
  const own = columns.map((column) => columnRow(plan.name, column, null))
  const rows = [...sheets.flatMap(sheetRows), ...own, ...flagRows(language)]
  return drawn({ ...plan, rowCount: rows.length }, language, rows)
}

const sheetRows = ({ sheet, columns }: DescribedSheet): readonly CellsByKey[] =>
  columns.map((column, at) => columnRow(sheet.name, column, formulaOf(sheet, at)))

/** Where a sheet is a list of facts, each line has its own: none speaks for the column. */
function formulaOf({ kind, rows, totalRow }: Sheet, at: number): string | null {
  if (kind === 'facts') {
    return null
  }
  const cells = [...rows, ...(totalRow === undefined ? [] : [totalRow])].map((row) => row[at])
  const found = cells.find((cell: SheetCell | undefined) => cell !== undefined && 'formula' in cell)
  return found !== undefined && 'formula' in found ? found.formula : null
}

const columnRow = (
  sheet: string,
  { key, label, meaning }: DescribedColumn,
  formula: string | null,
): CellsByKey => ({
  sheet: { text: sheet },
  code: { text: key },
  labelFr: { text: said(label, 'fr') },
  labelEn: { text: said(label, 'en') },
  meaningFr: { text: said(meaning, 'fr') },
  meaningEn: { text: said(meaning, 'en') },
  formula: textOr(formula, 'not-applicable'),
})

const flagRows = (language: Language): readonly CellsByKey[] =>
  Object.entries(flagWords).map(([key, { label, meaning }]) =>
    columnRow(said(flagWord, language), { key, label, meaning }, null),
  )
