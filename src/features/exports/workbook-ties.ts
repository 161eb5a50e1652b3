import { equals, Money, sum } from '#core/money.ts'
import { addColumns, type Columns, emptyColumns } from '#features/reconciliation/columns.ts'
import type { Reconciliation } from '#features/reconciliation/reconcile.ts'
import type { DetailRow } from './detail.ts'
import type { BudgetRow } from './workbook-budget.ts'
import type { RowKeys } from './workbook-cells.ts'

/**
 * A workbook's formulas add up its own sheets, and show the report's figures as their results. The
 * two are the same, or no workbook is written: a file whose totals change the moment Excel computes
 * them would be worse than none. Documents of another position, or of another range than the facts,
 * are what this stops. Nulls count zero.
 */
const addedUp = [
  'initial',
  'revisions',
  'transfers',
  'committed',
  'spent',
  'lapsed',
  'ownResources',
] as const

export type PlacedDetail = DetailRow & RowKeys

/** @throws RangeError naming the first figure that its sheet does not add up to. */
export function assertTied(
  reconciliation: Reconciliation,
  budget: readonly BudgetRow[],
  details: readonly PlacedDetail[],
): void {
  const ties = new Ties(budget)
  ties.add(details)
  ties.assert(reconciliation)
}

/** The same for details that come a lot at a time. */
export class Ties {
  readonly #sums = new Map<string, Columns>()

  constructor(budget: readonly BudgetRow[]) {
    for (const row of budget) {
      const { spent: _spent, ownResources: _ownResources, ...planned } = row.columns
      this.#addTo(row, { ...emptyColumns, ...planned })
    }
  }

  add(details: readonly PlacedDetail[]): void {
    const cells = Map.groupBy(
      details,
      ({ rowKey, memberKey, isOwnResources }) => `${rowKey}\n${memberKey ?? ''}\n${isOwnResources}`,
    )
    for (const [first, ...others] of cells.values()) {
      if (first !== undefined) {
        const amount = sum([first, ...others].map((detail) => detail.amount))
        const column = first.isOwnResources ? { ownResources: amount } : { spent: amount }
        this.#addTo(first, { ...emptyColumns, ...column })
      }
    }
  }

  /** @throws RangeError naming the first figure that its sheet does not add up to. */
  assert({ findings }: Reconciliation): void {
    for (const finding of findings) {
      const { key } = finding.head
      const sheet = this.#sums.get(key) ?? emptyColumns
      for (const column of addedUp) {
        const [figure, found] = [finding[column] ?? Money.zero, sheet[column] ?? Money.zero]
        if (!equals(figure, found)) {
          throw new RangeError(`${key}: ${column} is ${figure}, its lines add up to ${found}`)
        }
      }
    }
  }

  #addTo({ rowKey, memberKey }: RowKeys, columns: Columns): void {
    for (const key of memberKey === null ? [rowKey] : [rowKey, memberKey]) {
      this.#sums.set(key, addColumns(this.#sums.get(key) ?? emptyColumns, columns))
    }
  }
}
