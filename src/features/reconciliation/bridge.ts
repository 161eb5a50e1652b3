import type { FiscalYear } from '#core/fiscal-year.ts'
import { equals, isZero, Money, subtract, sum } from '#core/money.ts'
import { type Cause, causes } from '#features/journal/cause.ts'
import { addColumns, availableOf, type Columns, plannedOf } from './columns.ts'
import { type Balance, type Facts, factsOf, type Question } from './facts.ts'
import type { Totals } from './figures.ts'
import { type Portion, selectPortions } from './portion.ts'
import { reconcile } from './reconcile.ts'

/**
 * The way from one position's totals to another's, a cause a row: opening + effects = closing, to
 * the cent. Causes are applied one after the other and each row is what the totals moved by: equal
 * parts of two amounts are not those of their sum, so adding up rows spread by themselves would
 * lose cents. `respread` is no entry: closing a year leaves fewer years to spread over.
 * Example: opening spent 100.00, a reversal of 40.00, then 25.00 spent: 100.00 − 40.00 + 25.00.
 */
export const bridgeColumns = [
  'planned',
  'committed',
  'spent',
  'lapsed',
  'available',
  'ownResources',
] as const
export type BridgeColumn = (typeof bridgeColumns)[number]

export type BridgeAmounts = Readonly<Record<BridgeColumn, Money>>

/** What entries of one cause added to a cell between the two positions. */
export interface Effect extends Balance {
  readonly cause: Cause
}

export interface BridgeRow {
  readonly key: Cause | 'opening' | 'respread' | 'closing'
  readonly amounts: BridgeAmounts
}

/** What one cell of the journal added to a row; of the opening, all that it had. */
export interface BridgeCell extends Pick<Portion, 'envelope' | 'measure' | 'organization'> {
  readonly key: BridgeRow['key']
  readonly fiscalYear: FiscalYear | null
  readonly amounts: BridgeAmounts
}

export interface Bridge {
  readonly question: Question
  /** Positions: what is recorded after the first and up to the second. */
  readonly since: number
  readonly asOf: number
  readonly rows: readonly BridgeRow[]
  /** They add up to the rows before the closing, cell by cell. */
  readonly cells: readonly BridgeCell[]
}

/** @throws RangeError when the rows do not add up to the closing: a bug of ours, never printed. */
export function bridge(
  opening: Facts,
  closing: Facts,
  effects: readonly Effect[],
  question: Question,
): Bridge {
  const { totals, portions } = reconcile(opening, question)
  const last = amountsOf(reconcile(closing, question).totals)
  const steps = stepsOf({ opening, closing, effects, question }, byCell(portions))
  const rows = steps.map(({ key, cells }) => ({
    key,
    amounts: eachColumn((column) => sum(cells.map(({ amounts }) => amounts[column]))),
  }))
  assertOpens(rows, amountsOf(totals))
  assertCloses(rows, last)
  const [since, asOf] = [opening.position, closing.position]
  const cells = steps.flatMap((step) => step.cells)
  return { question, since, asOf, rows: [...rows, { key: 'closing', amounts: last }], cells }
}

interface Step {
  readonly key: BridgeRow['key']
  readonly cells: readonly BridgeCell[]
}

interface Moved {
  readonly opening: Facts
  readonly closing: Facts
  readonly effects: readonly Effect[]
  readonly question: Question
}

/** The opening's money by cell, then what each cause moved, selected as the closing selects. */
function stepsOf({ opening, closing, effects, question }: Moved, first: Cells): readonly Step[] {
  const byCause = Map.groupBy(effects, ({ cause }) => cause)
  const selected = (balances: readonly Balance[]): Cells =>
    byCell(
      selectPortions(factsOf({ ...closing, balances }, question.jurisdiction), question).portions,
    )
  let balances: readonly Balance[] = opening.balances
  let before = selected(balances)
  const start = { key: 'opening', cells: lessCells('opening', first, new Map()) } as const
  const respread = { key: 'respread', cells: lessCells('respread', before, first) } as const
  const moved = causes.map((cause): Step => {
    balances = [...balances, ...(byCause.get(cause) ?? [])]
    const after = byCause.has(cause) ? selected(balances) : before
    const cells = lessCells(cause, after, before)
    before = after
    return { key: cause, cells }
  })
  return [start, ...(question.spread === 'straight-line' ? [respread] : []), ...moved]
}

type Cells = ReadonlyMap<string, Omit<BridgeCell, 'key'>>

function byCell(portions: readonly Portion[]): Cells {
  const keyOf = ({ envelope, measure, organization, fiscalYear }: Portion): string =>
    JSON.stringify([envelope ?? '~', fiscalYear, measure, organization])
  return new Map(
    [...Map.groupBy(portions, keyOf)]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([key, [portion, ...others]]) => {
        if (portion === undefined) {
          return []
        }
        const { envelope, measure, organization, fiscalYear } = portion
        const columns = others.reduce(
          (total, other) => addColumns(total, other.columns),
          portion.columns,
        )
        const amounts = amountsOfColumns(columns)
        return [[key, { envelope, measure, organization, fiscalYear, amounts }] as const]
      }),
  )
}

/** Cells that did not move are left out. */
const lessCells = (key: BridgeRow['key'], after: Cells, before: Cells): readonly BridgeCell[] =>
  [...new Set([...after.keys(), ...before.keys()])].sort().flatMap((place) => {
    const [now, then] = [after.get(place), before.get(place)]
    const cell = now ?? then
    const amounts = lessEach(now?.amounts ?? nothing, then?.amounts ?? nothing)
    return cell === undefined || bridgeColumns.every((column) => isZero(amounts[column]))
      ? []
      : [{ ...cell, key, amounts }]
  })

function amountsOfColumns(columns: Columns): BridgeAmounts {
  const { committed, spent, lapsed, ownResources } = columns
  return {
    planned: plannedOf(columns) ?? Money.zero,
    committed,
    spent,
    lapsed,
    available: availableOf(columns),
    ownResources: ownResources ?? Money.zero,
  }
}

const eachColumn = (amount: (column: BridgeColumn) => Money): BridgeAmounts =>
  Object.fromEntries(bridgeColumns.map((column) => [column, amount(column)])) as Record<
    BridgeColumn,
    Money
  >

const amountsOf = (totals: Totals): BridgeAmounts => eachColumn((column) => totals[column])

const nothing: BridgeAmounts = eachColumn(() => Money.zero)

const lessEach = (a: BridgeAmounts, b: BridgeAmounts): BridgeAmounts =>
  eachColumn((column) => subtract(a[column], b[column]))

function assertOpens([opening]: readonly BridgeRow[], totals: BridgeAmounts): void {
  for (const column of bridgeColumns) {
    if (opening === undefined || !equals(opening.amounts[column], totals[column])) {
      throw new RangeError(`${column}: the cells of the opening are not its ${totals[column]}`)
    }
  }
}

function assertCloses(rows: readonly BridgeRow[], closing: BridgeAmounts): void {
  for (const column of bridgeColumns) {
    const reached = sum(rows.map(({ amounts }) => amounts[column]))
    if (!equals(reached, closing[column])) {
      throw new RangeError(`${column}: the bridge reaches ${reached}, not ${closing[column]}`)
    }
  }
}
