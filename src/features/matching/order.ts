import { compareLines, type Line } from './line.ts'
import type { Group } from './rules.ts'

/**
 * Both sides in the order of `compareLines`. Comparing the texts of many lines is what would cost
 * most of a matching, so only the documents themselves are sorted, each once, and every line goes
 * where those of its document begin; lines are compared with others of their document alone.
 */
export interface Side {
  readonly lines: readonly Line[]
  /** Where the lines of each document of either side begin, and at last where they end. */
  readonly starts: Uint32Array
}

export interface Ordered {
  readonly extract: Side
  readonly journal: Side
  /** The place of a document of either side in their order. */
  readonly rankOf: (document: string) => number | undefined
}

export function inOrderOfDocuments({ extract, journal }: Group): Ordered {
  const numbers = new Map<string, number>()
  const numbered = { extract: numbersOf(extract, numbers), journal: numbersOf(journal, numbers) }
  const ranks = ranksOf(numbers)
  return {
    extract: placed(extract, numbered.extract, ranks),
    journal: placed(journal, numbered.journal, ranks),
    rankOf: (document) => ranks[numbers.get(document) ?? numbers.size],
  }
}

/** The lines of one document after another. */
export function* documentsOf({ extract, journal }: Ordered): Generator<Group> {
  for (let rank = 0; rank + 1 < extract.starts.length; rank += 1) {
    yield { extract: linesOf(extract, rank), journal: linesOf(journal, rank) }
  }
}

/** The lines of one side that are of a document. */
export const ofDocument =
  ({ rankOf }: Ordered, side: Side) =>
  (document: string): readonly Line[] => {
    const rank = rankOf(document)
    return rank === undefined ? [] : linesOf(side, rank)
  }

const linesOf = ({ lines, starts }: Side, rank: number): readonly Line[] =>
  lines.slice(starts[rank], starts[rank + 1])

/** The number of each line's document; a document that has none yet is given the next. */
function numbersOf(lines: readonly Line[], numbers: Map<string, number>): Uint32Array {
  const found = new Uint32Array(lines.length)
  for (const [place, { document }] of lines.entries()) {
    let number = numbers.get(document)
    if (number === undefined) {
      number = numbers.size
      numbers.set(document, number)
    }
    found[place] = number
  }
  return found
}

/** The place in the order of each document, by its number. */
function ranksOf(numbers: ReadonlyMap<string, number>): Uint32Array {
  const ranks = new Uint32Array(numbers.size)
  // By code unit, as `<` compares; without a comparator it takes half the time.
  for (const [rank, document] of [...numbers.keys()].toSorted().entries()) {
    ranks[numbers.get(document) ?? 0] = rank
  }
  return ranks
}

function placed(lines: readonly Line[], numbers: Uint32Array, ranks: Uint32Array): Side {
  const places = numbers.map((number) => ranks[number] ?? 0)
  const starts = new Uint32Array(ranks.length + 1)
  for (const rank of places) {
    starts[rank + 1] = (starts[rank + 1] ?? 0) + 1
  }
  for (let rank = 0; rank < ranks.length; rank += 1) {
    starts[rank + 1] = (starts[rank + 1] ?? 0) + (starts[rank] ?? 0)
  }
  const next = starts.slice()
  const ordered = [...lines]
  for (const [place, line] of lines.entries()) {
    const rank = places[place] ?? 0
    const to = next[rank] ?? 0
    ordered[to] = line
    next[rank] = to + 1
  }
  return { lines: sortedWithin(ordered, starts), starts }
}

function sortedWithin(lines: Line[], starts: Uint32Array): readonly Line[] {
  for (let rank = 0; rank + 1 < starts.length; rank += 1) {
    const from = starts[rank] ?? 0
    const to = starts[rank + 1] ?? 0
    if (to - from > 1) {
      for (const [place, line] of lines.slice(from, to).toSorted(compareLines).entries()) {
        lines[from + place] = line
      }
    }
  }
  return lines
}
