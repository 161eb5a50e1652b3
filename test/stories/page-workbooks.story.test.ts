import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { coverOf, readWorkbook } from '#test/features/exports/recalculate.ts'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { post } from '#test/support/drafts.ts'
import { type Visitor, visitor } from '#test/support/pages.ts'
import { download } from '#test/support/returned.ts'
import { sessionFor } from '#test/support/sessions.ts'

/** A workbook is one, whoever gives it: a page, the API. */
const site = 'https://vigie.example.org'
let app: TestApp
let auditor: Person
let browser: Visitor

beforeAll(async () => {
  app = await testApp({ template: 'published', site })
  const officer = await app.person('officer', 'officer')
  await post(officer, await app.person('approver', 'approver'), { documentNumber: 'F-1' })
  auditor = await app.person('auditor', 'auditor')
  browser = visitor(app, await sessionFor(app, auditor.email))
})
afterAll(() => app.close())

const years = 'jurisdiction=QC&from=2021-2022&to=2025-2026'

describe('a workbook from a page', () => {
  test('leads to the documents where the service is reached, and its command says where', async () => {
    const { bytes, status } = await browser.get(`/fr/reconciliation.xlsx?${years}`)
    expect(status).toBe(200)
    const book = readWorkbook(bytes)
    expect(coverOf(book).get('Commande qui refait ce fichier')).toContain(`--site ${site} `)
  })

  test.each([
    ['/fr/reconciliation.xlsx', '/reports/reconciliation.xlsx', `${years}&by=axis`],
    ['/fr/comparison.xlsx', '/reports/comparison.xlsx', 'from=2021-2022&to=2025-2026'],
  ])('%s is that of the API, byte for byte', async (page, api, query) => {
    const { bytes } = await browser.get(`${page}?${query}`)
    const given = await download(app, auditor, `${api}?${query}&lang=fr`)
    expect(given.equals(bytes)).toBe(true)
  })
})
