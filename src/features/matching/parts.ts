import { compareCents } from './line.ts'

/**
 * Which lines add up exactly to an amount: the fewest of them, the greatest first. Finding them is
 * as hard as the lines are many, so the search stops after a number of steps and says so; nothing
 * that was not looked at is ever said not to exist.
 * Example: 100.00 of 70.00, 60.00, 40.00, 30.00 is 70.00 + 30.00.
 */
export const partsMax = 6

/** Steps that are left: one for each line that is tried. */
export interface Steps {
  left: number
}

export interface Addend {
  readonly cents: bigint
}

/** Null when there is none of at most `partsMax` lines, or the steps ran out before it was found. */
export function findParts<T extends Addend>(
  target: bigint,
  lines: readonly T[],
  steps: Steps,
): readonly T[] | null {
  const sorted = lines.toSorted((a, b) => compareCents(b.cents, a.cents))
  const reach = reachOf(sorted)
  for (let count = 2; count <= Math.min(partsMax, sorted.length); count += 1) {
    const found = descend({ sorted, reach, steps }, target, count, 0)
    if (found !== null || steps.left <= 0) {
      return found
    }
  }
  return null
}

/** What the lines from each place on may add at least and at most. */
interface Reach {
  readonly least: readonly bigint[]
  readonly most: readonly bigint[]
}

function reachOf(sorted: readonly Addend[]): Reach {
  const least = [0n]
  const most = [0n]
  for (const { cents } of sorted.toReversed()) {
    least.push((least.at(-1) ?? 0n) + (cents < 0n ? cents : 0n))
    most.push((most.at(-1) ?? 0n) + (cents > 0n ? cents : 0n))
  }
  return { least: least.reverse(), most: most.reverse() }
}

interface Search<T> {
  readonly sorted: readonly T[]
  readonly reach: Reach
  readonly steps: Steps
}

function descend<T extends Addend>(
  search: Search<T>,
  target: bigint,
  count: number,
  from: number,
): readonly T[] | null {
  const { sorted, reach, steps } = search
  for (let place = from; place <= sorted.length - count; place += 1) {
    const line = sorted[place]
    const isOutOfReach = target < (reach.least[place] ?? 0n) || target > (reach.most[place] ?? 0n)
    steps.left -= 1
    if (line === undefined || isOutOfReach || steps.left <= 0) {
      return null
    }
    if (count === 1) {
      if (line.cents === target) {
        return [line]
      }
      // The greatest first: what follows is less.
      if (line.cents < target) {
        return null
      }
    } else {
      const rest = descend(search, target - line.cents, count - 1, place + 1)
      if (rest !== null) {
        return [line, ...rest]
      }
    }
  }
  return null
}
