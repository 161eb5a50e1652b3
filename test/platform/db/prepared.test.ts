import { type Kysely, sql } from 'kysely'
import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createPool, isTransient, isUnavailable } from '#platform/db/connect.ts'
import { joinOwnServer, type OwnServer } from '#platform/db/own-server.ts'
import { naming } from '#platform/db/prepared.ts'
import { handleOf, inSnapshot, inTransaction } from '#platform/db/transaction.ts'
import { unbounded } from '#test/support/bounds.ts'
import { ask, sharedDataFolder } from '#test/support/own-server.ts'

const data = sharedDataFolder()
let own: OwnServer

beforeAll(async () => {
  own = await joinOwnServer({ dataFolder: data, say: () => undefined })
})
afterAll(() => own.leave())

function open(max = 1): Pool {
  const pool = createPool({ connection: own.connection, max, applicationName: 'vigie test' })
  onTestFinished(() => pool.end())
  return pool
}

describe('a statement with parameters', () => {
  test('is prepared once on its connection', async () => {
    const pool = open()
    for (const n of [1, 2, 3]) {
      await pool.query('select $1::integer as asked_again', [n])
    }
    const { rows } = await pool.query(
      "select statement from pg_prepared_statements where statement like '%asked_again'",
    )
    expect(rows).toEqual([{ statement: 'select $1::integer as asked_again' }])
  })

  test('has the same name whenever it is sent', () => {
    const named = naming()
    const [first] = named(['select $1', ['a']])
    expect(named(['select $1', ['b']])).toEqual([{ ...(first as object), values: ['b'] }])
  })

  test.each([
    ['no parameters', ['select 1']],
    ['several statements, as a migration has them', ['create table a (); create table b ();']],
    ['the start of a transaction', ['begin', []]],
    ['a query that has a name', [{ name: 'mine', text: 'select $1', values: [1] }]],
  ])('is left as it is: %s', (_case, query) => {
    expect(naming()(query)).toBe(query)
  })
})

describe('when a migration changes what a prepared statement answers', () => {
  const table = async (name: string): Promise<void> => {
    await ask(own.connection, `create table ${name} (a integer)`)
    await ask(own.connection, `insert into ${name} values (1)`)
  }
  const widen = (name: string) => ask(own.connection, `alter table ${name} add b integer default 2`)
  const read = (handle: Kysely<never>, name: string) =>
    sql`select * from ${sql.table(name)} where a = ${1}`.execute(handle)

  test.each([
    ['an action', inTransaction],
    ['a snapshot', inSnapshot],
  ])('%s is run again, on the same connection', async (_what, run) => {
    const name = `widened_${run.name.toLowerCase()}`
    await table(name)
    const handle = handleOf(open())
    const rows = async () =>
      (await run(handle, unbounded(), (work) => read(work as never, name))).rows
    expect(await rows()).toEqual([{ a: 1 }])
    await widen(name)
    expect(await rows()).toEqual([{ a: 1, b: 2 }])
    expect(await rows()).toEqual([{ a: 1, b: 2 }])
  })

  test('a statement outside of them fails once, as what may be asked again', async () => {
    await table('widened')
    const pool = open()
    const read = () => pool.query('select * from widened where a = $1', [1])
    await read()
    await widen('widened')
    const error = await read().catch((thrown: unknown) => thrown)
    expect([isUnavailable(error), isTransient(error)]).toEqual([true, true])
    expect((await read()).rows).toEqual([{ a: 1, b: 2 }])
  })
})

test('past the limit a statement goes without a name', () => {
  const named = naming()
  const texts = Array.from({ length: 300 }, (_, n) => `select $1, ${n}`)
  const last = texts.map((text) => named([text, [1]])).at(-1)
  expect(last).toEqual([texts.at(-1), [1]])
})
