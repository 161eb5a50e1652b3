import { isZero, type Money, sum } from '#core/money.ts'
import { type Period, periodKey } from '#core/period.ts'
import type { Explanation, KeptMatch, Run, RunContents, RunLines } from '#features/matching/run.ts'
import type { DetailKind } from './detail.ts'

/**
 * The lines of a tie-out, on each side: whether each is matched, and of what is open the cause.
 * Where they are too many, what is matched is one line a side, and only matches that left a residual
 * are listed: what is open is always there, line by line.
 */
export interface TieOutLine {
  /** Of the file's row or of the run; the word for what is matched together. */
  readonly number: number | null
  readonly since: string | null
  readonly date: string | null
  readonly document: string | null
  readonly party: string | null
  readonly description: string | null
  /** Of the journal's side. */
  readonly expenditure: string | null
  readonly amount: Money
  /** Number of its match; null when it is open. */
  readonly match: number | null
  readonly isMatched: boolean
  readonly explanation: Explanation | null
}

export interface TieOutMatch {
  readonly number: number
  readonly match: KeptMatch
  readonly extract: Money
  readonly journal: Money
}

export interface TieOutLines {
  readonly run: Run
  readonly detailKind: DetailKind
  readonly extract: readonly TieOutLine[]
  readonly journal: readonly TieOutLine[]
  readonly matches: readonly TieOutMatch[]
}

const linesMax = 10_000

export function tieOutLines(
  { contents, printed }: RunLines,
  asked: DetailKind | undefined,
): TieOutLines {
  const { run, matches } = contents
  const numbers = new Map(matches.map(({ id }, place) => [id, place + 1]))
  const most = Math.max(contents.extract.length, contents.journal.length)
  const detailKind = asked ?? (most > linesMax ? 'cells' : 'documents')
  const extract = sideLines('extract', contents, printed, numbers)
  const journal = sideLines('journal', contents, printed, numbers)
  const listed = matches.map((match, place) => ({
    number: place + 1,
    match,
    extract: matchedSum(extract, place + 1),
    journal: matchedSum(journal, place + 1),
  }))
  return detailKind === 'documents'
    ? { run, detailKind, extract, journal, matches: listed }
    : {
        run,
        detailKind,
        extract: together(extract),
        journal: together(journal),
        matches: listed.filter(({ match }) => !isZero(match.residual)),
      }
}

const matchedSum = (lines: readonly TieOutLine[], match: number): Money =>
  sum(lines.filter((line) => line.match === match).map(({ amount }) => amount))

function sideLines(
  side: 'extract' | 'journal',
  { run, ...contents }: RunContents,
  printed: RunLines['printed'],
  numbers: ReadonlyMap<string, number>,
): readonly TieOutLine[] {
  const said = new Map(
    printed.filter((line) => line.side === side).map((line) => [line.number, line]),
  )
  return contents[side].map((line) => {
    const text = said.get(line.number)
    return {
      number: line.number,
      since: sinceOf(line.since, run.period),
      date: text?.date ?? null,
      document: text?.document ?? null,
      party: text?.party ?? null,
      description: text?.description ?? null,
      expenditure: 'expenditure' in line ? line.expenditure : null,
      amount: line.amount,
      match: line.match === null ? null : (numbers.get(line.match) ?? null),
      isMatched: line.match !== null,
      explanation: line.explanation,
    }
  })
}

/** Null for a line of the run's own period. */
const sinceOf = (since: Period, own: Period): string | null =>
  periodKey(since) === periodKey(own) ? null : periodKey(since)

function together(lines: readonly TieOutLine[]): readonly TieOutLine[] {
  const matched = lines.filter(({ isMatched }) => isMatched)
  const nothing = { number: null, since: null, date: null, document: null, party: null }
  return [
    {
      ...nothing,
      ...{ description: null, expenditure: null, match: null, isMatched: true, explanation: null },
      amount: sum(matched.map(({ amount }) => amount)),
    },
    ...lines.filter(({ isMatched }) => !isMatched),
  ]
}
