import { addDays, calendarDate } from '#core/calendar-date.ts'
import { matchLines } from '#features/matching/engine.ts'
import { documentKey, type Line, partyKey } from '#features/matching/line.ts'
import { type Figure, figure, judged, type Outcome } from './outcome.ts'
import { interleaved } from './timing.ts'

const lines = Number(process.env.BENCH_LINES ?? 100_000)
const tolerance = { cents: 5n, days: 10 }
const firstDay = calendarDate('2025-06-01')

interface Ledger {
  readonly extract: readonly Line[]
  readonly journal: readonly Line[]
}

/** Minimal standard, from a fixed seed. */
function generator(): (below: number) => number {
  let state = 20_250_630
  return (below) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

/** 90 % exact, 5 % sums of two to four (half on either side), 5 % that nothing matches; shuffled. */
function ledgerOf(count: number): Ledger {
  const next = generator()
  const extract: Line[] = []
  const journal: Line[] = []
  const line = (document: number, cents: bigint): Line => ({
    id: String(next(2_000_000_000)),
    document: documentKey(`F-${document}`),
    party: partyKey(`Fournisseur ${document % 5_000}`),
    cents,
    date: addDays(firstDay, document % 30),
    documentDate: null,
    rest: '',
  })
  const amount = (): bigint => BigInt(100 + next(10_000_000))
  for (let document = 0; extract.length < count; document += 1) {
    const kind = next(100)
    if (kind < 90) {
      const cents = amount()
      extract.push(line(document, cents))
      journal.push(line(document, cents))
    } else if (kind < 95) {
      const parts = Array.from({ length: 2 + next(3) }, amount)
      const whole = line(
        document,
        parts.reduce((total, part) => total + part, 0n),
      )
      const [one, many] = next(2) === 0 ? [extract, journal] : [journal, extract]
      one.push(whole)
      many.push(...parts.map((part) => line(document, part)))
    } else {
      extract.push(line(document, amount()))
      journal.push(line(document + 1_000_000_000, amount()))
    }
  }
  return { extract: shuffled(extract, next), journal: shuffled(journal, next) }
}

const shuffled = (list: readonly Line[], next: (below: number) => number): readonly Line[] =>
  list
    .map((line) => ({ line, place: next(2_147_483_647) }))
    .sort((a, b) => a.place - b.place)
    .map(({ line }) => line)

const byDocument = (side: readonly Line[]): readonly Line[] =>
  side.toSorted((a, b) => (a.document < b.document ? -1 : a.document > b.document ? 1 : 0))

/** The engine alone, without a database, beside a sort of both sides by document. */
export async function match(): Promise<Outcome> {
  const once = ledgerOf(lines)
  const twice = ledgerOf(lines * 2)
  const run =
    ({ extract, journal }: Ledger) =>
    async () =>
      matchLines(extract, journal, tolerance)
  const sort =
    ({ extract, journal }: Ledger) =>
    async () => [byDocument(extract), byDocument(journal)]
  const [ours = [], sorts = [], doubled = [], sortsDoubled = []] = await interleaved(
    [run(once), sort(once), run(twice), sort(twice)],
    { warmUps: 1, repetitions: 9 },
  )
  const whole: Figure = figure('a matching', 'ms', ours)
  const beside = figure('sorting both sides', 'ms', sorts)
  const growth = figure('twice the lines', 'ms', doubled).value / whole.value
  const { matches, unmatchedExtract, stopped } = matchLines(once.extract, once.journal, tolerance)
  const isGrown = growth <= growthMax
  const outcome = judged({
    bench: 'match',
    what: `${once.extract.length} rows of an extract against ${once.journal.length} of the journal`,
    target: { is: 'at most', value: 10, unit: '×' },
    ours: whole,
    beside,
    ratio: whole.value / beside.value,
    notes: [
      `twice the lines take ${growth.toFixed(2)} × the time (target ≤ ${growthMax})${isGrown ? '' : ': missed'}`,
      `sorting twice the lines takes ${(figure('', 'ms', sortsDoubled).value / beside.value).toFixed(2)} × the time`,
      `${matches.length} matches, ${unmatchedExtract.length} rows unmatched, ${stopped.length} searches stopped`,
    ],
  })
  return { ...outcome, isKept: outcome.isKept === true && isGrown }
}

const growthMax = 2.3
