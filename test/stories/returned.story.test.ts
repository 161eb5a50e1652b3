import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { post } from '#test/support/drafts.ts'
import { bring as bringExtract, ledgerRow } from '#test/support/extracts.ts'
import { formOf } from '#test/support/imports.ts'
import { download, editedFile, putCell, sendBack, textCellXml } from '#test/support/returned.ts'

let app: TestApp
let auditor: Person
let analyst: Person
let officer: Person
let approver: Person

beforeAll(async () => {
  app = await testApp({ template: 'published' })
  auditor = await app.person('auditor', 'auditor')
  analyst = await app.person('analyst', 'analyst')
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
  await post(officer, approver, { measure: 'QC-8' })
})
afterAll(() => app.close())

const reports = [
  '/reports/reconciliation.xlsx?lang=fr',
  '/reports/reconciliation.xlsx?lang=en&by=axis&jurisdiction=CA&spread=straight-line&scenario=low',
  '/reports/reconciliation.xlsx?lang=fr&by=period&from=2022-2023&to=2023-2024',
  '/reports/comparison.xlsx?lang=en&scenario=announced',
  '/reports/exceptions.xlsx?lang=fr&ahead=5&late=2',
  '/reports/forecast.xlsx?lang=en&by=envelope&jurisdiction=CA',
  '/reports/bridge.xlsx?lang=fr&since=2',
  '/reports/year-end.xlsx?lang=en',
  '/reports/announcements.xlsx?lang=fr',
]

describe('a workbook that came back', () => {
  test.each(reports)('%s is unchanged, also once the record went on', async (url) => {
    const file = await download(app, auditor, url)
    await post(officer, approver, { measure: 'QC-8', documentNumber: url })
    const before = await app.database.owner.query('select count(*) from event')
    const { status, body } = await sendBack(auditor, file)
    expect(status).toBe(200)
    expect(body).toMatchObject({ unchanged: true, count: 0, differences: [] })
    const after = await app.database.owner.query('select count(*) from event')
    expect(after.rows).toEqual(before.rows)
  })

  test('of an analyst is unchanged too, though the auditor sees more', async () => {
    const file = await download(app, analyst, '/reports/reconciliation.xlsx')
    const { body } = await sendBack(auditor, file)
    expect(body).toMatchObject({ unchanged: true, report: 'reconciliation', detail: 'cells' })
  })

  test('names the cell that was changed, with what it says and what the record says', async () => {
    const file = await download(app, auditor, '/reports/reconciliation.xlsx?lang=fr')
    const edited = editedFile(file, (parts) => {
      putCell(parts, 'Sommaire', 'C6', textCellXml('C6', 'Autre chose'))
    })
    const { body } = await sendBack(auditor, edited)
    expect(body).toMatchObject({ unchanged: false, count: 1, language: 'fr', detail: 'documents' })
    expect(body.differences).toMatchObject([
      { sheet: 'Sommaire', cell: 'C6', kind: 'value', file: 'Autre chose' },
    ])
  })
})

describe('a workbook of what was corrected since', () => {
  test('is unchanged: it is drawn as it was, before the correction', async () => {
    const change = { measure: 'QC-8', documentNumber: 'R-1', description: '_x003D_1 et =1' }
    const posted = await post(officer, approver, change)
    const file = await download(app, auditor, '/reports/reconciliation.xlsx?lang=en')
    const asked = await officer.step(`/expenditures/${posted.id}/reverse`, posted.version, {
      reason: 'Erreur',
    })
    const request = asked.body.requests[0].id
    const path = `/expenditures/${posted.id}/requests/${request}/approve`
    expect((await approver.step(path, asked.body.version, {})).status).toBe(200)
    const { body } = await sendBack(auditor, file)
    expect(body).toMatchObject({ unchanged: true, differences: [] })
  })
})

describe('a tie-out that came back', () => {
  const june = { organization: 'MSP', fiscalYear: '2025-2026', period: 3 }
  const url = '/reports/tie-out.xlsx?organization=MSP&fiscalYear=2025-2026&period=3&lang=fr'

  test('is unchanged while its matching is, whatever else is recorded', async () => {
    await bringExtract(officer, { rows: [ledgerRow('2025-06-09', 'G-1', '30.00')] })
    expect((await officer.send('POST', '/matching/runs', { body: june })).status).toBe(201)
    const file = await download(app, auditor, url)
    await post(officer, approver, { measure: 'QC-8', documentNumber: 'later' })
    expect((await sendBack(auditor, file)).body).toMatchObject({
      unchanged: true,
      report: 'tie-out',
    })
    expect((await officer.send('POST', '/matching/runs', { body: june })).status).toBe(201)
    const { status, body } = await sendBack(auditor, file)
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'exports/workbook-moved-on' })
  })
})

describe('who verifies a workbook', () => {
  test('is an auditor, and nobody else', async () => {
    const file = await download(app, auditor, '/reports/announcements.xlsx')
    for (const person of [officer, approver, analyst]) {
      expect((await sendBack(person, file)).status).toBe(403)
    }
  })

  test('sends the file, and nothing beside it', async () => {
    const { body, type } = formOf({ content: 'x', fields: { sheet: 'a' } })
    const sent = { body, headers: { 'content-type': type } }
    const answer = await auditor.send('POST', '/verify/workbook', sent)
    expect(answer.body.code).toBe('http/form-malformed')
    const json = await auditor.send('POST', '/verify/workbook', { body: {} })
    expect(json.status).toBe(415)
  })
})
