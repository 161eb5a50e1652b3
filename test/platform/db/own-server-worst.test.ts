import { spawn } from 'node:child_process'
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  ask,
  isRunning,
  joinHere,
  killServer,
  postmasterOf,
  sharedDataFolder,
  spawnMember,
  temporaryFolder,
  until,
} from '#test/support/own-server.ts'
import { runs } from '#test/support/tier.ts'

const data = sharedDataFolder()
const cluster = join(data, 'postgres')
const identity = 'select system_identifier::text from pg_control_system()'

describe('after the worst', () => {
  test('a process killed in there leaves a server that the next one adopts', async () => {
    const member = await spawnMember(data)
    await ask(member.connection, 'create table if not exists kept as select 1 as one')
    const postmaster = postmasterOf(cluster)
    await member.kill()
    const own = await joinHere(data)
    expect(postmasterOf(cluster)).toBe(postmaster)
    expect(await ask(own.connection, 'select one from kept')).toBe(1)
    await own.leave()
    expect(postmasterOf(cluster)).toBeNull()
  })

  test('a killed server starts again by itself for whoever is in', async () => {
    const own = await joinHere(data)
    await ask(own.connection, 'create table if not exists kept as select 1 as one')
    await killServer(cluster)
    await until(
      () => ask(own.connection, 'select 1').then(Boolean, () => false),
      runs(60_000, 2_000),
    )
    expect(await ask(own.connection, 'select one from kept')).toBe(1)
    await until(() =>
      ask(own.connection, "select count(*) = 1 from pg_locks where locktype = 'advisory'").then(
        (isHeld) => isHeld === true,
      ),
    )
  })

  test('reviving is done once, however many ask', async () => {
    const own = await joinHere(data)
    await killServer(cluster)
    await Promise.all(Array.from({ length: 20 }, () => own.revive()))
    const postmaster = postmasterOf(cluster)
    await own.revive()
    expect(postmasterOf(cluster)).toBe(postmaster)
    expect(await ask(own.connection, 'select 1')).toBe(1)
  })

  test.each([
    ['a process that is dead', (pid: number) => `${pid}`],
    ['nobody, the file having been emptied', () => ''],
  ])('a lock file that names %s hinders nobody', async (_case, nameOf) => {
    const member = await spawnMember(data)
    const postmaster = postmasterOf(cluster) ?? 0
    await member.kill()
    await killServer(cluster)
    rewriteLock(join(cluster, 'postmaster.pid'), nameOf(postmaster))
    const own = await joinHere(data)
    expect(await ask(own.connection, 'select 1')).toBe(1)
  })

  test('a lock file whose number now belongs to another process hinders nobody', async () => {
    const member = await spawnMember(data)
    await member.kill()
    await killServer(cluster)
    const { uid, gid } = statSync(cluster)
    const bystander = spawn('sleep', ['60'], process.geteuid?.() === 0 ? { uid, gid } : {})
    try {
      const own = join(member.connection.host, `.s.PGSQL.${member.connection.port}.lock`)
      for (const file of [join(cluster, 'postmaster.pid'), own]) {
        rewriteLock(file, String(bystander.pid))
      }
      const joined = await joinHere(data)
      expect(await ask(joined.connection, 'select 1')).toBe(1)
    } finally {
      bystander.kill('SIGKILL')
    }
  })

  test('a folder deleted under a server begins anew, and outlives the end of the old server', async () => {
    const folder = join(temporaryFolder(), 'data')
    const first = await spawnMember(folder)
    const before = await ask(first.connection, identity)
    const orphan = postmasterOf(join(folder, 'postgres')) ?? 0
    onTestFinished(() => {
      if (isRunning(orphan)) process.kill(orphan, 'SIGKILL')
    })
    await first.kill()
    rmSync(folder, { recursive: true })
    const own = await joinHere(folder)
    expect(await ask(own.connection, identity)).not.toBe(before)
    process.kill(orphan, 'SIGQUIT')
    await until(() => !isRunning(orphan))
    expect(await ask(own.connection, identity)).not.toBe(before)
  })
})

/** Puts another first line into a lock file, as if written long ago. */
function rewriteLock(file: string, firstLine: string): void {
  const [, ...rest] = readFileSync(file, 'utf8').split('\n')
  writeFileSync(file, firstLine === '' ? '' : [firstLine, ...rest].join('\n'))
  utimesSync(file, 0, 0)
}
