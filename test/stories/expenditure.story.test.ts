import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { draft, post } from '#test/support/drafts.ts'

let app: TestApp
let officer: Person
let approver: Person
let auditor: Person

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
  auditor = await app.person('auditor', 'auditor')
})
afterAll(() => app.close())

describe('the life of an expenditure', () => {
  test('a draft is entered, submitted, posted by another person, and reversed once', async () => {
    const entered = await officer.send('POST', '/expenditures', { body: draft() })
    expect(entered.status).toBe(201)
    expect(entered.headers.etag).toBe('"1"')
    expect(entered.body).toMatchObject({
      state: 'draft',
      measure: 'QC-12',
      envelope: 'QC-M12',
      fiscalYear: '2025-2026',
      amount: '1234.50',
      recordedIn: null,
    })
    const { id } = entered.body
    const submitted = await officer.step(`/expenditures/${id}/submit`, 1)
    expect(submitted.body.state).toBe('submitted')
    const posted = await approver.step(`/expenditures/${id}/approve`, 2)
    expect(posted.body).toMatchObject({
      state: 'posted',
      recordedIn: { fiscalYear: '2025-2026', period: 3 },
      approvedBy: approver.email,
    })
    expect(posted.body.position).toBeGreaterThan(0)
    const asked = await officer.step(`/expenditures/${id}/reverse`, 3, { reason: 'Erreur' })
    const [request] = asked.body.requests
    const reversed = await approver.step(
      `/expenditures/${id}/requests/${request.id}/approve`,
      asked.body.version,
    )
    expect(reversed.body.state).toBe('reversed')
    const again = await officer.step(`/expenditures/${id}/reverse`, reversed.body.version, {
      reason: 'Encore',
    })
    expect(again.status).toBe(409)
    const verified = await auditor.get('/verify')
    expect(verified.body.isIntact).toBe(true)
  })

  test('what was posted is in the reconciliation, and its link adds up to it', async () => {
    await post(officer, approver, { amount: '100.10', measure: 'QC-15' })
    const report = await auditor.get('/reports/reconciliation')
    const row = report.body.rows.find((candidate: { key: string }) => candidate.key === 'QC-15')
    expect(row).toMatchObject({ spent: '100.10', planned: '200000.00', available: '199899.90' })
    const list = await auditor.get(row.href.replace('/api/v1', ''))
    expect(list.body.total).toBe('100.10')
  })
})
