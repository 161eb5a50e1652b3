import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { post, submitted } from '#test/support/drafts.ts'
import { expectRefusal } from '#test/support/refusals.ts'
import { reconciliation } from '#test/support/reports.ts'

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

const spend = (change: Record<string, unknown>) => post(officer, approver, change)
const approve = (document: { id: string; version: number }, options: object = {}) =>
  approver.send('POST', `/expenditures/${document.id}/approve`, {
    version: document.version,
    ...options,
  })
const aboveHeadroom = { status: 422, code: 'expenditures/above-headroom' }

describe('the last dollar of an envelope', () => {
  test('may be spent, and is flagged nowhere', async () => {
    // QC-M2 grants 50 000.00.
    const posted = await spend({ measure: 'QC-2', amount: '50000.00' })
    expect(posted.flags).toEqual([])
    const { row } = await reconciliation(auditor)
    expect(row('QC-2')).toMatchObject({ available: '0.00', percentSpent: '100.00', flags: [] })
  })

  test('is followed by a refusal that says every operand', async () => {
    // QC-M18 grants 68 466.00: 466.00 is left.
    await spend({ measure: 'QC-18', amount: '68000.00' })
    const document = await submitted(officer, { measure: 'QC-18', amount: '466.01' })
    const { number } = document
    const says = [number, 'QC-M18', '2025-2026']
    await expectRefusal(app, { ...aboveHeadroom, says }, (headers) =>
      approve(document, { headers }),
    )
    const french = await approve(document)
    expect(french.body.detail.replaceAll('\u00a0', ' ')).toBe(
      `${number} : 466,01 $ dépasse la marge de QC-M18 pour 2025-2026, 466,00 $ (disponible de l’exercice -68 000,00 $, non réparti 68 466,00 $, insuffisance des autres exercices 0,00 $, disponible de toute la durée 466,00 $). Une justification est requise pour approuver.`,
    )
    const english = await approve(document, { headers: { 'accept-language': 'en' } })
    expect(english.body.detail).toBe(
      `${number}: $466.01 is above the headroom of QC-M18 for 2025-2026, $466.00 (available in the year -$68,000.00, undistributed $68,466.00, shortfall of the other years $0.00, available over the whole term $466.00). A justification is needed to approve.`,
    )
  })

  test('is passed only with a justification, and then flagged', async () => {
    const document = await submitted(officer, {
      measure: 'QC-18',
      amount: '466.01',
      documentNumber: 'F-2',
    })
    const posted = await approve(document, { body: { justification: 'Autorisé par le SCT' } })
    expect(posted.body).toMatchObject({
      state: 'posted',
      flags: ['over-spent'],
      justification: 'Autorisé par le SCT',
    })
    const { row } = await reconciliation(auditor)
    expect(row('QC-18')).toMatchObject({
      available: '-0.01',
      variance: '-0.01',
      percentSpent: '100.00',
      flags: ['over-spent'],
    })
    const byYear = await reconciliation(auditor, '?by=fiscal-year')
    expect(byYear.row('2025-2026').flags).toContain('over-spent')
  })

  test('counts what the same bulk approval took before', async () => {
    // QC-MA4 grants 40 000.00.
    const [first, second] = [
      await submitted(officer, { measure: 'A4', amount: '25000.00', documentNumber: 'B-1' }),
      await submitted(officer, { measure: 'A4', amount: '25000.00', documentNumber: 'B-2' }),
    ]
    const bulk = (documents: readonly { id: string; version: number }[], options: object = {}) =>
      approver.send('POST', '/expenditures/approve', {
        body: { items: documents.map(({ id, version }) => ({ id, version })) },
        ...options,
      })
    await expectRefusal(app, { ...aboveHeadroom, says: [second.number] }, (headers) =>
      bulk([first, second], { headers }),
    )
    await expectRefusal(app, { ...aboveHeadroom, says: [first.number] }, (headers) =>
      bulk([second, first], { headers }),
    )
    expect((await bulk([first])).status).toBe(200)
  })

  test('of several years: the others’ shortfall takes it too', async () => {
    // QC-M15 grants 200 000.00: 190 000.00 in 2023-2024 leave 10 000.00 for any other year.
    await spend({ measure: 'QC-15', serviceDate: '2023-06-15', amount: '190000.00' })
    const document = await submitted(officer, { measure: 'QC-15', amount: '10000.01' })
    const refused = await approve(document)
    expect(refused.body).toMatchObject({ code: 'expenditures/above-headroom' })
    expect(refused.body.detail.replaceAll('\u00a0', ' ')).toContain(
      '10 000,00 $ (disponible de l’exercice 0,00 $, non réparti 200 000,00 $, insuffisance des autres exercices -190 000,00 $, disponible de toute la durée 10 000,00 $)',
    )
    await spend({ measure: 'QC-15', amount: '10000.00', documentNumber: 'F-3' })
    expect((await reconciliation(auditor)).row('QC-15')).toMatchObject({ available: '0.00' })
  })

  test('of a year outside the term is nothing at all', async () => {
    const document = await submitted(officer, {
      measure: 'QC-16',
      serviceDate: '2026-04-01',
      justification: 'Facture tardive',
    })
    const posted = await approve(document)
    expect(posted.body.flags).toEqual(['outside-term', 'over-spent'])
  })
})

describe('a year', () => {
  test('without money of its own draws on what is not distributed', async () => {
    const { row } = await reconciliation(auditor, '?by=fiscal-year&from=2021-2022&to=2025-2026')
    expect(row('2023-2024')).toMatchObject({ planned: null, initial: null, spent: '190000.00' })
    expect(row('2023-2024').flags).toEqual(['absent', 'draws-on-undistributed'])
    expect(row('undistributed')).toMatchObject({ planned: '147106925.00', spent: '0.00' })
  })
})

describe('a member of the shared envelope', () => {
  const justification = 'Autorisé par le SCT'
  const flagsOf = async (...keys: string[]) => {
    const { row } = await reconciliation(auditor)
    return keys.map((key) => row(key).flags)
  }

  test('without a share of its own may take all that is not distributed', async () => {
    // QC-COMMUNICATION grants 2 903 063.00 to six members, and nothing of it is distributed.
    const posted = await spend({ measure: 'QC-3', amount: '2903062.00' })
    expect(posted.flags).toEqual([])
    expect(await flagsOf('QC-3', 'QC-COMMUNICATION')).toEqual([['in-shared-envelope'], []])
  })

  test('above what the others left: the envelope is over-spent', async () => {
    const posted = await spend({ measure: 'QC-5', amount: '1.01', justification })
    expect(posted.flags).toEqual(['over-spent'])
    expect(await flagsOf('QC-5', 'QC-COMMUNICATION')).toEqual([
      ['in-shared-envelope'],
      ['over-spent'],
    ])
  })

  test('beyond all that is not distributed is over its share', async () => {
    const change = { measure: 'QC-3', amount: '1.01', documentNumber: 'F-4', justification }
    expect((await spend(change)).flags).toEqual(['over-spent', 'over-share'])
    expect(await flagsOf('QC-3', 'QC-4')).toEqual([
      ['in-shared-envelope', 'over-share'],
      ['in-shared-envelope', 'nothing-recorded'],
    ])
  })
})
