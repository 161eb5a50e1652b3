import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createPool } from '#platform/db/connect.ts'
import { joinOwnServer, type OwnServer } from '#platform/db/own-server.ts'
import { checkDurability, judgeServer } from '#platform/db/self-check.ts'
import { ask, sharedDataFolder, until } from '#test/support/own-server.ts'

const data = sharedDataFolder()
let own: OwnServer
let pool: Pool

beforeAll(async () => {
  own = await joinOwnServer({ dataFolder: data, say: () => undefined })
  pool = createPool({ connection: own.connection, max: 1, applicationName: 'vigie test' })
})
afterAll(async () => {
  await pool.end()
  await own.leave()
})

describe('a power loss', () => {
  test("could take nothing that Vigie's own server acknowledged", async () => {
    await expect(checkDurability(pool)).resolves.toBeUndefined()
  })

  test.each(['fsync', 'full_page_writes', 'synchronous_commit'])(
    'could take what was acknowledged where %s is off: refused',
    async (name) => {
      onTestFinished(() => set(name, null))
      await set(name, 'off')
      await expect(checkDurability(pool)).rejects.toMatchObject({
        kind: 'unavailable',
        code: 'database/not-durable',
        sentence: { fr: expect.stringContaining(name), en: expect.stringContaining(name) },
      })
    },
  )

  test('could take nothing either where a commit also waits for a replica', () => {
    const settings = { fsync: 'on', full_page_writes: 'on', server_version_num: '150000' }
    for (const synchronous_commit of ['on', 'local', 'remote_write', 'remote_apply']) {
      expect(judgeServer(new Map(Object.entries({ ...settings, synchronous_commit })))).toBeNull()
    }
  })
})

test.each([
  ['140013', 'database/too-old'],
  ['149999', 'database/too-old'],
  ['150000', 'database/not-durable'],
])('a server of version %s is %s', (version, code) => {
  expect(judgeServer(new Map([['server_version_num', version]]))?.code).toBe(code)
})

/** All three can be changed under a running server, which is how it would happen. */
async function set(name: string, value: string | null): Promise<void> {
  await ask(
    own.connection,
    value === null ? `alter system reset ${name}` : `alter system set ${name} = ${value}`,
  )
  await ask(own.connection, 'select pg_reload_conf()')
  const expected = value ?? 'on'
  await until(async () => {
    const { rows } = await pool.query('select current_setting($1) as value', [name])
    return rows[0].value === expected
  })
}
