import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Matching, matchLines } from '#features/matching/engine.ts'
import { type Line, totalOf } from '#features/matching/line.ts'
import type { Tolerance } from '#features/matching/rules.ts'
import { randomOf } from '#test/support/random.ts'
import { runs } from '#test/support/tier.ts'
import { type Ledger, ledgers } from './ledgers.ts'

const replay = { seed: 20_250_630, numRuns: runs(300, 10_000) }
const tolerance: Tolerance = { cents: 5n, days: 10 }

const idsOf = (lines: readonly Line[]): readonly string[] => lines.map(({ id }) => id)

/** All of it, with the rows that it names. */
const told = ({ matches, unmatchedExtract, unmatchedJournal, ...rest }: Matching) => ({
  ...rest,
  matches: matches.map((match) => ({
    ...match,
    extract: idsOf(match.extract),
    journal: idsOf(match.journal),
  })),
  unmatched: [unmatchedExtract, unmatchedJournal].map((side) =>
    side.map(({ line, candidates }) => [
      line.id,
      ...candidates.map((each) => `${each.line.id} ${each.why} ${each.cents} ${each.days}`),
    ]),
  ),
})

/** What a match says without row numbers: rows of one content are interchangeable. */
const contentOf = ({ id, ...said }: Line): string => Object.values(said).join('|')
const contents = ({ matches }: Matching): readonly string[] =>
  matches
    .map(({ rule, extract, journal, residual }) =>
      [rule, residual, ...extract.map(contentOf).sort(), ...journal.map(contentOf).sort()].join(),
    )
    .sort()

function shuffled<T>(list: readonly T[], seed: string): readonly T[] {
  const random = randomOf(seed)
  const left = [...list]
  return list.map(() => left.splice(random.below(left.length), 1)[0] as T)
}

const ask = ({ extract, journal }: Ledger): Matching => matchLines(extract, journal, tolerance)

describe('a matching of generated ledgers', () => {
  test('is the same for a hundred orders of the rows, to the row numbers', () => {
    fc.assert(
      fc.property(ledgers, (ledger) => {
        const expected = told(ask(ledger))
        for (let turn = 0; turn < 100; turn += 1) {
          const extract = shuffled(ledger.extract, `extract/${turn}`)
          const journal = shuffled(ledger.journal, `journal/${turn}`)
          expect(told(ask({ extract, journal }))).toEqual(expected)
        }
      }),
      { ...replay, numRuns: runs(12, 300) },
    )
  })

  test('says the same of the same lines when the file itself was shuffled and numbered again', () => {
    fc.assert(
      fc.property(ledgers, fc.nat(), ({ extract, journal }, seed) => {
        const again = shuffled(extract, String(seed)).map((line, place) => ({
          ...line,
          id: String(place + 2),
        }))
        expect(contents(ask({ extract: again, journal }))).toEqual(
          contents(ask({ extract, journal })),
        )
      }),
      replay,
    )
  })

  test('holds every line once: in one match, or unmatched', () => {
    fc.assert(
      fc.property(ledgers, (ledger) => {
        const { matches, unmatchedExtract, unmatchedJournal } = ask(ledger)
        const extract = [...matches.flatMap((match) => match.extract), ...linesOf(unmatchedExtract)]
        const journal = [...matches.flatMap((match) => match.journal), ...linesOf(unmatchedJournal)]
        expect(idsOf(extract).toSorted()).toEqual(idsOf(ledger.extract).toSorted())
        expect(idsOf(journal).toSorted()).toEqual(idsOf(ledger.journal).toSorted())
      }),
      replay,
    )
  })

  test('pairs as many lines of an exact key as the rarer side has', () => {
    fc.assert(
      fc.property(ledgers, (ledger) => {
        const exact = ask(ledger).matches.filter(
          ({ rule, basis }) => rule === 'exact' && basis === 'document',
        )
        const found = countsOf(exact.flatMap(({ extract }) => extract))
        const [ours, theirs] = [countsOf(ledger.extract), countsOf(ledger.journal)]
        for (const [key, count] of ours) {
          expect([key, found.get(key) ?? 0]).toEqual([key, Math.min(count, theirs.get(key) ?? 0)])
        }
      }),
      replay,
    )
  })

  test('adds up: each side is matched and unmatched, and the difference is explained', () => {
    fc.assert(
      fc.property(ledgers, (ledger) => {
        const { matches, unmatchedExtract, unmatchedJournal, totals } = ask(ledger)
        const [extract, journal] = [totalOf(ledger.extract), totalOf(ledger.journal)]
        const open = totalOf(linesOf(unmatchedExtract)) - totalOf(linesOf(unmatchedJournal))
        const residuals = matches.reduce(
          (total, match) => total + totalOf(match.extract) - totalOf(match.journal),
          0n,
        )
        expect(totals.difference).toBe(extract - journal)
        expect(residuals + open).toBe(extract - journal)
        expect(matches.reduce((total, { residual }) => total + residual, 0n)).toBe(residuals)
      }),
      replay,
    )
  })

  test('keeps to its rules: sums are exact, tolerance is within cents and days', () => {
    fc.assert(
      fc.property(ledgers, (ledger) => {
        for (const { rule, extract, journal, residual, days } of ask(ledger).matches) {
          const sizes = `${Math.min(2, extract.length)} ${Math.min(2, journal.length)}`
          const isOne = rule === 'exact' || rule === 'tolerance'
          expect(sizes).toBe(isOne ? '1 1' : rule === 'one-to-many' ? '1 2' : '2 1')
          const isWithin = residual >= -tolerance.cents && residual <= tolerance.cents
          expect(rule === 'tolerance' ? isWithin && days <= tolerance.days : residual === 0n).toBe(
            true,
          )
        }
      }),
      replay,
    )
  })

  test('gives every unmatched line its reasons, and never a free line that an exact key would take', () => {
    fc.assert(
      fc.property(ledgers, (ledger) => {
        const { unmatchedExtract, unmatchedJournal } = ask(ledger)
        for (const { line, candidates } of [...unmatchedExtract, ...unmatchedJournal]) {
          const isTwin = candidates.some(
            (each) =>
              each.why !== 'taken' &&
              line.document !== '' &&
              each.line.document === line.document &&
              each.cents === 0n &&
              each.days <= tolerance.days,
          )
          expect(isTwin).toBe(false)
        }
      }),
      replay,
    )
  })
})

const linesOf = (side: Matching['unmatchedExtract']): readonly Line[] =>
  side.map(({ line }) => line)

function countsOf(lines: readonly Line[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { document, cents, date } of lines) {
    if (document !== '') {
      const key = `${document} ${cents} ${date}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  }
  return counts
}
