import type { Sheet, Workbook } from '#platform/tables/workbook.ts'
import type { Book, BookSheet, Places } from './book.views.ts'
import { coverOf } from './book-cover.views.ts'
import { type Check, checksPlan, checksSheet } from './checks.views.ts'
import { coverCell, coverPlan, coverSheet } from './cover.views.ts'
import { type DescribedSheet, dictionarySheet } from './dictionary.views.ts'
import { countFormula } from './formulas.views.ts'
import { madeWith } from './report-command.ts'
import { type PlacedSheet, placed, placedParts, type SheetParts } from './sheet-plan.views.ts'
import { said } from './workbook-words.ts'

/**
 * Any report as a workbook: a cover, the report's own sheets, the checks, the dictionary of every
 * column, what was read where. That each sheet has the rows it says is checked here for all.
 */
export function workbookOf<Role extends string, Long extends string = never>(
  book: Book<Role, Long>,
  places: Places<Role, Long> = placesOf(book),
): Workbook {
  const { sources, language } = book
  const checks = checksOf(book)
  const cover = coverSheet(places.cover, coverOf(book, checks), places, language)
  const checked = checksSheet(places.checks, checks, places, language)
  const [before, after] = [false, true].map((isAppendix) => drawnOf(book, places, isAppendix))
  const first = [
    { sheets: [cover], columns: places.cover.columns },
    ...(before ?? []),
    { sheets: [checked], columns: places.checks.columns },
  ]
  const last = after ?? []
  return {
    language,
    title: said(sources.report.title, language),
    creator: 'Vigie',
    instant: sources.report.positionAt,
    madeWith: madeWith(sources.command),
    sheets: [
      ...first.flatMap(({ sheets }) => sheets),
      dictionarySheet([...first, ...last].flatMap(describedOf), language),
      ...last.flatMap(({ sheets }) => sheets),
    ],
  }
}

/** Where everything is, before anything is drawn. */
export function placesOf<Role extends string, Long extends string = never>(
  book: Book<Role, Long>,
): Places<Role, Long> {
  const { sources, language, sheets } = book
  const checks = checksOf(book)
  const items = coverOf(book, checks)
  const cover = placed(coverPlan(sources.report.title, items, language))
  const own = sheets.map(({ role, plan, sheetRows }) => [
    role,
    sheetRows === undefined ? placed(plan) : placedParts(plan, sheetRows),
  ])
  return {
    ...Object.fromEntries(own),
    cover,
    checks: placed(checksPlan(checks, language)),
    onCover: (name: string) => coverCell(cover, items, name),
  } as Places<Role, Long>
}

interface DrawnSheets {
  readonly sheets: readonly Sheet[]
  readonly columns: DescribedSheet['columns']
}

const drawnOf = <Role extends string, Long extends string>(
  { sheets }: Book<Role, Long>,
  places: Places<Role, Long>,
  isAppendix: boolean,
): readonly DrawnSheets[] =>
  sheets
    .filter((sheet) => (sheet.isAppendix ?? false) === isAppendix)
    .map(({ plan, draw }) => ({ sheets: [draw(places)].flat(), columns: plan.columns }))

/** Sheets that go on from one another have the same columns. */
const describedOf = ({ sheets, columns }: DrawnSheets): readonly DescribedSheet[] =>
  sheets.slice(0, 1).map((sheet) => ({ sheet, columns }))

const checksOf = <Role extends string, Long extends string>(
  book: Book<Role, Long>,
): readonly Check<Places<Role, Long>>[] => [...book.checks, ...book.sheets.map(countCheck)]

/** The first column of each sheet has a value in every row, and none where there is no row. */
const countCheck = <Role extends string, Long extends string>({
  role,
  name,
  plan,
}: BookSheet<Role, Long>): Check<Places<Role, Long>> => ({
  what: {
    fr: `${name.fr} : lignes de la feuille = lignes inscrites`,
    en: `${name.en}: rows of the sheet = rows recorded`,
  },
  left: (places) => countFormula(countOf(places[role]), plan.rowCount),
  right: (places) => countFormula(places.onCover(`count.${role}`), plan.rowCount),
})

const countOf = (sheet: PlacedSheet | SheetParts): string =>
  'parts' in sheet ? sheet.over(countOf) : `COUNTA(${sheet.range(sheet.columns[0]?.key ?? '')})`
