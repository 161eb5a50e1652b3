/** A pair of places, one in each of two lists. */
export type Pair = readonly [first: number, second: number]

/**
 * Equal items of two lists as pairs that rise in both, as long a run as can be told quickly: items
 * that stand once in each are anchors (patience), and what is equal beside an anchor or an end is
 * taken along. Example: a b c d and a c b d pair a, c and d.
 */
export function pairsInOrder(first: readonly string[], second: readonly string[]): readonly Pair[] {
  const anchors = rising(uniquePairs(first, second))
  const pairs: Pair[] = []
  let [i, j] = [0, 0]
  for (const [nextI, nextJ] of [...anchors, [first.length, second.length] as const]) {
    while (i < nextI && j < nextJ && first[i] === second[j]) {
      pairs.push([i, j])
      i += 1
      j += 1
    }
    let back = 0
    while (
      nextI - back > i &&
      nextJ - back > j &&
      first[nextI - back - 1] === second[nextJ - back - 1]
    ) {
      back += 1
    }
    for (; back > 0; back -= 1) {
      pairs.push([nextI - back, nextJ - back])
    }
    if (nextI < first.length) {
      pairs.push([nextI, nextJ])
    }
    ;[i, j] = [nextI + 1, nextJ + 1]
  }
  return pairs
}

/** Of the items that each list has once, by their place in the first. */
function uniquePairs(first: readonly string[], second: readonly string[]): readonly Pair[] {
  const places = uniquePlaces(second)
  return [...uniquePlaces(first)].flatMap(([item, i]): Pair[] => {
    const j = places.get(item) ?? -1
    return i < 0 || j < 0 ? [] : [[i, j]]
  })
}

/** -1 for what stands more than once. */
function uniquePlaces(items: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>()
  items.forEach((item, place) => {
    places.set(item, places.has(item) ? -1 : place)
  })
  return places
}

/** The longest run of pairs whose second places rise as well. */
export function rising(pairs: readonly Pair[]): readonly Pair[] {
  const lasts: number[] = []
  const before: number[] = []
  pairs.forEach(([, second], at) => {
    let [low, high] = [0, lasts.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((pairs[lasts[middle] ?? 0]?.[1] ?? 0) < second) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    before[at] = low === 0 ? -1 : (lasts[low - 1] ?? -1)
    lasts[low] = at
  })
  const run: Pair[] = []
  for (let at = lasts.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) {
    const pair = pairs[at]
    if (pair !== undefined) {
      run.push(pair)
    }
  }
  return run.reverse()
}
