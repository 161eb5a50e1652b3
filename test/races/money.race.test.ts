import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answered, type Person, type TestApp, testApp } from '#test/support/app.ts'
import { deadlocksResolved } from '#test/support/deadlocks.ts'
import { draft, submitted } from '#test/support/drafts.ts'
import { closePeriods, periodsOfYear } from '#test/support/periods.ts'
import { untilWaiting } from '#test/support/waiting.ts'

let app: TestApp
let officer: Person
let approver: Person
let auditor: Person

beforeAll(async () => {
  app = await testApp({ poolMax: 20 })
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
  auditor = await app.person('auditor', 'auditor')
})
afterAll(() => app.close())

const owner = () => app.database.owner
const text = (cents: bigint) => `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`
const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n)
const approve = ({ id, version }: { id: string; version: number }) =>
  approver.step(`/expenditures/${id}/approve`, version)

/** No bug, no deadlock and no impatience reaches a client. */
const expectCalm = (answers: readonly Answered[]) =>
  expect(answers.filter(({ status }) => status >= 500).map(({ body }) => body)).toEqual([])

describe('sixteen clients on one envelope', () => {
  const clients = 16
  const each = 6
  const years = ['2023-2024', '2025-2026'] as const
  /** Amounts that no float would add up: whole cents of every size. */
  const amountOf = (client: number, turn: number) =>
    BigInt(1 + ((client * 7919 + turn * 104_729) % 99_991))
  const yearOf = (client: number, turn: number) => years[(client + turn) % 2] ?? years[0]

  async function work(client: number): Promise<readonly Answered[]> {
    const answers: Answered[] = []
    for (let turn = 0; turn < each; turn += 1) {
      const entered = await officer.send('POST', '/expenditures', {
        body: draft({
          measure: 'QC-25',
          amount: text(amountOf(client, turn)),
          documentNumber: `F-${client}-${turn}`,
          serviceDate: `${yearOf(client, turn).slice(0, 4)}-06-15`,
        }),
      })
      const { id } = entered.body
      const handed = await officer.step(`/expenditures/${id}/submit`, entered.body.version)
      answers.push(entered, handed, await approve(handed.body))
    }
    return answers
  }

  test('leave the balances of an exact model', async () => {
    const turns = Array.from({ length: clients * each }, (_, place) => ({
      client: Math.floor(place / each),
      turn: place % each,
    }))
    const model = new Map(
      years.map((year) => [
        year,
        sum(
          turns
            .filter(({ client, turn }) => yearOf(client, turn) === year)
            .map(({ client, turn }) => amountOf(client, turn)),
        ),
      ]),
    )
    const answers = (
      await Promise.all(Array.from({ length: clients }, (_, client) => work(client)))
    ).flat()
    expectCalm(answers)
    expect(answers.every(({ status }) => status === 200 || status === 201)).toBe(true)
    const { rows } = await owner().query(`
      select fiscal_year, account, sum(amount)::text as amount from journal_balance
      where envelope = 'QC-M25' and account in ('available', 'spent') and fiscal_year is not null
      group by fiscal_year, account order by fiscal_year, account desc`)
    expect(rows).toEqual(
      years.flatMap((year) => [
        { fiscal_year: year, account: 'spent', amount: text(model.get(year) ?? 0n) },
        { fiscal_year: year, account: 'available', amount: `-${text(model.get(year) ?? 0n)}` },
      ]),
    )
    const report = await auditor.get('/reports/reconciliation?by=envelope')
    const row = report.body.rows.find(({ key }: { key: string }) => key === 'QC-M25')
    const total = text(sum([...model.values()]))
    expect(row.spent).toBe(total)
    const list = await auditor.get('/expenditures?envelope=QC-M25&state=posted')
    expect(list.body).toMatchObject({ total, count: clients * each })
  })

  test('number their documents without a gap', async () => {
    const { rows } = await owner().query(`
      select fiscal_year, array_agg(right(number, 6)::integer order by number) as numbers
      from expenditure group by fiscal_year order by fiscal_year`)
    for (const { numbers } of rows) {
      expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, place) => place + 1))
    }
  })

  test('leave the record whole', async () => {
    expect((await auditor.get('/verify')).body).toMatchObject({ isIntact: true })
  })
})

describe('the last dollar', () => {
  test('of an envelope goes to as many as it pays for, in whatever order they come', async () => {
    // QC-MA4 grants 40 000.00: eight times 5 000.00.
    const documents = []
    for (let place = 0; place < 12; place += 1) {
      documents.push(
        await submitted(officer, {
          measure: 'QC-A4',
          amount: '5000.00',
          documentNumber: `L-${place}`,
          // Two years of the term draw on the same undistributed money.
          serviceDate: place % 2 === 0 ? '2025-06-15' : '2022-06-15',
        }),
      )
    }
    const answers = await Promise.all(documents.map(approve))
    expectCalm(answers)
    const posted = answers.filter(({ status }) => status === 200)
    expect(posted).toHaveLength(8)
    expect(posted.every(({ body }) => body.flags.length === 0)).toBe(true)
    const refused = answers.filter(({ status }) => status !== 200)
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual(
      Array.from({ length: 4 }, () => [422, 'expenditures/above-headroom']),
    )
    const report = await auditor.get('/reports/reconciliation')
    const row = report.body.rows.find(({ key }: { key: string }) => key === 'QC-A4')
    expect(row).toMatchObject({ spent: '40000.00', available: '0.00', flags: [] })
  })

  test('of the shared envelope is counted over all its members', async () => {
    // 2 903 063.00 for six members: five times 500 000.00, and 403 063.00 that pay for no sixth.
    const documents = []
    for (const measure of ['3', '4', '5', '7', 'A1', 'A2']) {
      documents.push(await submitted(officer, { measure, amount: '500000.00' }))
    }
    const answers = await Promise.all(documents.map(approve))
    expectCalm(answers)
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(5)
  })
})

describe('bulk approvals in opposite orders', () => {
  const bulkOf = async (measures: readonly string[], mark: string) => {
    const items = []
    for (const measure of measures) {
      const change = { measure, documentNumber: mark, amount: '10.00' }
      const { id, version } = await submitted(officer, change)
      items.push({ id, version })
    }
    return items
  }

  test.each([
    ['several envelopes', ['QC-1', 'QC-10', 'QC-11', 'QC-13', 'QC-17', 'QC-26']],
    ['own resources, which no envelope locks', ['QC-6', 'QC-9', 'QC-14', 'QC-19', 'QC-29']],
  ])('over %s never wait for each other in a circle', async (mark, measures) => {
    const bulks = []
    for (let place = 0; place < 8; place += 1) {
      const turned = place % 2 === 0 ? measures : measures.toReversed()
      bulks.push(await bulkOf(turned, `${mark} ${place}`))
    }
    const answers = await Promise.all(
      bulks.map((items) => approver.send('POST', '/expenditures/approve', { body: { items } })),
    )
    expectCalm(answers)
    expect(answers.every(({ status }) => status === 200)).toBe(true)
  })
})

describe('a period that is closed while a document is being posted', () => {
  test('is seen: nothing is recorded in it, and the next try finds another one', async () => {
    const document = await submitted(officer, { measure: 'QC-6', documentNumber: 'P-1' })
    const client = await owner().connect()
    try {
      await client.query('begin')
      await closePeriods(client, 'MSP', periodsOfYear('2025-2026', [3]))
      const asked = approve(document)
      await untilWaiting(owner(), 1)
      await client.query('commit')
      expect(await asked).toMatchObject({
        status: 409,
        body: { code: 'periods/closed-meanwhile' },
      })
    } finally {
      client.release()
    }
    const again = await approve(document)
    expect(again.body.recordedIn).toEqual({ fiscalYear: '2025-2026', period: 13 })
  })
})

/** Last, for it ends the connections. */
test('in all of this, bulk approvals in opposite orders too, no deadlock had to be resolved', async () => {
  expect(await deadlocksResolved(owner())).toBe(0)
})
