import type { FiscalYear } from '#core/fiscal-year.ts'
import { add, isPositive, isZero, Money, min, negate, subtract } from '#core/money.ts'
import type { Period } from '#core/period.ts'
import { type Commitment, cellOf, remainingOf } from '#features/commitments/commitment.ts'
import type { Taking } from '#features/funding/ceiling.ts'
import {
  type Cell,
  type Entry,
  type Line,
  type PostedEntry,
  releaseLines,
  reversalOf,
  spendingLines,
} from '#features/journal/entry.ts'

/**
 * What an expenditure takes from a commitment, and gives back when it is reversed. In the
 * commitment's own cell what it still holds is spent from committed, the rest from available; in
 * another cell of the envelope it is released where it stood and the spending is from available.
 * Example: 1 200.00 on a commitment that holds 1 000.00 is committed −1 000.00, available −200.00,
 * spent +1 200.00; on another year, committed −1 000.00 and available +1 000.00 there, available
 * −1 200.00 and spent +1 200.00 here.
 */
export interface SpendingCell extends Cell {
  readonly fiscalYear: FiscalYear
}

export interface Spending {
  readonly lines: readonly Line[]
  /** What the commitment gave. */
  readonly consumed: Money
  /** What went back to available where the commitment stood; null when it did not. */
  readonly freed: Taking | null
  /** What it takes from available in its own cell. */
  readonly taking: Taking
}

export function spend(cell: SpendingCell, amount: Money, commitment: Commitment | null): Spending {
  const { fiscalYear, measure } = cell
  const consumed = commitment === null ? Money.zero : min(remainingOf(commitment), amount)
  if (commitment === null || !isSameCell(cellOf(commitment), cell)) {
    const freed =
      commitment === null
        ? null
        : { amount: negate(consumed), fiscalYear: commitment.heldIn, measure: commitment.measure }
    return {
      lines: [
        ...(commitment === null ? [] : releaseLines(cellOf(commitment), consumed)),
        ...spendingLines(cell, amount),
      ],
      consumed,
      freed,
      taking: { amount, fiscalYear, measure },
    }
  }
  const rest = subtract(amount, consumed)
  return {
    lines: [
      { account: 'committed', cell, amount: negate(consumed) },
      ...(isPositive(rest) ? [{ account: 'available' as const, cell, amount: negate(rest) }] : []),
      { account: 'spent', cell, amount },
    ],
    consumed,
    freed: null,
    taking: { amount: rest, fiscalYear, measure },
  }
}

/**
 * The mirror of a spending. What came from a commitment goes back to it while it is open where it
 * was; otherwise to available.
 */
export function takeBack(
  entry: PostedEntry,
  recordedIn: Period,
  commitment: Commitment | null,
): { readonly entry: Entry; readonly returned: Money } {
  const mirror = reversalOf(entry, recordedIn)
  const committed = mirror.lines.find(({ account }) => account === 'committed')
  if (committed === undefined) {
    return { entry: mirror, returned: Money.zero }
  }
  const isHeld =
    commitment !== null &&
    commitment.state === 'approved' &&
    isSameCell(cellOf(commitment), committed.cell)
  return isHeld
    ? { entry: mirror, returned: committed.amount }
    : { entry: { ...mirror, lines: freed(mirror.lines) }, returned: Money.zero }
}

/** Committed becomes available, together with what else moves there. */
function freed(lines: readonly Line[]): readonly Line[] {
  const moved: Line[] = []
  for (const line of lines) {
    const account = line.account === 'committed' ? 'available' : line.account
    const place = moved.findIndex(
      (other) => other.account === account && isSameCell(other.cell, line.cell),
    )
    const other = moved[place]
    if (other === undefined) {
      moved.push({ ...line, account })
    } else {
      moved[place] = { ...other, amount: add(other.amount, line.amount) }
    }
  }
  return moved.filter(({ amount }) => !isZero(amount))
}

const isSameCell = (a: Cell, b: Cell): boolean =>
  a.envelope === b.envelope &&
  a.measure === b.measure &&
  a.organization === b.organization &&
  a.fiscalYear === b.fiscalYear
