import { explainUnmatched, type Unmatched } from './candidates.ts'
import { matchExactly } from './exact.ts'
import { type Line, totalOf } from './line.ts'
import { inOrderOfDocuments, ofDocument } from './order.ts'
import { type FoundMatch, openOf, type Tolerance } from './rules.ts'
import { matchSums } from './sums.ts'
import { matchWithin } from './tolerance.ts'

/**
 * A ledger extract against the expenditures of the journal: exact, then exact sums within a document
 * or a supplier, then within tolerance; what a rule took, no later one sees, so a line is in one
 * match at most. The result depends on what the lines say, never on the order they come in.
 * Source: docs/words.md, Matching. It costs as sorting does.
 */
export interface Matching {
  readonly matches: readonly FoundMatch[]
  readonly unmatchedExtract: readonly Unmatched[]
  readonly unmatchedJournal: readonly Unmatched[]
  /** Documents and suppliers whose sums were not all tried. */
  readonly stopped: readonly string[]
  readonly totals: Totals
}

/** In cents. */
export interface Totals {
  readonly extract: bigint
  readonly journal: bigint
  readonly matchedExtract: bigint
  readonly matchedJournal: bigint
  readonly unmatchedExtract: bigint
  readonly unmatchedJournal: bigint
  readonly residuals: bigint
  /** Extract less journal: residuals + unmatched of the extract − unmatched of the journal. */
  readonly difference: bigint
}

export function matchLines(
  extract: readonly Line[],
  journal: readonly Line[],
  tolerance: Tolerance,
): Matching {
  const sides = inOrderOfDocuments({ extract, journal })
  const { matches: exact, pool } = matchExactly(sides)
  const { matches: sums, stopped } = matchSums(pool)
  const within = matchWithin(pool, tolerance)
  const matches = [...exact, ...sums, ...within]
  const open = { extract: openOf(pool.extract, pool), journal: openOf(pool.journal, pool) }
  return {
    matches,
    unmatchedExtract: explainUnmatched(
      open.extract,
      { ofDocument: ofDocument(sides, sides.journal), open: open.journal },
      tolerance,
    ),
    unmatchedJournal: explainUnmatched(
      open.journal,
      { ofDocument: ofDocument(sides, sides.extract), open: open.extract },
      tolerance,
    ),
    stopped,
    totals: balance({ extract, journal, matches, open }),
  }
}

interface Sides {
  readonly extract: Iterable<{ readonly cents: bigint }>
  readonly journal: Iterable<{ readonly cents: bigint }>
}

export interface Balanced extends Sides {
  readonly matches: readonly (Sides & { readonly residual: bigint })[]
  readonly open: Sides
}

/** @throws RangeError when a line is counted twice or not at all: a bug, never of the user. */
export function balance({ extract, journal, matches, open }: Balanced): Totals {
  const totals = {
    extract: totalOf(extract),
    journal: totalOf(journal),
    matchedExtract: matches.reduce((total, match) => total + totalOf(match.extract), 0n),
    matchedJournal: matches.reduce((total, match) => total + totalOf(match.journal), 0n),
    unmatchedExtract: totalOf(open.extract),
    unmatchedJournal: totalOf(open.journal),
    residuals: matches.reduce((total, { residual }) => total + residual, 0n),
  }
  const difference = totals.extract - totals.journal
  const isBalanced =
    totals.extract === totals.matchedExtract + totals.unmatchedExtract &&
    totals.journal === totals.matchedJournal + totals.unmatchedJournal &&
    difference === totals.residuals + totals.unmatchedExtract - totals.unmatchedJournal
  if (!isBalanced) {
    throw new RangeError('a matching whose lines do not add up to its sides')
  }
  return { ...totals, difference }
}
