import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { within } from '#test/support/bounds.ts'
import { draft, post, submitted } from '#test/support/drafts.ts'
import { type Expected, expectRefusal } from '#test/support/refusals.ts'

let app: TestApp
let officer: Person
let approver: Person
/** Officer and approver of MSP in one. */
let both: Person

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
  await app.person('both', 'officer')
  both = await app.person('both', 'approver')
})
afterAll(() => app.close())

const reason = { reason: 'Motif' }
const enter = async (person: Person) =>
  (await person.send('POST', '/expenditures', { body: draft() })).body
const change = async (person: Person, { id, version }: { id: string; version: number }) =>
  (
    await person.send('PATCH', `/expenditures/${id}`, {
      version,
      body: { description: `Corrigé par ${person.email}` },
    })
  ).body
const submit = async (person: Person, { id, version }: { id: string; version: number }) =>
  (await person.step(`/expenditures/${id}/submit`, version)).body

const histories: readonly (readonly [string, () => Promise<{ id: string; version: number }>])[] = [
  ['entered', async () => submit(officer, await enter(both))],
  ['submitted', async () => submit(both, await enter(officer))],
  ['last changed', async () => submit(officer, await change(both, await enter(officer)))],
  ['entered and submitted', () => submitted(both)],
]

describe('nobody approves', () => {
  test.each(histories)('what they %s', async (_what, history) => {
    const { id, version } = await history()
    const refusal: Expected = { status: 403, code: 'expenditures/own-work' }
    await expectRefusal(app, refusal, (headers) =>
      both.send('POST', `/expenditures/${id}/approve`, { version, headers }),
    )
    const items = [{ id, version }]
    await expectRefusal(
      app,
      { ...refusal, errors: [['/items/0', 'expenditures/own-work']] },
      (headers) => both.send('POST', '/expenditures/approve', { body: { items }, headers }),
    )
    const posted = await approver.step(`/expenditures/${id}/approve`, version)
    expect(posted.body).toMatchObject({ state: 'posted', approvedBy: approver.email })
  })

  test('their own reversal, nor refuses it', async () => {
    const { id, version } = await post(officer, approver)
    const asked = await both.step(`/expenditures/${id}/reverse`, version, reason)
    const [request] = asked.body.requests
    for (const decision of ['approve', 'refuse']) {
      await expectRefusal(app, { status: 403, code: 'expenditures/own-request' }, (headers) =>
        both.send('POST', `/expenditures/${id}/requests/${request.id}/${decision}`, {
          version: asked.body.version,
          headers,
          ...(decision === 'refuse' ? { body: reason } : {}),
        }),
      )
    }
    const url = `/expenditures/${id}/requests/${request.id}/approve`
    const reversed = await approver.step(url, asked.body.version)
    expect(reversed.body).toMatchObject({ state: 'reversed', requests: [{ state: 'approved' }] })
  })

  test('but may approve what they changed before somebody else did', async () => {
    const changed = await change(officer, await change(both, await enter(officer)))
    const { id, version } = await submit(officer, changed)
    const posted = await both.step(`/expenditures/${id}/approve`, version)
    expect(posted.body.approvedBy).toBe(both.email)
  })
})

describe('the database itself, asked directly by the service’s role,', () => {
  test('lets nobody approve what they entered, last changed or submitted', async () => {
    const submitter = await app.person('third', 'officer')
    const { id } = await submit(submitter, await change(both, await enter(officer)))
    const approve = (by: string) =>
      within(app.database.handle, { actor: by }, async (work) => {
        await sql`
          update expenditure
          set state = 'posted', approved_by = ${by}, entry = 1,
            recorded_fiscal_year = '2025-2026', recorded_period = 3
          where expenditure.id = ${id}
        `.execute(work)
        throw new Error('undone on purpose')
      })
    for (const { email } of [officer, both, submitter]) {
      await expect(approve(email)).rejects.toMatchObject({
        constraint: 'expenditure_two_persons',
      })
    }
    // The very same statement passes for somebody else, so it is the person that was refused.
    await expect(approve(approver.email)).rejects.toThrow('undone on purpose')
  })

  test('lets the system approve its own work only where a public source is cited', async () => {
    const entered = await officer.send('POST', '/expenditures', { body: draft() })
    const { id } = entered.body
    const statement = within(app.database.handle, { actor: 'system' }, (work) =>
      sql`
        update expenditure set approved_by = 'system', changed_by = 'system'
        where expenditure.id = ${id}
      `.execute(work),
    )
    await expect(statement).rejects.toMatchObject({ constraint: 'expenditure_two_persons' })
  })

  test('lets nobody rewrite who entered a document', async () => {
    const { id } = await submitted(officer)
    const statement = within(app.database.handle, { actor: approver.email }, (work) =>
      sql`
        update expenditure set prepared_by = ${approver.email} where expenditure.id = ${id}
      `.execute(work),
    )
    await expect(statement).rejects.toMatchObject({ code: '42501' })
  })

  test.each(['approved', 'refused'])(
    'lets nobody decide the reversal they asked for: %s',
    async (state) => {
      const { id, version } = await post(officer, approver)
      await both.step(`/expenditures/${id}/reverse`, version, reason)
      const statement = within(app.database.handle, { actor: both.email }, (work) =>
        sql`
          update expenditure_request set state = ${state}, decided_by = asked_by
          where expenditure_request.expenditure = ${id}
        `.execute(work),
      )
      await expect(statement).rejects.toMatchObject({
        constraint: 'expenditure_request_two_persons',
      })
    },
  )

  test.each(['set amount = 1.00', "set state = 'draft'", "set approved_by = 'system'"])(
    'keeps a posted document as it is: %s',
    async (assignment) => {
      const { id } = await post(officer, approver)
      const statement = within(app.database.handle, {}, (work) =>
        sql`update expenditure ${sql.raw(assignment)} where expenditure.id = ${id}`.execute(work),
      )
      await expect(statement).rejects.toMatchObject({
        constraint: 'expenditure_posted_is_settled',
      })
    },
  )

  test('does not delete a posted document', async () => {
    const { id } = await post(officer, approver)
    const statement = within(app.database.handle, {}, (work) =>
      work.deleteFrom('expenditure').where('id', '=', id).execute(),
    )
    await expect(statement).rejects.toMatchObject({ constraint: 'expenditure_posted_is_settled' })
  })
})
