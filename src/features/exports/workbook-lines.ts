import { add, type Money, sum } from '#core/money.ts'
import type { Exception } from './workbook-exceptions.ts'
import type { PlacedDetail } from './workbook-ties.ts'

/**
 * What the lines of spending in a workbook come to: their number, that of their exceptions, and what
 * they add up to, spent and own resources apart. Of a long workbook this is known before its lines
 * are read, and they are held to it when they have been.
 */
export interface LineTotals {
  readonly details: number
  readonly exceptions: number
  readonly spent: Money
  readonly ownResources: Money
}

export function lineTotals(
  details: readonly PlacedDetail[],
  exceptions: readonly Exception[],
): LineTotals {
  const ofKind = (isOwn: boolean): Money =>
    sum(
      details.filter(({ isOwnResources }) => isOwnResources === isOwn).map(({ amount }) => amount),
    )
  return {
    details: details.length,
    exceptions: exceptions.length,
    spent: ofKind(false),
    ownResources: ofKind(true),
  }
}

export const allSpending = ({ spent, ownResources }: LineTotals): Money => add(spent, ownResources)
