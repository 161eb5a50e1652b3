import type { FiscalYear } from '#core/fiscal-year.ts'
import { add, isNegative, Money, max, min, sum } from '#core/money.ts'

/**
 * The ceiling of an envelope, from what is available in each of its years.
 * For a year of the term: the lesser of all that is left over the whole term, and that year's own
 * plus what the undistributed part still holds after covering the other years' shortfalls. For the
 * undistributed part: the same, without a year of its own. For any other year: that year alone.
 * Example: undistributed 100.00, 2024-2025 at −30.00, 2025-2026 at 10.00: the headroom of
 * 2025-2026 is min(80.00, 10.00 + max(0, 100.00 − 30.00)) = 80.00. The members of a shared envelope
 * stand to its common part as years do to what is undistributed.
 */
export interface Availability<Part = FiscalYear> {
  readonly termYears: readonly Part[]
  /** Available of each year; the key null holds what is not distributed. */
  readonly byYear: ReadonlyMap<Part | null, Money>
}

export interface Headroom {
  readonly amount: Money
  /** Every operand of the formula, for the refusal and for the auditor. */
  readonly availableInYear: Money
  readonly undistributed: Money
  readonly otherYearsShortfall: Money
  readonly availableOverTerm: Money
}

export function headroom<Part = FiscalYear>(
  availability: Availability<Part>,
  year: Part | null,
): Headroom {
  const { termYears, byYear } = availability
  const of = (key: Part | null): Money => byYear.get(key) ?? Money.zero
  const undistributed = of(null)
  const availableOverTerm = sum([undistributed, ...termYears.map(of)])
  const others = termYears.filter((termYear) => termYear !== year).map(of)
  const otherYearsShortfall = sum(others.filter(isNegative))
  const availableInYear = of(year)
  const operands = { availableInYear, undistributed, otherYearsShortfall, availableOverTerm }
  if (year !== null && !termYears.includes(year)) {
    return { amount: availableInYear, ...operands }
  }
  const covered = add(undistributed, otherYearsShortfall)
  const own = year === null ? covered : add(availableInYear, max(Money.zero, covered))
  return { amount: min(availableOverTerm, own), ...operands }
}
