import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { joinHere, temporaryFolder, until } from '#test/support/own-server.ts'
import { runVigie } from '#test/support/processes.ts'
import { addPerson, serveVigie } from '#test/support/served.ts'
import { tcpProxy } from '#test/support/tcp-proxy.ts'

vi.setConfig({ testTimeout: 300_000 })

test('a line to the database that falls silent for good is given up, and found again', async () => {
  const own = await joinHere(join(temporaryFolder(), 'data'))
  const { host, port, user, database } = own.connection
  const proxy = await tcpProxy(join(host, `.s.PGSQL.${port}`))
  const url = `postgresql://${user}@127.0.0.1:${proxy.port}/${database}`
  const options = { env: { DATABASE_URL: url, LOG_LEVEL: 'silent' } }
  expect((await runVigie(['plan', 'load'], options)).code).toBe(0)
  const token = await addPerson('analyste', 'analyst', options)
  const served = await serveVigie(options)
  const measures = await served.get('/api/v1/measures', token)
  expect(measures.status).toBe(200)

  proxy.stall()
  const from = performance.now()
  const asked = await Promise.all(
    Array.from({ length: 30 }, () => served.get('/api/v1/measures', token)),
  )
  expect(performance.now() - from).toBeLessThan(40_000)
  expect([...new Set(asked.map(({ status }) => status))]).toEqual([503])
  expect(asked.every(({ headers }) => headers.get('retry-after') !== null)).toBe(true)
  expect((await served.get('/health/live')).status).toBe(200)
  expect((await served.get('/health/ready')).status).toBe(503)

  proxy.cut()
  proxy.flow()
  await until(async () => (await served.get('/health/ready')).status === 200, 15_000)
  expect((await served.get('/api/v1/measures', token)).body).toEqual(measures.body)
  expect(served.running.child.exitCode).toBeNull()
})
