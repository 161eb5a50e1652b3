import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anchorNow, keeperCall } from '#features/audit/anchors.actions.ts'
import { rotateKey } from '#features/audit/anchors-accept.actions.ts'
import { verifyNow } from '#features/audit/audit.actions.ts'
import { drawEvidence, readEvidenceAnchors } from '#features/audit/evidence.actions.ts'
import { view } from '#features/identity/context.public.ts'
import { recordChecks } from '#src/record.ts'
import { anchorFilesOfTest } from '#test/support/anchor-files.ts'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { draft, post } from '#test/support/drafts.ts'
import { randomOf } from '#test/support/random.ts'
import { closePack, openPack, packTamperings, spoilPart } from './packs.ts'

/**
 * A second verifier, written in another language from the format page alone, against packs of a
 * record that grows: what we find intact it finds intact, and what was altered it names.
 */
const seed = process.env.TEST_SEED ?? 'evidence 1'
const count = 100
const folder = mkdtempSync(join(tmpdir(), 'vigie-evidence-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const files = anchorFilesOfTest()
const packs: { path: string; bytes: Uint8Array; position: number; seal: string; to: number }[] = []
let app: TestApp

beforeAll(async () => {
  app = await testApp({ template: 'published' })
  const officer = await app.person('officer', 'officer')
  const approver = await app.person('approver', 'approver')
  await anchorNow(app.database.service, files)
  for (let turn = 0; turn < count; turn += 1) {
    await grow(turn, officer, approver)
    await keepPack(turn)
  }
})
afterAll(() => app.close())

async function grow(turn: number, officer: Person, approver: Person): Promise<void> {
  if (turn % 5 === 0) {
    await post(officer, approver, { documentNumber: `F-${turn}`, supplier: 'Été, 𝒜 « x »' })
  } else {
    await officer.send('POST', '/expenditures', { body: draft({ documentNumber: `F-${turn}` }) })
  }
  if (turn % 3 === 0) {
    await anchorNow(app.database.service, files)
  }
  if (turn % 40 === 20) {
    await rotateKey(app.database.service, files)
  }
}

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = []
  for await (const piece of pieces) {
    all.push(piece)
  }
  return Buffer.concat(all)
}

async function keepPack(turn: number): Promise<void> {
  const { service } = app.database
  const anchors = await readEvidenceAnchors(files)
  const bytes = await view(service, keeperCall, async (viewing) =>
    bytesOf(drawEvidence(viewing, anchors)),
  )
  const path = join(folder, `intact-${turn}.zip`)
  writeFileSync(path, bytes)
  const { isIntact, position, seal, unanchored } = await verifyNow(service, recordChecks, files)
  expect(isIntact).toBe(true)
  packs.push({ path, bytes, position, seal, to: (unanchored?.from ?? position + 1) - 1 })
}

/** What the other program says of each pack, by its path. */
async function verdicts(paths: readonly string[]): Promise<ReadonlyMap<string, string[]>> {
  const script = join(import.meta.dirname, 'verify_evidence.py')
  const options = { maxBuffer: 1 << 26 }
  const ran = await promisify(execFile)('python3', [script, ...paths], options).catch(
    (error: { stdout?: string; code?: unknown }) => {
      if (error.code === 1) return { stdout: error.stdout ?? '' }
      throw error
    },
  )
  const said = ran.stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/: (.*)/s))
  return new Map(
    [...Map.groupBy(said, ([path = '']) => path)].map(([path, lines]) => [
      path,
      lines.map(([, verdict = '']) => verdict),
    ]),
  )
}

describe(`another program, with the page in hand and nothing else (seed “${seed}”)`, () => {
  test(`finds ${count} packs intact, at the same position, seal and anchor`, async () => {
    const said = await verdicts(packs.map(({ path }) => path))
    for (const { path, position, seal, to } of packs) {
      expect([path, said.get(path)]).toEqual([
        path,
        [expect.stringMatching(`^intact ${position} ${seal} anchored ${to} key [0-9a-f]{64}$`)],
      ])
    }
  })

  test(`finds what was altered in ${count} packs, at its place`, async () => {
    const names = Object.keys(packTamperings)
    const altered = packs.map(({ bytes }, turn) => {
      const path = join(folder, `altered-${turn}.zip`)
      const name = names[turn % (names.length + 1)]
      for (let attempt = 0; ; attempt += 1) {
        const random = randomOf(`${seed}/${turn}/${attempt}`)
        if (name === undefined) {
          const [spoilt, part] = spoilPart(bytes, random)
          writeFileSync(path, spoilt)
          return { path, what: part, places: [part] }
        }
        const pack = openPack(bytes)
        const places = packTamperings[name]?.(pack, random) ?? null
        if (places !== null) {
          writeFileSync(path, closePack(pack))
          return { path, what: name, places }
        }
      }
    })
    const said = await verdicts(altered.map(({ path }) => path))
    const missed = altered.filter(
      ({ path, places }) =>
        !places.some((place) =>
          said.get(path)?.some((line) => line.startsWith(`broken ${place}: `)),
        ),
    )
    expect(missed.map(({ path, ...what }) => ({ ...what, said: said.get(path) }))).toEqual([])
  })
})
