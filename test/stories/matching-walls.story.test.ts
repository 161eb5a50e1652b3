import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Bounds } from '#platform/db/transaction.ts'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { within } from '#test/support/bounds.ts'
import { bring, ledgerRow } from '#test/support/extracts.ts'

/** What the database itself holds extracts and matchings to, and what `verify` sees of them. */
let app: TestApp
let auditor: Person
let extract: string
let open: string
let signed: string

beforeAll(async () => {
  app = await testApp()
  auditor = await app.person('auditor', 'auditor')
  const officer = await app.person('officer', 'officer')
  const approver = await app.person('approver', 'approver')
  const body = { organization: 'MSP', fiscalYear: '2025-2026' }
  const made = async (period: number) => {
    await bring(officer, {
      rows: [ledgerRow('2025-06-03', `F-${period}`, '10.00')],
      fields: { period: String(period) },
    })
    return (await officer.send('POST', '/matching/runs', { body: { ...body, period } })).body.run
  }
  signed = await made(3)
  const items = [{ extractRow: 2, cause: 'timing', owner: officer.email }]
  await officer.step(`/matching/runs/${signed}/causes`, 1, { items })
  await approver.step(`/matching/runs/${signed}/sign`, 2)
  open = await made(4)
  extract = (await auditor.get('/extracts')).body.items[0].id
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

const tables = ['extract', 'extract_row', 'match_run', 'match_line']

describe('the database', () => {
  test.each(tables)('shows %s to its organization and no other', async (table) => {
    const count = `select from ${table}`
    expect(await asOfficer(count)).not.toBe('0 rows')
    expect(await asOfficer(count, { organizations: ['MJQ'] })).toBe('0 rows')
    expect(await asOfficer(count, { organizations: [] })).toBe('0 rows')
  })

  test('keeps an extract as it was loaded, and takes nobody’s name for another’s', async () => {
    // The service may not even ask for it: 42501 is a privilege that is not there.
    expect(await asOfficer(`update extract_row set amount = 1`)).toBe('42501')
    expect(await asOfficer(`delete from extract where id = '${extract}'`)).toBe('42501')
    const row = `insert into extract_row (extract, number, date, document, description, amount)
      values ('${extract}', 9, '2025-06-09', 'X', 'x', 1.00)`
    expect(await asOfficer(row)).toBe('extract_is_recorded')
    const load = (by: string) => `insert into extract (organization, fiscal_year, period, file_name,
        sha256, row_count, stated_total, total, loaded_by, event, understood, line_count,
        blank_count, total_count, header_count)
      values ('MSP', '2025-2026', 9, 'x', repeat('a', 64), 1, 5.00, 5.00, '${by}', gen_random_uuid(),
        '{}', 1, 0, 0, 0)`
    expect(await asOfficer(load('approver@vigie.test'))).toBe('extract_signed_by_actor')
    const bounds = { organizations: ['MSP'], actor: 'officer@vigie.test' }
    const whole = within(app.database.handle, bounds, async (work) => {
      await sql.raw(load(bounds.actor)).execute(work)
      await sql`set constraints whole immediate`.execute(work)
    }).catch(({ constraint }) => constraint)
    expect(await whole).toBe('extract_is_whole')
  })

  test('settles a signed run, and signs for nobody but who acts', async () => {
    const touch = (id: string) =>
      `update match_run set version = version + 1, changed_by = 'officer@vigie.test'
      where id = '${id}'`
    expect(await asOfficer(touch(open))).toBe('1 rows')
    expect(await asOfficer(touch(signed))).toBe('match_run_is_settled')
    expect(await asApprover(touch(open))).toBe('match_run_signed_by_actor')
    const sign = `update match_run set state = 'signed', signed_by = 'officer@vigie.test'
      where id = '${open}'`
    expect(await asApprover(sign)).toBe('match_run_signed_by_actor')
    expect(await asOfficer(sign)).toBe('match_run_two_persons')
    const lines = (id: string) => `update match_line set note = 'x' where run = '${id}'`
    expect(await asOfficer(lines(open))).not.toBe('match_run_is_settled')
    expect(await asOfficer(lines(signed))).toBe('match_run_is_settled')
    expect(await asApprover(lines(open))).toBe('match_run_is_settled')
  })

  test('has a line in one match of its own run', async () => {
    const other = `with made as (
        insert into ledger_match (run, place, rule, days, residual, reason, made_by)
        values ('${open}', 9, 'manual', 0, 0.00, 'x', 'officer@vigie.test')
        returning id
      )
      select id from made`
    expect(await asOfficer(other)).toBe('1 rows')
    const stray = `update match_line set match = gen_random_uuid() where run = '${open}' and cause is null`
    expect(await asOfficer(stray)).toBe('match_line_match_fk')
  })
})

describe('verify', () => {
  const breaksOf = async (code: string): Promise<readonly string[]> => {
    const { checks } = (await auditor.get('/verify')).body
    const { breaks } = checks.find((check: { code: string }) => check.code === code)
    return breaks.map(({ place }: { place: string }) => place)
  }

  /** As the owner, who can take every guard of a table away, do it, and put them back. */
  async function tamper(table: string, triggers: readonly string[], statement: string) {
    const { owner } = app.database
    await owner.query(`alter table ${table} disable trigger user`)
    await owner.query(statement)
    for (const trigger of triggers) {
      await owner.query(`alter table ${table} enable always trigger ${trigger}`)
    }
  }

  const ofRows = ['append_only_rows', 'append_only_table', 'of_new_extract']
  const ofLines = ['settled_inserts', 'settled_updates', 'settled_deletes']

  test('names an extract of which a row says another amount, or another document', async () => {
    const set = (what: string) => `update extract_row set ${what} where extract = '${extract}'`
    await tamper('extract_row', ofRows, set("document = 'F-4'"))
    expect(await breaksOf('extracts')).toEqual([`extract ${extract}`])
    await tamper('extract_row', ofRows, set("document = 'F-3', amount = 10.01"))
    expect(await breaksOf('extracts')).toEqual([`extract ${extract}`, `extract ${extract}`])
    await tamper('extract_row', ofRows, set('amount = 10.00'))
    expect(await breaksOf('extracts')).toEqual([])
  })

  test('names a matching whose cause was changed, or whose lines no longer add up', async () => {
    const set = (what: string) => `update match_line set ${what} where run = '${signed}'`
    await tamper('match_line', ofLines, set("cause = 'duplicate'"))
    expect(await breaksOf('matchings')).toEqual([`matching ${signed}`])
    await tamper('match_line', ofLines, set("cause = 'timing', amount = 9.99"))
    expect(await breaksOf('matchings-add-up')).toEqual([`matching ${signed}`])
    await tamper('match_line', ofLines, set('amount = 10.00'))
    expect(await breaksOf('matchings')).toEqual([])
  })
})
