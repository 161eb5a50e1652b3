import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { askWithin } from '#test/drivers/asks.ts'
import { Client } from '#test/drivers/client.ts'
import { amountOf, Model } from '#test/drivers/model.ts'
import { expectRecord } from '#test/drivers/record-check.ts'
import { RequestLog } from '#test/drivers/request-log.ts'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { deadlocksResolved } from '#test/support/deadlocks.ts'
import { chanceOf } from '#test/support/seed.ts'
import { runs } from '#test/support/tier.ts'

// Sixty-four at once take seven seconds, or a minute where the machine is busy.
vi.setConfig({ testTimeout: runs(180_000, 3_600_000) })

const clients = 64
const steps = runs(9, 150)

let app: TestApp
let auditor: Person
const model = new Model()
const log = new RequestLog()

beforeAll(async () => {
  app = await testApp({ poolMax: 20 })
  auditor = await app.person('auditor', 'auditor')
})
afterAll(async () => {
  log.close()
  await app.close()
})

const owner = () => app.database.owner

describe('sixty-four clients that enter, approve and reverse on one envelope', () => {
  const samples: { readonly position: string; readonly sums: string }[] = []

  test('are each answered right: no deadlock and no error reaches them', async () => {
    const chance = chanceOf('one envelope')
    const officer = await app.person('officer', 'officer')
    const approver = await app.person('approver', 'approver')
    const tokens = new Map([officer, approver].map(({ email, token }) => [email, token]))
    const ask = askWithin(app.server, tokens)
    const mix = Array.from(
      { length: clients },
      (_, place) =>
        new Client({
          name: `client-${place}`,
          chance: chance.branch(place),
          model,
          log,
          officer: officer.email,
          approver: approver.email,
          cell: { measure: 'QC-25' },
        }),
    )
    let isDone = false
    const sampling = sampleUntil(() => isDone)
    await Promise.all(
      mix.map(async (client) => {
        for (let step = 0; step < steps; step += 1) {
          // A connection may take too long to be had: what is told to come back is asked again.
          while (!(await client.step(ask)));
        }
      }),
    )
    isDone = true
    await sampling
    expect(mix.flatMap(({ strange }) => strange)).toEqual([])
    expect(model.answers.size).toBe(clients * steps)
    const states = new Set([...model.documents.values()].map(({ state }) => state))
    expect([...states].sort()).toEqual(['draft', 'posted', 'reversed', 'submitted'])
  })

  test('leave exactly what they were answered, each change with its event', async () => {
    await expectRecord(owner(), model)
  })

  test('leave sums that an exact model has too, in reports as well', async () => {
    const report = await auditor.get('/reports/reconciliation?by=envelope')
    const row = report.body.rows.find(({ key }: { key: string }) => key === 'QC-M25')
    expect(row.spent).toBe(amountOf(model.spent))
    expect((await auditor.get('/verify')).body).toMatchObject({ isIntact: true })
  })

  /** What a position says was true once it was reached: nothing slips in behind it. */
  test('never change what was so at a position', async () => {
    expect(samples.length).toBeGreaterThanOrEqual(10)
    expect(new Set(samples.map(({ position }) => position)).size).toBeGreaterThanOrEqual(5)
    for (const { position, sums } of samples) {
      expect(await sumsAt(position)).toBe(sums)
      expect(await balancesLess(position)).toBe(sums)
    }
  })

  /** Last, for it ends the connections. */
  test('never had to be chosen among by the server: no deadlock came about', async () => {
    expect(await deadlocksResolved(owner())).toBe(0)
  })

  async function sampleUntil(isDone: () => boolean): Promise<void> {
    while (!isDone() || samples.length < 10) {
      const { rows } = await owner().query('select chain_head.sequence from chain_head')
      const position: string = rows[0].sequence
      samples.push({ position, sums: await sumsAt(position) })
      await new Promise((resolve) => setTimeout(resolve, runs(20, 200)))
    }
  }
})

/** Every cell as of a position, from the lines themselves. */
async function sumsAt(position: string): Promise<string> {
  const { rows } = await owner().query(
    `select journal_line.account, journal_line.envelope, journal_line.fiscal_year,
      sum(journal_line.amount)::text as amount
    from journal_line
    inner join journal_entry on journal_entry.id = journal_line.entry
    inner join event on event.id = journal_entry.event
    where event.sequence <= $1 and journal_line.account in ('available', 'spent')
    group by 1, 2, 3
    having sum(journal_line.amount) <> 0
    order by 1, 2, 3`,
    [position],
  )
  return JSON.stringify(rows)
}

/** The same from the other end: today's balances, less what came after. */
async function balancesLess(position: string): Promise<string> {
  const { rows } = await owner().query(
    `select account, envelope, fiscal_year, sum(amount)::text as amount
    from (
      select account, envelope, fiscal_year, amount from journal_balance
      union all
      select journal_line.account, journal_line.envelope, journal_line.fiscal_year,
        -journal_line.amount
      from journal_line
      inner join journal_entry on journal_entry.id = journal_line.entry
      inner join event on event.id = journal_entry.event
      where event.sequence > $1
    ) as both_ends
    where account in ('available', 'spent')
    group by 1, 2, 3
    having sum(amount) <> 0
    order by 1, 2, 3`,
    [position],
  )
  return JSON.stringify(rows)
}
