import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readStanding } from '#features/audit/audit.public.ts'
import {
  judgeReturned,
  type Look,
  redrawn,
  type Verdict,
} from '#features/exports/returned.actions.ts'
import { type StreamAsked, streamWorkbook } from '#features/exports/workbooks.actions.ts'
import { type HeldRole, systemActor } from '#features/identity/actor.ts'
import { view } from '#features/identity/context.public.ts'
import type { ReportRequest } from '#features/reports/request.ts'
import { readWorkbook, recalculate } from '#test/features/exports/recalculate.ts'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { draft, post } from '#test/support/drafts.ts'
import {
  change,
  editedFile,
  type Parts,
  partOf,
  putCell,
  returnedHere,
} from '#test/support/returned.ts'

/**
 * A reconciliation with more lines than are held at once, here more than three: written as its
 * documents are read, it is the workbook that a few of them give.
 */
let app: TestApp
let officer: Person
let approver: Person
let auditor: Person
let middle: number

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('agente', 'officer')
  approver = await app.person('chef', 'approver')
  auditor = await app.person('verif', 'auditor')
  await spend()
})
afterAll(() => app.close())

const auditing: readonly HeldRole[] = [{ role: 'auditor', organization: '*' }]

/** Of several measures, some corrected, the first of them after the position `middle` too. */
async function spend(): Promise<void> {
  const measures = ['QC-12', 'QC-8', 'QC-2', 'QC-33']
  const posted: { id: string; version: number }[] = []
  for (let at = 0; at < 14; at += 1) {
    const day = String(28 - at).padStart(2, '0')
    posted.push(
      await post(officer, approver, {
        organization: 'MSP',
        measure: measures[at % measures.length],
        serviceDate: `2025-0${4 + (at % 3)}-${day}`,
        documentNumber: `F-${at}`,
        supplier: at % 5 === 0 ? '=1+1 & <Fournisseur>' : 'PIPQ',
        amount: `${1000 - at * 7}.${10 + at}`,
        justification: 'Entente',
      }),
    )
  }
  // The same twice is a possible duplicate, and so an exception.
  await post(officer, approver, { documentNumber: 'F-0', amount: '1000.10', supplier: 'PIPQ' })
  await post(officer, approver, { documentNumber: 'F-0', amount: '1000.10', supplier: 'PIPQ' })
  await correct(posted[1], 'refund', { amount: '100.01', date: '2025-09-01', reason: 'Trop-perçu' })
  await correct(posted[2], 'reverse', { reason: 'Saisie par erreur' })
  middle = (await auditor.get('/reports/reconciliation')).body.position
  await correct(posted[3], 'reverse', { reason: 'Saisie par erreur' })
}

async function correct(
  posted: { id: string; version: number } | undefined,
  kind: string,
  body: object,
): Promise<void> {
  const { id = '', version = 0 } = posted ?? {}
  const asked = await officer.step(`/expenditures/${id}/${kind}`, version, body)
  const request = asked.body.requests.at(-1).id
  const path = `/expenditures/${id}/requests/${request}/approve`
  expect((await approver.step(path, asked.body.version)).status).toBe(200)
}

const few = { documentsMax: 3, sheetRows: 1_048_576 }

async function written(
  asked: Partial<StreamAsked> & { readonly request?: ReportRequest } = {},
  roles = auditing,
): Promise<{ bytes: Buffer; told: readonly (readonly [number, number])[] }> {
  const { request = { name: 'reconciliation' } as const, language = 'fr', limits } = asked
  const actor = { email: systemActor.email, roles }
  const call = { actor, request: 'test', operatingSystemUser: null }
  const told: [number, number][] = []
  const chunks: Uint8Array[] = []
  await view(app.database.service, call, async (viewing) => {
    const stream = streamWorkbook(
      viewing,
      { request, language, ...(limits === undefined ? {} : { limits }) },
      (done, total) => told.push([done, total]),
    )
    for await (const chunk of stream) {
      chunks.push(chunk)
    }
  })
  return { bytes: Buffer.concat(chunks), told }
}

/** Where texts are kept and how an exception finds its amount is nobody's business here. */
const valuesOf = (bytes: Buffer) => {
  const read = readWorkbook(bytes)
  return read.names.map((name) => [
    name,
    [...read.cells(name)].map(([address, { value, format }]) => [address, value, format]),
  ])
}

describe('a workbook written as its documents are read', () => {
  test.each([
    [{ name: 'reconciliation' }],
    [{ name: 'reconciliation', by: 'axis' }],
    [{ name: 'reconciliation', by: 'period' }],
    [{ name: 'reconciliation', jurisdiction: 'CA' }],
  ] as const)('shows what a short one shows, cell for cell: %o', async (request) => {
    const long = await written({ request, limits: few })
    const short = await written({ request })
    expect(valuesOf(long.bytes)).toEqual(valuesOf(short.bytes))
  })

  test('is that of an earlier position too, whatever was corrected since', async () => {
    const request = { name: 'reconciliation', asOf: { position: middle } } as const
    const long = await written({ request, limits: few })
    expect(valuesOf(long.bytes)).toEqual(valuesOf((await written({ request })).bytes))
    expect(valuesOf(long.bytes)).not.toEqual(valuesOf((await written({ limits: few })).bytes))
  })

  test('has the same bytes each time', async () => {
    const [once, again] = [await written({ limits: few }), await written({ limits: few })]
    expect(once.bytes.equals(again.bytes)).toBe(true)
    expect((await written({ limits: few, language: 'en' })).bytes.equals(once.bytes)).toBe(false)
  })

  test('gives a second engine the same results, over one sheet and over several', async () => {
    for (const sheetRows of [1_048_576, 12]) {
      const { bytes } = await written({ limits: { documentsMax: 3, sheetRows } })
      const { formulas, differences } = await recalculate(bytes)
      expect(differences).toEqual([])
      expect(formulas).toBeGreaterThan(100)
    }
  })

  test('goes on on further sheets, each line once, and its checks are zero', async () => {
    const { bytes } = await written({ limits: { documentsMax: 3, sheetRows: 12 } })
    const { names, cells } = readWorkbook(bytes)
    expect(names.slice(3, 9)).toEqual([
      'Budget prévu',
      ...['Dépenses', 'Dépenses 2', 'Dépenses 3'],
      ...['Exceptions', 'Exceptions 2'],
    ])
    expect(names.slice(-3)).toEqual(['Contrôles', 'Dictionnaire', 'Provenance'])
    const numbers = names
      .filter((name) => name.startsWith('Dépenses'))
      .flatMap((name) => [...cells(name)])
      .filter(([address]) => /^A([5-9]|1\d)$/.test(address))
      .map(([, { value }]) => value)
    expect(numbers.slice(0, -1)).toEqual(numbers.slice(0, -1).map((_, at) => String(at + 1)))
    expect(numbers.at(-1)).toBe('Total')
    const verdicts = [...cells('Contrôles')].filter(([address]) => address.startsWith('F'))
    expect(new Set(verdicts.slice(1).map(([, { value }]) => value))).toEqual(new Set(['conforme']))
  })

  test('tells how far it is, up to all of it', async () => {
    const { told } = await written({ limits: few })
    const [done, total] = told.at(-1) ?? []
    expect(done).toBe(total)
    expect(done).toBe(19)
    expect((await written()).told).toEqual([])
  })

  test('shows no document to who may not open them all', async () => {
    const roles: readonly HeldRole[] = [{ role: 'officer', organization: 'MSP' }]
    const { bytes } = await written({ limits: few }, roles)
    expect(bytes.equals((await written({}, roles)).bytes)).toBe(true)
    const texts = [...readWorkbook(bytes).cells('Dépenses')].map(([, { value }]) => value)
    expect(texts.some((text) => text?.startsWith('D-2025-2026'))).toBe(false)
  })
})

describe('a workbook that was written so and came back', () => {
  const several = { documentsMax: 3, sheetRows: 12 }

  async function judged(edit: (parts: Parts) => void, limits = several): Promise<Verdict> {
    const { bytes } = await written({ limits })
    const call = { actor: { email: systemActor.email, roles: auditing }, request: 'test' }
    const look: Look = (reading) =>
      view(app.database.service, { ...call, operatingSystemUser: null }, reading)
    const returned = await returnedHere(editedFile(bytes, edit))
    const standing = await look(({ handle }) => readStanding(handle, null))
    return judgeReturned(returned, {
      standing: async () => standing,
      redraw: (asked, stands) => redrawn(look, asked, stands, limits),
    })
  }

  test.each([several, few])('is unchanged as it was: %o', async (limits) => {
    expect(await judged(() => undefined, limits)).toMatchObject({ isUnchanged: true, listed: [] })
  })

  test('names a line that was changed on a further sheet, with both values', async () => {
    const found = await judged((parts) =>
      putCell(parts, 'Dépenses 2', 'A6', '<c r="A6"><v>777</v></c>'),
    )
    expect(found.listed).toMatchObject([
      { sheet: 'Dépenses 2', cell: 'A6', kind: 'value', file: '777' },
    ])
  })

  test('names a line that was taken out, and an exception that was', async () => {
    const without = (sheet: string, row: number) => (parts: Parts) =>
      change(parts, partOf(parts, sheet), (xml) =>
        xml.replace(new RegExp(`<row r="${row}".*?</row>`, 's'), ''),
      )
    for (const sheet of ['Dépenses 3', 'Exceptions 2']) {
      const { listed } = await judged(without(sheet, 6))
      expect(listed).toMatchObject([{ sheet, cell: '6:6', kind: 'row-removed', file: null }])
    }
  })
})

test('a draft is no spending', async () => {
  await officer.send('POST', '/expenditures', { body: draft({ documentNumber: 'B-1' }) })
  const texts = [...readWorkbook((await written({ limits: few })).bytes).cells('Dépenses')]
  expect(texts.some(([, { value }]) => value === 'B-1')).toBe(false)
})
