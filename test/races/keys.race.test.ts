import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Answered, type Person, type TestApp, testApp } from '#test/support/app.ts'
import { draft } from '#test/support/drafts.ts'
import { chanceOf } from '#test/support/seed.ts'
import { runs } from '#test/support/tier.ts'

// Seconds, or a minute where the machine is busy.
vi.setConfig({ testTimeout: runs(180_000, 3_600_000) })

const keys = runs(25, 1_000)
const senders = 16

let app: TestApp
let officer: Person
let approver: Person

beforeAll(async () => {
  app = await testApp({ poolMax: 20 })
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
})
afterAll(() => app.close())

const saidBy = ({ status, text, headers }: Answered): string =>
  JSON.stringify([status, headers.etag, headers['content-type'], text])

/** Sixteen times at once; all must be answered alike. */
async function alike(send: () => Promise<Answered>): Promise<Answered> {
  const answers = await Promise.all(Array.from({ length: senders }, send))
  const [first] = answers
  expect(new Set(answers.map(saidBy)).size).toBe(1)
  if (first === undefined) {
    throw new RangeError('nothing was sent')
  }
  return first
}

test('each key sent sixteen times at once has one effect and sixteen equal answers', async () => {
  const chance = chanceOf('keys')
  for (let place = 0; place < keys; place += 1) {
    const entered = await alike(() =>
      officer.send('POST', '/expenditures', {
        body: draft({ documentNumber: `K-${place}` }),
        key: `enter-${place}`,
      }),
    )
    expect(entered.status).toBe(201)
    const { id, version } = entered.body
    const submitted = await alike(() =>
      officer.send('POST', `/expenditures/${id}/submit`, { version, key: `submit-${place}` }),
    )
    expect(submitted.body).toMatchObject({ state: 'submitted', version: 2 })
    if (chance.below(2) === 0) {
      const posted = await alike(() =>
        approver.send('POST', '/expenditures/approve', {
          body: { items: [{ id, version: 2 }] },
          key: `approve-${place}`,
        }),
      )
      expect(posted.body.items).toMatchObject([{ state: 'posted', version: 3 }])
    }
  }
  const { rows } = await app.database.owner.query(`
    select
      (select count(*) from expenditure)::integer as documents,
      (select count(*) from expenditure where expenditure.state = 'posted')::integer as posted,
      (select count(*) from journal_entry
        where journal_entry.document_type = 'expenditure')::integer as entries,
      (select count(*) from event where event.type like 'expenditure.%')::integer as events,
      (select count(*) from idempotency_key)::integer as keys`)
  const { posted } = rows[0]
  expect(rows).toEqual([
    {
      documents: keys,
      posted,
      entries: posted,
      events: 2 * keys + posted,
      keys: 2 * keys + posted,
    },
  ])
  expect(posted).toBeGreaterThan(0)
})
