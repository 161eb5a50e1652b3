import { afterAll, beforeAll, expect, test } from 'vitest'
import { csvDialects } from '#platform/tables/csv.ts'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { post } from '#test/support/drafts.ts'
import { bring, fetchBytes, imported, manyRows } from '#test/support/imports.ts'

/** What Vigie gives out comes back as what it has already. */
let app: TestApp
let officer: Person
let approver: Person

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
  const done = await imported(
    officer,
    manyRows(12, (at) => ({
      mesure: at % 3 === 0 ? '6' : '12',
      fournisseur: ['=SOMME(A1)', '-12,50', "'tis", 'L’été; « à »', '@x', '+1'][at % 6] ?? '',
      description: at % 2 === 0 ? 'deux "mots"' : '',
      montant: at % 4 === 0 ? '1000' : '0,05',
    })),
    true,
  )
  await approver.step(`/imports/${done.id}/approve`, done.version)
  const reversed = await post(officer, approver, { supplier: 'Contre-passé' })
  const asked = await officer.step(`/expenditures/${reversed.id}/reverse`, reversed.version, {
    reason: 'Erreur',
  })
  const [request] = asked.body.requests
  await approver.step(
    `/expenditures/${reversed.id}/requests/${request.id}/approve`,
    asked.body.version,
  )
})
afterAll(() => app.close())

test.each(csvDialects.flatMap((dialect) => [[dialect, 'fr'] as const, [dialect, 'en'] as const]))(
  'a list in the dialect %s, in %s, is all duplicates',
  async (dialect, language) => {
    const url = `/expenditures.csv?dialect=${dialect}&lang=${language}`
    const content = await fetchBytes(app, officer, url)
    const { body } = await bring(officer, { name: 'liste.csv', content })
    expect(body.counts).toEqual({
      rows: 14,
      accepted: 13,
      rejected: 0,
      ignored: 1,
      new: 0,
      duplicate: 13,
      changed: 0,
    })
    expect(body.findings).toEqual([])
  },
)

test('a reconciliation workbook is all duplicates, what took spending back left aside', async () => {
  const auditor = await app.person('auditor', 'auditor')
  const content = await fetchBytes(app, auditor, '/reports/reconciliation.xlsx')
  const { status, body } = await bring(officer, { name: 'rapprochement.xlsx', content })
  expect(status).toBe(201)
  expect(body.counts).toMatchObject({ new: 0, changed: 0, rejected: 0, duplicate: 13 })
})
