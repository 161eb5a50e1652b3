import type { Bilingual, Language } from '#core/language.ts'
import type { Column, Table, TableRow } from '#core/table.ts'
import { flagLabelOf } from '#features/journal/flag-words.ts'
import { say } from '#platform/i18n/format.ts'
import { sheetColumns, sheetRow } from '#platform/tables/sheet-cells.ts'
import { layoutOf, type SheetLayout } from '#platform/tables/sheet-layout.ts'
import type { Sheet, SheetCell, Workbook } from '#platform/tables/workbook.ts'

/** A list of a page as a file: its rows, its total, and what was asked. */
export interface ListFile {
  readonly table: Table
  /** In words; empty when everything was asked. */
  readonly filters: readonly (readonly [label: Bilingual, value: string])[]
  /** Whether the totals are the sums of the rows. */
  readonly isSum: boolean
  readonly standing: {
    readonly position: number
    readonly positionAt: string
    readonly seal: string
  }
}

const words = {
  cover: { fr: 'Couverture', en: 'Cover' },
  list: { fr: 'Liste', en: 'List' },
  item: { fr: 'Élément', en: 'Item' },
  value: { fr: 'Valeur', en: 'Value' },
  position: { fr: 'Position au registre', en: 'Position in the record' },
  instant: { fr: 'Instant de cette position (UTC)', en: 'Instant of that position (UTC)' },
  seal: { fr: 'Sceau de cette position', en: 'Seal of that position' },
  filters: { fr: 'Filtres', en: 'Filters' },
  noFilter: { fr: 'aucun : tout ce que vous voyez', en: 'none: all that you may see' },
  count: { fr: 'Nombre de lignes', en: 'Number of rows' },
  control: { fr: 'Total de contrôle', en: 'Control total' },
} satisfies Record<string, Bilingual>

/** The whole list; its totals are formulas, beside those of the record on the cover. */
export const listWorkbook = (file: ListFile, language: Language): Workbook => ({
  language,
  title: say(file.table.title, language),
  creator: 'Vigie',
  instant: file.standing.positionAt,
  sheets: [coverOf(file, language), listOf(file, language)],
})

function coverOf({ table, filters, standing }: ListFile, language: Language): Sheet {
  const row = (label: Bilingual, cell: SheetCell): readonly SheetCell[] => [
    { text: say(label, language) },
    cell,
  ]
  const total = totalOf(table)
  return {
    name: say(words.cover, language),
    kind: 'facts',
    title: say(table.title, language),
    columns: [
      { key: 'item', header: say(words.item, language), width: 40 },
      { key: 'value', header: say(words.value, language), width: 70 },
    ],
    rows: [
      row(words.position, { text: String(standing.position) }),
      row(words.instant, { text: standing.positionAt }),
      row(words.seal, { text: standing.seal }),
      ...(filters.length === 0
        ? [row(words.filters, { text: say(words.noFilter, language) })]
        : filters.map(([label, value]) => row(label, { text: value }))),
      row(words.count, { count: bodyOf(table).length }),
      ...table.columns.flatMap((column, at) => {
        const cell = total?.cells[at]
        return cell?.type === 'amount' ? [row(controlOf(column), { amount: cell.value })] : []
      }),
    ],
  }
}

const controlOf = ({ label }: Column): Bilingual => ({
  fr: `${words.control.fr} – ${label.fr}`,
  en: `${words.control.en} – ${label.en}`,
})

function listOf({ table, isSum }: ListFile, language: Language): Sheet {
  const columns = sheetColumns(table, language)
  const rows = bodyOf(table).map((row) => sheetRow(row, { language, flagWords: flagLabelOf }))
  const at = layoutOf({ columns, rows, totalRow: true })
  return {
    name: say(words.list, language),
    kind: 'table',
    title: say(table.title, language),
    columns,
    rows,
    totalRow: totalCells(table, isSum ? at : null),
  }
}

/** @param at null where the totals are not the sums of what is listed */
const totalCells = (table: Table, at: SheetLayout | null): readonly SheetCell[] =>
  table.columns.map(({ key }, place): SheetCell => {
    const cell = totalOf(table)?.cells[place]
    if (cell?.type !== 'amount') {
      return place === 0 ? { text: 'Total' } : { empty: true }
    }
    const amount = cell.value
    return at === null
      ? { amount }
      : { formula: `ROUND(SUM(${at.range(key)}),2)`, result: { amount } }
  })

const bodyOf = ({ rows }: Table): readonly TableRow[] => rows.filter(({ role }) => role === 'data')
const totalOf = ({ rows }: Table): TableRow | undefined => rows.find(({ role }) => role === 'total')
