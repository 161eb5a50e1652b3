import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { calendarDate } from '#core/calendar-date.ts'
import { fiscalYear } from '#core/fiscal-year.ts'
import { money } from '#core/money.ts'
import type { Entry } from '#features/journal/entry.ts'
import { insertHeads, insertLines, LineColumns } from '#features/journal/posting.store.ts'
import { extendChain } from '#platform/db/chain.ts'
import type { Work } from '#platform/db/transaction.ts'
import { type TestApp, testApp } from '#test/support/app.ts'
import { within } from '#test/support/bounds.ts'
import { bring, ledgerRow } from '#test/support/extracts.ts'
import { imported } from '#test/support/imports.ts'
import { closeYear } from '#test/support/year-ends.ts'

interface Guarded {
  readonly table: string
  readonly column: string
  readonly key: string
}

/** What was recorded stays what it was: the database holds it against the service and its owner. */
let app: TestApp
/** Tables whose comment promises it, each with a key and a column of its own. */
let guarded: readonly Guarded[]

beforeAll(async () => {
  app = await testApp({ template: 'published' })
  const auditor = await app.person('auditor', 'auditor')
  await auditor.send('POST', '/observations', { body: { subject: 'event/1', text: 'Vu' } })
  const two = {
    officer: await app.person('officer', 'officer'),
    approver: await app.person('approver', 'approver'),
  }
  expect((await closeYear(two, { fiscalYear: '2021-2022' })).status).toBe(200)
  await imported(two.officer, [{ piece: 'R-1' }])
  const twice = ledgerRow('2025-06-09', 'R-1', '5,00')
  expect((await bring(two.officer, { rows: [twice, twice] })).status).toBe(201)
  guarded = await owned(`
    select relname as "table",
      (select attname from pg_attribute
        where attrelid = pg_class.oid and attnum > 0 and attidentity = ''
        order by attnum desc limit 1) as "column",
      (select conname from pg_constraint
        where conrelid = pg_class.oid and contype in ('p', 'u')
        -- the number of an event is given anew: a copy meets it by its id
        order by conname = 'event_id_once' desc, contype limit 1) as key
    from pg_class
    where relnamespace = 'public'::regnamespace
      and obj_description(oid, 'pg_class') like 'append-only:%'
    order by relname`)
})
afterAll(() => app.close())

const owned = async (question: string) => (await app.database.owner.query(question)).rows

type Attempt = (of: Guarded) => string

const attempts: readonly (readonly [what: string, Attempt])[] = [
  ['UPDATE', ({ table, column }) => `update ${table} set ${column} = ${column}`],
  ['DELETE', ({ table }) => `delete from ${table}`],
  ['TRUNCATE', ({ table }) => `truncate ${table} cascade`],
  [
    'ON CONFLICT DO UPDATE',
    ({ table, column, key }) =>
      `insert into ${table} overriding system value select * from ${table}
      on conflict on constraint ${key} do update set ${column} = excluded.${column}`,
  ],
  [
    'MERGE',
    ({ table, column }) =>
      `merge into ${table} using (select 1) as one (n) on one.n = 1
      when matched then update set ${column} = ${table}.${column}`,
  ],
]

describe('an append-only table', () => {
  test('is one of many, and each of them holds something to lose', async () => {
    expect(guarded.length).toBeGreaterThanOrEqual(18)
    for (const { table } of guarded) {
      const [found] = await owned(`select count(*)::integer as rows from ${table}`)
      expect([table, found.rows > 0]).toEqual([table, true])
    }
  })

  test.each([
    ...attempts,
    ['DISABLE TRIGGER', ({ table }: Guarded) => `alter table ${table} disable trigger all`],
  ] as typeof attempts)('refuses the service %s', async (_what, attempt) => {
    for (const table of guarded) {
      const outcome = await sql
        .raw(attempt(table))
        .execute(app.database.handle)
        .then(
          () => 'done',
          ({ code }: { code: string }) => code,
        )
      expect([table.table, outcome]).toEqual([table.table, '42501'])
    }
  })

  test('is not opened by session_replication_role, which the service may not set', async () => {
    const statement = sql`set session_replication_role = replica`.execute(app.database.handle)
    await expect(statement).rejects.toMatchObject({ code: '42501' })
  })

  test.each(attempts)('refuses its owner %s, triggers switched off or not', async (...row) => {
    const [, attempt] = row
    const client = await app.database.owner.connect()
    try {
      for (const role of ['origin', 'replica']) {
        for (const table of guarded) {
          await client.query('begin')
          await client.query(`set local session_replication_role = ${role}`)
          const outcome = await client.query(attempt(table)).then(
            () => 'done',
            ({ code }) => code,
          )
          await client.query('rollback')
          expect([table.table, role, outcome]).toEqual([table.table, role, '23001'])
        }
      }
    } finally {
      client.release()
    }
  })

  test('and whatever else a trigger guards is guarded always', async () => {
    const lax = await owned(`
      select tgrelid::regclass::text || '.' || tgname as name from pg_trigger
      where not tgisinternal and tgenabled <> 'A'`)
    expect(lax).toEqual([])
  })
})

describe('the head, the balances and the flags', () => {
  test.each([
    'update chain_head set sequence = 0',
    "insert into chain_head (single, sequence, at, hash) values (false, 0, now(), '')",
    'update journal_balance set amount = 0.00',
    'insert into journal_balance select * from journal_balance',
    'delete from journal_flag',
    'insert into journal_flag select * from journal_flag',
  ])('are written by triggers alone: %s', async (statement) => {
    await expect(sql.raw(statement).execute(app.database.handle)).rejects.toMatchObject({
      code: '42501',
    })
  })
})

type Line = readonly [envelope: string, amount: string]

/** What the service itself does, with lines it would never write. */
async function enter(kind: Entry['kind'], lines: readonly Line[]): Promise<void> {
  const event = randomUUID()
  await within(app.database.handle, { event }, async (work) => {
    const entry: Entry = {
      kind,
      organization: 'MSP',
      effectiveOn: calendarDate('2025-06-15'),
      recordedIn: { fiscalYear: fiscalYear('2025-2026'), number: 3 },
      document: { type: 'expenditure', id: 'none' },
      reverses: null,
      flags: [],
      lines: lines.map(([envelope, amount]) => ({
        account: 'available',
        cell: {
          envelope,
          measure: null,
          organization: 'MSP',
          fiscalYear: fiscalYear('2025-2026'),
        },
        amount: money(amount),
      })),
    }
    const columns = new LineColumns()
    columns.add(await insertHeads(work, event, [entry]), [entry])
    await insertLines(work, columns)
    await recordEvent(work, event)
  })
}

const recordEvent = (work: Work, id: string) =>
  extendChain(work, {
    id,
    type: 'test.happened',
    actor: 'test',
    request: 'test',
    subject: 'test/été',
    before: null,
    after: { words: 'é, 𝒜 and "quotes"' },
    reason: null,
    operatingSystemUser: null,
  })

describe('an entry', () => {
  test.each<[string, Entry['kind'], readonly Line[]]>([
    [
      'that gains a cent',
      'expenditure',
      [
        ['QC-M1', '5.00'],
        ['QC-M1', '-4.99'],
      ],
    ],
    [
      'that moves money between envelopes',
      'expenditure',
      [
        ['QC-M1', '5.00'],
        ['QC-M2', '-5.00'],
      ],
    ],
    ['of one line', 'expenditure', [['QC-M1', '0.00']]],
    [
      'of a transfer that loses a cent',
      'transfer',
      [
        ['QC-M1', '5.00'],
        ['QC-M2', '-5.01'],
      ],
    ],
  ])('%s is refused at the commit', async (_what, kind, lines) => {
    await expect(enter(kind, lines)).rejects.toMatchObject({
      constraint: 'journal_entry_balanced',
    })
  })

  test('of no line has nothing to be sealed', async () => {
    await expect(enter('expenditure', [])).rejects.toMatchObject({ column: 'entry_root' })
  })

  test('that balances is recorded; a transfer balances over its envelopes', async () => {
    await enter('expenditure', [
      ['QC-M1', '5.00'],
      ['QC-M1', '-5.00'],
    ])
    await enter('transfer', [
      ['QC-M1', '5.00'],
      ['QC-M2', '-5.00'],
    ])
    await enter('transfer', [
      ['QC-M1', '-5.00'],
      ['QC-M2', '5.00'],
    ])
  })

  test.each([
    `insert into journal_line (entry, place, account, envelope, organization, amount)
    select max(journal_entry.id), 90, 'available', 'QC-M1', 'MSP', 0.00 from journal_entry`,
    `insert into journal_line (entry, place, account, envelope, organization, amount)
    values (1, 90, 'available', 'QC-M1', 'MSP', 5.00), (1, 91, 'available', 'QC-M1', 'MSP', -5.00)`,
  ])('of a recorded event takes no further line', async (statement) => {
    await expect(sql.raw(statement).execute(app.database.handle)).rejects.toMatchObject({
      constraint: 'journal_line_of_recorded_event',
    })
  })

  test('is not slipped under an event that is recorded', async () => {
    const slip = within(app.database.handle, {}, async (work) => {
      const [event] = await work.selectFrom('event').select('id').limit(1).execute()
      await sql`
        insert into journal_entry (event, kind, organization, effective_on, document_type, document)
        values (${event?.id}, 'supplement', 'MSP', '2025-06-15', 'revision', 'none')
      `.execute(work)
    })
    await expect(slip).rejects.toMatchObject({ constraint: 'journal_entry_balanced' })
  })

  test('is reversed once', async () => {
    const again = sql`
      insert into journal_entry (event, kind, organization, effective_on, document_type, document,
        reverses)
      select ${randomUUID()}, 'supplement', 'MSP', '2025-06-15', 'revision', 'none', place
      from unnest(array[1, 1]) as place
    `.execute(app.database.handle)
    await expect(again).rejects.toMatchObject({ constraint: 'journal_entry_reversed_once' })
  })
})

describe('an amount', () => {
  test.each(['1.001', '1.0', '1', 'NaN', 'Infinity', '-Infinity', '10000000000000.00', '1e3'])(
    '%s is refused by its domain',
    async (text) => {
      const statement = sql`select ${text}::amount`.execute(app.database.handle)
      await expect(statement).rejects.toMatchObject({ constraint: 'amount_is_exact' })
    },
  )

  test.each(['0.00', '-0.01', '9999999999999.99', '-9999999999999.99'])(
    '%s is kept',
    async (text) => {
      const { rows } = await sql<{ kept: string }>`
      select ${text}::amount as kept
    `.execute(app.database.handle)
      expect(rows).toEqual([{ kept: text }])
    },
  )
})
