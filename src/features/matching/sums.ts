import { type Line, totalOf } from './line.ts'
import { findParts } from './parts.ts'
import {
  type Basis,
  type FoundMatch,
  type Group,
  groupsOf,
  openOf,
  type Pool,
  take,
} from './rules.ts'

/**
 * Second rule: one line that is exactly the sum of several of the other side, all of one document,
 * or else of one supplier. All lines of the other side are tried first, then the fewest that do.
 * The search of a group takes a number of steps that grows with its lines and no more; a group in
 * which it stopped is told. Many against many is for people to say.
 * Example: the ledger's 1 149.75 of F-1001 is the expenditures 1 000.00 and 149.75 of F-1001.
 */
export interface Summed {
  readonly matches: readonly FoundMatch[]
  /** Groups in which the search stopped before its end: the document or the supplier. */
  readonly stopped: readonly string[]
}

const stepsPerLine = 200
const stepsPerTarget = 5_000

export function matchSums(pool: Pool): Summed {
  const byDocument = sumGroups(pool, 'document', ({ document }) => document)
  const bySupplier = sumGroups(pool, 'supplier', ({ party }) => party)
  return {
    matches: [...byDocument.matches, ...bySupplier.matches],
    stopped: [...byDocument.stopped, ...bySupplier.stopped],
  }
}

function sumGroups(pool: Pool, basis: Basis, keyOf: (line: Line) => string): Summed {
  const matches: FoundMatch[] = []
  const stopped: string[] = []
  for (const group of groupsOf(pool, keyOf)) {
    const size = group.extract.length + group.journal.length
    const search = { pool, basis, steps: stepsPerTarget + size * stepsPerLine, isStopped: false }
    matches.push(...sumOneSide(search, group, 'one-to-many'))
    matches.push(...sumOneSide(search, group, 'many-to-one'))
    const [first] = group.extract
    if (search.isStopped && first !== undefined) {
      stopped.push(keyOf(first))
    }
  }
  return { matches, stopped }
}

interface Search {
  readonly pool: Pool
  readonly basis: Basis
  steps: number
  isStopped: boolean
}

/** One of the extract against many of the journal, or the other way round. */
function sumOneSide(
  search: Search,
  { extract, journal }: Group,
  rule: 'one-to-many' | 'many-to-one',
): readonly FoundMatch[] {
  const isOneExtract = rule === 'one-to-many'
  const [ones, many] = isOneExtract ? [extract, journal] : [journal, extract]
  let open: readonly Line[] = openOf(many, search.pool).filter(isSomething)
  const found: FoundMatch[] = []
  for (const one of ones) {
    if (open.length < 2) {
      break
    }
    if (search.steps <= 0) {
      search.isStopped = true
      break
    }
    const isAsked = isSomething(one) && search.pool.open.has(one)
    const parts = isAsked ? partsOf(search, one, open) : null
    if (parts !== null) {
      found.push(
        take(search.pool, {
          rule,
          basis: search.basis,
          extract: isOneExtract ? [one] : parts,
          journal: isOneExtract ? parts : [one],
          residual: 0n,
          days: 0,
        }),
      )
      open = openOf(open, search.pool)
    }
  }
  return found
}

/** Nothing adds nothing to any sum. */
const isSomething = ({ cents }: Line): boolean => cents !== 0n

function partsOf(search: Search, one: Line, open: readonly Line[]): readonly Line[] | null {
  search.steps -= open.length
  if (totalOf(open) === one.cents) {
    return open
  }
  const granted = Math.min(stepsPerTarget, search.steps)
  const steps = { left: granted }
  const parts = findParts(one.cents, open, steps)
  search.steps -= granted - steps.left
  search.isStopped ||= parts === null && steps.left <= 0
  return parts
}
