import type { Bilingual, Language } from '#core/language.ts'
import { linkTarget } from '#platform/tables/sheet-layout.ts'
import { emptyCell, type Sheet, type SheetCell } from '#platform/tables/workbook.ts'
import { words } from './cells.views.ts'
import { drawn, type PlacedSheet, type SheetPlan } from './sheet-plan.views.ts'
import { described } from './workbook-columns.ts'
import type { WorkbookSources } from './workbook-sources.ts'
import { languageWords, said, sheetNames } from './workbook-words.ts'

/**
 * A cover: what this is, where it stands in the record, how to make it again. The totals of the
 * record are typed here, in a block of their own, and nowhere else; every other total of the
 * workbook is a formula that the sheet of checks sets against them.
 * Items are listed before the other sheets are placed, since formulas elsewhere name the cover's
 * cells by the name of their item.
 */
export interface CoverItem<Places> {
  /** By which formulas find it; unique. */
  readonly name: string
  readonly label: string
  readonly cell: (places: Places) => SheetCell
}

const columns = [
  described('item', ['Élément', 'Item'], ['Ce que la ligne donne.', 'What the line gives.'], 46),
  described('value', ['Valeur', 'Value'], ['Sa valeur.', 'Its value.'], 92),
]

export function coverPlan<Places>(
  title: Bilingual,
  items: readonly CoverItem<Places>[],
  language: Language,
): SheetPlan {
  return {
    name: sheetNames.cover[language],
    kind: 'facts',
    title: said(title, language),
    intro: [],
    columns,
    rowCount: items.length,
    hasTotal: false,
  }
}

export const coverSheet = <Places>(
  plan: SheetPlan,
  items: readonly CoverItem<Places>[],
  places: Places,
  language: Language,
): Sheet =>
  drawn(
    plan,
    language,
    items.map(({ label, cell }) => ({ item: { text: label }, value: cell(places) })),
  )

/** The address of an item's value, for formulas on other sheets. @throws RangeError for no item */
export function coverCell(
  cover: PlacedSheet,
  items: readonly { readonly name: string }[],
  name: string,
): string {
  return cover.cell(
    'value',
    items.findIndex((item) => item.name === name),
  )
}

/** A heading inside the cover. */
export const section = <Places>(
  name: string,
  heading: Bilingual,
  language: Language,
): CoverItem<Places> => ({
  name: `section:${name}`,
  label: said(heading, language).toLocaleUpperCase(language),
  cell: () => emptyCell,
})

export const fact = <Places>(name: string, label: string, cell: SheetCell): CoverItem<Places> => ({
  name,
  label,
  cell: () => cell,
})

/** Where the figures stand in the record, and how to make the file again. */
export function standingItems<Places>(
  { report, dataDigest, command }: WorkbookSources,
  language: Language,
): readonly CoverItem<Places>[] {
  const item = (name: string, label: Bilingual, cell: SheetCell): CoverItem<Places> =>
    fact(name, said(label, language), cell)
  return [
    item('language', { fr: 'Langue', en: 'Language' }, words(languageWords, language)),
    item(
      'position',
      { fr: 'Position au registre', en: 'Position in the record' },
      { text: String(report.position) },
    ),
    item(
      'instant',
      { fr: 'Instant de cette position (UTC)', en: 'Instant of that position (UTC)' },
      { text: report.positionAt },
    ),
    item(
      'seal',
      { fr: 'Sceau de cette position', en: 'Seal of that position' },
      { text: report.seal },
    ),
    item('digest', { fr: 'SHA-256 des données', en: 'SHA-256 of the data' }, { text: dataDigest }),
    item(
      'command',
      { fr: 'Commande qui refait ce fichier', en: 'Command that makes this file again' },
      { text: command },
    ),
  ]
}

export const sheetItems = <Places>(
  names: readonly string[],
  language: Language,
): readonly CoverItem<Places>[] => [
  section('sheets', { fr: 'Feuilles', en: 'Sheets' }, language),
  ...names.map((name) =>
    fact<Places>(`sheet:${name}`, name, { link: { target: linkTarget(name), text: name } }),
  ),
]

export const noteItems = <Places>(
  { report }: WorkbookSources,
  language: Language,
): readonly CoverItem<Places>[] =>
  report.notes.length === 0
    ? []
    : [
        section('notes', { fr: 'À savoir', en: 'To know' }, language),
        ...report.notes.map(({ text }, index) =>
          fact<Places>(`note:${index}`, `Note ${index + 1}`, words(text, language)),
        ),
      ]
