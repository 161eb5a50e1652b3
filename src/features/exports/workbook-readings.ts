import type { Assumption } from '#features/comparison/assumption.ts'
import type { ComparedMoney } from '#features/comparison/money.ts'

/**
 * The three readings of a federal total, each a column of 0 and 1, an assumption a row: 1 takes it
 * high and counts the money that hangs on it, 0 takes it low and leaves that money out. They are
 * what a reader of the workbook may change; the record's own stand beside them.
 */
export const readings = ['low', 'high', 'chosen'] as const
export type Reading = (typeof readings)[number]

/** An assumption with the document that it was read in. */
export interface AssumptionRow {
  readonly assumption: Assumption
  readonly document: string | null
}

export const takenAs = ({ assumption }: AssumptionRow, reading: Reading): 0 | 1 =>
  (reading === 'chosen' ? assumption.taken : assumption.takenIn[reading]) === 'high' ? 1 : 0

export const isCounted = (
  { heldBy }: ComparedMoney,
  assumptions: readonly AssumptionRow[],
  reading: Reading,
): boolean =>
  assumptions.every((row) => !heldBy.includes(row.assumption.code) || takenAs(row, reading) === 1)

export const recordedKey = (reading: Reading): string => `${reading}Recorded`
export const heldKey = (code: string): string => `held:${code}`
