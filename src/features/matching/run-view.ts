import type { Language } from '#core/language.ts'
import { runName } from './run.ts'
import { runFacts, type Shown } from './run-facts.ts'

/**
 * A run as its page shows it: what has no cause first, as many lines as a person works through, and
 * the lines themselves by what names them. The figures are those of `runFacts`.
 */
export interface RunView {
  readonly id: string
  readonly name: string
  readonly facts: RunFacts
  readonly extract: readonly OpenRow[]
  readonly journal: readonly OpenSpending[]
  readonly matches: readonly KeptMatch[]
  readonly proposals: readonly Proposal[]
  readonly rows: ReadonlyMap<number, SaidLine>
  readonly spending: ReadonlyMap<string, SaidLine>
  readonly may: { readonly prepare: boolean; readonly sign: boolean; readonly isOwnWork: boolean }
}

export type RunFacts = ReturnType<typeof runFacts>
export type KeptMatch = RunFacts['matches'][number]
export type OpenRow = RunFacts['unmatchedExtract'][number]
export type OpenSpending = RunFacts['unmatchedJournal'][number]

export interface SaidLine {
  readonly document: string
  readonly party: string
  readonly date: string
  /** Decimal text. */
  readonly amount: string
}

/** A line of the ledger and the expenditure nearest to it: one gesture makes them a match. */
export interface Proposal {
  readonly row: number
  readonly expenditure: string
  readonly why: string
}

export const shownMax = 300

export function runView(shown: Shown, language: Language, may: RunView['may']): RunView {
  const { run, extract, journal } = shown.contents
  const facts = runFacts(shown, language)
  return {
    id: run.id,
    name: runName(run),
    facts,
    extract: firstOf(facts.unmatchedExtract),
    journal: firstOf(facts.unmatchedJournal),
    matches: firstOf(facts.matches),
    proposals: proposalsOf(facts).slice(0, shownMax),
    rows: new Map(extract.map((line) => [line.number, saidOf(line)])),
    spending: new Map(journal.map((line) => [line.expenditure, saidOf(line)])),
    may,
  }
}

interface Kept {
  readonly amount: { toString(): string }
  readonly said: Omit<SaidLine, 'amount'>
}

const saidOf = ({ amount, said: { document, party, date } }: Kept): SaidLine => ({
  document,
  party,
  date,
  amount: amount.toString(),
})

const firstOf = <T extends { readonly cause: unknown }>(lines: readonly T[]): readonly T[] =>
  lines.toSorted((a, b) => Number(a.cause !== null) - Number(b.cause !== null)).slice(0, shownMax)

/** Each expenditure is proposed once, to the first line it is nearest to. */
function proposalsOf({ unmatchedExtract }: RunFacts): readonly Proposal[] {
  const taken = new Set<string>()
  return unmatchedExtract.flatMap(({ row, cause, candidates }) => {
    const near = candidates.find(
      ({ code, expenditure }) => code !== 'taken' && !taken.has(expenditure),
    )
    if (near === undefined || cause !== null) {
      return []
    }
    taken.add(near.expenditure)
    return [{ row, expenditure: near.expenditure, why: near.why }]
  })
}
