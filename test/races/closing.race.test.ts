import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Work } from '#platform/db/transaction.ts'
import { type Answered, type Person, type TestApp, testApp } from '#test/support/app.ts'
import { within } from '#test/support/bounds.ts'
import { post } from '#test/support/drafts.ts'
import { closing, reopening } from '#test/support/periods.ts'
import { runs } from '#test/support/tier.ts'
import { untilTaken, untilWaiting } from '#test/support/waiting.ts'

/**
 * Closed means closed. A submitted expenditure stands in the way of a closing, so what races with it
 * is the reversal of what the period recorded: it lands in the period before the closing, or
 * elsewhere. The chain says which came first.
 */
let app: TestApp
let administrators: readonly Person[]
let officer: Person
let approver: Person
let auditor: Person

const races = runs(10, 1000)
const posters = 64
const seed = 1_000_064
const period = '2025-2026-P03'

beforeAll(async () => {
  app = await testApp({ poolMax: 20 })
  administrators = [
    await app.person('administrator', 'administrator'),
    await app.person('deputy', 'administrator'),
  ]
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
  auditor = await app.person('auditor', 'auditor')
})
afterAll(() => app.close())

const owner = () => app.database.owner

const byOfficer = <T>(run: (work: Work) => Promise<T>): Promise<T> =>
  within(app.database.handle, { actor: officer.email }, run)

/** Posted in the period, each with a reversal that is asked: the address where it is approved. */
async function askedReversals(count: number): Promise<readonly string[]> {
  const { email } = officer
  const { rows } = await byOfficer((work) =>
    sql<{ id: string }>`
      insert into expenditure (
        number, state, organization, measure, envelope, service_date, fiscal_year,
        document_number, supplier, description, amount, prepared_by, changed_by, submitted_by
      )
      select 'R-' || gen_random_uuid(), 'submitted', 'MSP', 'QC-12', 'QC-M12', '2025-06-15',
        '2025-2026', gen_random_uuid()::text, 'PIPQ', 'Course', 0.01, ${email}, ${email}, ${email}
      from generate_series(1, ${count})
      returning expenditure.id
    `.execute(work),
  )
  const items = rows.map(({ id }) => ({ id, version: 1 }))
  const approved = await approver.send('POST', '/expenditures/approve', { body: { items } })
  expect(approved.status).toBe(200)
  const asked = await byOfficer((work) =>
    sql<{ expenditure: string; id: string }>`
      insert into expenditure_request (expenditure, kind, reason, asked_by)
      select listed.id, 'reverse', 'Course', ${email}
      from unnest(${items.map(({ id }) => id)}::uuid[]) as listed (id)
      returning expenditure_request.expenditure, expenditure_request.id
    `.execute(work),
  )
  return asked.rows.map(
    ({ expenditure, id }) => `/expenditures/${expenditure}/requests/${id}/approve`,
  )
}

/** Where the closing came in between, the reversal is asked again and finds another period. */
async function reverse(url: string): Promise<Answered> {
  const answer = await untilTaken(() => approver.step(url, 2))
  return answer.body.code === 'periods/closed-meanwhile' ? reverse(url) : answer
}

const list = `/expenditures?organization=MSP&period=${period}&limit=1`
const total = async () => (await untilTaken(() => auditor.get(list))).body.total

/** Both administrators at once; what the period held just after is what it holds for good. */
async function close(version: number): Promise<string> {
  const answers = await Promise.all(
    administrators.map((person) =>
      untilTaken(() => person.send('POST', '/periods/close', { body: { ...closing, version } })),
    ),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412])
  return total()
}

async function race(version: number, place: number): Promise<void> {
  const urls = await askedReversals(posters)
  const early = urls.slice(0, place).map(reverse)
  const closed = close(version)
  const late = urls.slice(place).map(reverse)
  const held = await closed
  const answers = await Promise.all([...early, ...late])
  expect(answers.filter(({ status }) => status !== 200)).toEqual([])
  expect(await total()).toBe(held)
  const body = { ...reopening, version: version + 1 }
  const reopened = await administrators[0]?.send('POST', '/periods/reopen', { body })
  expect(reopened?.status).toBe(200)
}

test(`${races} races of ${posters} posters with a closing: nothing is recorded once it is closed (seed ${seed})`, {
  timeout: 3_600_000,
}, async () => {
  const places = fc.sample(fc.nat({ max: posters }), { seed, numRuns: races })
  for (const [run, place] of places.entries()) {
    await race(1 + 2 * run, place)
  }
  const { rows } = await owner().query(
    `select
        count(*) filter (where entry.is_inside and entry.state = 'period.closed')::integer as after,
        count(*) filter (where entry.is_inside and entry.state = 'period.reopened')::integer as before,
        count(*) filter (where not entry.is_inside)::integer as elsewhere
      from (
        select journal_entry.recorded_period = 3 as is_inside, coalesce((
          select decision.type from event as decision
          where decision.subject = 'period/MSP/' || $1 and decision.sequence < event.sequence
          order by decision.sequence desc limit 1
        ), 'period.reopened') as state
        from journal_entry
        inner join event on event.id = journal_entry.event
        where journal_entry.reverses is not null
      ) as entry`,
    [period],
  )
  expect(rows[0].after).toBe(0)
  // Both ways were taken, or nothing was raced.
  expect(rows[0].before).toBeGreaterThan(0)
  expect(rows[0].elsewhere).toBeGreaterThan(0)
  expect(rows[0].before + rows[0].elsewhere).toBe(races * posters)
})

describe('whoever comes second', () => {
  const year = { organization: 'MSP', fiscalYear: '2024-2025', period: 3 }

  /** Holds the head of the chain until both have come to it, or to one another. */
  async function inOrder(asks: readonly (() => Promise<Answered>)[]) {
    const client = await owner().connect()
    try {
      await client.query('begin')
      await client.query('select from chain_head for update')
      const answers: Promise<Answered>[] = []
      for (const ask of asks) {
        answers.push(ask())
        await untilWaiting(owner(), answers.length)
      }
      await client.query('commit')
      return await Promise.all(answers)
    } finally {
      client.release()
    }
  }

  async function decisions() {
    const posted = await post(officer, approver, { serviceDate: '2024-06-15' })
    const asked = await officer.step(`/expenditures/${posted.id}/reverse`, posted.version, {
      reason: 'Erreur',
    })
    const url = `/expenditures/${posted.id}/requests/${asked.body.requests[0].id}/approve`
    return () => approver.step(url, asked.body.version)
  }
  const send = (step: string, version: number) => () =>
    administrators[0]?.send('POST', `/periods/${step}`, {
      body: { ...year, version, reason: 'Course' },
    }) ?? Promise.reject(new Error('nobody closes'))

  test('a closing waits for who records, and is closed after it', async () => {
    const reversal = await decisions()
    const [reversed, closed] = await inOrder([reversal, send('close', 1)])
    expect([reversed?.status, closed?.status]).toEqual([200, 200])
    expect(reversed?.body.reversedBy).not.toBeNull()
    await send('reopen', 2)()
  })

  test('who records waits for a closing, and is told to choose again', async () => {
    const reversal = await decisions()
    const [closed, refused] = await inOrder([send('close', 3), reversal])
    expect(closed?.status).toBe(200)
    expect(refused).toMatchObject({ status: 409, body: { code: 'periods/closed-meanwhile' } })
    expect((await reversal()).status).toBe(200)
  })

  test('who records late waits for the reopening of its own period, and is told too', async () => {
    // Its own period is closed: it was posted in period 13.
    const reversal = await decisions()
    const [reopened, refused] = await inOrder([send('reopen', 4), reversal])
    expect(reopened?.status).toBe(200)
    expect(refused).toMatchObject({ status: 409, body: { code: 'periods/closed-meanwhile' } })
  })
})
