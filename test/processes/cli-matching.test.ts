import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { systemActor } from '#features/identity/actor.ts'
import { perform } from '#features/identity/context.public.ts'
import { addPerson } from '#features/identity/identity.actions.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { type Ran, runVigie } from '#test/support/processes.ts'

/** An extract, its matching and its signature at the command line, as processes. */
vi.setConfig({ testTimeout: 120_000 })

const people = [
  ['agente@msp.example', 'officer'],
  ['chef@msp.example', 'approver'],
] as const

let database: TestDatabase
let folder: string

beforeAll(async () => {
  database = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'vigie-extract-'))
  const call = { actor: systemActor, request: 'test', operatingSystemUser: null }
  for (const [email, role] of people) {
    await perform(database.service, call, (context) =>
      addPerson(context, { email, name: 'X. Y', role, organization: 'MSP' }),
    )
  }
})
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true })
})

const vigie = (...args: string[]): Promise<Ran> =>
  runVigie(args, { env: { DATABASE_URL: database.url } })

const period = ['--organization', 'msp', '--fiscal-year', '2025-26', '--period', '3']
const asOfficer = ['--as', 'agente@msp.example']

async function fileOf(...rows: string[]): Promise<string> {
  const path = join(folder, 'extrait.csv')
  await writeFile(path, ['date;compte;piece;libelle;montant', ...rows, ''].join('\n'))
  return path
}

describe('an extract and its matching', () => {
  test('is refused with every cell that cannot be read, and loaded once it can', async () => {
    const load = ['import', 'extract', await fileOf('hier;5100;F-1;PIPQ;12 $ 5')]
    const stated = [...period, '--rows', '1', '--total', '1 234,00 $', ...asOfficer]
    const refused = await vigie(...load, ...stated)
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('ligne 2, date, « hier »')
    expect(refused.stderr).toContain('ligne 2, montant, « 12 $ 5 »')
    await fileOf('2025-06-03;5100;F-1;PIPQ;1 234,00')
    const loaded = await vigie(...load, ...stated, '--format', 'json')
    expect(loaded.code).toBe(0)
    expect(loaded.stderr).toMatch(/signe décimal : , \(«.1 234,00.» en E2\)/)
    expect(JSON.parse(loaded.stdout)).toMatchObject({ fileName: 'extrait.csv', total: '1234.00' })
    const again = await vigie(...load, ...stated)
    expect([again.code, again.stderr]).toEqual([
      5,
      expect.stringContaining('[extracts/already-loaded]'),
    ])
    const listed = await vigie('extracts', 'list', ...asOfficer)
    expect(listed.stdout).toMatch(/MSP +2025-2026-P03 +extrait\.csv +1 +1.234,00/)
  })

  test('is matched, exits 1 while something has no cause, and is not signed', async () => {
    const ran = await vigie('match', 'run', ...period, ...asOfficer)
    expect(ran.code).toBe(1)
    expect(ran.stdout).toMatch(/Sans cause +s\..o\. +s\..o\. +1.234,00/u)
    expect(ran.stderr).toContain(
      'lignes ouvertes de l’extrait : 1; dépenses ouvertes : 0; sans cause : 1.',
    )
    const shown = await vigie('match', 'show', ...period, ...asOfficer, '--format', 'json')
    expect(JSON.parse(shown.stdout)).toMatchObject({
      extract: { rows: 1, total: '1234.00' },
      journal: { rows: 0, total: '0.00' },
      unmatchedExtract: [{ row: 2, cause: null }],
    })
    const signed = await vigie('match', 'sign', ...period, '--as', 'chef@msp.example')
    expect([signed.code, signed.stderr]).toEqual([
      6,
      expect.stringContaining('[matching/unexplained]'),
    ])
  })

  test('is split, matched by hand, undone, explained, signed and reported', async () => {
    const step = (...args: string[]) => vigie('match', ...args, ...period, ...asOfficer)
    const split = await step('split', '--row', '2', '--amount', '1 200,00', '34,00')
    expect([split.code, split.stderr]).toEqual([
      0,
      expect.stringContaining('lignes ouvertes de l’extrait : 2'),
    ])
    const open = await step('open')
    expect(open.stdout).toMatch(/3 +2025-06-03 +F-1 +1.200,00/u)
    expect(open.stdout).toMatch(/4 +2025-06-03 +F-1 +34,00/u)
    const joined = await step('join', '--row', '3', '4', '--reason', 'Lot')
    expect([joined.code, joined.stderr]).toEqual([6, expect.stringContaining('matching/one-side')])
    const missing = '00000000-0000-4000-8000-000000000000'
    const undone = await step('undo', '--match', missing)
    expect([undone.code, undone.stderr]).toEqual([4, expect.stringContaining('matching/not-found')])
    const owner = ['--cause', 'timing', '--owner', 'agente@msp.example']
    const explained = await step('explain', '--row', '3', '4', ...owner, '--note', 'Juillet')
    expect([explained.code, explained.stderr]).toEqual([
      0,
      expect.stringContaining('sans cause : 0.'),
    ])
    const signed = await vigie('match', 'sign', ...period, '--as', 'chef@msp.example')
    expect(signed.code).toBe(0)
    const report = await vigie('report', 'tie-out', ...period)
    expect(report.stdout).toMatch(/Encore ouvert +1.234,00.\$ +0,00/u)
    expect(report.stdout).toContain('signé par chef@msp.example')
  })

  test('is read by the columns that are saved for its system', async () => {
    const map = ['extracts', 'map', '--organization', 'msp', '--system', 'SAGIR', ...asOfficer]
    const named = ['--date', 'Date', '--document', 'No', '--description', 'Texte']
    const neither = await vigie(...map, ...named)
    expect([neither.code, neither.stderr]).toEqual([
      6,
      expect.stringContaining('extracts/mapping-amounts'),
    ])
    await vigie(...map, ...named, '--amount', 'Montant')
    const again = [...map, ...named, '--debit', 'Débit', '--credit', 'Crédit', '--format', 'json']
    expect(JSON.parse((await vigie(...again)).stdout)).toMatchObject([
      { system: 'SAGIR', version: 2, amount: null, debit: 'Débit' },
    ])
    const listed = await vigie('extracts', 'mappings', ...asOfficer)
    expect(listed.stdout).toMatch(/MSP +SAGIR +2 +Date/)
  })
})
