import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { cellsOf, commit } from '#test/support/commitments.ts'
import { post, submitted } from '#test/support/drafts.ts'
import { reconciliation } from '#test/support/reports.ts'
import { closeYear, figuresText, yearEnd } from '#test/support/year-ends.ts'

/** 2025-2026 of the federal strategy: recurring money under each policy, and a term under way. */
let app: TestApp
let officer: Person
let approver: Person
let auditor: Person

const closing = {
  programme: 'CA-STRATEGY-2004',
  policies: [
    { envelope: 'CA-2007', policy: 'carry-all' },
    { envelope: 'CA-2009', policy: 'carry-percent', percent: '5' },
    { envelope: 'CA-2017', policy: 'lapse' },
  ],
}

const spend = (envelope: string, amount: string, change: Record<string, unknown> = {}) =>
  post(officer, approver, { organization: 'SPC', measure: null, envelope, amount, ...change })
const reserve = (envelope: string, amount: string) =>
  commit(officer, approver, { organization: 'SPC', measure: null, envelope, amount })

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer', 'SPC')
  approver = await app.person('approver', 'approver', 'SPC')
  auditor = await app.person('auditor', 'auditor')
  await spend('CA-2007', '1000000.00')
  await reserve('CA-2007', '500000.00')
  await spend('CA-2009', '7000000.00')
  await reserve('CA-2009', '600000.00')
  await spend('CA-2017', '1000000.00')
  await spend('CA-2022', '2000000.00')
  const above = await submitted(officer, {
    organization: 'SPC',
    measure: null,
    envelope: 'CA-CCPE',
    amount: '3000000.00',
  })
  const justification = 'Avance du centre'
  await approver.step(`/expenditures/${above.id}/approve`, above.version, { justification })
})
afterAll(() => app.close())

describe('closing 2025-2026 of the federal strategy', () => {
  test('is previewed, and the preview writes nothing', async () => {
    const before = (await auditor.get('/reports/reconciliation')).body.position
    const { status, body } = await officer.send('POST', '/year-end/preview', {
      body: yearEnd(closing),
    })
    expect(status).toBe(200)
    expect(body.carriedTo).toBe('2026-2027')
    // 5 % of 8 100 000.00 is 405 000.00; CA-2022 draws 2 000 000.00 on its undistributed part.
    expect(figuresText(body)).toMatchInlineSnapshot(`
      "                                  prévu      complété eng. reportés       reporté        périmé       restant
      CA-2007          tout        6000000.00          0.00     500000.00    4500000.00          0.00          0.00
      CA-2009          5.00 %      8100000.00          0.00     600000.00     405000.00      95000.00          0.00
      CA-2017          rien        1300000.00          0.00          0.00          0.00     300000.00          0.00
      CA-2022          (tout)               —    2000000.00          0.00          0.00          0.00          0.00
      CA-CCPE          (tout)      2950000.00          0.00          0.00          0.00          0.00     -50000.00
      total                       18350000.00    2000000.00    1100000.00    4905000.00     395000.00     -50000.00"
    `)
    expect((await auditor.get('/reports/reconciliation')).body.position).toBe(before)
  })

  test('does what the preview said', async () => {
    const preview = await officer.send('POST', '/year-end/preview', { body: yearEnd(closing) })
    const { status, body } = await closeYear({ officer, approver }, closing)
    expect([status, body.state]).toEqual([200, 'approved'])
    expect(body.figures).toEqual(preview.body.figures)
    expect(body.digest).toBe(preview.body.digest)
    const cells = []
    for (const envelope of ['CA-2009', 'CA-2022', 'CA-CCPE']) {
      cells.push(envelope, await cellsOf(app.database.owner, envelope))
    }
    expect(cells.join('\n')).toMatchInlineSnapshot(`
      "CA-2009
                           disponible     engagé    dépensé
      commun non réparti   41000000.00       0.00       0.00
      commun 2014-2015    8100000.00       0.00       0.00
      commun 2015-2016    8100000.00       0.00       0.00
      commun 2016-2017    8100000.00       0.00       0.00
      commun 2017-2018    8100000.00       0.00       0.00
      commun 2018-2019    8100000.00       0.00       0.00
      commun 2019-2020    8100000.00       0.00       0.00
      commun 2020-2021    8100000.00       0.00       0.00
      commun 2021-2022    8100000.00       0.00       0.00
      commun 2022-2023    8100000.00       0.00       0.00
      commun 2023-2024    8100000.00       0.00       0.00
      commun 2024-2025    8100000.00       0.00       0.00
      commun 2025-2026          0.00       0.00 7000000.00
      commun 2026-2027    8505000.00  600000.00       0.00
      CA-2022
                           disponible     engagé    dépensé
      commun non réparti   39600000.00       0.00       0.00
      commun 2025-2026          0.00       0.00 2000000.00
      CA-CCPE
                           disponible     engagé    dépensé
      commun 2021-2022    2950000.00       0.00       0.00
      commun 2022-2023    2950000.00       0.00       0.00
      commun 2023-2024    2950000.00       0.00       0.00
      commun 2024-2025    2950000.00       0.00       0.00
      commun 2025-2026     -50000.00       0.00 3000000.00
      commun 2026-2027    2950000.00       0.00       0.00"
    `)
  })

  test('shows what lapsed in its own column, and still adds up', async () => {
    const { totals, row } = await reconciliation(
      auditor,
      '?jurisdiction=CA&by=envelope&from=2025-2026&to=2025-2026',
    )
    expect(row('CA-2009')).toMatchObject({
      initial: '8100000.00',
      transfers: '-1005000.00',
      planned: '7095000.00',
      spent: '7000000.00',
      committed: '0.00',
      lapsed: '95000.00',
      available: '0.00',
    })
    expect(row('CA-CCPE')).toMatchObject({ available: '-50000.00' })
    expect(totals.lapsed).toBe('395000.00')
  })

  test('is a report of its own, in every format', async () => {
    const { body } = await auditor.get('/reports/year-end?jurisdiction=CA')
    expect(body.parameters).toEqual({ jurisdiction: 'CA', from: '2025-2026', to: '2025-2026' })
    expect(body.totals).toMatchObject({ lapsed: '395000.00', carried: '4905000.00' })
    const csv = await auditor.get('/reports/year-end.csv?jurisdiction=CA')
    expect(csv.text).toContain('CA-2009')
    // A program decides on the code that the policy was stated with, a person reads its words.
    expect(body.rows.find(({ key }: { key: string }) => key === 'CA-2017')).toMatchObject({
      policy: 'lapse',
      policyLabel: { fr: 'périmer', en: 'lapse' },
    })
    const xlsx = await auditor.get('/reports/year-end.xlsx?jurisdiction=CA')
    expect([xlsx.status, xlsx.text.slice(0, 2)]).toEqual([200, 'PK'])
    const before = await auditor.get('/reports/year-end?jurisdiction=CA&asOf=3')
    expect(before.body.rows).toEqual([])
    const open = await auditor.get('/reports/year-end?jurisdiction=CA&from=2024-2025')
    expect([open.body.rows, open.body.notes[0].code]).toEqual([[], 'none-closed'])
    const backwards = await auditor.get('/reports/year-end?from=2025-2026&to=2024-2025')
    expect([backwards.status, backwards.body.code]).toEqual([400, 'reports/range-backwards'])
  })

  test('leaves a record that verifies', async () => {
    const { body } = await auditor.get('/verify')
    expect(body.checks.flatMap((check: { breaks: unknown[] }) => check.breaks)).toEqual([])
  })
})
