import type { Language } from '#core/language.ts'
import { sheetsOf } from '#platform/tables/long-sheet.ts'
import { layoutOf, type SheetLayout, sheetReference } from '#platform/tables/sheet-layout.ts'
import type { Sheet, SheetCell, SheetChart, SheetKind } from '#platform/tables/workbook.ts'
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
  readonly charts?: readonly SheetChart[]
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

/** A sheet, or the several that one flow of rows takes; formulas over it go over all of them. */
export interface SheetParts {
  readonly parts: readonly [PlacedSheet, ...PlacedSheet[]]
  /** Where the nth row stands, from 0: on which part, and the how manyeth there. */
  at(row: number): { readonly part: PlacedSheet; readonly index: number }
  /** The formula of each part, added up. */
  over(formula: (part: PlacedSheet) => string): string
  /** Under the last row. */
  total(key: string): string
}

/** `Dépenses`, `Dépenses 2`…: only the last has the total. */
export function placedParts(plan: SheetPlan, sheetRows: number): SheetParts {
  const counts = sheetsOf(plan.rowCount, plan.intro.length, sheetRows)
  const [first = placed(plan), ...others] = counts.map((rowCount, at) =>
    placed({
      ...plan,
      name: at === 0 ? plan.name : `${plan.name} ${at + 1}`,
      rowCount,
      hasTotal: plan.hasTotal && at === counts.length - 1,
    }),
  )
  const parts = [first, ...others] as const
  const most = first.rowCount
  return {
    parts,
    at(row) {
      const part = parts[Math.floor(row / Math.max(1, most))]
      if (part === undefined) {
        throw new RangeError(`${plan.name}: no row ${row} on any of its sheets`)
      }
      return { part, index: row % Math.max(1, most) }
    },
    over: (formula) => parts.map(formula).join('+'),
    total: (key) => (others.at(-1) ?? first).total(key),
  }
}

/** Of no row there is nothing to draw. */
export const chartsOf = ({ charts = [], rowCount }: SheetPlan): readonly SheetChart[] =>
  charts.filter(({ rowsSkipped = 0 }) => rowCount > rowsSkipped)

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
  return {
    name,
    kind,
    title,
    intro,
    columns: columns.map(({ key, label, width, choices }) => ({
      key,
      header: said(label, language),
      ...(width === undefined ? {} : { width }),
      ...(choices === undefined
        ? {}
        : { choices: { values: choices.values, prompt: said(choices.prompt, language) } }),
    })),
    rows: rows.map((row) => inOrder(plan, row)),
    charts: chartsOf(plan),
    ...(total === undefined ? {} : { totalRow: inOrder(plan, total) }),
  }
}

/** @throws RangeError for a column without a cell: a bug of ours. */
export const inOrder = ({ name, columns }: SheetPlan, cells: CellsByKey): readonly SheetCell[] =>
  columns.map(({ key }) => {
    const cell = cells[key]
    if (cell === undefined) {
      throw new RangeError(`${name}: no cell for ${key}`)
    }
    return cell
  })
