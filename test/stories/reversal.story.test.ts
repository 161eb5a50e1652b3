import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { post } from '#test/support/drafts.ts'
import { closePeriods, periodsOfYear, reopenPeriods } from '#test/support/periods.ts'
import { everyWay, reconciliation } from '#test/support/reports.ts'

let app: TestApp
let auditor: Person
let officer: Person
let approver: Person
let federalOfficer: Person
let federalApprover: Person

beforeAll(async () => {
  app = await testApp({ template: 'published' })
  auditor = await app.person('auditor', 'auditor')
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
  federalOfficer = await app.person('federal-officer', 'officer', 'SPC')
  federalApprover = await app.person('federal-approver', 'approver', 'SPC')
})
afterAll(() => app.close())
afterEach(() => reopenPeriods(app.database.owner, 'MSP'))

/** Every report, without the position it stands on. */
async function everyReport(): Promise<Readonly<Record<string, unknown>>> {
  const reports: Record<string, unknown> = {}
  for (const query of everyWay) {
    const { rows, totals, proof, notes } = await reconciliation(auditor, query)
    reports[query] = { rows, totals, proof, notes }
  }
  const { rows, assumptions } = (await auditor.get('/reports/comparison')).body
  return { ...reports, comparison: { rows, assumptions } }
}

interface Posted {
  readonly id: string
  readonly version: number
}

async function reverse(asker: Person, decider: Person, { id, version }: Posted) {
  const asked = await asker.step(`/expenditures/${id}/reverse`, version, { reason: 'Erreur' })
  const [request] = asked.body.requests
  const url = `/expenditures/${id}/requests/${request.id}/approve`
  return (await decider.step(url, asked.body.version)).body
}

describe('a reversal puts everything back', () => {
  test.each<[string, Record<string, unknown>]>([
    ['of a measure with its own envelope', { measure: 'QC-12' }],
    ['of a member of the shared envelope', { measure: 'QC-A2', amount: '99.99' }],
    ['of the common part', { measure: undefined, envelope: 'QC-COMMUNICATION' }],
    ['of a self-funded measure', { measure: 'QC-23' }],
    [
      'above the headroom, outside the term',
      { measure: 'QC-17', serviceDate: '2021-03-31', justification: 'Avant le plan' },
    ],
    ['of money on a year that a published payment used', { measure: 'QC-13', amount: '0.01' }],
  ])('%s', async (_what, change) => {
    // A first one of the same place stays, so that only the second is taken back. It also makes the
    // year one of the report's years for good.
    await post(officer, approver, { ...change, documentNumber: 'stays' })
    const before = await everyReport()
    const posted = await post(officer, approver, { ...change, documentNumber: 'goes' })
    expect(await everyReport()).not.toEqual(before)
    const reversed = await reverse(officer, approver, posted)
    expect(reversed).toMatchObject({ state: 'reversed', amount: posted.amount })
    expect(await everyReport()).toEqual(before)
  })

  test('with the flags it brought', async () => {
    const invoice = { measure: 'QC-15', documentNumber: 'flagged' }
    await post(officer, approver, invoice)
    const before = await everyReport()
    const posted = await post(officer, approver, invoice)
    const { row } = await reconciliation(auditor)
    expect(row('QC-15').flags).toEqual(['possible-duplicate'])
    await reverse(officer, approver, posted)
    expect(await everyReport()).toEqual(before)
  })

  test('of federal money without a measure', async () => {
    const change = { organization: 'SPC', measure: undefined, envelope: 'CA-2022' }
    const before = await everyReport()
    const posted = await post(federalOfficer, federalApprover, change)
    await reverse(federalOfficer, federalApprover, posted)
    expect(await everyReport()).toEqual(before)
  })

  test('and says so: the mirror of the entry, named on the document', async () => {
    const posted = await post(officer, approver, { measure: 'QC-12', documentNumber: 'mirror' })
    const { reversedBy, entry, requests } = await reverse(officer, approver, posted)
    const entries = (await auditor.get('/journal/entries?limit=500')).body.items
    const find = (id: string) => entries.find((candidate: { id: string }) => candidate.id === id)
    const [original, mirror] = [find(entry), find(reversedBy)]
    expect(mirror).toMatchObject({ kind: original.kind, reverses: entry })
    expect(mirror.lines.map(({ amount }: { amount: string }) => amount)).toEqual([
      '1234.50',
      '-1234.50',
    ])
    expect(requests).toMatchObject([{ askedBy: officer.email, decidedBy: approver.email }])
  })

  test('leaves the record whole', async () => {
    expect((await auditor.get('/verify')).body).toMatchObject({ isIntact: true })
  })
})

describe('a reversal after its period was closed', () => {
  test('is recorded in an open one, and takes the money of the year back', async () => {
    const before = await reconciliation(auditor)
    expect(before.row('QC-8').flags).toEqual(['nothing-recorded'])
    const posted = await post(officer, approver, { measure: 'QC-8' })
    expect(posted.flags).toEqual(['not-a-lead'])
    await closePeriods(app.database.owner, 'MSP', periodsOfYear('2025-2026', [3]))
    await reverse(officer, approver, posted)
    const after = await reconciliation(auditor)
    expect(after.totals).toEqual(before.totals)
    const byPeriod = await reconciliation(auditor, '?by=period')
    expect(byPeriod.row('2025-2026-P13').spent).toBe('-1234.50')
    expect(byPeriod.totals.spent).toBe(before.totals.spent)
  })

  test('leaves no flag behind', async () => {
    const { row } = await reconciliation(auditor)
    expect(row('QC-8').flags).toEqual(['nothing-recorded'])
  })

  test('adds up, by period, to the documents it links to', async () => {
    const { rows } = await reconciliation(auditor, '?by=period')
    const late = rows.find(({ key }) => key === '2025-2026-P13')
    const own = rows.find(({ key }) => key === '2025-2026-P03')
    for (const row of [late, own]) {
      const list = await auditor.get(`${row?.href?.replace('/api/v1', '')}`)
      expect(list.body.total).toBe(row?.spent)
    }
  })
})
