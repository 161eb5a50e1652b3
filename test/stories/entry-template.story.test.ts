import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { commit } from '#test/support/commitments.ts'
import { dangerousTexts } from '#test/support/dangerous-texts.ts'
import { filledTemplate, partsOf, type TypedRow } from '#test/support/filled-template.ts'
import { bring, expectRefused, fetchBytes } from '#test/support/imports.ts'

/** A workbook to enter expenditures in: asked for, filled in, and imported as it stands. */
let app: TestApp
let officer: Person
let commitment: { readonly number: string }

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer')
  const approver = await app.person('approver', 'approver')
  commitment = await commit(officer, approver, { supplier: 'Maison & <Sœurs>' })
})
afterAll(() => app.close())

const asked = 'organization=MSP&fiscalYear=2025-2026'
const template = (query = asked): Promise<Buffer> =>
  fetchBytes(app, officer, `/imports/template.xlsx?${query}`)

/** Columns in the order of the template: organization, measure, envelope, date, amount… */
const typed = (change: TypedRow = {}): TypedRow => ({
  A: 'MSP',
  B: 'QC-12',
  D: '2025-06-15',
  E: 1234.5,
  F: 'F-1',
  G: 'PIPQ',
  H: 'Projet',
  ...change,
})

const brought = async (content: Uint8Array) =>
  (await bring(officer, { name: 'gabarit.xlsx', content })).body

describe('a template that was filled in', () => {
  test.each(['fr', 'en'])(
    'in %s is imported without an error, its example left out',
    async (lang) => {
      const rows = [
        typed({ F: `${lang}-1` }),
        typed({ F: `${lang}-2`, B: '12', I: commitment.number }),
        typed({ F: `${lang}-3`, B: '', C: 'QC-M12', E: 0.05 }),
        typed({ F: `${lang}-4`, B: 'QC-6', D: 45838 }),
      ]
      const body = await brought(filledTemplate(await template(`${asked}&lang=${lang}`), rows))
      expect(body.counts).toMatchObject({ rows: 5, new: 4, rejected: 0, ignored: 1 })
      expect(body.findings).toMatchObject([
        { code: 'imports/example-row', row: 8, detail: { fr: expect.stringContaining('ligne 8') } },
      ])
      expect(body.rows.items.map((row: { row: number }) => row.row)).toEqual([9, 10, 11, 12])
    },
  )

  test('keeps whatever was typed as text', async () => {
    const rows = dangerousTexts.map((text, at) => typed({ F: `${text} ${at}`, G: text, H: text }))
    const { id, counts } = await brought(filledTemplate(await template(), rows))
    expect(counts).toMatchObject({ new: dangerousTexts.length, rejected: 0 })
    const { body } = await officer.get(`/imports/${id}?limit=500`)
    const found = body.rows.items.map((row: Record<string, string>) => [
      row.documentNumber,
      row.supplier,
      row.description,
    ])
    expect(found).toEqual(dangerousTexts.map((text, at) => [`${text} ${at}`, text, text]))
  })

  test('of another year than its own is pointed out', async () => {
    const rows = [typed({ D: '2024-06-15', F: 'F-77' })]
    const { findings } = await brought(filledTemplate(await template(), rows))
    expect(findings.map(({ code }: { code: string }) => code)).toContain(
      'imports/other-fiscal-year',
    )
  })
})

describe('a template', () => {
  test('with nothing in it says so, and leaves no import', async () => {
    const before = (await officer.get('/imports')).body.count
    const answer = await bring(officer, { name: 'gabarit.xlsx', content: await template() })
    expectRefused(answer, 422, 'imports/nothing-in-it')
    expect((await officer.get('/imports')).body.count).toBe(before)
  })

  test('lists what the organization may name, and checks what is typed', async () => {
    const parts = partsOf(await template())
    const text = [...parts.values()].join('\n')
    expect(parts.get('xl/workbook.xml')).toMatch(
      /name="Saisie 2025-2026".*name="Mesures".*name="Enveloppes".*name="Engagements"/,
    )
    for (const listed of ['QC-12', 'QC-M12', 'QC-COMMUNICATION', commitment.number]) {
      expect(text).toContain(`>${listed}</t>`)
    }
    expect(text).toContain('Maison &amp; &lt;Sœurs&gt;')
    expect(text).toContain('Gabarit, version 1')
    const form = parts.get('xl/worksheets/sheet1.xml') ?? ''
    const types = [...form.matchAll(/<dataValidation type="(\w+)"[^>]* sqref="([A-Z])9:\2/g)]
    expect(types.map(([, type, column]) => `${column} ${type}`).toSorted()).toEqual([
      'A list',
      'B list',
      'C list',
      'D date',
      'E decimal',
      'F textLength',
      'G textLength',
      'H textLength',
      'I list',
    ])
    expect(form).toContain('<formula1>45748</formula1><formula2>46112</formula2>')
    expect(form).toContain('<sheetProtection sheet="1"')
  })

  test('is the same bytes when nothing has changed', async () => {
    expect((await template()).equals(await template())).toBe(true)
  })

  test('is for officers, of their organizations, for years that have begun', async () => {
    const auditor = await app.person('auditor', 'auditor')
    const ask = (person: Person, query: string) => person.get(`/imports/template.xlsx?${query}`)
    expectRefused(await ask(auditor, asked), 403, 'identity/forbidden')
    const others = 'organization=MJQ&fiscalYear=2025-2026'
    expectRefused(await ask(officer, others), 403, 'identity/forbidden')
    const none = 'organization=XYZ&fiscalYear=2025-2026'
    expectRefused(await ask(officer, none), 422, 'organizations/unknown')
    const later = 'organization=MSP&fiscalYear=2027-2028'
    expectRefused(await ask(officer, later), 422, 'imports/year-not-begun')
    expectRefused(await ask(officer, 'organization=MSP'), 400, 'http/invalid-query')
  })
})
