import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Pool } from 'pg'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createPool } from '#platform/db/connect.ts'
import { testDatabase } from '#test/support/database.ts'
import { sharedDataFolder, until } from '#test/support/own-server.ts'
import { runVigie, startVigie } from '#test/support/processes.ts'
import { chanceOf } from '#test/support/seed.ts'
import { addPerson } from '#test/support/served.ts'
import { runs } from '#test/support/tier.ts'
import { askOver } from './asks.ts'
import { Closer } from './closer.ts'
import { answersKept, Crew } from './crew.ts'
import { expectRecord } from './record-check.ts'
import { RequestLog } from './request-log.ts'

// The servers of own-server.ts ask for less.
vi.setConfig({ testTimeout: runs(300_000, 3_600_000) })

/**
 * The service as a process, killed outright at random moments of random work, again and again. Each
 * time: what was answered is there once; what was not is there whole or not at all, and the same
 * request under the same key gets the one right answer.
 */
interface Site {
  readonly env: Readonly<Record<string, string>>
  /** As the owner of the database, whether the service runs or not. */
  readonly owner: Pool
  readonly kills: number
}

test('a service killed outright loses, doubles and halves nothing, on a database that is named', async () => {
  const database = await testDatabase()
  // Its own pools would be taken for those of the service.
  await database.service.close()
  const owner = ownerOf(database.url)
  onTestFinished(async () => {
    await owner.end()
    await database.close()
  })
  const env = { DATABASE_URL: database.url }
  await expectUnharmed({ env, owner, kills: runs(5, 150) }, await peopleIn(env))
})

const data = sharedDataFolder()

test('nor on its own database, which the next one finds still running', async () => {
  const env = { VIGIE_DATA: data }
  const first = startVigie(['serve', '--port', '0'], { env })
  await first.firstLine()
  expect((await runVigie(['plan', 'load'], { env })).code).toBe(0)
  const people = await peopleIn(env)
  await first.end('SIGKILL')
  const owner = ownerOf(ownUrl())
  onTestFinished(() => owner.end())
  await expectUnharmed({ env, owner, kills: runs(1, 50) }, people)
})

type People = ReadonlyMap<string, string>

async function peopleIn(env: Site['env']): Promise<People> {
  return new Map([
    ['agente@vigie.test', await addPerson('agente', 'officer', { env })],
    ['chef@vigie.test', await addPerson('chef', 'approver', { env })],
    ['admin@vigie.test', await addPerson('admin', 'administrator', { env })],
  ])
}

async function expectUnharmed({ env, owner, kills }: Site, people: People): Promise<void> {
  const chance = chanceOf('kills')
  const options = { env: { ...env, LOG_LEVEL: 'silent' } }
  const [officer = '', approver = '', administrator = ''] = people.keys()
  const log = new RequestLog()
  onTestFinished(() => log.close())
  const crew = new Crew({ size: 8, chance, log, officer, approver })
  const serve = async () => {
    const running = startVigie(['serve', '--port', '0'], options)
    const address = await running.firstLine()
    const ask = askOver(address, people)
    await crew.settle(ask)
    return { running, address, ask }
  }
  const first = await serve()
  if (await answersTo(first.address, '/api/v1/periods/close')) {
    const own = { organization: 'MJQ', fiscalYear: '2022-2023', administrator, log }
    const { model } = crew
    crew.add(new Closer({ name: 'closer', chance: chance.branch('closer'), model, ...own }))
  }
  await first.running.end('SIGKILL')
  for (let kill = 1; kill <= kills; kill += 1) {
    const { running, ask } = await serve()
    const due = crew.done + 20
    const working = crew.work(ask)
    await until(() => crew.done >= due || crew.strange.length > 0, 120_000)
    await pause(chance.below(150))
    await running.end('SIGKILL')
    await working
    await expectWhole(owner, crew)
  }
  await serve()
  expect(crew.pending).toEqual([])
  await expectRecord(owner, crew.model)
  expect((await runVigie(['verify'], options)).code).toBe(0)
}

async function answersTo(address: string, path: string): Promise<boolean> {
  const answer = await fetch(`${address}/api/v1/openapi.json`)
  const { paths } = (await answer.json()) as { readonly paths: object }
  return Object.hasOwn(paths, path)
}

/** Before anybody asks again: what had no answer was done, with the answer it will get, or was not. */
async function expectWhole(owner: Pool, crew: Crew): Promise<void> {
  expect(crew.strange).toEqual([])
  await until(() => isAlone(owner))
  for (const [intent, said] of await answersKept(owner, crew.pending)) {
    crew.model.apply(intent, said)
  }
  await expectRecord(owner, crew.model)
}

/** The server may still be finishing what the dead had sent. */
async function isAlone(owner: Pool): Promise<boolean> {
  const { rows } = await owner.query(`
    select count(*)::integer as others from pg_stat_activity
    where pg_stat_activity.datname = current_database()
      and pg_stat_activity.application_name in ('vigie', 'vigie owner')`)
  return rows[0].others === 0
}

const ownerOf = (url: string): Pool =>
  createPool({ connection: url, max: 1, applicationName: 'vigie tests' })

/** As anybody on this machine would find it, without being counted as present. */
function ownUrl(): string {
  const socket = join(data, 'socket')
  const port = readdirSync(socket)
    .map((name) => /^\.s\.PGSQL\.(\d+)$/.exec(name)?.[1])
    .find((found) => found !== undefined)
  return `postgresql://vigie@localhost:${port}/vigie?host=${encodeURIComponent(socket)}`
}
