import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { causes } from '#features/journal/cause.ts'
import { bridgeColumns } from '#features/reconciliation/bridge.ts'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { commit, correct } from '#test/support/commitments.ts'
import { post } from '#test/support/drafts.ts'

/** One document from its commitment to its reversal: each step moves the totals under one cause. */
let app: TestApp
let officer: Person
let approver: Person
let auditor: Person
/** Where the record stood before the first step, and after each. */
const positions: number[] = []

beforeAll(async () => {
  app = await testApp({ template: 'published' })
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
  auditor = await app.person('auditor', 'auditor')
  const two = [officer, approver] as const
  await mark()
  const held = await commit(officer, approver, { amount: '1500.00' })
  await mark()
  const spent = await post(officer, approver, { amount: '1200.00', commitment: held.id })
  await mark()
  const { version } = (await officer.get(`/commitments/${held.id}`)).body
  await approver.step(`/commitments/${held.id}/release`, version, { reason: 'Solde inutile' })
  await mark()
  const back = { amount: '300.00', date: '2025-07-02' }
  const refunded = (await correct(two, spent, 'refund', back)).body
  await mark()
  const moved = (await correct(two, refunded, 'reclassify', { serviceDate: '2024-06-15' })).body
  await mark()
  const successor = (await officer.get(`/expenditures/${moved.reclassifiedTo}`)).body
  await correct(two, successor, 'reverse')
  await mark()
})
afterAll(() => app.close())

async function mark(): Promise<void> {
  positions.push((await auditor.get('/reports/reconciliation')).body.position)
}

interface Row {
  readonly key: string
  readonly [column: string]: unknown
}

const bridge = async (since: number, until: number, query = ''): Promise<readonly Row[]> => {
  const url = `/reports/bridge?since=${since}&asOf=${until}${query}`
  const { status, body } = await auditor.get(url)
  expect([url, status]).toEqual([url, 200])
  return body.rows
}

/** What each cause moved, of committed, spent and available; what did not move is left out. */
const movedIn = async (since: number, until: number, query?: string) =>
  (await bridge(since, until, query))
    .filter(({ key }) => (causes as readonly string[]).includes(key))
    .map(({ key, committed, spent, available }) => [key, committed, spent, available].join(' '))
    .filter((line) => !line.endsWith(' 0.00 0.00 0.00'))

const cents = (text: unknown): bigint => BigInt(String(text).replace('.', ''))

describe('the bridge of an expenditure and its corrections', () => {
  test('shows each step once, under its own cause', async () => {
    const steps: string[][] = []
    for (const [place, until] of positions.slice(1).entries()) {
      steps.push(await movedIn(positions[place] ?? 0, until, '&from=2025-2026&to=2025-2026'))
    }
    expect(steps).toEqual([
      ['commitment-release 1500.00 0.00 -1500.00'],
      ['spending -1200.00 1200.00 0.00'],
      ['commitment-release -300.00 0.00 300.00'],
      ['refund 0.00 -300.00 300.00'],
      ['reclassification 0.00 -900.00 900.00'],
      [],
    ])
  })

  test('shows in the year it went to the reclassification, then the reversal of all of it', async () => {
    const [before = 0, middle = 0, after = 0] = positions.slice(-3)
    const query = '&from=2024-2025&to=2024-2025'
    expect(await movedIn(before, middle, query)).toEqual(['reclassification 0.00 900.00 -900.00'])
    expect(await movedIn(middle, after, query)).toEqual(['reversal 0.00 -900.00 900.00'])
  })

  test('moves nothing in all by a reclassification, and nothing is left once reversed', async () => {
    const [first = 0, last = 0] = [positions[0], positions.at(-1)]
    expect(await movedIn(first, last)).toEqual([
      'reversal 0.00 -900.00 900.00',
      'refund 0.00 -300.00 300.00',
      'spending -1200.00 1200.00 0.00',
      'commitment-release 1200.00 0.00 -1200.00',
    ])
  })

  test('closes to the cent on the reconciliation of the last position', async () => {
    const [first = 0, last = 0] = [positions[0], positions.at(-1)]
    for (const query of ['', '&spread=straight-line', '&from=2024-2025&to=2025-2026']) {
      const rows = await bridge(first, last, query)
      const closing = rows.at(-1)
      const { totals } = (await auditor.get(`/reports/reconciliation?asOf=${last}${query}`)).body
      for (const column of bridgeColumns) {
        const reached = rows.slice(0, -1).reduce((sum, row) => sum + cents(row[column]), 0n)
        expect([query, column, reached]).toEqual([query, column, cents(closing?.[column])])
        expect([query, column, closing?.[column]]).toEqual([query, column, totals[column]])
      }
    }
  })

  test('leaves a record that verifies', async () => {
    const { checks } = (await auditor.get('/verify')).body
    expect(checks.flatMap(({ breaks }: { breaks: unknown[] }) => breaks)).toEqual([])
  })
})
