import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { reconciliation } from '#test/support/reports.ts'
import { revision, type Two } from '#test/support/revisions.ts'
import { runs } from '#test/support/tier.ts'

/** Any revisions, one after another, against a model of plain sums in cents. */
let app: TestApp
let two: Two
let auditor: Person

beforeAll(async () => {
  app = await testApp()
  two = {
    officer: await app.person('officer', 'officer'),
    approver: await app.person('approver', 'approver'),
  }
  auditor = await app.person('auditor', 'auditor')
})
afterAll(() => app.close())

/** Small envelopes of MSP, so that their ends are reached; and the shared one. */
const cells = [
  ...['QC-MA4', 'QC-M2', 'QC-M18'].flatMap((envelope) =>
    [null, '2024-2025', '2025-2026'].map((fiscalYear) => ({ envelope, measure: null, fiscalYear })),
  ),
  ...[null, 'QC-3', 'QC-A1'].flatMap((measure) =>
    [null, '2025-2026'].map((fiscalYear) => ({
      ...{ envelope: 'QC-COMMUNICATION', measure, fiscalYear },
    })),
  ),
]

interface Cell {
  readonly envelope: string
  readonly measure: string | null
  readonly fiscalYear: string | null
}

const soleMeasures: Readonly<Record<string, string>> = {
  'QC-MA4': 'QC-A4',
  'QC-M2': 'QC-2',
  'QC-M18': 'QC-18',
}
const keyOf = ({ envelope, measure, fiscalYear }: Cell): string =>
  [envelope, measure ?? soleMeasures[envelope] ?? '-', fiscalYear ?? '-'].join(' ')

const text = (cents: bigint): string => {
  const size = cents < 0n ? -cents : cents
  return `${cents < 0n ? '-' : ''}${size / 100n}.${String(size % 100n).padStart(2, '0')}`
}

const cell = fc.constantFrom(...cells)
const cents = fc.bigInt({ min: 1n, max: 6_000_000n })
const asked = fc.record({
  kind: fc.constantFrom('supplement', 'reduction', 'transfer', 'distribution'),
  from: cell,
  to: cell,
  cents,
})
type Asked = typeof asked extends fc.Arbitrary<infer Value> ? Value : never

/** What each cell gains. */
const effects = ({ kind, from, to, cents: amount }: Asked): readonly (readonly [Cell, bigint])[] =>
  kind === 'supplement'
    ? [[to, amount]]
    : kind === 'reduction'
      ? [[from, -amount]]
      : [
          [from, -amount],
          [to, amount],
        ]

const linesOf = (said: Asked) =>
  effects(said).map(([at, gain]) => ({
    ...at,
    amount: text(said.kind === 'reduction' ? -gain : gain),
  }))

async function availableNow(): Promise<Map<string, bigint>> {
  const { rows } = await app.database.owner.query(
    `select envelope, measure, fiscal_year as "fiscalYear",
      (sum(amount) * 100)::bigint::text as cents
    from journal_balance
    where account = 'available' and envelope = any ($1)
    group by envelope, measure, fiscal_year having sum(amount) <> 0`,
    [[...new Set(cells.map(({ envelope }) => envelope))]],
  )
  return new Map(rows.map((row) => [keyOf(row), BigInt(row.cents)]))
}

const sumOf = (amounts: Iterable<bigint>): bigint =>
  [...amounts].reduce((total, amount) => total + amount, 0n)

/** Entered, submitted and approved, or refused somewhere on the way. */
async function attempt(said: Asked): Promise<string | null> {
  const body = revision({ kind: said.kind, lines: linesOf(said) })
  const entered = await two.officer.send('POST', '/revisions', { body })
  if (entered.status !== 201) {
    return entered.body.code
  }
  const { id, version } = entered.body
  const { body: waiting } = await two.officer.step(`/revisions/${id}/submit`, version)
  const decided = await two.approver.step(`/revisions/${id}/approve`, waiting.version)
  return decided.status === 200 ? null : decided.body.code
}

const replay = { seed: 20_261_122, numRuns: runs(12, 1_000) }

test(`whatever is revised, every cell is what its revisions make it, and no envelope gives what it has not (${replay.numRuns} histories, seed ${replay.seed})`, {
  timeout: 3_600_000,
}, async () => {
  const heard = new Map<string, number>()
  const planned = async () =>
    BigInt((await reconciliation(auditor)).totals.planned?.replace('.', '') ?? 0)
  await fc.assert(
    fc.asyncProperty(fc.array(asked, { minLength: 5, maxLength: 10 }), async (history) => {
      const model = await availableNow()
      let total = await planned()
      for (const said of history) {
        const refusal = await attempt(said)
        heard.set(refusal ?? said.kind, (heard.get(refusal ?? said.kind) ?? 0) + 1)
        if (refusal === null) {
          for (const [at, gain] of effects(said)) {
            model.set(keyOf(at), (model.get(keyOf(at)) ?? 0n) + gain)
            total += gain
          }
        }
      }
      const found = await availableNow()
      expect(found).toEqual(new Map([...model].filter(([, amount]) => amount !== 0n)))
      expect(await planned()).toBe(total)
      const byEnvelope = Map.groupBy(found, ([key]) => key.split(' ')[0])
      for (const [envelope, held] of byEnvelope) {
        expect([envelope, sumOf(held.map(([, amount]) => amount)) >= 0n]).toEqual([envelope, true])
      }
    }),
    replay,
  )
  expect((await auditor.get('/verify')).body).toMatchObject({ isIntact: true })
  // The histories went everywhere, and some asked for more than there was.
  const reached = ['supplement', 'reduction', 'transfer', 'distribution', 'funding/above-headroom']
  expect(reached.filter((what) => !heard.has(what))).toEqual([])
})
