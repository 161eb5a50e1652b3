import { compareCents, type Line } from './line.ts'

/** Looking up the nearest lines of a sorted list, without walking through it. */
export const sortedByCents = (lines: readonly Line[]): readonly Line[] =>
  lines.toSorted((a, b) => compareCents(a.cents, b.cents))

/** The place of the first line of at least that amount. */
export const firstFrom = (sorted: readonly Line[], cents: bigint): number =>
  firstPlace(sorted, (line) => line.cents >= cents)

/** Up to `count` lines on each side of where the wanted one would stand. */
export function around(
  sorted: readonly Line[],
  isAtLeast: (line: Line) => boolean,
  count: number,
): readonly Line[] {
  const place = firstPlace(sorted, isAtLeast)
  return sorted.slice(Math.max(0, place - count), place + count)
}

function firstPlace(sorted: readonly Line[], isAtLeast: (line: Line) => boolean): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const line = sorted[middle]
    if (line !== undefined && isAtLeast(line)) {
      high = middle
    } else {
      low = middle + 1
    }
  }
  return low
}
