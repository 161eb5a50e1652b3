import { isZero, Money, sum } from '#core/money.ts'
import { plannedOf } from '#features/reconciliation/columns.ts'
import { Keys } from '#features/reconciliation/dimension.ts'
import { type Facts, factsOf } from '#features/reconciliation/facts.ts'
import type { Forecast } from '#features/reconciliation/forecast.ts'
import type { Portion } from '#features/reconciliation/portion.ts'
import { type RowKeys, rowKeysOf } from './workbook-cells.ts'

/**
 * The money that a forecast starts from, a cell of the journal a line, with what of its spending was
 * recorded in the months that have ended. Each line says which row of the forecast adds it up.
 */
export interface ForecastCell
  extends RowKeys,
    Pick<Portion, 'envelope' | 'measure' | 'organization' | 'fiscalYear'> {
  readonly planned: Money | null
  readonly committed: Money
  readonly spent: Money
  readonly spentElapsed: Money
}

export function forecastCells(
  all: Facts,
  { reconciliation, ended }: Forecast,
): readonly ForecastCell[] {
  const { question, portions } = reconciliation
  const keys = new Keys(factsOf(all, question.jurisdiction))
  const inEnded = Map.groupBy(ended, cellKey)
  return [...Map.groupBy(portions, cellKey)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, group]) => {
      const [first] = group
      const planned = group.flatMap(({ columns }) => plannedOf(columns) ?? [])
      const amounts = {
        planned: planned.length === 0 ? null : sum(planned),
        committed: sum(group.map(({ columns }) => columns.committed)),
        spent: sum(group.map(({ columns }) => columns.spent)),
        spentElapsed: sum((inEnded.get(key) ?? []).map(({ columns }) => columns.spent)),
      }
      const isNothing = Object.values(amounts).every((amount) => isZero(amount ?? Money.zero))
      if (first === undefined || (isNothing && amounts.planned === null)) {
        return []
      }
      const { envelope, measure, organization, fiscalYear } = first
      const cell = { envelope, measure, organization, fiscalYear }
      return [{ ...rowKeysOf(keys, first, question.by), ...cell, ...amounts }]
    })
}

const cellKey = ({ envelope, fiscalYear, measure, organization }: Portion): string =>
  JSON.stringify([envelope ?? '~', fiscalYear, measure, organization])
