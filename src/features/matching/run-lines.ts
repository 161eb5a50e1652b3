import { fromCents, type Money, toCents } from '#core/money.ts'
import { matchLines } from './engine.ts'
import type { Line } from './line.ts'
import type { FoundMatch } from './rules.ts'
import type { ExtractLine, JournalLine, KeptLine, KeptMatch, RunContents } from './run.ts'

/**
 * The lines of a new run: what the extract and the journal bring, what was carried over, and what
 * people did to an earlier run of the same period, kept where it still stands: a match that they
 * made of lines that are all there unchanged, the cause and owner of a line that is still open.
 */
export interface Brought {
  readonly extract: readonly ExtractLine[]
  readonly journal: readonly JournalLine[]
}

/** Lines that are carried take the numbers after the last row of the file. */
export function joinCarried(
  rows: readonly ExtractLine[],
  carried: readonly ExtractLine[],
): readonly ExtractLine[] {
  const last = rows.at(-1)?.number ?? 0
  return [
    ...rows,
    ...carried.map((line, place) => {
      const number = last + place + 1
      return { ...line, number, splitOf: null, said: { ...line.said, id: String(number) } }
    }),
  ]
}

/** What a line is, whichever run holds it. */
const extractKey = ({ extract, row, amount }: ExtractLine): string => `${extract}/${row}/${amount}`
const journalKey = ({ expenditure, amount }: JournalLine): string => `${expenditure}/${amount}`

export interface MatchedRun extends Brought {
  readonly matches: readonly KeptMatch[]
  readonly stopped: readonly string[]
}

export interface Asked {
  readonly tolerance: Money
  readonly toleranceDays: number
  readonly newId: () => string
}

/** @param before runs to take causes from: what was carried, then the last run of the period */
export function matchRun(
  brought: Brought,
  before: readonly RunContents[],
  asked: Asked,
): MatchedRun {
  const kept = keptMatches(brought, before.at(-1), asked.newId)
  const matchOf = new Map<Line, string>(
    kept.flatMap(({ match, lines }) => lines.map((line) => [line, match.id] as const)),
  )
  const isFree = ({ said }: KeptLine): boolean => !matchOf.has(said)
  const free = (lines: readonly KeptLine[]): readonly Line[] =>
    lines.filter(isFree).map(({ said }) => said)
  const found = matchLines(free(brought.extract), free(brought.journal), {
    cents: toCents(asked.tolerance),
    days: asked.toleranceDays,
  })
  const made = found.matches.map((match) => keptOf(match, asked.newId()))
  for (const [place, { extract, journal }] of found.matches.entries()) {
    for (const line of [...extract, ...journal]) {
      matchOf.set(line, made[place]?.id ?? '')
    }
  }
  const explained = explanationsOf(before)
  const placed = <T extends KeptLine>(lines: readonly T[], keyOf: (line: T) => string) =>
    lines.map((line) => {
      const match = matchOf.get(line.said) ?? null
      return { ...line, match, explanation: match === null ? explained(keyOf(line)) : null }
    })
  return {
    matches: [...kept.map(({ match }) => match), ...made],
    extract: placed(brought.extract, extractKey),
    journal: placed(brought.journal, journalKey),
    stopped: found.stopped,
  }
}

const keptOf = ({ rule, basis, days, residual }: FoundMatch, id: string): KeptMatch => ({
  ...{ id, rule, basis, days, residual: fromCents(residual) },
  ...{ reason: null, madeBy: null, explanation: null },
})

interface Kept {
  readonly match: KeptMatch
  readonly lines: readonly Line[]
}

function keptMatches(
  { extract, journal }: Brought,
  before: RunContents | undefined,
  newId: () => string,
): readonly Kept[] {
  const byKey = new Map([
    ...extract.map((line) => [extractKey(line), line.said] as const),
    ...journal.map((line) => [journalKey(line), line.said] as const),
  ])
  const used = new Set<Line>()
  return (before?.matches ?? [])
    .filter(({ rule }) => rule === 'manual')
    .flatMap((match) => {
      const keys = [
        ...(before?.extract ?? []).filter((line) => line.match === match.id).map(extractKey),
        ...(before?.journal ?? []).filter((line) => line.match === match.id).map(journalKey),
      ]
      const lines = keys.flatMap((key) => byKey.get(key) ?? [])
      const isWhole = lines.length === keys.length && new Set(keys).size === keys.length
      if (!isWhole || lines.some((line) => used.has(line))) {
        return []
      }
      for (const line of lines) {
        used.add(line)
      }
      return [{ match: { ...match, id: newId() }, lines }]
    })
}

function explanationsOf(before: readonly RunContents[]) {
  const known = new Map(
    before.flatMap(({ extract, journal }) => [
      ...extract.map((line) => [extractKey(line), line.explanation] as const),
      ...journal.map((line) => [journalKey(line), line.explanation] as const),
    ]),
  )
  return (key: string) => known.get(key) ?? null
}
