import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { post, submitted } from '#test/support/drafts.ts'
import { reconciliation } from '#test/support/reports.ts'

let app: TestApp
let auditor: Person
let pairs: ReadonlyMap<string, { officer: Person; approver: Person }>

beforeAll(async () => {
  app = await testApp()
  auditor = await app.person('auditor', 'auditor')
  const made = new Map<string, { officer: Person; approver: Person }>()
  for (const organization of ['MSP', 'MIFI', 'MJQ', 'SCF', 'MAMH', 'SPC']) {
    made.set(organization, {
      officer: await app.person(`officer-${organization}`.toLowerCase(), 'officer', organization),
      approver: await app.person(
        `approver-${organization}`.toLowerCase(),
        'approver',
        organization,
      ),
    })
  }
  pairs = made
})
afterAll(() => app.close())

const of = (organization: string) => {
  const pair = pairs.get(organization)
  if (pair === undefined) {
    throw new RangeError(`nobody acts for ${organization}`)
  }
  return pair
}

/** Posts by the two people of the organization. */
const spend = (organization: string, change: Record<string, unknown>) => {
  const { officer, approver } = of(organization)
  return post(officer, approver, { organization, ...change })
}

describe('self-funded spending', () => {
  test('shows in own resources and nowhere else, whatever the question', async () => {
    const before = await reconciliation(auditor)
    await spend('MIFI', { measure: 'QC-6', amount: '1000.10' })
    const { row, totals, proof } = await reconciliation(auditor)
    expect(totals).toEqual({ ...before.totals, ownResources: '1000.10' })
    expect(proof).toEqual(before.proof)
    const none = { planned: null, committed: null, spent: null, available: null, variance: null }
    expect(row('QC-6')).toMatchObject({ ...none, ownResources: '1000.10', percentSpent: null })
    expect(row('QC-6').flags).toEqual(['not-applicable'])
    for (const [by, key] of [
      ['lead', 'MIFI'],
      ['envelope', 'own-resources'],
    ]) {
      const asked = await reconciliation(auditor, `?by=${by}`)
      expect(asked.row(key ?? '')).toMatchObject({ ...none, ownResources: '1000.10' })
    }
    for (const [by, key] of [
      ['axis', 'AXE-2'],
      ['fiscal-year', '2025-2026'],
      ['programme', 'QC-PLAN-2021'],
      ['period', '2025-2026-P03'],
      ['organization', 'MIFI'],
    ]) {
      const asked = await reconciliation(auditor, `?by=${by}`)
      expect(asked.row(key ?? '')).toMatchObject({ spent: '0.00', ownResources: '1000.10' })
      expect(asked.totals).toMatchObject({ ...before.totals, ownResources: '1000.10' })
    }
  })

  test('is no spending in the comparison either', async () => {
    const { body } = await auditor.get('/reports/comparison')
    expect(body.rows.at(-1).qc).toMatchObject({ spent: '0.00', planned: '147106925.00' })
  })
})

describe('spending of a shared envelope', () => {
  test('is shown by the member, counted once on the envelope, and proved', async () => {
    await spend('MSP', { measure: 'QC-4', amount: '2500.00' })
    await spend('SCF', { measure: 'A1', amount: '0.01' })
    const { row, totals, proof, notes } = await reconciliation(auditor)
    expect(row('QC-4')).toMatchObject({ spent: '2500.00', planned: null, repeated: true })
    expect(row('QC-4').flags).toEqual(['in-shared-envelope'])
    expect(row('QC-A1')).toMatchObject({ spent: '0.01', available: null, repeated: true })
    expect(row('QC-COMMUNICATION')).toMatchObject({
      spent: '2500.01',
      planned: '2903063.00',
      available: '2900562.99',
      repeated: false,
    })
    expect(totals.spent).toBe('2500.01')
    expect(totals.planned).toBe('147106925.00')
    expect(proof.spent).toEqual({ rows: '5000.02', repeats: '2500.01', total: '2500.01' })
    expect(notes.map(({ code }) => code)).toContain('repeated')
  })

  test('without a measure is the common part: no member shows it', async () => {
    await spend('MSP', { measure: undefined, envelope: 'QC-COMMUNICATION', amount: '300.00' })
    const { row, proof } = await reconciliation(auditor)
    expect(row('QC-COMMUNICATION').spent).toBe('2800.01')
    expect(row('QC-4').spent).toBe('2500.00')
    expect(proof.spent).toEqual({ rows: '5300.02', repeats: '2500.01', total: '2800.01' })
  })

  test.each([
    ['axis', ['AXE-2', 'VOLET-AUTOCHTONE']],
    ['lead', ['MSP', 'MSP+SCF']],
  ])('stands by %s only on the row of the envelope', async (by, others) => {
    const { row, rows, totals } = await reconciliation(auditor, `?by=${by}`)
    expect(row('QC-COMMUNICATION')).toMatchObject({ spent: '2800.01', planned: '2903063.00' })
    for (const other of others) {
      expect(row(other).spent).toBe('0.00')
    }
    expect(rows.filter(({ spent }) => spent !== null && spent !== '0.00')).toHaveLength(1)
    expect(totals.spent).toBe('2800.01')
  })

  test('belongs by organization to who recorded it', async () => {
    const { row } = await reconciliation(auditor, '?by=organization')
    expect([row('MSP').spent, row('SCF').spent]).toEqual(['2800.00', '0.01'])
  })
})

describe('federal spending', () => {
  test('needs no measure, and stays out of Quebec’s report', async () => {
    const quebec = await reconciliation(auditor)
    const posted = await spend('SPC', {
      measure: undefined,
      envelope: 'CA-2022',
      amount: '1000000.00',
    })
    expect(posted).toMatchObject({ state: 'posted', measure: null, flags: [] })
    const { rows, totals } = await reconciliation(auditor)
    expect({ rows, totals }).toEqual({ rows: quebec.rows, totals: quebec.totals })
    for (const [by, key] of [
      ['measure', 'CA-2022'],
      ['axis', 'CA-2022'],
      ['envelope', 'CA-2022'],
      ['lead', 'SPC'],
      ['organization', 'SPC'],
      ['programme', 'CA-STRATEGY-2004'],
      ['fiscal-year', '2025-2026'],
    ]) {
      const asked = await reconciliation(auditor, `?by=${by}&jurisdiction=CA`)
      expect(asked.row(key ?? '').spent).toBe('1000000.00')
      expect(asked.totals.spent).toBe('1000000.00')
    }
    const compared = await auditor.get('/reports/comparison')
    expect(compared.body.rows.at(-1).ca).toMatchObject({ spent: '1000000.00' })
  })

  test('draws its year on the money that is not distributed', async () => {
    const { row } = await reconciliation(auditor, '?by=fiscal-year&jurisdiction=CA')
    expect(row('2025-2026').flags).toContain('draws-on-undistributed')
    expect(row('2024-2025').flags).not.toContain('draws-on-undistributed')
  })
})

describe('what is noticed', () => {
  test.each([
    ['the lead', 'MSP', []],
    ['a collaborator', 'SCF', []],
    ['somebody the measure does not name', 'MAMH', ['not-a-lead']],
  ])('of spending by %s', async (_who, organization, flags) => {
    // QC-10: led by MSP, with SCF among others.
    const posted = await spend(organization, { measure: 'QC-10', documentNumber: organization })
    expect(posted).toMatchObject({ state: 'posted', flags })
  })

  test('stands on the row as long as it does in the journal', async () => {
    const { row } = await reconciliation(auditor)
    expect(row('QC-10').flags).toEqual(['not-a-lead'])
  })

  test('of an invoice that comes twice', async () => {
    const invoice = { measure: 'QC-11', documentNumber: 'F-77', amount: '10.00' }
    const first = await spend('MSP', invoice)
    expect(first.flags).toEqual([])
    const again = await spend('MSP', invoice)
    expect(again).toMatchObject({ state: 'posted', flags: ['possible-duplicate'] })
    for (const other of [
      { amount: '10.01' },
      { documentNumber: 'F-78' },
      { supplier: 'Autre' },
      { serviceDate: '2025-06-16' },
      { measure: 'QC-12' },
    ]) {
      expect((await spend('MSP', { ...invoice, ...other })).flags).toEqual([])
    }
    expect((await reconciliation(auditor)).row('QC-11').flags).toEqual(['possible-duplicate'])
  })

  test('of an invoice whose first record was reversed: nothing', async () => {
    const invoice = { measure: 'QC-13', documentNumber: 'F-90' }
    const { officer, approver } = of('MSP')
    const { id, version } = await spend('MSP', invoice)
    const asked = await officer.step(`/expenditures/${id}/reverse`, version, { reason: 'Erreur' })
    const [request] = asked.body.requests
    await approver.step(`/expenditures/${id}/requests/${request.id}/approve`, asked.body.version)
    expect((await spend('MSP', invoice)).flags).toEqual([])
  })

  test('of an invoice still in draft elsewhere', async () => {
    const invoice = { measure: 'QC-13', documentNumber: 'F-91' }
    await submitted(of('MSP').officer, invoice)
    const again = await submitted(of('MSP').officer, invoice)
    expect(again.flags).toEqual(['possible-duplicate'])
  })
})
