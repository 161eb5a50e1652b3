import {
  chmodSync,
  chownSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Bilingual } from '#core/language.ts'
import { type Binaries, binariesIn, findBinaries } from '#platform/db/binaries.ts'
import { joinOwnServer } from '#platform/db/own-server.ts'
import { chooseAccount, mayEnter, mayRun } from '#platform/db/own-server-account.ts'
import { reachableBinaries } from '#platform/db/own-server-copy.ts'
import {
  claimPrivateFolder,
  ensureStateFolder,
  socketFolderOf,
} from '#platform/db/own-server-folders.ts'
import {
  ask,
  endServer,
  joinHere,
  sharedDataFolder,
  temporaryFolder,
} from '#test/support/own-server.ts'

const isRoot = process.geteuid?.() === 0
const noteName = 'where-the-data-is.txt'
const silent = { say: () => undefined }
const sharedData = sharedDataFolder()

test('a platform without binaries is told to set DATABASE_URL', () => {
  for (const [platform, architecture] of [
    ['win32', 'x64'],
    ['freebsd', 'x64'],
    ['linux', 'mips'],
  ]) {
    expect(() => findBinaries(platform, architecture)).toThrow(
      expect.objectContaining({
        code: 'database/unsupported-platform',
        sentence: {
          fr: expect.stringContaining('DATABASE_URL'),
          en: expect.stringContaining('DATABASE_URL'),
        },
      }),
    )
  }
})

describe('the socket', () => {
  test('has a short folder of its own when the path of the data is too long for one', async () => {
    const long = join(temporaryFolder(), 'é'.repeat(40), 'data')
    mkdirSync(dirname(long), { mode: 0o711 })
    const own = await joinHere(long)
    expect(own.connection.host).toMatch(/^\/tmp\/vigie-[0-9a-f]{16}$/)
    expect(statSync(own.connection.host).mode & 0o777).toBe(0o700)
    expect(await ask(own.connection, 'select 1')).toBe(1)
    await own.leave()
    rmSync(own.connection.host, { recursive: true })
  })

  test('stays beside the data up to the last byte that every system accepts', () => {
    const home = (bytes: number) => `/${'x'.repeat(bytes - 1)}`
    const rest = '/socket/.s.PGSQL.65535'.length
    expect(socketFolderOf(home(103 - rest))).toBe(`${home(103 - rest)}/socket`)
    expect(socketFolderOf(home(104 - rest))).toMatch(/^\/tmp\/vigie-/)
  })

  test('never goes into a folder that somebody else made, nor through a link', async () => {
    const folder = temporaryFolder()
    const account = await chooseAccount()
    const theirs = isRoot ? join(folder, 'theirs') : '/usr'
    if (isRoot) {
      mkdirSync(theirs)
      chownSync(theirs, 54_321, 54_321)
    }
    symlinkSync(folder, join(folder, 'link'))
    for (const refused of [theirs, join(folder, 'link')]) {
      await expect(claimPrivateFolder(account, refused)).rejects.toMatchObject({
        code: 'database/foreign-folder',
      })
    }
  })

  test.runIf(isRoot)('of a stranger is refused before anything is started', async () => {
    const long = join(temporaryFolder(), 'y'.repeat(100))
    const folder = socketFolderOf(long)
    mkdirSync(folder, { mode: 0o777 })
    onTestFinished(() => rmSync(folder, { recursive: true }))
    chownSync(folder, 54_321, 54_321)
    await expect(joinOwnServer({ dataFolder: long, ...silent })).rejects.toMatchObject({
      code: 'database/foreign-folder',
    })
  })
})

test('what another user must reach goes into the first folder that is ours alone to change', async () => {
  const folder = temporaryFolder()
  const good = join(folder, 'good')
  const link = join(folder, 'link')
  const open = join(folder, 'open')
  symlinkSync(folder, link)
  mkdirSync(open)
  chmodSync(open, 0o777)
  const theirs = isRoot ? join(folder, 'theirs') : '/usr'
  if (isRoot) {
    mkdirSync(theirs)
    chownSync(theirs, 54_321, 54_321)
  }
  const unusable = ['/proc/vigie', theirs, link, open]
  expect(await ensureStateFolder([...unusable, good])).toBe(good)
  expect(statSync(good).mode & 0o777).toBe(0o755)
  await expect(ensureStateFolder(unusable)).rejects.toMatchObject({
    code: 'database/unusable-folder',
  })
})

describe('data', () => {
  test('of another version of PostgreSQL is left alone', async () => {
    const own = await joinHere(sharedData)
    await own.leave()
    const version = join(sharedData, 'postgres', 'PG_VERSION')
    const ours = readFileSync(version)
    writeFileSync(version, '17\n')
    onTestFinished(() => writeFileSync(version, ours))
    await expect(joinOwnServer({ dataFolder: sharedData, ...silent })).rejects.toMatchObject({
      code: 'database/other-version',
    })
  })

  test('that a note says is elsewhere, and is not there, is never begun anew', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, noteName), `Somewhere:\n${folder}/gone\n`)
    await expect(joinOwnServer({ dataFolder: folder, ...silent })).rejects.toMatchObject({
      code: 'database/data-missing',
      sentence: { fr: expect.stringContaining(noteName) },
    })
  })

  test('that cannot be started says why in the log that it names', async () => {
    const own = await joinHere(sharedData)
    await own.leave()
    const configuration = join(sharedData, 'postgres', 'postgresql.conf')
    const good = readFileSync(configuration)
    writeFileSync(configuration, 'no_such_setting = 1\n')
    onTestFinished(() => writeFileSync(configuration, good))
    await expect(joinOwnServer({ dataFolder: sharedData, ...silent })).rejects.toMatchObject({
      code: 'database/start-failed',
      sentence: { en: expect.stringContaining(join(sharedData, 'postgres.log')) },
      detail: expect.stringContaining('no_such_setting'),
    })
  })
})

describe.runIf(isRoot)('root', () => {
  test('lets another user serve', async () => {
    const own = await joinHere(sharedData)
    const { uid } = await chooseAccount()
    expect(uid).toBeGreaterThan(0)
    expect(statSync(join(sharedData, 'postgres')).uid).toBe(uid)
    expect(await ask(own.connection, 'select 1')).toBe(1)
  })

  test('in a folder only root can enter keeps the data elsewhere, says so once, and finds it again', async () => {
    const data = join(temporaryFolder(0o700), 'data')
    const said: Bilingual[] = []
    const own = await joinHere(data, said)
    await ask(own.connection, 'create table kept as select 1 as one')
    const home = dirname(own.connection.host)
    onTestFinished(async () => {
      await endServer(join(home, 'postgres'))
      rmSync(home, { recursive: true })
    })
    expect(home).toMatch(/^\/var\/lib\/vigie\/data-[0-9a-f]{16}$/)
    expect(readFileSync(join(data, noteName), 'utf8').trim().split('\n').at(-1)).toBe(home)
    expect(said).toEqual([{ fr: expect.stringContaining(home), en: expect.stringContaining(home) }])
    await own.leave()
    chmodSync(dirname(data), 0o711)
    const again = await joinHere(data, said)
    expect(await ask(again.connection, 'select one from kept')).toBe(1)
    expect(said).toHaveLength(1)
  })

  test('refuses data that its user can no longer enter, and begins nothing anew', async () => {
    const own = await joinHere(sharedData)
    await own.leave()
    chmodSync(dirname(sharedData), 0o700)
    onTestFinished(() => chmodSync(dirname(sharedData), 0o711))
    await expect(joinOwnServer({ dataFolder: sharedData, ...silent })).rejects.toMatchObject({
      code: 'database/data-unreachable',
    })
  })

  test('sees at any height the folder, program or library that its user cannot use', async () => {
    const account = await chooseAccount()
    const folder = temporaryFolder()
    const binaries = stage(folder)
    expect(await mayRun(account, binaries)).toBe(true)
    for (const [path, mode] of [
      [folder, 0o700],
      [folder, 0o710],
      [dirname(binaries.postgres), 0o744],
      [binaries.postgres, 0o644],
      [binaries.initdb, 0o750],
      [join(binaries.native, 'lib', 'some.so'), 0o640],
    ] as const) {
      const before = statSync(path).mode
      chmodSync(path, mode)
      expect(await mayRun(account, binaries), `${basename(path)} ${mode.toString(8)}`).toBe(false)
      chmodSync(path, before)
    }
    chownSync(folder, account.uid, 0)
    chmodSync(folder, 0o100)
    expect(await mayEnter(account, folder)).toBe(true)
    chmodSync(folder, 0o011)
    expect(await mayEnter(account, folder)).toBe(false)
  })

  test('copies the programs to where its user can run them, whatever its umask', async () => {
    const account = await chooseAccount()
    const binaries = stage(temporaryFolder(0o700))
    const state = join(temporaryFolder(), 'state')
    const umask = process.umask(0o077)
    onTestFinished(() => {
      process.umask(umask)
    })
    const both = await Promise.all([1, 2].map(() => reachableBinaries(account, binaries, [state])))
    const [first] = both
    expect(new Set(both.map((each) => each.binaries.native))).toEqual(
      new Set([join(state, 'postgres-1.2')]),
    )
    expect(first && (await mayRun(account, first.binaries))).toBe(true)
    expect(await reachableBinaries(account, binaries, [state])).toMatchObject({ isNew: false })
  })
})

/** What the programs look like to whoever asks only who may run them. */
function stage(folder: string): Binaries {
  const binaries = binariesIn(join(folder, 'native'), '1.2')
  for (const part of ['bin', 'lib']) {
    mkdirSync(join(binaries.native, part), { recursive: true })
    chmodSync(join(binaries.native, part), 0o755)
  }
  chmodSync(binaries.native, 0o755)
  for (const program of [binaries.initdb, binaries.postgres]) {
    writeFileSync(program, '')
    chmodSync(program, 0o755)
  }
  writeFileSync(join(binaries.native, 'lib', 'some.so'), '')
  symlinkSync('some.so', join(binaries.native, 'lib', 'some.so.1'))
  return binaries
}
