import { compareCents, compareLines, compareMoves, distance, type Line } from './line.ts'
import { around } from './nearest.ts'
import type { Tolerance } from './rules.ts'
import { daysApart } from './tolerance.ts'

/**
 * For a line that found no match, the nearest lines of the other side, and why each is none: of the
 * same document, the same amount or the same supplier, the nearest three. A line that is matched
 * already is shown only where it says the same: the row may be there twice.
 */
export const failures = ['taken', 'amount', 'date', 'document', 'not-tried'] as const
export type Failure = (typeof failures)[number]

export interface Candidate {
  readonly line: Line
  readonly why: Failure
  /** This line less the candidate. */
  readonly cents: bigint
  readonly days: number
}

export interface Unmatched {
  readonly line: Line
  readonly candidates: readonly Candidate[]
}

const shownMax = 3
const lookedAtMax = 4

/** The other side, in the order of `compareLines`. */
export interface Others {
  /** Matched or not. */
  readonly ofDocument: (document: string) => readonly Line[]
  readonly open: readonly Line[]
}

export function explainUnmatched(
  lines: readonly Line[],
  others: Others,
  tolerance: Tolerance,
): readonly Unmatched[] {
  const open = new Set(others.open)
  const byDocument = indexed(others.open, ({ document }) => document)
  const byParty = indexed(others.open, ({ party }) => party)
  const byCents = indexed(others.open, ({ cents }) => cents)
  return lines.map((line) => {
    const { cents, date } = line
    const isAsGreat = (other: Line): boolean => other.cents >= cents
    const near = new Set([
      ...around(byDocument.get(line.document) ?? [], isAsGreat, lookedAtMax),
      ...around(byParty.get(line.party) ?? [], isAsGreat, lookedAtMax),
      ...around(byCents.get(cents) ?? [], (other) => other.date >= date, lookedAtMax),
      ...around(
        others.ofDocument(line.document),
        (other) => compareMoves(other, line) >= 0,
        lookedAtMax,
      ).filter((other) => other.cents === cents),
    ])
    const candidates = [...near]
      .map((other) => candidateOf(line, other, !open.has(other), tolerance))
      .toSorted((a, b) => compareCandidates(line, a, b))
      .slice(0, shownMax)
    return { line, candidates }
  })
}

function indexed<Key extends string | bigint>(
  lines: readonly Line[],
  keyOf: (line: Line) => Key,
): ReadonlyMap<Key, readonly Line[]> {
  const asked = Map.groupBy(
    lines.filter((line) => keyOf(line) !== ''),
    keyOf,
  )
  // In their order the lines of one amount stand by document: here their days are asked for.
  return new Map([...asked].map(([key, found]) => [key, byCentsThenDate(found)]))
}

const byCentsThenDate = (lines: readonly Line[]): readonly Line[] =>
  lines.toSorted(
    (a, b) => compareCents(a.cents, b.cents) || (a.date < b.date ? -1 : a.date > b.date ? 1 : 0),
  )

function candidateOf(line: Line, other: Line, isTaken: boolean, tolerance: Tolerance): Candidate {
  const days = daysApart(line, other)
  const cents = line.cents - other.cents
  const found = { line: other, cents, days }
  if (isTaken) {
    return { ...found, why: 'taken' }
  }
  if (distance(line.cents, other.cents) > tolerance.cents) {
    return { ...found, why: 'amount' }
  }
  if (line.document !== other.document) {
    return { ...found, why: 'document' }
  }
  return { ...found, why: days > tolerance.days ? 'date' : 'not-tried' }
}

function compareCandidates({ document }: Line, a: Candidate, b: Candidate): number {
  const isOther = ({ line }: Candidate): number => (line.document === document ? 0 : 1)
  return (
    isOther(a) - isOther(b) ||
    compareCents(distance(a.cents, 0n), distance(b.cents, 0n)) ||
    a.days - b.days ||
    compareLines(a.line, b.line)
  )
}
