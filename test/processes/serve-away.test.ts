import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { SocketConnection } from '#platform/db/connect.ts'
import { joinOwnServer } from '#platform/db/own-server.ts'
import { joinHere, temporaryFolder, until } from '#test/support/own-server.ts'
import { runVigie } from '#test/support/processes.ts'
import { addPerson, type Served, serveVigie } from '#test/support/served.ts'

/** `vigie serve` on a database of somebody else, which comes and goes without asking. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const urlOf = ({ host, port, user, database }: SocketConnection): string =>
  `postgresql://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`

async function expectUnready({ get }: Served): Promise<void> {
  expect(await get('/health/live')).toMatchObject({ status: 200 })
  const ready = await get('/health/ready')
  expect(ready).toMatchObject({ status: 503, body: { status: 'unavailable' } })
  expect(ready.headers.get('retry-after')).toMatch(/^\d+$/)
  const { status, headers, body } = await get('/api/v1/measures', 'vigie_x')
  expect(status).toBe(503)
  expect(headers.get('content-type')).toBe('application/problem+json')
  expect(headers.get('retry-after')).toMatch(/^\d+$/)
  expect(body).toMatchObject({
    status: 503,
    code: expect.stringMatching(/^http\/(not-ready|unavail)/),
  })
}

const isReady = async ({ get }: Served): Promise<boolean> =>
  (await get('/health/ready')).status === 200

describe('a database that is away', () => {
  test('at the start is waited for, later is waited for again, and each time the service recovers by itself', async () => {
    const folder = join(temporaryFolder(), 'data')
    const stopped = await joinHere(folder)
    await stopped.leave()
    const options = { env: { DATABASE_URL: urlOf(stopped.connection), LOG_LEVEL: 'silent' } }
    const served = await serveVigie(options)
    await expectUnready(served)

    const there = await joinOwnServer({ dataFolder: folder, say: () => undefined })
    await until(() => isReady(served))
    // What waited was migrated: the plan can be loaded beside it and read through it.
    expect((await runVigie(['plan', 'load'], options)).code).toBe(0)
    const token = await addPerson('analyste', 'analyst', options)
    const measures = await served.get('/api/v1/measures', token)
    expect(measures).toMatchObject({ status: 200, body: { count: 37 } })

    await there.leave()
    // Nobody asked it anything: it noticed.
    await until(async () => !(await isReady(served)))
    await expectUnready(served)

    const back = await joinOwnServer({ dataFolder: folder, say: () => undefined })
    onTestFinished(() => back.leave())
    await until(() => isReady(served))
    expect((await served.get('/api/v1/measures', token)).body).toEqual(measures.body)
    expect(await served.running.end('SIGTERM')).toMatchObject({ code: 0, stderr: '' })
  })

  test('does not hinder the service from being stopped', async () => {
    const env = { DATABASE_URL: 'postgresql://vigie@127.0.0.1:1/vigie', LOG_LEVEL: 'silent' }
    const served = await serveVigie({ env })
    await expectUnready(served)
    expect(await served.running.end('SIGTERM')).toMatchObject({ code: 0, stderr: '' })
  })
})

test('a database that refuses Vigie stops the start, in a sentence', async () => {
  const own = await joinHere(join(temporaryFolder(), 'data'))
  const env = { DATABASE_URL: urlOf({ ...own.connection, database: 'absente' }) }
  const ran = await runVigie(['serve', '--port', '0'], { env })
  expect(ran).toMatchObject({ code: 2, stdout: '' })
  expect(ran.stderr).toMatch(/^La base de données refuse Vigie .*absente.*\[database\/refused\]\n$/)
})
