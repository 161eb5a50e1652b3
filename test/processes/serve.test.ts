import { once } from 'node:events'
import { existsSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import {
  isRunning,
  joinHere,
  postmasterOf,
  sharedDataFolder,
  until,
} from '#test/support/own-server.ts'
import { type Running, runVigie, startVigie, startVigieForFile } from '#test/support/processes.ts'
import { addPerson, type Served, serveVigie } from '#test/support/served.ts'

/** `vigie serve` on its own PostgreSQL: its whole life, with what may cut it short. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const data = sharedDataFolder()
const cluster = join(data, 'postgres')
const options = { env: { VIGIE_DATA: data } }
let token: string

const draft = (documentNumber: string) => ({
  organization: 'MSP',
  measure: 'QC-12',
  serviceDate: '2025-06-15',
  documentNumber,
  supplier: 'PIPQ',
  description: 'Projet pilote',
  amount: '0.01',
})

/** Nothing of that folder runs, and it was stopped in order. */
function expectNoServer(): void {
  expect(postmasterOf(cluster)).toBeNull()
  expect(existsSync(join(cluster, 'postmaster.pid'))).toBe(false)
}

let first: Running | null = null
afterAll(async () => {
  await first?.end('SIGKILL')
})

beforeAll(async () => {
  first = startVigieForFile(['serve', '--port', '0'], options)
  await first.firstLine()
  const loaded = await runVigie(['plan', 'load', '--published'], options)
  expect(loaded.code).toBe(0)
  token = await addPerson('agente', 'officer', options)
  expect(await first.end('SIGTERM')).toMatchObject({ code: 0, signal: null })
  expectNoServer()
})

describe('serve', () => {
  test('prints its address alone, says that it lives and is ready, and leaves nothing behind', async () => {
    const { running, address, get } = await serveVigie(options)
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(await get('/health/live')).toMatchObject({ status: 200, body: { status: 'ok' } })
    expect(await get('/health/ready')).toMatchObject({ status: 200, body: { status: 'ok' } })
    expect(await running.end('SIGTERM')).toEqual({
      code: 0,
      signal: null,
      stdout: `${address}\n`,
      stderr: '',
    })
    expectNoServer()
  })

  test('and a command beside it on the same folder show the same report', async () => {
    const { get } = await serveVigie(options)
    const args = ['report', 'reconciliation', '--by', 'axis', '--format', 'json']
    const [beside, served] = await Promise.all([
      runVigie(args, options),
      get('/api/v1/reports/reconciliation?by=axis', token),
    ])
    expect(beside).toMatchObject({ code: 0, stderr: '' })
    expect(served.body.totals).toMatchObject({ planned: '147106925.00', spent: '6389496.00' })
    expect(JSON.parse(beside.stdout)).toEqual(served.body)
    expect(postmasterOf(cluster)).not.toBeNull()
  })

  test('answers the request under way when it is told to stop, and takes no other', async () => {
    const served = await serveVigie(options)
    const { release, waiting } = await lockTable('document_counter')
    const answer = served.post('/expenditures', draft('DRAIN'), { token })
    await until(async () => (await waiting()) === 1)
    served.running.child.kill('SIGTERM')
    await until(() => isRefused(served))
    expect(served.running.child.exitCode).toBeNull()
    await release()
    expect(await answer).toMatchObject({ status: 201, body: { documentNumber: 'DRAIN' } })
    expect(await served.running.ended).toMatchObject({ code: 0, signal: null })
    expectNoServer()
  })

  test('killed outright, is followed by another that adopts the database with all that was answered', async () => {
    const first = await serveVigie(options)
    const numbers = Array.from({ length: 20 }, (_each, at) => `KILL-${at}`)
    const answered: string[] = []
    const writing = Promise.allSettled(
      numbers.map(async (number) => {
        const { status } = await first.post('/expenditures', draft(number), { token, key: number })
        if (status === 201) answered.push(number)
      }),
    )
    await until(() => answered.length >= 5)
    const postmaster = postmasterOf(cluster)
    await first.running.end('SIGKILL')
    await writing
    expect(postmasterOf(cluster)).toBe(postmaster)
    const second = await serveVigie(options)
    expect(postmasterOf(cluster)).toBe(postmaster)
    expect(await numbersOf(second, 'KILL')).toEqual(expect.arrayContaining(answered))
    // Who got no answer asks again with the same key: each is there once.
    for (const number of numbers) {
      const { status } = await second.post('/expenditures', draft(number), { token, key: number })
      expect(status).toBe(201)
    }
    expect(await numbersOf(second, 'KILL')).toEqual([...numbers].sort())
    expect((await second.running.end('SIGTERM')).code).toBe(0)
    expectNoServer()
  })

  test('outlives its database: right answers or 503, then ready again with all that was answered', async () => {
    const served = await serveVigie(options)
    const writers = ['A', 'B', 'C'].map((name) => new Writer(served, name))
    const written = (): number => writers.reduce((sum, { count }) => sum + count, 0)
    const writing = writers.map((writer) => writer.run())
    for (const _stop of ['first', 'second']) {
      const before = written()
      await until(() => written() >= before + 10)
      const postmaster = postmasterOf(cluster) ?? 0
      process.kill(postmaster, 'SIGQUIT')
      await until(() => !isRunning(postmaster))
      const stopped = written()
      await until(async () => (await served.get('/health/ready')).status === 200)
      await until(() => written() >= stopped + 10)
    }
    for (const writer of writers) writer.stop()
    await Promise.all(writing)
    expect(served.running.child.exitCode).toBeNull()
    expect(writers.flatMap(({ strange }) => strange)).toEqual([])
    expect(await numbersOf(served, 'WRITER')).toEqual(
      writers.flatMap(({ acknowledged }) => acknowledged).sort(),
    )
    expect((await runVigie(['verify'], options)).code).toBe(0)
    expect((await served.running.end('SIGTERM')).code).toBe(0)
    expectNoServer()
  })
})

describe('a start that goes wrong', () => {
  test('because the port is taken is one clear sentence, and leaves nothing running', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    onTestFinished(async () => {
      await new Promise((resolve) => other.close(resolve))
    })
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    expect(await runVigie(['serve', '--port', String(port)], options)).toEqual({
      code: 7,
      signal: null,
      stdout: '',
      stderr: `Le port ${port} de 127.0.0.1 est déjà pris; choisissez-en un autre avec --port (0 en prend un libre). [service/port-in-use]\n`,
    })
    expectNoServer()
  })

  test('open to the network without a secret is refused before anything is started', async () => {
    const byVariable = { env: { ...options.env, HOST: '0.0.0.0', DATABASE_URL: '' } }
    const [all, byFlag] = await Promise.all([
      runVigie(['serve', '--port', 'x'], byVariable),
      runVigie(['serve', '--host', '192.0.2.1'], options),
    ])
    expect(all).toMatchObject({ code: 2, stdout: '' })
    expect(all.stderr).toMatch(/SESSION_SECRET : .*0\.0\.0\.0/)
    expect(all.stderr).toMatch(/^ {2}DATABASE_URL : /m)
    expect(all.stderr).toMatch(/^ {2}PORT : /m)
    expect(byFlag).toMatchObject({ code: 2, stdout: '' })
    expect(byFlag.stderr).toMatch(/SESSION_SECRET : .*192\.0\.2\.1/)
    expectNoServer()
  })

  test('because the database is of a later version is a conflict, and leaves nothing running', async () => {
    const own = await joinHere(data)
    const client = new Client({ ...own.connection, ssl: false })
    await client.connect()
    await client.query("insert into migration (name, checksum) values ('9999_later.sql', '')")
    const ran = await runVigie(['serve', '--port', '0'], options)
    expect(ran).toMatchObject({ code: 5, stdout: '' })
    expect(ran.stderr).toContain('9999_later.sql')
    const status = await runVigie(['db', 'status'], options)
    expect(status.stdout).toContain('inconnue    9999_later.sql\n')
    await client.query("delete from migration where name = '9999_later.sql'")
    await client.end()
    await own.leave()
    expectNoServer()
  })

  test('because it is told to stop meanwhile stops the database too', async () => {
    const running = startVigie(['serve', '--port', '0'], options)
    await until(() => postmasterOf(cluster) !== null)
    expect(await running.end('SIGTERM')).toMatchObject({ signal: null, stderr: '' })
    expectNoServer()
  })
})

test('Ctrl+C in a command ends it as interrupted, and stops the database that it started', async () => {
  const { release, waiting } = await lockTable('person')
  const running = startVigie(['users', 'list'], options)
  await until(async () => (await waiting()) === 1)
  running.child.kill('SIGINT')
  await release()
  expect(await running.ended).toMatchObject({ code: 130, stderr: '' })
  await until(() => postmasterOf(cluster) === null)
})

/** Keeps whoever writes into the table waiting, until it is released. */
async function lockTable(table: string) {
  const own = await joinHere(data)
  const client = new Client({ ...own.connection, ssl: false })
  client.on('error', () => undefined)
  await client.connect()
  await client.query(`begin; lock table ${table} in access exclusive mode`)
  return {
    waiting: async (): Promise<number> => {
      const { rows } = await client.query(
        'select count(*)::int as count from pg_locks where not granted and relation = $1::regclass',
        [table],
      )
      return rows[0].count
    },
    release: async (): Promise<void> => {
      await client.query('commit')
      await client.end()
      await own.leave()
    },
  }
}

async function isRefused({ address }: Served): Promise<boolean> {
  try {
    const { status } = await fetch(`${address}/health/ready`, { headers: { connection: 'close' } })
    return status === 503
  } catch {
    return true
  }
}

/** Of every expenditure whose document number begins so, as the API lists them. */
async function numbersOf({ get }: Served, prefix: string): Promise<readonly string[]> {
  const numbers: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: string = cursor === '' ? '' : `&cursor=${cursor}`
    const { body } = await get(`/api/v1/expenditures?text=${prefix}&limit=500${page}`, token)
    numbers.push(...body.items.map((item: { documentNumber: string }) => item.documentNumber))
    cursor = body.nextCursor
  }
  return numbers.sort()
}

/** Enters one expenditure after another, each until it is acknowledged, and notes what is strange. */
class Writer {
  readonly acknowledged: string[] = []
  readonly strange: string[] = []
  readonly #served: Served
  readonly #name: string
  #isStopped = false

  constructor(served: Served, name: string) {
    this.#served = served
    this.#name = name
  }

  get count(): number {
    return this.acknowledged.length
  }

  stop(): void {
    this.#isStopped = true
  }

  async run(): Promise<void> {
    while (!this.#isStopped) {
      const number = `WRITER-${this.#name}-${this.count}`
      while (!(await this.#enter(number))) await new Promise((resolve) => setTimeout(resolve, 20))
      this.acknowledged.push(number)
    }
  }

  async #enter(number: string): Promise<boolean> {
    const { status, headers, body } = await this.#served.post('/expenditures', draft(number), {
      token,
      key: number,
    })
    const isRight = status === 201 && body.documentNumber === number
    const isAway = status === 503 && headers.get('retry-after') !== null
    if (!isRight && !isAway) this.strange.push(`${status} ${JSON.stringify(body)}`)
    return isRight
  }
}
