import type { Language } from '#core/language.ts'
import { layoutOf, type SheetLayout, sheetReference } from '#platform/tables/sheet-layout.ts'
import type { Sheet, SheetCell, SheetKind } from '#platform/tables/workbook.ts'
import type { DescribedColumn } from './workbook-columns.ts'
import { said } from './workbook-words.ts'

/**
 * Sheets that speak of one another: each is planned (columns and number of rows), all are placed,
 * and only then are the rows drawn, with formulas that name cells of any other sheet. A plan that
 * does not say how many rows it has would send every formula one row off, so drawing checks it.
 */
export interface SheetPlan {
  readonly name: string
  readonly kind: SheetKind
  readonly title: string
  readonly intro: readonly string[]
  readonly columns: readonly DescribedColumn[]
  readonly rowCount: number
  readonly hasTotal: boolean
}

export interface PlacedSheet extends SheetPlan {
  readonly at: SheetLayout
  /** The next three as other sheets name them: `'Sommaire'!$C$6:$C$42`. */
  range(key: string): string
  cell(key: string, rowIndex: number): string
  total(key: string): string
}

export function placed(plan: SheetPlan): PlacedSheet {
  const { name, columns, rowCount, intro, hasTotal } = plan
  const at = layoutOf({ columns, rows: { length: rowCount }, intro, totalRow: hasTotal })
  return {
    ...plan,
    at,
    range: (key) => sheetReference(name, at.range(key)),
    cell: (key, rowIndex) => sheetReference(name, at.cell(key, rowIndex)),
    total: (key) => sheetReference(name, at.total(key)),
  }
}

/** The cells of a row by the keys of its columns, so that no cell lands under another header. */
export type CellsByKey = Readonly<Record<string, SheetCell>>

/** @throws RangeError when rows or cells are not those that were planned: a bug of ours. */
export function drawn(
  plan: SheetPlan,
  language: Language,
  rows: readonly CellsByKey[],
  total?: CellsByKey,
): Sheet {
  const { name, kind, title, intro, columns, rowCount, hasTotal } = plan
  if (rows.length !== rowCount || hasTotal !== (total !== undefined)) {
    throw new RangeError(`${name}: ${rows.length} rows drawn, ${rowCount} planned`)
  }
  const inOrder = (cells: CellsByKey): readonly SheetCell[] =>
    columns.map(({ key }) => {
      const cell = cells[key]
      if (cell === undefined) {
        throw new RangeError(`${name}: no cell for ${key}`)
      }
      return cell
    })
  return {
    name,
    kind,
    title,
    intro,
    columns: columns.map(({ key, label, width }) => ({
      key,
      header: said(label, language),
      ...(width === undefined ? {} : { width }),
    })),
    rows: rows.map(inOrder),
    ...(total === undefined ? {} : { totalRow: inOrder(total) }),
  }
}
