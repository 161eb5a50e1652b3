import type { Bilingual, Language } from '#core/language.ts'
import { emptyCell, type Sheet, type SheetCell } from '#platform/tables/workbook.ts'
import { drawn, type PlacedSheet, type SheetPlan } from './sheet-plan.views.ts'
import { described } from './workbook-columns.ts'
import { said, sheetNames } from './workbook-words.ts'

/**
 * A cover, line by line. The totals of the record are typed here, in a block of their own, and
 * nowhere else; every other total of the workbook is a formula that the sheet of checks sets
 * against them.
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
