import { equals, fromCents, isNegative, type Money, sum, toCents } from './money.ts'

/**
 * Splits an amount without losing a cent (docs/words.md, "Money"): largest remainder, ties to the earlier
 * part, so the parts always sum to the whole, and a negative whole is split as the mirror of the
 * positive one. Rounding each part by itself would lose or invent cents:
 * 2 903 063.00 / 6 is 2 × 483 843.84 then 4 × 483 843.83, not 6 × 483 843.83 (two cents short);
 * 22 400 000.00 / 3 is 7 466 666.67, 7 466 666.67, 7 466 666.66.
 */
const partsMax = 10_000

/**
 * One part a weight, in the order of the weights; a zero weight gets nothing.
 * @throws RangeError for no weights, a negative weight, or weights that are all zero.
 */
export function allocate(whole: Money, weights: readonly bigint[]): Money[] {
  const total = weights.reduce((running, weight) => running + weight, 0n)
  if (total <= 0n || weights.some((weight) => weight < 0n) || weights.length > partsMax) {
    throw new RangeError('weights must be 1 to 10 000, none negative, not all zero')
  }
  const sign = isNegative(whole) ? -1n : 1n
  const cents = toCents(whole) * sign
  const shares = weights.map((weight, part) => {
    const exact = cents * weight
    return { part, floor: exact / total, remainder: exact % total }
  })
  const left = shares.reduce((rest, share) => rest - share.floor, cents)
  const raised = new Set(
    shares
      .toSorted((a, b) => Number(b.remainder > a.remainder) - Number(b.remainder < a.remainder))
      .slice(0, Number(left))
      .map((share) => share.part),
  )
  const parts = shares.map(({ part, floor }) =>
    fromCents(sign * (raised.has(part) ? floor + 1n : floor)),
  )
  assertConserved(whole, parts)
  return parts
}

/** @throws RangeError unless `parts` is a whole number from 1 to 10 000. */
export function splitEvenly(whole: Money, parts: number): Money[] {
  if (!Number.isInteger(parts) || parts < 1 || parts > partsMax) {
    throw new RangeError(`an amount cannot be split into ${parts} parts`)
  }
  return allocate(whole, new Array<bigint>(parts).fill(1n))
}

/** @throws RangeError when the parts do not sum to the whole: a bug, never a rounding difference. */
export function assertConserved(whole: Money, parts: readonly Money[]): void {
  if (!equals(sum(parts), whole)) {
    throw new RangeError(`parts of ${whole.toString()} sum to ${sum(parts).toString()}`)
  }
}
