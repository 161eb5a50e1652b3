import { add, isNegative, isZero, Money, max, min, negate, subtract, sum } from '#core/money.ts'

/**
 * A year that drew on the undistributed part is given what it drew: each cell that lacks money takes
 * it from its own undistributed share, then from the common part (the key null). What no money
 * covers stays below zero. Members come in the order of the plan, the common part's own spending last.
 * Example: QC-3 has a share of 100.00 and lacks 150.00, the common part holds 1 000.00: QC-3 takes
 * 100.00 of its share and 50.00 of the common part.
 */
export type Part = string | null

/** Money by measure; the key null is what no member has. */
export type Parts = ReadonlyMap<Part, Money>

export interface Taking {
  /** The undistributed part that gives. */
  readonly from: Part
  readonly to: Part
  readonly amount: Money
}

export interface Covered {
  readonly takings: readonly Taking[]
  readonly left: Parts
}

export function cover(undistributed: Parts, cells: Parts, order: readonly Part[]): Covered {
  const left = new Map(undistributed)
  const takings: Taking[] = []
  const take = (from: Part, to: Part, amount: Money): void => {
    if (!isZero(amount)) {
      takings.push({ from, to, amount })
      left.set(from, subtract(left.get(from) ?? Money.zero, amount))
    }
  }
  for (const part of order) {
    const lack = max(Money.zero, negate(cells.get(part) ?? Money.zero))
    const own = part === null ? Money.zero : min(lack, heldBy(left, part))
    take(part, part, own)
    take(null, part, min(subtract(lack, own), common(left)))
  }
  return { takings, left }
}

const heldBy = (parts: Parts, part: Part): Money => max(Money.zero, parts.get(part) ?? Money.zero)

/** What members already drew beyond their shares is not there any more. */
const common = (parts: Parts): Money => {
  const drawn = sum(
    [...parts].flatMap(([part, amount]) => (part === null || !isNegative(amount) ? [] : amount)),
  )
  return max(Money.zero, add(parts.get(null) ?? Money.zero, drawn))
}
