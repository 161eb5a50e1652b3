import fc from 'fast-check'
import { addDays, calendarDate } from '#core/calendar-date.ts'
import type { Line } from '#features/matching/line.ts'

/**
 * Ledgers as they come: expenditures, and an extract of them with splits, groups, noise in cents and
 * days, rows that are there twice, rows of something else, and credits.
 */
export interface Ledger {
  readonly extract: readonly Line[]
  readonly journal: readonly Line[]
}

const firstDay = calendarDate('2025-06-01')
const line = (side: 'extract' | 'journal', said: Omit<Line, 'id' | 'documentDate'>): Line => ({
  ...said,
  id: '',
  documentDate: side === 'journal' && said.cents % 3n === 0n ? addDays(said.date, 2) : null,
})

/** Few documents, suppliers, amounts and days, so that they meet. */
const spending = fc.record({
  document: fc.constantFrom('', 'F-1', 'F-2', 'F-3', '0042', '42'),
  party: fc.constantFrom('', 'ACME', 'PIPQ', 'CLES'),
  cents: fc
    .constantFrom(100n, 250n, 333n, 1_000n, 1_234n, 99_999n, -500n, 0n)
    .chain((cents) => fc.constantFrom(cents, cents + 1n)),
  date: fc.integer({ min: 0, max: 25 }).map((days) => addDays(firstDay, days)),
  rest: fc.constantFrom('', '5100', '5200'),
})

const happenings = ['same', 'split', 'noise', 'twice', 'missing', 'other', 'joined'] as const

const happening = fc.record({
  what: fc.constantFrom(...happenings),
  spending,
  share: fc.bigInt({ min: 1n, max: 99n }),
  days: fc.integer({ min: 0, max: 15 }),
})

type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never

function told({ what, spending: said, share, days }: Happening): Ledger {
  const part = (said.cents * share) / 100n
  const parts = [part, said.cents - part].map((cents) => ({ ...said, cents }))
  const journal = what === 'joined' ? parts : what === 'other' ? [] : [said]
  const extract = {
    same: [said],
    joined: [said],
    split: parts,
    noise: [{ ...said, cents: said.cents + share - 50n, date: addDays(said.date, days) }],
    twice: [said, said],
    missing: [],
    other: [said],
  }[what]
  return {
    extract: extract.map((each) => line('extract', each)),
    journal: journal.map((each) => line('journal', each)),
  }
}

export const ledgers: fc.Arbitrary<Ledger> = fc
  .array(happening, { minLength: 1, maxLength: 30 })
  .map((all) => {
    const sides = all.map(told)
    const numbered = (lines: readonly Line[]): readonly Line[] =>
      lines.map((each, place) => ({ ...each, id: String(place + 2) }))
    return {
      extract: numbered(sides.flatMap(({ extract }) => extract)),
      journal: numbered(sides.flatMap(({ journal }) => journal)),
    }
  })
