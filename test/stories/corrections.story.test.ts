import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { cellsOf, commit, correct } from '#test/support/commitments.ts'
import { post, submitted } from '#test/support/drafts.ts'
import { closePeriods, periodsOfYear, reopenPeriods } from '#test/support/periods.ts'
import { reconciliation } from '#test/support/reports.ts'

/** Refunds and reclassifications: what they move, where they are recorded, what lists then say. */
let app: TestApp
let officer: Person
let approver: Person
let auditor: Person

beforeAll(async () => {
  app = await testApp({ template: 'published' })
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
  auditor = await app.person('auditor', 'auditor')
})
afterAll(() => app.close())

const people = () => [officer, approver] as const
const cells = (envelope: string) => cellsOf(app.database.owner, envelope)
const spend = (change: Record<string, unknown>) => post(officer, approver, change)
const list = async (query: string) => {
  const { count, total, gross } = (await auditor.get(`/expenditures?${query}`)).body
  return { count, total, gross }
}

describe('a refund', () => {
  test('goes back to available where the expenditure stands, recorded where its own date says', async () => {
    const posted = await spend({ measure: 'QC-2', amount: '1000.00' })
    const { status, body } = await correct(people(), posted, 'refund', {
      amount: '300.00',
      date: '2026-05-04',
    })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      state: 'posted',
      amount: '1000.00',
      refunded: '300.00',
      requests: [
        {
          kind: 'refund',
          state: 'approved',
          amount: '300.00',
          date: '2026-05-04',
          askedBy: officer.email,
          decidedBy: approver.email,
        },
      ],
    })
    expect(await cells('QC-M2')).toBe(
      [
        '                     disponible     engagé    dépensé',
        'QC-2   non réparti      50000.00       0.00       0.00',
        'QC-2   2025-2026       -700.00       0.00     700.00',
      ].join('\n'),
    )
    const [refund] = (await auditor.get('/journal/entries?limit=500')).body.items.slice(-1)
    expect(refund).toMatchObject({
      kind: 'refund',
      effectiveOn: '2026-05-04',
      recordedIn: { fiscalYear: '2026-2027', period: 2 },
      reverses: null,
      flags: [],
    })
  })

  test('shows gross and net, in lists as in the report that links to them', async () => {
    expect(await list('measure=QC-2&state=posted')).toEqual({
      count: 1,
      total: '700.00',
      gross: '1000.00',
    })
    const { row } = await reconciliation(auditor)
    expect(row('QC-2')).toMatchObject({ spent: '700.00', available: '49300.00' })
  })

  test('is in the period that recorded it, and its list adds up to it', async () => {
    const byPeriod = await reconciliation(auditor, '?by=period&from=2025-2026&to=2025-2026')
    const may = byPeriod.row('2026-2027-P02')
    expect(may.spent).toBe('-300.00')
    const linked = await auditor.get(`${may.href?.replace('/api/v1', '')}`)
    expect(linked.body).toMatchObject({ count: 1, total: '-300.00', gross: '0.00' })
    expect(await list('period=2025-2026-P03&measure=QC-2')).toEqual({
      count: 1,
      total: '1000.00',
      gross: '1000.00',
    })
  })

  test('of self-funded spending goes back to own resources', async () => {
    const posted = await spend({ measure: 'QC-23', amount: '500.00' })
    await correct(people(), posted, 'refund', { amount: '120.00', date: '2025-07-01' })
    const [refund] = (await auditor.get('/journal/entries?limit=500')).body.items.slice(-1)
    expect(refund.lines).toMatchObject([
      { account: 'spent', envelope: null, measure: 'QC-23', amount: '-120.00' },
      { account: 'own_resources', envelope: null, measure: 'QC-23', amount: '120.00' },
    ])
    const { row } = await reconciliation(auditor)
    expect(row('QC-23').ownResources).toBe('380.00')
    expect(await list('measure=QC-23&state=posted')).toMatchObject({ total: '380.00' })
  })

  test('may come in several parts, to the last cent and no further', async () => {
    let document = await spend({ measure: 'QC-6', amount: '100.00' })
    for (const [amount, refunded] of [
      ['60.00', '60.00'],
      ['39.99', '99.99'],
      ['0.01', '100.00'],
    ]) {
      const { body } = await correct(people(), document, 'refund', { amount, date: '2025-08-01' })
      expect(body.refunded).toBe(refunded)
      document = body
    }
    const one = await correct(people(), document, 'refund', { amount: '0.01', date: '2025-08-01' })
    expect(one.body.code).toBe('expenditures/refund-above')
    const reversed = await correct(people(), document, 'reverse')
    expect(reversed.body).toMatchObject({ state: 'reversed', refunded: '0.00' })
    expect(await list('measure=QC-6')).toEqual({ count: 1, total: '0.00', gross: '100.00' })
  })

  test('of a period that is closed is recorded in an open one', async () => {
    const posted = await spend({ measure: 'QC-6', amount: '10.00', documentNumber: 'closed' })
    await closePeriods(app.database.owner, 'MSP', periodsOfYear('2025-2026', [4]))
    await correct(people(), posted, 'refund', { amount: '1.00', date: '2025-07-15' })
    const [refund] = (await auditor.get('/journal/entries?limit=500')).body.items.slice(-1)
    expect(refund.recordedIn).toEqual({ fiscalYear: '2025-2026', period: 13 })
    await reopenPeriods(app.database.owner, 'MSP')
  })

  test('is what it was in the workbook of its day, whatever is corrected later', async () => {
    const posted = await spend({ measure: 'QC-24', amount: '80.00', documentNumber: 'W-1' })
    const refund = { amount: '30.00', date: '2026-05-04' }
    const refunded = await correct(people(), posted, 'refund', refund)
    const { position } = (await auditor.get('/reports/reconciliation')).body
    const workbook = async () => {
      const { statusCode, rawPayload } = await app.server.inject({
        url: `/api/v1/reports/reconciliation.xlsx?lang=fr&asOf=${position}`,
        headers: { authorization: `Bearer ${auditor.token}` },
      })
      expect(statusCode).toBe(200)
      return rawPayload
    }
    const before = await workbook()
    const again = await correct(people(), refunded.body, 'refund', { ...refund, amount: '20.00' })
    await correct(people(), again.body, 'reclassify', { measure: 'QC-26' })
    expect(before.equals(await workbook())).toBe(true)
    const sheets = Object.values(unzipSync(before))
      .map((part) => strFromU8(part))
      .join('')
    expect(sheets).toContain('W-1')
    expect(sheets).toContain('<v>-30</v>')
  })
})

describe('a reclassification', () => {
  test('writes the pair in one event: what was wrong is reversed, and posted where it belongs', async () => {
    const posted = await spend({ measure: 'QC-12', amount: '750.00', documentNumber: 'R-1' })
    const before = (await auditor.get('/events?limit=500')).body.count
    const { body: old } = await correct(people(), posted, 'reclassify', { measure: '15' })
    expect(old).toMatchObject({ state: 'reversed', number: posted.number, reclassifiedFrom: null })
    const moved = (await auditor.get(`/expenditures/${old.reclassifiedTo}`)).body
    expect(moved).toMatchObject({
      state: 'posted',
      measure: 'QC-15',
      envelope: 'QC-M15',
      reclassifiedFrom: old.id,
      reclassifiedTo: null,
      documentNumber: 'R-1',
      amount: '750.00',
      serviceDate: posted.serviceDate,
      preparedBy: officer.email,
      submittedBy: officer.email,
      approvedBy: approver.email,
      flags: [],
    })
    expect(moved.number).not.toBe(old.number)
    // Asked, then decided: two events for what three entries say.
    const events = (await auditor.get('/events?limit=500')).body
    expect(events.count).toBe(before + 2)
    const [last] = events.items.slice(-1)
    expect(last).toMatchObject({
      type: 'expenditure.reclassified',
      subject: `expenditure/${old.id}`,
      after: {
        items: [
          { id: old.id, state: 'reversed' },
          { id: moved.id, state: 'posted' },
        ],
      },
    })
    expect(await list('text=R-1')).toEqual({ count: 2, total: '750.00', gross: '1500.00' })
  })

  test('across years moves the money, its refunds and its commitment, and nothing else', async () => {
    const { id: commitment } = await commit(officer, approver, {
      measure: 'QC-17',
      amount: '400.00',
    })
    const change = { measure: 'QC-17', amount: '250.00', commitment, serviceDate: '2026-03-31' }
    await spend({ measure: 'QC-17', amount: '100.00', commitment, documentNumber: 'first' })
    const posted = await spend(change)
    const refunded = await correct(people(), posted, 'refund', {
      amount: '50.00',
      date: '2026-04-02',
    })
    expect(await cells('QC-M17')).toMatchInlineSnapshot(`
      "                     disponible     engagé    dépensé
      QC-17  non réparti    1352757.00       0.00       0.00
      QC-17  2025-2026       -350.00      50.00     300.00"
    `)
    const { body: old } = await correct(people(), refunded.body, 'reclassify', {
      serviceDate: '2025-03-31',
    })
    const moved = (await auditor.get(`/expenditures/${old.reclassifiedTo}`)).body
    expect(moved).toMatchObject({
      fiscalYear: '2024-2025',
      recordedIn: { fiscalYear: '2024-2025', period: 12 },
      refunded: '50.00',
      commitment,
      requests: [{ kind: 'refund', state: 'approved', amount: '50.00', date: '2026-04-02' }],
    })
    expect(old).toMatchObject({ state: 'reversed', refunded: '0.00' })
    expect(await cells('QC-M17')).toMatchInlineSnapshot(`
      "                     disponible     engagé    dépensé
      QC-17  non réparti    1352757.00       0.00       0.00
      QC-17  2024-2025       -200.00       0.00     200.00
      QC-17  2025-2026       -150.00      50.00     100.00"
    `)
    const held = (await auditor.get(`/commitments/${commitment}`)).body
    expect(held).toMatchObject({ consumed: '350.00', remaining: '50.00', state: 'approved' })
  })

  test('into another envelope leaves the commitment behind, and there is what it held', async () => {
    const { id: commitment } = await commit(officer, approver, {
      measure: 'QC-18',
      amount: '400.00',
    })
    const posted = await spend({ measure: 'QC-18', amount: '150.00', commitment })
    const { body: old } = await correct(people(), posted, 'reclassify', { measure: 'QC-20' })
    const moved = (await auditor.get(`/expenditures/${old.reclassifiedTo}`)).body
    expect([old.commitment, moved.commitment]).toEqual([commitment, null])
    const held = (await auditor.get(`/commitments/${commitment}`)).body
    expect(held).toMatchObject({ consumed: '0.00', remaining: '400.00' })
  })

  test('to a self-funded measure and back is own resources, then spent', async () => {
    const posted = await spend({ measure: 'QC-20', amount: '10.00', documentNumber: 'own' })
    const { body: old } = await correct(people(), posted, 'reclassify', { measure: 'QC-23' })
    const moved = (await auditor.get(`/expenditures/${old.reclassifiedTo}`)).body
    expect(moved).toMatchObject({ measure: 'QC-23', envelope: null })
    const back = await correct(people(), moved, 'reclassify', { measure: 'QC-20' })
    const again = (await auditor.get(`/expenditures/${back.body.reclassifiedTo}`)).body
    expect(again).toMatchObject({ measure: 'QC-20', envelope: 'QC-M20', state: 'posted' })
  })

  test('of a published payment keeps its source and what is said of it', async () => {
    const { items } = (await auditor.get('/expenditures?measure=QC-13&state=posted')).body
    const [published] = items
    const { body: old } = await correct(people(), published, 'reclassify', { measure: 'QC-10' })
    const moved = (await auditor.get(`/expenditures/${old.reclassifiedTo}`)).body
    expect(moved).toMatchObject({ source: published.source, state: 'posted' })
    expect(moved.flags).toEqual(published.flags)
  })

  test('above the ceiling of its new place needs a justification, and is flagged', async () => {
    // QC-MA4 grants 40 000.00.
    const posted = await spend({ measure: 'QC-12', amount: '40000.01', documentNumber: 'A-4' })
    const url = `/expenditures/${posted.id}`
    const asked = await officer.step(`${url}/reclassify`, posted.version, {
      measure: 'A4',
      reason: 'Mauvaise mesure',
    })
    const decide = `${url}/requests/${asked.body.requests[0].id}/approve`
    const refused = await approver.step(decide, asked.body.version)
    expect(refused.body.code).toBe('expenditures/above-headroom')
    const { version } = (await auditor.get(url)).body
    const { body: old } = await approver.step(decide, version, { justification: 'Autorisé' })
    const moved = (await auditor.get(`/expenditures/${old.reclassifiedTo}`)).body
    expect(moved).toMatchObject({ flags: ['over-spent'], justification: 'Autorisé' })
  })

  test('outside the term needs one too', async () => {
    const posted = await spend({ measure: 'QC-12', amount: '1.00', documentNumber: 'out' })
    const refused = await correct(people(), posted, 'reclassify', { serviceDate: '2020-06-15' })
    expect(refused.body.code).toBe('expenditures/justification-needed')
  })

  test('refused by the approver changes nothing but the request', async () => {
    const posted = await spend({ measure: 'QC-12', amount: '2.00', documentNumber: 'no' })
    const url = `/expenditures/${posted.id}`
    const asked = await officer.step(`${url}/reclassify`, posted.version, {
      measure: 'QC-15',
      reason: 'Doute',
    })
    const refusal = `${url}/requests/${asked.body.requests[0].id}/refuse`
    const { body } = await approver.step(refusal, asked.body.version, { reason: 'Bien placée' })
    expect(body).toMatchObject({ state: 'posted', reclassifiedTo: null, entry: posted.entry })
    expect(body.requests).toMatchObject([{ state: 'refused', measure: 'QC-15', entry: null }])
  })
})

describe('whatever was corrected', () => {
  test('every total still links to the documents that add up to it', async () => {
    for (const query of ['', '?by=period', '?by=envelope', '?by=fiscal-year', '?by=lead']) {
      const { rows } = await reconciliation(auditor, query)
      for (const row of rows.filter(({ href }) => href !== null)) {
        const { body } = await auditor.get(`${row.href?.replace('/api/v1', '')}&limit=1`)
        const said = row.spent ?? row.ownResources
        expect([query, row.key, body.total]).toEqual([query, row.key, said])
      }
    }
  })

  test('the record is whole', async () => {
    await submitted(officer)
    expect((await auditor.get('/verify')).body).toMatchObject({ isIntact: true })
  })
})
