import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Bounds } from '#platform/db/transaction.ts'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { within } from '#test/support/bounds.ts'
import { revise, revision, submittedRevision, type Two } from '#test/support/revisions.ts'

/** What the database itself holds proposals to, whatever the queries and the rules forget. */
let app: TestApp
let two: Two
let auditor: Person
let ids: Readonly<Record<'draft' | 'submitted' | 'approved', string>>

beforeAll(async () => {
  app = await testApp()
  two = {
    officer: await app.person('officer', 'officer'),
    approver: await app.person('approver', 'approver'),
  }
  auditor = await app.person('auditor', 'auditor')
  ids = {
    draft: (await two.officer.send('POST', '/revisions', { body: revision() })).body.id,
    submitted: (await submittedRevision(two)).id,
    approved: (await revise(two)).body.id,
  }
})
afterAll(() => app.close())

const outcome = (bounds: Partial<Bounds>, statement: string): Promise<unknown> =>
  within(app.database.handle, { organizations: ['MSP'], ...bounds }, async (work) => {
    const { numAffectedRows, rows } = await sql.raw(statement).execute(work)
    throw Object.assign(new Error('undone'), { code: `${numAffectedRows ?? rows.length} rows` })
  }).catch(({ constraint, code }) => constraint ?? code)

const asOfficer = (statement: string, change: Partial<Bounds> = {}) =>
  outcome({ actor: 'officer@vigie.test', ...change }, statement)
const asApprover = (statement: string) => outcome({ actor: 'approver@vigie.test' }, statement)

const settled = 'proposal_is_settled'
const signed = 'proposal_signed_by_actor'

describe('a revision', () => {
  test('is seen by its organization and no other', async () => {
    const count = 'select from revision inner join revision_line on revision = revision.id'
    expect(await asOfficer(count)).toBe('3 rows')
    expect(await asOfficer(count, { organizations: ['MJQ'] })).toBe('0 rows')
    expect(await asOfficer('select from revision_line', { organizations: [] })).toBe('0 rows')
  })

  test('changes what it says only while it is a draft, and under the changer’s name', async () => {
    const change = (id: string, by = 'officer@vigie.test') =>
      `update revision set reason = 'x', changed_by = '${by}' where id = '${id}'`
    expect(await asOfficer(change(ids.draft))).toBe('1 rows')
    expect(await asOfficer(change(ids.submitted))).toBe(settled)
    expect(await asOfficer(change(ids.approved))).toBe(settled)
    expect(await asApprover(change(ids.draft))).toBe(signed)
    expect(await asOfficer(`update revision set reason = 'y' where id = '${ids.draft}'`)).toBe(
      '1 rows',
    )
    expect(await asApprover(`update revision set reason = 'y' where id = '${ids.draft}'`)).toBe(
      signed,
    )
  })

  test('keeps its lines once it is submitted, and its changer answers for them', async () => {
    const remove = (id: string) => `delete from revision_line where revision = '${id}'`
    expect(await asOfficer(remove(ids.draft))).toBe('1 rows')
    expect(await asOfficer(remove(ids.submitted))).toBe(settled)
    expect(await asOfficer(remove(ids.approved))).toBe(settled)
    expect(await asApprover(remove(ids.draft))).toBe(signed)
    const add = `insert into revision_line (revision, place, envelope, amount)
      values ('${ids.submitted}', 9, 'QC-M12', 1.00)`
    expect(await asOfficer(add)).toBe(settled)
  })

  test('is deleted only as a draft', async () => {
    expect(await asOfficer(`delete from revision where id = '${ids.draft}'`)).toBe('1 rows')
    expect(await asOfficer(`delete from revision where id = '${ids.submitted}'`)).toBe(settled)
  })

  test('is approved by another than its preparer, with its entry, and never from a draft', async () => {
    const approve = (id: string, by: string) =>
      `update revision set state = 'approved', approved_by = '${by}', entry = 1 where id = '${id}'`
    expect(await asOfficer(approve(ids.submitted, 'officer@vigie.test'))).toBe(
      'revision_two_persons',
    )
    expect(await asOfficer(approve(ids.submitted, 'approver@vigie.test'))).toBe(signed)
    expect(await asApprover(approve(ids.submitted, 'approver@vigie.test'))).toBe('1 rows')
    expect(await asApprover(approve(ids.draft, 'approver@vigie.test'))).toBe(settled)
    const bare = `update revision set state = 'approved', approved_by = 'approver@vigie.test'
      where id = '${ids.submitted}'`
    expect(await asApprover(bare)).toBe('revision_approved_whole')
  })
})

describe('vigie verify', () => {
  const breaksOf = async (code: string) =>
    (await auditor.get('/verify')).body.checks.find(
      (check: { code: string }) => check.code === code,
    ).breaks
  /** As the owner of the database, with its guards off. */
  const tamper = async (statement: string) => {
    const client = await app.database.owner.connect()
    try {
      await client.query('begin')
      await client.query(`alter table revision disable trigger user`)
      await client.query(`alter table revision_line disable trigger user`)
      await client.query(statement)
      await client.query(`alter table revision enable always trigger settled`)
      await client.query(`alter table revision enable always trigger signed`)
      await client.query(`alter table revision_line enable always trigger settled`)
      await client.query('commit')
    } finally {
      client.release()
    }
  }

  test('finds nothing wrong with what people approved', async () => {
    expect(await breaksOf('revisions')).toEqual([])
    expect(await breaksOf('proposals')).toEqual([])
  })

  test('finds a line that says another amount than the journal', async () => {
    await tamper(`update revision_line set amount = 999.00 where revision = '${ids.approved}'`)
    const [found, ...others] = await breaksOf('revisions')
    expect(others).toEqual([])
    expect(found).toMatchObject({ expected: '999.00', found: '1000.00' })
    expect(found.place).toContain('supplement QC-COMMUNICATION')
    await tamper(`update revision_line set amount = 1000.00 where revision = '${ids.approved}'`)
  })

  test('finds an entry whose revision is no longer approved', async () => {
    await tamper(`update revision set state = 'submitted', approved_by = null, entry = null
      where id = '${ids.approved}'`)
    expect(await breaksOf('revisions')).toMatchObject([{ expected: '0.00', found: '1000.00' }])
  })
})
