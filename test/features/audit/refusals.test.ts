import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  type AnchorFiles,
  anchorIfFree,
  anchorNow,
  append,
  findRefusal,
  holdAnchors,
  keeperCall,
} from '#features/audit/anchors.actions.ts'
import { acceptRecord, rotateKey } from '#features/audit/anchors-accept.actions.ts'
import { verifyNow } from '#features/audit/audit.actions.ts'
import { makeSigningKey, readSigningKey } from '#platform/files/signing-key.ts'
import { makeLog } from '#platform/log.ts'
import { recordChecks } from '#src/record.ts'
import { watchRecord } from '#src/record-watch.ts'
import { anchorFilesIn } from '#test/support/anchor-files.ts'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { draft } from '#test/support/drafts.ts'

/**
 * What is outside the database cannot be relied on, or the database is not the one it speaks of:
 * nothing is written, each time with its own sentence; and everything else goes on.
 */
let app: TestApp
let officer: Person
let folder: string
let files: AnchorFiles

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer')
})
afterAll(() => app.close())
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-anchors-'))
  files = anchorFilesIn(folder)
  await enter()
  await anchorNow(app.database.service, files)
})
afterEach(() => {
  app.database.service.refuseWrites(null)
  rmSync(folder, { recursive: true, force: true })
})

const enter = () => officer.send('POST', '/expenditures', { body: draft() })
const refusal = async () => (await findRefusal(app.database.service, files))?.code ?? null
const anchors = () => readFileSync(files.anchors.path, 'utf8').trimEnd().split('\n')
const head = async (): Promise<number> =>
  Number((await app.database.owner.query('select sequence from chain_head')).rows[0].sequence)
const verified = () => verifyNow(app.database.service, recordChecks, files)

describe('an anchor', () => {
  test('is signed where there is something new, by a key that only its owner reads', async () => {
    expect(anchors()).toHaveLength(1)
    expect(await anchorNow(app.database.service, files)).toBeNull()
    await enter()
    expect(await anchorNow(app.database.service, files, 2)).toBeNull()
    expect(await anchorNow(app.database.service, files)).toMatchObject({ sequence: await head() })
    expect(anchors()).toHaveLength(2)
    expect(statSync(files.signingKey.path).mode & 0o777).toBe(0o600)
    expect(await refusal()).toBeNull()
    expect(await verified()).toMatchObject({ isIntact: true, unanchored: null })
  })

  test('leaves the events after it unsigned, and that is said', async () => {
    await enter()
    await enter()
    const to = await head()
    expect(await verified()).toMatchObject({ isIntact: true, unanchored: { from: to - 1, to } })
  })

  test('that a crash cut short is cut off by the next one', async () => {
    appendFileSync(files.anchors.path, '{"kind":"anchor","seq')
    expect(await refusal()).toBeNull()
    await enter()
    await anchorNow(app.database.service, files)
    expect(anchors()).toHaveLength(2)
    expect(await verified()).toMatchObject({ isIntact: true, unanchored: null })
  })

  test('is signed by one process at a time; the others leave it to that one', async () => {
    const lock = await holdAnchors(app.database.service)
    await enter()
    await anchorIfFree(app.database.service, files)
    expect(anchors()).toHaveLength(1)
    await lock?.release()
    await anchorIfFree(app.database.service, files)
    expect(anchors()).toHaveLength(2)
  })
})

describe('nothing is written', () => {
  const breaking: readonly (readonly [string, string, () => void | Promise<void>])[] = [
    [
      'the last anchor has a bad signature',
      'audit/anchor-signature',
      () => edit((text) => text.replace(/"at":"2/, '"at":"3')),
    ],
    [
      'the file of anchors ends with something else',
      'audit/anchors-damaged',
      () => appendFileSync(files.anchors.path, 'hello'),
    ],
    [
      'the file of anchors ends with a line that is none',
      'audit/anchors-damaged',
      () => appendFileSync(files.anchors.path, 'hello\n'),
    ],
    [
      'the file of anchors cannot be read',
      'audit/anchors-unreadable',
      () => replaceByFolder(files.anchors.path),
    ],
    [
      'a named file of anchors is missing',
      'audit/anchors-unreadable',
      () => {
        rmSync(files.anchors.path)
        files = { ...files, anchors: { ...files.anchors, isNamed: true } }
      },
    ],
    ['the key is missing', 'audit/key-unusable', () => rmSync(files.signingKey.path)],
    [
      'a named key is missing before any anchor',
      'audit/key-unusable',
      () => {
        files = {
          ...anchorFilesIn(join(folder, 'new')),
          signingKey: { path: join(folder, 'no'), isNamed: true },
        }
      },
    ],
    [
      'the key is open to others',
      'audit/key-unusable',
      () => chmodSync(files.signingKey.path, 0o640),
    ],
    ['the key is no key', 'audit/key-unusable', () => writeFileSync(files.signingKey.path, 'x')],
    [
      'the key is another one',
      'audit/other-key',
      async () => {
        rmSync(files.signingKey.path)
        await makeSigningKey(files.signingKey.path)
      },
    ],
  ]

  function edit(change: (text: string) => string): void {
    writeFileSync(files.anchors.path, change(readFileSync(files.anchors.path, 'utf8')))
  }

  function replaceByFolder(path: string): void {
    rmSync(path)
    mkdirSync(path)
  }

  test.each(breaking)('when %s: %s', async (_what, code, spoil) => {
    expect(await refusal()).toBeNull()
    await spoil()
    expect(await refusal()).toBe(code)
    expect((await verified()).isIntact).toBe(false)
  })

  test('over HTTP, with a sentence that says what to do; reading and verifying go on', async () => {
    const watch = watchRecord({
      service: app.database.service,
      files,
      checks: recordChecks,
      log: makeLog('silent'),
    })
    rmSync(files.signingKey.path)
    await watch.check()
    const before = await head()
    const refused = await enter()
    expect(refused).toMatchObject({
      status: 503,
      body: { code: 'audit/key-unusable', detail: expect.stringContaining('openssl') },
    })
    expect(refused.headers['retry-after']).toMatch(/^\d+$/)
    expect(await head()).toBe(before)
    expect(await officer.get('/measures')).toMatchObject({ status: 200 })
    await watch.close()
  })
})

describe('a record that lacks its last anchor', () => {
  /** As anchors are beside a backup that was put back: they speak of what came after it. */
  async function promise(sequence: number, hash: string): Promise<void> {
    const key = await readSigningKey(files.signingKey.path)
    if (typeof key === 'string') throw new Error(key)
    await append(files, key, { kind: 'anchor', sequence, hash })
  }

  test('is not written to until it is accepted, which is an event and a signed line', async () => {
    const { service } = app.database
    const held = await head()
    await promise(held + 3, 'a'.repeat(64))
    await promise(held + 5, 'b'.repeat(64))
    expect(await refusal()).toBe('audit/record-behind-anchors')
    expect(await verified()).toMatchObject({ isIntact: false, unanchored: null })
    await expect(anchorNow(service, files)).rejects.toMatchObject({
      code: 'audit/record-behind-anchors',
    })

    service.refuseWrites(await findRefusal(service, files))
    expect(await enter()).toMatchObject({ status: 503 })
    const reason = 'Copie d’hier remise'
    const accepted = await acceptRecord(service, files, keeperCall, reason)
    expect(accepted).toMatchObject({ kind: 'accepted', sequence: held + 1, since: held, reason })

    expect(await refusal()).toBeNull()
    service.refuseWrites(null)
    expect(await verified()).toMatchObject({ isIntact: true, unanchored: null })
    const auditor = await app.person('auditor', 'auditor')
    const { body } = await auditor.get('/events?type=record.*&order=newest')
    expect(body.items[0]).toMatchObject({
      type: 'record.accepted',
      position: held + 1,
      reason,
      before: { anchored: held + 5 },
      after: { held },
    })
    await enter()
    await enter()
    await enter()
    await enter()
    await enter()
    await anchorNow(service, files)
    // What was promised of the other future is there for all to see, and binds no more.
    expect(anchors()).toHaveLength(5)
    expect(await verified()).toMatchObject({ isIntact: true, unanchored: null })
  })

  test('because it was rewritten is named at the anchor, and accepted from the beginning', async () => {
    const { service } = app.database
    const position = await head()
    rmSync(files.anchors.path)
    const key = await readSigningKey(files.signingKey.path)
    if (typeof key === 'string') throw new Error(key)
    const introduces = key.publicKey
    await append(files, key, { kind: 'key', sequence: position, hash: 'c'.repeat(64), introduces })
    const { checks } = await verified()
    expect(checks.find(({ code }) => code === 'anchors')?.breaks).toMatchObject([
      { place: `event ${position} (anchor, line 1)`, expected: `hash ${'c'.repeat(64)}` },
    ])
    const accepted = await acceptRecord(service, files, keeperCall, 'essai')
    expect(accepted).toMatchObject({ since: 0 })
    expect(await verified()).toMatchObject({ isIntact: true })
  })

  test('that has it has nothing to accept', async () => {
    await expect(
      acceptRecord(app.database.service, files, keeperCall, 'sans raison'),
    ).rejects.toMatchObject({ code: 'audit/nothing-to-accept' })
  })

  test('is noticed while the service runs, and so is its return', async () => {
    const { service } = app.database
    const log = makeLog('silent')
    const watch = watchRecord({ service, files, checks: recordChecks, log })
    await watch.check()
    const safe = readFileSync(files.anchors.path)
    await promise((await head()) + 9, 'd'.repeat(64))
    await watch.close()
    expect(await enter()).toMatchObject({
      status: 503,
      body: { code: 'audit/record-behind-anchors' },
    })
    writeFileSync(files.anchors.path, safe)
    await watch.close()
    expect(await enter()).toMatchObject({ status: 201 })
  })
})

describe('a key', () => {
  test('is replaced by one that the old one introduces', async () => {
    const { service } = app.database
    const before = readFileSync(files.signingKey.path, 'utf8')
    const { introduces } = await rotateKey(service, files)
    expect(readFileSync(files.signingKey.path, 'utf8')).not.toBe(before)
    await enter()
    expect(await anchorNow(service, files)).toMatchObject({ key: introduces })
    expect(await verified()).toMatchObject({ isIntact: true, unanchored: null })
  })

  test('whose replacement was interrupted is replaced when asked again', async () => {
    const { service } = app.database
    const old = readFileSync(files.signingKey.path)
    await rotateKey(service, files)
    // As it was between the line on the disk and the new name.
    copyFileSync(files.signingKey.path, `${files.signingKey.path}.next`)
    writeFileSync(files.signingKey.path, old)
    expect(await refusal()).toBe('audit/other-key')
    await rotateKey(service, files)
    expect(await refusal()).toBeNull()
    expect(await verified()).toMatchObject({ isIntact: true })
  })

  test('is not replaced while another process holds the anchors', async () => {
    const lock = await holdAnchors(app.database.service)
    await expect(rotateKey(app.database.service, files)).rejects.toMatchObject({
      code: 'audit/anchors-held',
    })
    await lock?.release()
  })
})
