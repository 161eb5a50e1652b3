import type { CalendarDate } from '#core/calendar-date.ts'
import { endOfMonth } from '#core/calendar-date.ts'
import { lastDay } from '#core/fiscal-year.ts'
import type { Language } from '#core/language.ts'
import { type Money, sum, toCents } from '#core/money.ts'
import { type Period, periodFirstDay, periodKey } from '#core/period.ts'
import { explainUnmatched, type Unmatched } from './candidates.ts'
import { daysBetween, type Line } from './line.ts'
import { candidateWords, matchWords } from './match-words.ts'
import { inOrderOfDocuments, ofDocument } from './order.ts'
import { openOf } from './rules.ts'
import type { Explanation, ExtractLine, JournalLine, KeptLine, RunContents } from './run.ts'
import type { SideOfTieOut, TieOut } from './tie-out.ts'

/**
 * A run as API and terminal say it. Candidates are looked for when it is read: a match made by hand
 * has changed what is near. The age of what is open is counted to the last day of the run's period,
 * so that it is the same whenever it is asked.
 */
export interface Shown {
  readonly contents: RunContents
  readonly tieOut: TieOut
  readonly digest: string
}

export function runFacts({ contents, tieOut, digest }: Shown, language: Language) {
  const { run, extract, journal } = contents
  const near = candidatesOf(contents)
  return {
    ...listedFacts(contents),
    tolerance: run.tolerance.toString(),
    toleranceDays: run.toleranceDays,
    carriedFrom: run.carriedFrom,
    digest,
    stopped: [...run.stopped],
    extract: { id: run.extract, ...countedOf(extract) },
    journal: countedOf(journal),
    matches: matchFacts(contents, language),
    unmatchedExtract: extract.filter(isOpen).map((line) => ({
      row: line.number,
      carriedRow: line.number === line.row ? null : line.row,
      splitOf: line.splitOf,
      ...openFacts(run.period, line),
      candidates: near(line.said).map((candidate) => ({
        expenditure: candidate.line.id,
        code: candidate.why,
        why: candidateWords(candidate)[language],
      })),
    })),
    unmatchedJournal: journal.filter(isOpen).map((line) => ({
      expenditure: line.expenditure,
      ...openFacts(run.period, line),
      candidates: near(line.said).map((candidate) => ({
        row: Number(candidate.line.id),
        code: candidate.why,
        why: candidateWords(candidate)[language],
      })),
    })),
    difference: tieOut.difference.toString(),
    tieOut: tieOutFacts(tieOut),
  }
}

const isOpen = ({ match }: KeptLine): boolean => match === null

const explainedFacts = (explanation: Explanation | null) => ({
  cause: explanation?.cause ?? null,
  owner: explanation?.owner ?? null,
  note: explanation?.note ?? null,
})

function matchFacts({ matches, extract, journal }: RunContents, language: Language) {
  const rows = Map.groupBy(extract, ({ match }) => match)
  const spending = Map.groupBy(journal, ({ match }) => match)
  return matches.map((match) => ({
    id: match.id,
    rule: match.rule,
    extractRows: (rows.get(match.id) ?? []).map(({ number }) => number),
    expenditures: (spending.get(match.id) ?? []).map(({ expenditure }) => expenditure),
    residual: match.residual.toString(),
    reason: matchWords(match)[language],
    ...explainedFacts(match.explanation),
  }))
}

function openFacts(period: Period, line: KeptLine) {
  const last = lastDayOf(period)
  return {
    amount: line.amount.toString(),
    date: line.said.date,
    document: line.said.document,
    ...explainedFacts(line.explanation),
    since: periodKey(line.since),
    age: line.said.date > last ? 0 : daysBetween(line.said.date, last),
  }
}

const countedOf = (lines: readonly { readonly amount: Money }[]) => ({
  rows: lines.length,
  total: sum(lines.map(({ amount }) => amount)).toString(),
})

/** A line is looked up by what it says: an object of its own, on either side. */
function candidatesOf({
  run,
  extract,
  journal,
}: RunContents): (line: Line) => Unmatched['candidates'] {
  const saidOf = (lines: readonly (ExtractLine | JournalLine)[]): readonly Line[] =>
    lines.map(({ said }) => said)
  const open = new Set([...extract, ...journal].filter(isOpen).map(({ said }) => said))
  const sides = inOrderOfDocuments({ extract: saidOf(extract), journal: saidOf(journal) })
  const tolerance = { cents: toCents(run.tolerance), days: run.toleranceDays }
  const ofExtract = {
    ofDocument: ofDocument(sides, sides.extract),
    open: openOf(sides.extract.lines, { open }),
  }
  const ofJournal = {
    ofDocument: ofDocument(sides, sides.journal),
    open: openOf(sides.journal.lines, { open }),
  }
  const found = [
    ...explainUnmatched(ofExtract.open, ofJournal, tolerance),
    ...explainUnmatched(ofJournal.open, ofExtract, tolerance),
  ]
  const byLine = new Map(found.map(({ line, candidates }) => [line, candidates]))
  return (line) => byLine.get(line) ?? []
}

const lastDayOf = (period: Period): CalendarDate =>
  period.number === 13 ? lastDay(period.fiscalYear) : endOfMonth(periodFirstDay(period))

export function tieOutFacts(tieOut: TieOut) {
  const side = ({ opening, period, matched, closing }: SideOfTieOut) => ({
    opening: opening.toString(),
    period: period.toString(),
    matched: matched.toString(),
    closing: closing.toString(),
  })
  return {
    extract: side(tieOut.extract),
    journal: side(tieOut.journal),
    difference: tieOut.difference.toString(),
    explained: tieOut.explained.map(({ cause, amount }) => ({ cause, amount: amount.toString() })),
    unexplained: tieOut.unexplained.toString(),
    waiting: tieOut.waiting,
  }
}

/** A run in a list, without its lines. */
export const listedFacts = ({ run }: Pick<RunContents, 'run'>) => ({
  run: run.id,
  organization: run.organization,
  fiscalYear: run.period.fiscalYear,
  period: run.period.number,
  state: run.state,
  version: run.version,
  preparedBy: run.preparedBy,
  changedBy: run.changedBy,
  signedBy: run.signedBy,
})
