import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { commit } from '#test/support/commitments.ts'
import type { Two } from '#test/support/revisions.ts'
import { closeYear } from '#test/support/year-ends.ts'

/** `verify` names what somebody with the database in hand made of a closed year. */
let app: TestApp
let two: Two
let auditor: Person
let id = ''

beforeAll(async () => {
  app = await testApp()
  two = {
    officer: await app.person('officer', 'officer'),
    approver: await app.person('approver', 'approver'),
  }
  auditor = await app.person('auditor', 'auditor')
  await commit(two.officer, two.approver, { measure: 'QC-2', amount: '5000.00' })
  id = (await closeYear(two)).body.id
})
afterAll(() => app.close())

const breaksOf = async (code: string) => {
  const { checks } = (await auditor.get('/verify')).body
  return checks.find((check: { code: string }) => check.code === code).breaks
}

/** As the owner, who can take every guard of a table away, do it, look, and undo it. */
async function whatIsFound(table: string, statement: string, code: string): Promise<unknown> {
  const owner = await app.database.owner.connect()
  await owner.query(`create table kept as select * from ${table}`)
  await owner.query(`alter table ${table} disable trigger user`)
  await owner.query(statement)
  const found = await breaksOf(code)
  // Without its foreign keys, which others hold on to.
  await owner.query('set session_replication_role = replica')
  await owner.query(`delete from ${table}`)
  await owner.query(`insert into ${table} select * from kept`)
  await owner.query('reset session_replication_role')
  await owner.query('drop table kept')
  owner.release()
  return found
}

describe('a closed year', () => {
  test('whose figures are not those of its entries is named', async () => {
    const set = "update closed_year_figure set lapsed = 0.00 where envelope = 'QC-M2'"
    expect(await whatIsFound('closed_year_figure', set, 'year-ends')).toEqual([
      {
        place: 'year-end QC-PLAN-2021 2025-2026 QC-M2',
        expected: '50000.00 5000.00 0.00 0.00',
        found: '50000.00 5000.00 0.00 45000.00',
      },
    ])
  })

  test('that nobody approved is named', async () => {
    const set = `update year_end set state = 'submitted', approved_by = null, event = null
      where id = '${id}'`
    expect(await whatIsFound('year_end', set, 'year-ends')).toMatchObject([
      { place: 'year-end QC-PLAN-2021 2025-2026', expected: 'submitted' },
    ])
  })

  test('whose commitment was put back into it is named', async () => {
    const set = "update commitment set held_fiscal_year = '2025-2026'"
    expect(await whatIsFound('commitment', set, 'commitments-held')).toEqual([
      { place: 'committed QC-M2 QC-2 MSP 2025-2026', expected: '5000.00', found: '0.00' },
      { place: 'committed QC-M2 QC-2 MSP 2026-2027', expected: '0.00', found: '5000.00' },
    ])
  })

  test('whose kept file was exchanged is named', async () => {
    const set = `update frozen_report
      set content = '{}', sha256 = encode(sha256('{}'), 'hex') where format = 'json'`
    expect(await whatIsFound('frozen_report', set, 'frozen-reports')).toMatchObject([
      { place: `frozen report ${id} json` },
    ])
  })
})

describe('the database itself', () => {
  test('closes no year that nobody approved', async () => {
    const insert = (year: string) =>
      app.database.handle
        .insertInto('closed_year')
        .values({
          year_end: id,
          programme: 'QC-PLAN-2021',
          fiscal_year: year,
          carried_to: '2026-2027',
          event: id,
        })
        .execute()
    await expect(insert('2024-2025')).rejects.toMatchObject({
      constraint: 'closed_year_is_approved',
    })
  })

  test('takes no year-end that two persons did not sign', async () => {
    const { rows } = await app.database.owner.query(
      `select conname from pg_constraint where conrelid = 'year_end'::regclass
        and conname = 'year_end_two_persons'`,
    )
    expect(rows).toHaveLength(1)
    const copy = `insert into year_end (state, programme, organization, fiscal_year, digest,
        prepared_by, changed_by, submitted_by, approved_by, event)
      select 'approved', programme, organization, '2024-2025', digest, prepared_by, changed_by,
        submitted_by, prepared_by, event from year_end`
    await app.database.owner.query('alter table year_end disable trigger user')
    await expect(app.database.owner.query(copy)).rejects.toMatchObject({
      constraint: 'year_end_two_persons',
    })
  })
})
