import { type Money, sum } from '#core/money.ts'
import { type ImportBatch, type RowState, rowStates } from './import.ts'

/** Of the rows of one state, or of all that are rows: how many, and what they add up to. */
export function listedOf(
  { tallies }: ImportBatch,
  state: RowState | undefined,
): { readonly count: number; readonly total: Money } {
  const shown = (state === undefined ? rowStates : [state]).map((each) => tallies[each])
  return {
    count: shown.reduce((total, { rows }) => total + rows, 0),
    total: sum(shown.map(({ amount }) => amount)),
  }
}
