import { compareCents, daysBetween, distance, type Line } from './line.ts'
import { firstFrom, sortedByCents } from './nearest.ts'
import {
  type Basis,
  type FoundMatch,
  type Group,
  groupsOf,
  type Pool,
  type Tolerance,
  take,
} from './rules.ts'

/**
 * Third rule: one line against one line of the same document whose amounts and days differ by no
 * more than what is tolerated. The difference between the two is held against it once, not a
 * tolerance on each side. Without a document in the ledger the same supplier does; another document
 * never does. Nearest amounts first, then nearest days.
 * Example: with 0.05 and 10 days, 1 149.75 of April 3 fits 1 149.77 of April 8, residual −0.02.
 */
const triedMax = 64

export function matchWithin(pool: Pool, tolerance: Tolerance): readonly FoundMatch[] {
  const ofDocument = groupsOf(pool, ({ document }) => document)
  const byDocument = ofDocument.flatMap((group) => pairWithin(pool, group, 'document', tolerance))
  const hasNoDocument = ({ document }: Line): boolean => document === ''
  const ofSupplier = groupsOf(pool, ({ party }) => party, hasNoDocument)
  const bySupplier = ofSupplier.flatMap((group) => pairWithin(pool, group, 'supplier', tolerance))
  return [...byDocument, ...bySupplier]
}

interface Pair {
  readonly extract: Line
  readonly journal: Line
  readonly gap: bigint
  readonly days: number
}

function pairWithin(
  pool: Pool,
  { extract, journal }: Group,
  basis: Basis,
  tolerance: Tolerance,
): readonly FoundMatch[] {
  const sorted = sortedByCents(journal)
  // Equal pairs stay in the order of their lines: a sort keeps it.
  const pairs = extract
    .flatMap((line) => pairsOf(line, sorted, tolerance))
    .toSorted((a, b) => compareCents(a.gap, b.gap) || a.days - b.days)
  return pairs.flatMap((pair) => {
    if (!(pool.open.has(pair.extract) && pool.open.has(pair.journal))) {
      return []
    }
    const residual = pair.extract.cents - pair.journal.cents
    const { days } = pair
    return take(pool, {
      ...{ rule: 'tolerance', basis, residual, days },
      extract: [pair.extract],
      journal: [pair.journal],
    })
  })
}

function pairsOf(line: Line, sorted: readonly Line[], tolerance: Tolerance): readonly Pair[] {
  const pairs: Pair[] = []
  const from = firstFrom(sorted, line.cents - tolerance.cents)
  for (const journal of sorted.slice(from, from + triedMax)) {
    const gap = distance(line.cents, journal.cents)
    if (gap > tolerance.cents) {
      break
    }
    const days = daysApart(line, journal)
    if (days <= tolerance.days) {
      pairs.push({ extract: line, journal, gap, days })
    }
  }
  return pairs
}

/** From the nearer of the journal's two dates. */
export function daysApart(a: Line, b: Line): number {
  const [extract, journal] = a.documentDate === null ? [a, b] : [b, a]
  const apart = [journal.date, journal.documentDate ?? journal.date].map((date) =>
    daysBetween(extract.date, date),
  )
  return Math.min(...apart)
}
