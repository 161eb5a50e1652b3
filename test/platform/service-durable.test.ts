import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { joinOwnServer, type OwnServer } from '#platform/db/own-server.ts'
import { openService } from '#platform/service.ts'
import { ask, sharedDataFolder, until } from '#test/support/own-server.ts'

vi.setConfig({ testTimeout: 120_000 })

const data = sharedDataFolder()
let own: OwnServer

beforeAll(async () => {
  own = await joinOwnServer({ dataFolder: data, say: () => undefined })
})
afterAll(() => own.leave())

/** Under the running server, as it would happen. */
async function set(change: string, name: string, expected: string): Promise<void> {
  await ask(own.connection, `alter system ${change}`)
  await ask(own.connection, 'select pg_reload_conf()')
  await until(
    async () => (await ask(own.connection, `select current_setting('${name}')`)) === expected,
  )
}

test.each(['fsync', 'full_page_writes', 'synchronous_commit'])(
  'a database with %s off is not prepared for service, and nothing is written to it',
  async (name) => {
    onTestFinished(() => set(`reset ${name}`, name, 'on'))
    await set(`set ${name} = off`, name, 'off')
    const { host, port, user, database } = own.connection
    const url = `postgresql://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`
    const service = await openService({ databaseUrl: url, dataFolder: '', say: () => undefined })
    onTestFinished(() => service.close())
    await expect(service.prepare()).rejects.toMatchObject({
      code: 'database/not-durable',
      sentence: { fr: expect.stringContaining(name), en: expect.stringContaining(name) },
    })
    expect(await ask(own.connection, "select to_regclass('event')::text")).toBeNull()
  },
)
