import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { extendChain } from '#platform/db/chain.ts'
import { type Bounds, inSnapshot, type Work } from '#platform/db/transaction.ts'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { unbounded, within } from '#test/support/bounds.ts'
import { draft, post, submitted } from '#test/support/drafts.ts'

/** What a query that forgot its filter would see and do: nothing of another organization's. */
let app: TestApp
let officer: Person
/** One document of each organization in each of three states; the posted ones with a request. */
const ids: Record<'MSP' | 'MJQ', string[]> = { MSP: [], MJQ: [] }

beforeAll(async () => {
  app = await testApp({ template: 'published' })
  for (const [organization, measure] of [
    ['MSP', 'QC-12'],
    ['MJQ', 'QC-28'],
  ] as const) {
    const enters = await app.person(
      `officer-${organization.toLowerCase()}`,
      'officer',
      organization,
    )
    const decides = await app.person(
      `approver-${organization.toLowerCase()}`,
      'approver',
      organization,
    )
    const change = { organization, measure }
    const entered = (await enters.send('POST', '/expenditures', { body: draft(change) })).body
    const waiting = await submitted(enters, change)
    const posted = await post(enters, decides, change)
    await enters.step(`/expenditures/${posted.id}/reverse`, posted.version, { reason: 'Erreur' })
    ids[organization].push(entered.id, waiting.id, posted.id)
    officer = organization === 'MSP' ? enters : officer
  }
})
afterAll(() => app.close())

const ofOfficer = (change: Partial<Bounds> = {}): Partial<Bounds> => ({
  actor: officer.email,
  organizations: ['MSP'],
  ...change,
})

type Row = Readonly<Record<string, unknown>>

const ask = async (bounds: Partial<Bounds>, statement: string): Promise<readonly Row[]> =>
  (await within(app.database.handle, bounds, (work) => sql.raw<Row>(statement).execute(work))).rows

const owned = async (statement: string): Promise<readonly Row[]> =>
  (await app.database.owner.query(statement)).rows

/** What became of it: the rows it touched, or the code of its refusal. */
const outcome = (bounds: Partial<Bounds>, statement: string): Promise<unknown> =>
  within(app.database.handle, bounds, async (work) => {
    const { numAffectedRows, rows } = await sql.raw(statement).execute(work)
    const touched = numAffectedRows ?? rows.length
    throw Object.assign(new Error('undone'), { code: `${touched} rows` })
  }).catch(({ code }) => code)

describe('without any filter, an officer’s transaction', () => {
  test('reads the expenditures of their organization and no other', async () => {
    const rows = await ask(ofOfficer(), 'select organization, id from expenditure')
    expect(rows.every(({ organization }) => organization === 'MSP')).toBe(true)
    expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(ids.MSP))
    const [all] = await owned('select count(distinct organization)::integer as n from expenditure')
    expect(all?.n).toBeGreaterThan(2)
  })

  test('reads the requests about them and no other', async () => {
    const rows = await ask(ofOfficer(), 'select expenditure from expenditure_request')
    expect(rows).toEqual([{ expenditure: ids.MSP[2] }])
    expect(await owned('select from expenditure_request')).toHaveLength(2)
  })

  test('reads no event, but the place of those it can name', async () => {
    expect(await ask(ofOfficer(), 'select * from event')).toEqual([])
    const [event] = await owned('select id, sequence from event order by sequence desc limit 1')
    const [place] = await ask(ofOfficer(), `select event_position('${event?.id}') as sequence`)
    expect(place?.sequence).toBe(event?.sequence)
  })

  test.each([
    [
      'changes',
      (id: string) =>
        `update expenditure set supplier = 'x', changed_by = '${officer.email}' where id = '${id}'`,
    ],
    ['deletes', (id: string) => `delete from expenditure where id = '${id}'`],
    ['locks', (id: string) => `select from expenditure where id = '${id}' for update`],
  ])('%s nothing of another organization', async (_what, statement) => {
    const [theirs = '', ours = ''] = [ids.MJQ[0], ids.MSP[0]]
    expect(await outcome(ofOfficer(), statement(theirs))).toBe('0 rows')
    expect(await outcome(ofOfficer(), statement(ours))).toBe('1 rows')
  })

  test('enters nothing for another organization, and hands nothing over to it', async () => {
    const columns = `number, organization, measure, envelope, service_date, fiscal_year,
      document_number, supplier, description, amount, prepared_by, changed_by`
    const copy = (organization: string): string => `insert into expenditure (${columns})
      select '${randomUUID()}', '${organization}', measure, envelope, service_date, fiscal_year,
        document_number, supplier, description, amount, '${officer.email}', '${officer.email}'
      from expenditure where id = '${ids.MSP[0]}'`
    expect(await outcome(ofOfficer(), copy('MSP'))).toBe('1 rows')
    expect(await outcome(ofOfficer(), copy('MJQ'))).toBe('42501')
    const handOver = `update expenditure set organization = 'MJQ', changed_by = '${officer.email}'
      where id = '${ids.MSP[0]}'`
    expect(await outcome(ofOfficer(), handOver)).toBe('42501')
  })

  test('asks and decides nothing about a document of another organization', async () => {
    const about = (
      id = '',
    ): string => `insert into expenditure_request (expenditure, kind, reason, asked_by)
      values ('${id}', 'reverse', 'x', '${officer.email}')`
    expect(await outcome(ofOfficer(), about(ids.MSP[1]))).toBe('1 rows')
    expect(await outcome(ofOfficer(), about(ids.MJQ[1]))).toBe('42501')
    const decide = `update expenditure_request set state = 'refused', decided_by = '${officer.email}'`
    const deciding = ofOfficer({ actor: officer.email, organizations: ['MEQ'] })
    expect(await outcome(deciding, decide)).toBe('0 rows')
  })
})

describe('a transaction', () => {
  test.each([
    ['that said nothing', null],
    ['of somebody who reaches nobody’s documents', []],
  ])('%s sees no document and no event, and writes none', async (_what, organizations) => {
    const run = <T>(action: (work: Work) => Promise<T>): Promise<T> =>
      organizations === null
        ? app.database.handle.transaction().execute(action)
        : within(app.database.handle, { organizations }, action)
    for (const table of ['expenditure', 'expenditure_request', 'event']) {
      const { rows } = await run((work) => sql`select from ${sql.table(table)}`.execute(work))
      expect([table, rows.length]).toEqual([table, 0])
    }
    const { numAffectedRows } = await run((work) => sql`delete from expenditure`.execute(work))
    expect(numAffectedRows).toBe(0n)
  })

  test('of an auditor sees every document and event there is', async () => {
    for (const table of ['expenditure', 'expenditure_request', 'event']) {
      const [all] = await owned(`select count(*) from ${table}`)
      expect(await ask({}, `select count(*) from ${table}`)).toEqual([all])
    }
  })

  test('writes its own event, under its actor’s name, and reads back that one alone', async () => {
    const event = randomUUID()
    const bounds = ofOfficer({ event })
    const happening = (change: object) => ({
      ...{ id: event, type: 'test.happened', actor: officer.email, request: 'test' },
      ...{ subject: 'test', before: null, after: null, reason: null, operatingSystemUser: null },
      ...change,
    })
    const write = (change: object) =>
      within(app.database.handle, bounds, (work) => extendChain(work, happening(change)))
    await expect(write({ id: randomUUID() })).rejects.toMatchObject({ code: '42501' })
    await expect(write({ actor: 'system' })).rejects.toMatchObject({ code: '42501' })
    const { position } = await write({})
    const seen = await ask(bounds, 'select id, sequence from event')
    expect(seen).toEqual([{ id: event, sequence: String(position) }])
  })

  test('leaves its reach behind when it ends, well or badly', async () => {
    const database = await testApp({ template: 'published', poolMax: 1 })
    try {
      const { handle } = database.database
      const left = async () => {
        const { rows } = await sql<Row>`
          select current_setting('vigie.organizations', true) as organizations,
            current_setting('vigie.actor', true) as actor,
            current_setting('vigie.event', true) as event,
            (select count(*)::integer from expenditure) as documents
        `.execute(handle)
        return rows
      }
      const nothing = { organizations: '', actor: '', event: '', documents: 0 }
      const bounds = unbounded({ event: randomUUID() })
      await within(handle, bounds, (work) => sql`select`.execute(work))
      expect(await left()).toEqual([nothing])
      await inSnapshot(handle, bounds, (work) => sql`select`.execute(work))
      expect(await left()).toEqual([nothing])
      await expect(
        within(handle, bounds, (work) => sql`select 1 / 0`.execute(work)),
      ).rejects.toMatchObject({ code: '22012' })
      expect(await left()).toEqual([nothing])
    } finally {
      await database.close()
    }
  })

  test('takes an organization for what it is, whatever is in its name', async () => {
    for (const name of ['MSP,MJQ', '{MSP}', '"MSP"', 'MSP\\', "MSP'", 'null', '', '%']) {
      expect(await ask({ organizations: [name] }, 'select organization from expenditure')).toEqual(
        [],
      )
    }
  })
})

describe('who signs', () => {
  const forged: readonly (readonly [string, () => string])[] = [
    [
      'enters',
      () => `insert into expenditure (number, organization, measure, service_date,
      fiscal_year, document_number, supplier, description, amount, prepared_by, changed_by)
      values ('x', 'MSP', 'QC-12', '2025-06-15', '2025-2026', 'x', 'x', 'x', 1.00,
        'system', '${officer.email}')`,
    ],
    [
      'last changes',
      () => `update expenditure set changed_by = 'system' where id = '${ids.MSP[0]}'`,
    ],
    [
      'changes, and leaves the name of the one before',
      () => `update expenditure set amount = 9.99
      where id = '${ids.MSP[0]}'`,
    ],
    [
      'submits',
      () => `update expenditure set state = 'submitted', submitted_by = 'system'
      where id = '${ids.MSP[0]}'`,
    ],
    [
      'approves',
      () => `update expenditure set state = 'posted', approved_by = 'system', entry = 1,
      recorded_fiscal_year = '2025-2026', recorded_period = 3 where id = '${ids.MSP[1]}'`,
    ],
  ]

  test.each(forged)('is who acts, when somebody %s an expenditure', async (_what, statement) => {
    const bounds = { organizations: ['*'], actor: 'approver-msp@vigie.test' }
    await expect(ask(bounds, statement())).rejects.toMatchObject({
      constraint: 'expenditure_signed_by_actor',
    })
  })

  test('is who acts, when somebody asks for a reversal or decides it', async () => {
    const constraint = 'expenditure_request_signed_by_actor'
    const asking = `insert into expenditure_request (expenditure, kind, reason, asked_by)
      values ('${ids.MSP[1]}', 'reverse', 'x', 'system')`
    const deciding = `update expenditure_request set state = 'refused', decided_by = 'system'`
    for (const statement of [asking, deciding]) {
      await expect(ask(ofOfficer(), statement)).rejects.toMatchObject({ constraint })
    }
  })

  test('cannot be nobody', async () => {
    const statement = `update expenditure set changed_by = '' where id = '${ids.MSP[0]}'`
    await expect(ask({ actor: '' }, statement)).rejects.toMatchObject({
      constraint: expect.stringMatching(/signed_by_actor|changed_by_fk/),
    })
  })
})

/** Tables that say whose a row is, and are open to every reader all the same. */
const open: Readonly<Record<string, string>> = {
  closed_year: 'which years are closed is everybody’s',
  envelope: 'the plan is everybody’s',
  journal_balance: 'totals never depend on who reads',
  journal_entry: 'what a total is made of; its documents are behind the wall',
  journal_flag: 'totals never depend on who reads',
  journal_line: 'what a total is made of; its documents are behind the wall',
  measure_collaborator: 'the plan is everybody’s',
  measure_lead: 'the plan is everybody’s',
  organization_name: 'the plan is everybody’s',
  period: 'which periods are closed is everybody’s',
  person_role: 'read before it is known who acts',
  programme: 'the plan is everybody’s',
}

const bothOf = (...tables: readonly string[]): readonly string[] =>
  tables.flatMap((table) => [`${table} owned all`, `${table} reached all`])

describe('the catalogue', () => {
  test('guards every table that says whose a row is, but those named here', async () => {
    const tables = await owned(`
      select pg_class.relname as name, relrowsecurity and relforcerowsecurity as guarded
      from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
        and (
          exists (
            select from pg_attribute
            where attrelid = pg_class.oid and attname = 'organization' and not attisdropped
          )
          -- what hangs on a guarded table is guarded too
          or exists (
            select from pg_constraint
            inner join pg_class as parent on parent.oid = pg_constraint.confrelid
            where pg_constraint.conrelid = pg_class.oid and parent.relrowsecurity
              and parent.relname <> 'event'
          )
        )
      order by 1`)
    const unguarded = tables.filter(({ guarded }) => guarded !== true).map(({ name }) => name)
    expect(unguarded).toEqual(Object.keys(open))
    const guarded = tables.filter((table) => table.guarded === true).map(({ name }) => name)
    expect(guarded).toEqual(
      expect.arrayContaining(['commitment', 'expenditure', 'expenditure_request']),
    )
  })

  test('has for each of them what may be seen and what may be written', async () => {
    const policies = await owned(`
      select tablename || ' ' || policyname || ' ' || lower(cmd) as name
      from pg_policies
      where schemaname = 'public' and permissive = 'PERMISSIVE'
        and (cmd in ('INSERT') or qual is not null)
        and (cmd in ('SELECT') or with_check is not null)
      order by 1`)
    expect(policies.map(({ name }) => name)).toEqual([
      'commitment owned all',
      'commitment reached all',
      ...bothOf('envelope_proposal', 'envelope_proposal_measure', 'envelope_proposal_term'),
      'event owned all',
      'event reached select',
      'event signed insert',
      'expenditure owned all',
      'expenditure reached all',
      'expenditure_request owned all',
      'expenditure_request reached all',
      'expenditure_seal owned all',
      'expenditure_seal reached select',
      'expenditure_seal signed insert',
      'extract owned all',
      'extract reached all',
      'extract_finding owned all',
      'extract_finding reached all',
      'extract_mapping owned all',
      'extract_mapping reached all',
      'extract_row owned all',
      'extract_row reached all',
      ...bothOf('import_batch', 'import_row'),
      'ledger_match owned all',
      'ledger_match reached all',
      'match_line owned all',
      'match_line reached all',
      'match_run owned all',
      'match_run reached all',
      ...bothOf('queued_export', 'queued_export_part', 'relation_proposal'),
      ...bothOf('revision', 'revision_line', 'year_end', 'year_end_policy'),
    ])
  })
})
