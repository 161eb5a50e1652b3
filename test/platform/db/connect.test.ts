import { connect as connectSocket, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { Pool, type PoolClient } from 'pg'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import {
  createPool,
  isTransient,
  isUnavailable,
  type PoolOptions,
  type SocketConnection,
} from '#platform/db/connect.ts'
import { joinOwnServer, type OwnServer } from '#platform/db/own-server.ts'
import { noTimeouts } from '#platform/db/startup-options.ts'
import {
  ask,
  killServer,
  sharedDataFolder,
  temporaryFolder,
  until,
} from '#test/support/own-server.ts'
import { runs } from '#test/support/tier.ts'

const data = sharedDataFolder()
let own: OwnServer

beforeAll(async () => {
  own = await joinOwnServer({ dataFolder: data, say: () => undefined })
  await ask(own.connection, 'create role worker')
})
afterAll(() => own.leave())

function open(options: Partial<PoolOptions> = {}): Pool {
  const pool = createPool({
    connection: own.connection,
    max: 4,
    applicationName: 'vigie test',
    ...options,
  })
  onTestFinished(() => pool.end())
  return pool
}

/** A client that is given up with the test: its connection may not be good for anything else. */
async function checkOut(pool: Pool): Promise<PoolClient> {
  const client = await pool.connect()
  onTestFinished(() => client.release(true))
  return client
}

const terminate = (pid: unknown) => ask(own.connection, `select pg_terminate_backend(${pid})`)

describe('a value arrives', () => {
  test.each([
    ['numeric', "'12345678901234.10'::numeric", '12345678901234.10'],
    ['numeric without end', "'NaN'::numeric", 'NaN'],
    ['bigint', '9223372036854775807::bigint', '9223372036854775807'],
    ['count', '(select count(*) from pg_class where false)', '0'],
    ['date', "'2024-02-29'::date", '2024-02-29'],
    ['date without end', "'-infinity'::date", '-infinity'],
    ['timestamp', "'2026-03-31 23:59:59.5'::timestamp", '2026-03-31 23:59:59.5'],
    ['timestamptz', "'2026-03-31 23:59:59-04'::timestamptz", '2026-04-01 03:59:59+00'],
    ['interval', "'1 day 2 hours'::interval", '1 day 02:00:00'],
    ['json', `'{"a": 1.10}'::json`, '{"a": 1.10}'],
    ['jsonb', `'{"a": 1.10}'::jsonb`, '{"a": 1.10}'],
    ['numeric[]', "'{1.10,NULL,-0.05}'::numeric[]", '{1.10,NULL,-0.05}'],
    ['bigint[]', "'{9223372036854775807}'::bigint[]", '{9223372036854775807}'],
    ['date[]', "'{2024-02-29,infinity}'::date[]", '{2024-02-29,infinity}'],
    ['timestamp[]', "'{2026-03-31 23:59:59}'::timestamp[]", '{"2026-03-31 23:59:59"}'],
    ['timestamptz[]', "'{2026-03-31 23:59:59-04}'::timestamptz[]", '{"2026-04-01 03:59:59+00"}'],
    ['jsonb[]', `array['{"a": 1.10}'::jsonb]`, String.raw`{"{\"a\": 1.10}"}`],
    ['smallint', '2::smallint', 2],
    ['integer', '2147483647', 2147483647],
    ['integer[]', "'{1,2}'::integer[]", [1, 2]],
    ['boolean', 'true', true],
    ['text', "'é'", 'é'],
    ['text[]', `'{a,"b,c",NULL}'::text[]`, ['a', 'b,c', null]],
    ['bytea', String.raw`'\x00ff'::bytea`, Buffer.from([0, 255])],
    [
      'uuid',
      "'00000000-0000-4000-8000-000000000000'::uuid",
      '00000000-0000-4000-8000-000000000000',
    ],
  ])('%s', async (_type, expression, expected) => {
    const { rows } = await open().query(`select ${expression} as value`)
    expect(rows[0].value).toEqual(expected)
  })

  test('as the domain of a type does as the type itself', async () => {
    const pool = open()
    await pool.query('create domain money_amount as numeric')
    const { rows } = await pool.query("select '1.10'::money_amount as value")
    expect(rows[0].value).toBe('1.10')
  })

  test("elsewhere as before: pg's own parsers are left alone", async () => {
    const other = new Pool({ ...own.connection, ssl: false })
    onTestFinished(() => other.end())
    const { rows } = await other.query("select '2024-02-29'::date as value")
    expect(rows[0].value).toBeInstanceOf(Date)
  })
})

describe('a session', () => {
  const settings = [
    'role',
    'TimeZone',
    'DateStyle',
    'statement_timeout',
    'lock_timeout',
    'idle_in_transaction_session_timeout',
    'default_transaction_isolation',
    'application_name',
  ]
  const read = async (pool: Pool) => {
    const { rows } = await pool.query(
      'select name, current_setting(name) as value from unnest($1::text[]) name',
      [settings],
    )
    return Object.fromEntries(rows.map(({ name, value }) => [name, value]))
  }

  test('works in its role, in UTC, with the limits of a service', async () => {
    expect(await read(open({ role: 'worker' }))).toEqual({
      role: 'worker',
      TimeZone: 'UTC',
      DateStyle: 'ISO, MDY',
      statement_timeout: '30s',
      lock_timeout: '10s',
      idle_in_transaction_session_timeout: '1min',
      default_transaction_isolation: 'read committed',
      application_name: 'vigie test',
    })
  })

  test('of a migration has no limits', async () => {
    expect(await read(open({ timeouts: noTimeouts }))).toMatchObject({
      role: 'none',
      statement_timeout: '0',
      lock_timeout: '0',
      idle_in_transaction_session_timeout: '0',
    })
  })

  test('named by a URL keeps what the URL asks for, save what Vigie must have', async () => {
    const { host, port, user, database } = own.connection
    const options = encodeURIComponent('-c timezone=Asia/Tokyo -c work_mem=5MB')
    const connection = `postgresql://${user}@${encodeURIComponent(host)}:${port}/${database}?options=${options}`
    const pool = open({ connection, role: 'worker' })
    expect(await read(pool)).toMatchObject({ role: 'worker', TimeZone: 'UTC' })
    const { rows } = await pool.query("select current_setting('work_mem') as value")
    expect(rows[0].value).toBe('5MB')
  })

  test('may have a role whose name has spaces and backslashes', async () => {
    const role = String.raw`odd \ role's`
    await ask(own.connection, `create role "${role}"`)
    const { rows } = await open({ role }).query('select current_user as value')
    expect(rows[0].value).toBe(role)
  })
})

describe('a value is refused before it is sent', () => {
  const lone = 'a\uD800'
  test.each([
    ['undefined', [undefined]],
    ['NUL', ['a\0']],
    ['half a character', [lone]],
    ['undefined in a list', [[1, undefined]]],
    ['half a character in a list', [['a', lone]]],
    ['NUL in JSON', [{ a: [{ b: '\0' }] }]],
    ['half a character as a name in JSON', [{ [lone]: 1 }]],
  ])('%s', async (_what, values: unknown[]) => {
    const problem = {
      kind: 'invalid',
      code: 'database/unstorable-text',
      detail: expect.stringMatching(/^\$1: /),
    }
    const pool = open()
    const client = await checkOut(pool)
    const handle = new Kysely({ dialect: new PostgresDialect({ pool }) })
    const [value] = values
    await expect(pool.query('select $1::text', values)).rejects.toMatchObject(problem)
    await expect(pool.query({ text: 'select $1::text', values })).rejects.toMatchObject(problem)
    await expect(client.query('select $1::text', values)).rejects.toMatchObject(problem)
    await expect(sql`select ${value}`.execute(handle)).rejects.toMatchObject(problem)
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })

  test('and so is a statement that carries one', async () => {
    await expect(open().query("select 'a\0'")).rejects.toMatchObject({
      code: 'database/unstorable-text',
    })
  })

  test('but nothing else is', async () => {
    const values = ['', '😀', null, 0, [null, 'é'], Buffer.from([0]), { a: undefined, b: 1 }]
    const { rows } = await open().query(
      `select $1::text = '' and $2::text = '😀' and $3::text is null and $4::integer = 0
        and $5::text[] = array[null, 'é'] and $6::bytea = '\\x00' and $7::jsonb = '{"b": 1}' as fits`,
      values,
    )
    expect(rows).toEqual([{ fits: true }])
  })
})

describe('when the database goes away', () => {
  test('a client that is checked out is told, and the process lives', async () => {
    const client = await checkOut(open())
    const { rows } = await client.query('select pg_backend_pid() as pid')
    await terminate(rows[0].pid)
    await expect(client.query('select 1')).rejects.toSatisfy(isUnavailable)
  })

  test('a query under way is told, inside a transaction too', async () => {
    const pool = open()
    const client = await checkOut(pool)
    await client.query('begin')
    const { rows } = await client.query('select pg_backend_pid() as pid')
    const waiting = expect(client.query('select pg_sleep(30)')).rejects.toSatisfy(isUnavailable)
    await terminate(rows[0].pid)
    await waiting
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })

  test('a client that lies idle is replaced, and its loss is told', async () => {
    const lost: Error[] = []
    const pool = open({ onLost: (error) => lost.push(error) })
    const { rows } = await pool.query('select pg_backend_pid() as pid')
    await terminate(rows[0].pid)
    await until(() => lost.length > 0)
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })

  test('and comes back by itself, so does the pool', async () => {
    const pool = open()
    const client = await checkOut(pool)
    await killServer(join(data, 'postgres'))
    await expect(client.query('select 1')).rejects.toSatisfy(isUnavailable)
    const answers = (asked: Pool) => () =>
      asked.query('select 1').then(Boolean, (error) => !isUnavailable(error))
    // It is started again and recovers in its own time; the pool has two seconds from then on.
    await until(answers(open()))
    await until(answers(pool), runs(60_000, 2_000))
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })

  test('in the middle of an answer that never comes, the connection is given up', async () => {
    const proxy = await stallingProxy(own.connection)
    const timeouts = { ...noTimeouts, statementMillis: 100 }
    const pool = open({ connection: proxy.connection, timeouts, graceMillis: 100 })
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    proxy.stall()
    await expect(pool.query('select 1')).rejects.toSatisfy(isUnavailable)
    expect(pool.totalCount).toBe(0)
  })

  test('a statement that takes too long is stopped, and that is no outage', async () => {
    const pool = open({ timeouts: { ...noTimeouts, statementMillis: 50 } })
    const error: unknown = await pool.query('select pg_sleep(30)').catch((each: unknown) => each)
    expect(error).toMatchObject({ code: '57014' })
    expect(isUnavailable(error)).toBe(false)
  })
})

describe('an error is understood', () => {
  const failure = (code: string, more = {}) => Object.assign(new Error('failed'), { code, ...more })

  test.each([
    ['57P01', failure('57P01')],
    ['57P02', failure('57P02')],
    ['57P03', failure('57P03')],
    ['08006', failure('08006')],
    ['53300', failure('53300')],
    ['ECONNREFUSED', failure('ECONNREFUSED')],
    ['ECONNRESET', failure('ECONNRESET')],
    ['no socket', failure('ENOENT', { syscall: 'connect' })],
    ['cut off', new Error('Connection terminated unexpectedly')],
    ['no connection in time', new Error('Connection terminated due to connection timeout')],
    ['pool exhausted', new Error('timeout exceeded when trying to connect')],
    ['client broken', new Error('Client has encountered a connection error and is not queryable')],
    ['as a cause', new Error('outer', { cause: failure('ECONNREFUSED') })],
  ])('as an outage: %s', (_name, error) => {
    expect(isUnavailable(error)).toBe(true)
    expect(isTransient(error)).toBe(false)
  })

  test.each([
    ['a file that is missing', failure('ENOENT', { syscall: 'open' })],
    ['a broken constraint', failure('23505')],
    ['a full disk', failure('53100')],
    ['a deadlock', failure('40P01')],
    ['a sentence with a code of its own', failure('22000', { message: 'timeout expired' })],
    ['no error at all', 'Connection terminated'],
  ])('as none: %s', (_name, error) => {
    expect(isUnavailable(error)).toBe(false)
  })

  test('as worth another try: serialization failures and deadlocks', () => {
    expect(['40001', '40P01', '40003', '57014'].map((code) => isTransient(failure(code)))).toEqual([
      true,
      true,
      false,
      false,
    ])
  })

  test('when too many connections are open', async () => {
    const clients: PoolClient[] = []
    const pool = open({ max: 130 })
    await ask(own.connection, 'alter role worker login')
    const crowd = open({ max: 130, connection: { ...own.connection, user: 'worker' } })
    onTestFinished(() => {
      for (const client of clients) client.release(true)
    })
    const error: unknown = await (async () => {
      for (let count = 0; count < 130; count += 1) clients.push(await crowd.connect())
    })().catch((each: unknown) => each)
    expect(error).toMatchObject({ code: '53300' })
    expect(isUnavailable(error)).toBe(true)
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })
})

/** Passes everything on until told to stall; then the connection stays open and says nothing. */
async function stallingProxy(
  target: SocketConnection,
): Promise<{ connection: SocketConnection; stall(): void }> {
  const host = temporaryFolder()
  const file = `.s.PGSQL.${target.port}`
  const open: Socket[] = []
  const server = createServer((near) => {
    const far = connectSocket(join(target.host, file))
    for (const socket of [near, far]) socket.on('error', () => undefined)
    open.push(near, far)
    near.pipe(far)
    far.pipe(near)
  })
  await new Promise<void>((resolve) => server.listen(join(host, file), resolve))
  onTestFinished(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  return {
    connection: { ...target, host },
    stall() {
      for (const socket of open) socket.unpipe().pause()
    },
  }
}
