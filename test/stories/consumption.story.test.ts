import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { cellsOf, commit, correct } from '#test/support/commitments.ts'
import { post } from '#test/support/drafts.ts'

/**
 * What commitments, spending and their corrections do to an envelope, step by step, as a table:
 * a line a cell, columns available, committed and spent. Each case has an envelope of its own.
 */
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

const people = () => [officer, approver] as const
const cells = (envelope: string) => cellsOf(app.database.owner, envelope)
const spend = (change: Record<string, unknown>) => post(officer, approver, change)
const read = async (kind: 'commitments' | 'expenditures', { id }: { id: string }) =>
  (await auditor.get(`/${kind}/${id}`)).body
const release = async (document: { id: string }, body: Record<string, unknown> = {}) => {
  const { version } = await read('commitments', document)
  return approver.step(`/commitments/${document.id}/release`, version, {
    reason: 'Terminé',
    ...body,
  })
}

/** amount = consumed + released + remaining, and the state. */
const standing = async (document: { id: string }) => {
  const { state, amount, consumed, released, remaining } = await read('commitments', document)
  return `${amount} = ${consumed} + ${released} + ${remaining}, ${state}`
}

describe('a commitment', () => {
  test('partly consumed, then released', async () => {
    const { id } = await commit(officer, approver, { measure: 'QC-2', amount: '1000.00' })
    expect(await cells('QC-M2')).toMatchInlineSnapshot(`
      "                     disponible     engagé    dépensé
      QC-2   non réparti      50000.00       0.00       0.00
      QC-2   2025-2026      -1000.00    1000.00       0.00"
    `)
    await spend({ measure: 'QC-2', amount: '600.00', commitment: id })
    expect(await cells('QC-M2')).toMatchInlineSnapshot(`
      "                     disponible     engagé    dépensé
      QC-2   non réparti      50000.00       0.00       0.00
      QC-2   2025-2026      -1000.00     400.00     600.00"
    `)
    expect(await standing({ id })).toBe('1000.00 = 600.00 + 0.00 + 400.00, approved')
    expect((await release({ id }, { amount: '150.00' })).body.state).toBe('approved')
    expect(await standing({ id })).toBe('1000.00 = 600.00 + 150.00 + 250.00, approved')
    expect((await release({ id })).body.state).toBe('closed')
    expect(await cells('QC-M2')).toMatchInlineSnapshot(`
      "                     disponible     engagé    dépensé
      QC-2   non réparti      50000.00       0.00       0.00
      QC-2   2025-2026       -600.00       0.00     600.00"
    `)
    expect(await standing({ id })).toBe('1000.00 = 600.00 + 400.00 + 0.00, closed')
  })

  test('below the expenditure that consumes it: the rest is from available', async () => {
    const { id } = await commit(officer, approver, { measure: 'QC-13', amount: '1000.00' })
    const posted = await spend({ measure: 'QC-13', amount: '1200.00', commitment: id })
    expect(posted).toMatchObject({ commitment: id, flags: [] })
    expect(await cells('QC-M13')).toMatchInlineSnapshot(`
      "                     disponible     engagé    dépensé
      QC-13  non réparti    4025000.00       0.00       0.00
      QC-13  2025-2026      -1200.00       0.00    1200.00"
    `)
    expect(await standing({ id })).toBe('1000.00 = 1000.00 + 0.00 + 0.00, closed')
  })

  test('consumed in another year: released where it stood, spent from available where it is', async () => {
    const { id } = await commit(officer, approver, {
      measure: 'QC-15',
      fiscalYear: '2024-2025',
      amount: '1000.00',
    })
    const posted = await spend({ measure: 'QC-15', amount: '700.00', commitment: id })
    expect(await cells('QC-M15')).toMatchInlineSnapshot(`
      "                     disponible     engagé    dépensé
      QC-15  non réparti     200000.00       0.00       0.00
      QC-15  2024-2025       -300.00     300.00       0.00
      QC-15  2025-2026       -700.00       0.00     700.00"
    `)
    expect(await standing({ id })).toBe('1000.00 = 700.00 + 0.00 + 300.00, approved')
    await correct(people(), posted, 'reverse')
    expect(await cells('QC-M15')).toMatchInlineSnapshot(`
      "                     disponible     engagé    dépensé
      QC-15  non réparti     200000.00       0.00       0.00
      QC-15  2024-2025      -1000.00    1000.00       0.00"
    `)
    expect(await standing({ id })).toBe('1000.00 = 0.00 + 0.00 + 1000.00, approved')
  })

  test('of a member of the shared envelope, consumed by another member', async () => {
    const { id } = await commit(officer, approver, { measure: 'QC-3', amount: '1000.00' })
    await spend({ measure: 'QC-A2', amount: '400.00', commitment: id })
    expect(await cells('QC-COMMUNICATION')).toMatchInlineSnapshot(`
      "                     disponible     engagé    dépensé
      commun non réparti    2903063.00       0.00       0.00
      QC-3   2025-2026       -600.00     600.00       0.00
      QC-A2  2025-2026       -400.00       0.00     400.00"
    `)
  })

  test('that several expenditures of one bulk approval consume in turn', async () => {
    const { id } = await commit(officer, approver, { measure: 'QC-16', amount: '100.00' })
    const items = []
    for (const documentNumber of ['B-1', 'B-2']) {
      const body = { documentNumber, measure: 'QC-16', amount: '60.00', commitment: id }
      const entered = await officer.send('POST', '/expenditures', {
        body: { ...draftOf(), ...body },
      })
      const url = `/expenditures/${entered.body.id}/submit`
      const { version } = (await officer.step(url, entered.body.version)).body
      items.push({ id: entered.body.id, version })
    }
    const bulk = await approver.send('POST', '/expenditures/approve', { body: { items } })
    expect(bulk.status).toBe(200)
    expect(await cells('QC-M16')).toMatchInlineSnapshot(`
      "                     disponible     engagé    dépensé
      QC-16  non réparti     300000.00       0.00       0.00
      QC-16  2025-2026       -120.00       0.00     120.00"
    `)
    expect(await standing({ id })).toBe('100.00 = 100.00 + 0.00 + 0.00, closed')
  })

  test('pays what the ceiling would not: only what is beyond it is held against the headroom', async () => {
    // QC-MA4 grants 40 000.00, all of it committed: nothing is available, and nothing is over-spent.
    const { id } = await commit(officer, approver, { measure: 'QC-A4', amount: '40000.00' })
    const posted = await spend({ measure: 'QC-A4', amount: '39000.00', commitment: id })
    expect(posted).toMatchObject({ state: 'posted', flags: [] })
    const beyond = await spend({ measure: 'QC-A4', amount: '1000.01', commitment: id })
    expect(beyond.code).toBe('expenditures/above-headroom')
    expect(beyond.detail.replaceAll('\u00a0', ' ')).toContain('0,01 $ dépasse la marge de QC-MA4')
    expect(await standing({ id })).toBe('40000.00 = 39000.00 + 0.00 + 1000.00, approved')
  })
})

describe('a reversal', () => {
  test('gives back to the commitment what came from it while it is open', async () => {
    const { id } = await commit(officer, approver, { measure: 'QC-17', amount: '1000.00' })
    const before = await cells('QC-M17')
    const posted = await spend({ measure: 'QC-17', amount: '600.00', commitment: id })
    await correct(people(), posted, 'reverse')
    expect(await cells('QC-M17')).toBe(before)
    expect(await standing({ id })).toBe('1000.00 = 0.00 + 0.00 + 1000.00, approved')
  })

  test('after the release of the rest gives everything back to available', async () => {
    const { id } = await commit(officer, approver, { measure: 'QC-18', amount: '1000.00' })
    const posted = await spend({ measure: 'QC-18', amount: '600.00', commitment: id })
    await release({ id })
    await correct(people(), posted, 'reverse')
    expect(await cells('QC-M18')).toMatchInlineSnapshot(`
      "                     disponible     engagé    dépensé
      QC-18  non réparti      68466.00       0.00       0.00"
    `)
    expect(await standing({ id })).toBe('1000.00 = 600.00 + 400.00 + 0.00, closed')
  })

  test('of what consumed all of a commitment in another year gives back to available there', async () => {
    const change = { measure: 'QC-20', fiscalYear: '2023-2024', amount: '500.00' }
    const { id } = await commit(officer, approver, change)
    const posted = await spend({ measure: 'QC-20', amount: '800.00', commitment: id })
    expect(await cells('QC-M20')).toMatchInlineSnapshot(`
      "                     disponible     engagé    dépensé
      QC-20  non réparti     350000.00       0.00       0.00
      QC-20  2025-2026       -800.00       0.00     800.00"
    `)
    await correct(people(), posted, 'reverse')
    expect(await cells('QC-M20')).toMatchInlineSnapshot(`
      "                     disponible     engagé    dépensé
      QC-20  non réparti     350000.00       0.00       0.00"
    `)
  })

  test('takes the refunds of the expenditure back first, in the same event', async () => {
    const { id } = await commit(officer, approver, { measure: 'QC-21', amount: '1000.00' })
    const before = await cells('QC-M21')
    const posted = await spend({ measure: 'QC-21', amount: '900.00', commitment: id })
    const refunded = await correct(people(), posted, 'refund', {
      amount: '250.00',
      date: '2026-02-10',
    })
    expect(refunded.body).toMatchObject({ state: 'posted', refunded: '250.00' })
    expect(await cells('QC-M21')).toMatchInlineSnapshot(`
      "                     disponible     engagé    dépensé
      QC-21  non réparti     450000.00       0.00       0.00
      QC-21  2025-2026       -750.00     100.00     650.00"
    `)
    const reversed = await correct(people(), refunded.body, 'reverse')
    expect(reversed.body).toMatchObject({ state: 'reversed', refunded: '0.00' })
    expect(await cells('QC-M21')).toBe(before)
    const { rows } = await app.database.owner.query(
      `select kind, reverses is not null as mirror,
        dense_rank() over (order by event_position(event))::integer as event
      from journal_entry where document = $1 order by id`,
      [posted.id],
    )
    expect(rows).toEqual([
      { kind: 'expenditure', mirror: false, event: 1 },
      { kind: 'refund', mirror: false, event: 2 },
      { kind: 'refund', mirror: true, event: 3 },
      { kind: 'expenditure', mirror: true, event: 3 },
    ])
  })
})

test('the record is whole after all of it', async () => {
  expect((await auditor.get('/verify')).body).toMatchObject({ isIntact: true })
})

const draftOf = () => ({
  organization: 'MSP',
  serviceDate: '2025-06-15',
  supplier: 'PIPQ',
  description: 'Projet pilote',
})
