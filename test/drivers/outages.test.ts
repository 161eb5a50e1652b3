import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Pool } from 'pg'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createPool } from '#platform/db/connect.ts'
import {
  ask,
  isRunning,
  joinHere,
  postmasterOf,
  temporaryFolder,
  until,
} from '#test/support/own-server.ts'
import { runVigie } from '#test/support/processes.ts'
import { chanceOf } from '#test/support/seed.ts'
import { addPerson, type Served, serveVigie } from '#test/support/served.ts'
import { type TcpProxy, tcpProxy } from '#test/support/tcp-proxy.ts'
import { runs } from '#test/support/tier.ts'
import { askOver } from './asks.ts'
import { Crew } from './crew.ts'
import { expectRecord } from './record-check.ts'
import { RequestLog } from './request-log.ts'

vi.setConfig({ testTimeout: runs(300_000, 3_600_000) })

/**
 * A database that dies and comes back under a service that is being asked, again and again, and the
 * line to it that breaks and falls silent. Each request gets the right answer or "come back later";
 * the service itself never ends.
 */
interface Site {
  readonly served: Served
  readonly crew: Crew
  readonly proxy: TcpProxy
  readonly owner: Pool
  readonly cluster: string
  readonly isThere: () => Promise<boolean>
}

test('a database that dies, cuts off and falls silent costs patience and nothing else', async () => {
  const site = await siteWithProxy()
  const { served, crew, owner } = site
  const working = crew.work(askOver(served.address, site.people))
  for (let stop = 1; stop <= runs(5, 50); stop += 1) {
    await after(crew, () => stopAndReturn(site))
  }
  for (const trouble of [terminate, cut, fallSilent]) {
    await after(crew, () => trouble(site))
  }
  await after(crew, async () => undefined)
  crew.stop()
  expect(await working).toBe(0)
  expect(crew.strange).toEqual([])
  expect(served.running.child.exitCode).toBeNull()
  await crew.settle(askOver(served.address, site.people))
  await expectRecord(owner, crew.model)
  expect((await runVigie(['verify'], site.options)).code).toBe(0)
  expect(await served.running.end('SIGTERM')).toMatchObject({ code: 0, stderr: '' })
})

async function siteWithProxy() {
  const folder = join(temporaryFolder(), 'data')
  // Whoever is in starts the server again when it died: this process is.
  const own = await joinHere(folder)
  const { host, port, user, database } = own.connection
  const proxy = await tcpProxy(join(host, `.s.PGSQL.${port}`))
  const url = `postgresql://${user}@127.0.0.1:${proxy.port}/${database}`
  const options = { env: { DATABASE_URL: url, LOG_LEVEL: 'silent' } }
  expect((await runVigie(['plan', 'load'], options)).code).toBe(0)
  const people = new Map([
    ['agente@vigie.test', await addPerson('agente', 'officer', options)],
    ['chef@vigie.test', await addPerson('chef', 'approver', options)],
  ])
  const owner = createPool({ connection: own.connection, max: 1, applicationName: 'vigie tests' })
  onTestFinished(() => owner.end())
  const log = new RequestLog()
  onTestFinished(() => log.close())
  const [officer = '', approver = ''] = people.keys()
  const crew = new Crew({ size: 6, chance: chanceOf('outages'), log, officer, approver })
  const served = await serveVigie(options)
  const cluster = join(folder, 'postgres')
  const isThere = () =>
    ask(own.connection, 'select').then(
      () => true,
      () => false,
    )
  return { served, crew, proxy, owner, cluster, isThere, options, people }
}

/** Once work flows, and until it flows again. */
async function after(crew: Crew, trouble: () => Promise<void>): Promise<void> {
  const due = crew.done + 10
  await until(() => crew.done >= due || crew.strange.length > 0, 120_000)
  expect(crew.strange).toEqual([])
  await trouble()
}

/**
 * Killed as by a power loss; ready again within two seconds of the database. Beside the other test
 * files the clock tells of them as well: there it is only asked that the service be ready again.
 */
async function stopAndReturn({ cluster, isThere, served }: Site): Promise<void> {
  const postmaster = postmasterOf(cluster) ?? 0
  process.kill(postmaster, 'SIGQUIT')
  await until(() => !isRunning(postmaster))
  await until(isThere)
  const back = performance.now()
  await until(async () => (await served.get('/health/ready')).status === 200)
  expect(performance.now() - back).toBeLessThan(runs(60_000, 2_000))
}

const stormMillis = runs(1_000, 20_000)

/** Every connection of the service, ten times a second. */
async function terminate({ owner }: Site): Promise<void> {
  for (let passed = 0; passed < stormMillis; passed += 100) {
    await owner.query(`
      select pg_terminate_backend(pg_stat_activity.pid) from pg_stat_activity
      where pg_stat_activity.application_name in ('vigie', 'vigie owner')`)
    await pause(100)
  }
}

async function cut({ proxy }: Site): Promise<void> {
  for (let passed = 0; passed < stormMillis; passed += 100) {
    proxy.cut()
    await pause(100)
  }
}

async function fallSilent({ proxy }: Site): Promise<void> {
  for (let time = 0; time < runs(1, 10); time += 1) {
    proxy.stall()
    await pause(1_500)
    proxy.flow()
    await pause(500)
  }
}
