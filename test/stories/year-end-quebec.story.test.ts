import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answered, type Person, type TestApp, testApp } from '#test/support/app.ts'
import { cellsOf, commit } from '#test/support/commitments.ts'
import { post, submitted } from '#test/support/drafts.ts'
import { revise, type Two } from '#test/support/revisions.ts'
import { closeYear, figuresText, yearEnd } from '#test/support/year-ends.ts'

/**
 * The last year of the Quebec plan closed first, then the year before it: money of a term ends with
 * its last year, but for what open commitments hold and what years still open draw on.
 */
let app: TestApp
let two: Two
let justice: Person
let auditor: Person
/** The view in equal parts before anything was closed, and where it stood. */
let before: Answered

const spend = (measure: string, amount: string, change: Record<string, unknown> = {}) =>
  post(two.officer, two.approver, { measure, amount, ...change })
const cells = (envelope: string) => cellsOf(app.database.owner, envelope)

beforeAll(async () => {
  app = await testApp()
  two = {
    officer: await app.person('officer', 'officer'),
    approver: await app.person('approver', 'approver'),
  }
  justice = await app.person('justice', 'officer', 'MJQ')
  const judge = await app.person('judge', 'approver', 'MJQ')
  // QC-M2 grants 50 000.00 over five years.
  await spend('QC-2', '10000.00', { serviceDate: '2024-06-15' })
  await spend('QC-2', '20000.00')
  await commit(two.officer, two.approver, { measure: 'QC-2', amount: '5000.00' })
  // The shared envelope grants 2 903 063.00; QC-3 has a share of it, QC-4 has none.
  const lines = [
    { envelope: 'QC-COMMUNICATION', amount: '-100000.00' },
    { envelope: 'QC-COMMUNICATION', measure: 'QC-3', amount: '100000.00' },
  ]
  await revise(two, { kind: 'distribution', lines })
  await spend('QC-3', '120000.00')
  await spend('QC-4', '50000.00')
  // QC-M15 grants 200 000.00.
  const above = await submitted(two.officer, { measure: 'QC-15', amount: '250000.00' })
  const justification = 'Urgence'
  await two.approver.step(`/expenditures/${above.id}/approve`, above.version, { justification })
  // QC-M13 grants 4 025 000.00: a million of it for 2024-2025.
  const years = [
    { envelope: 'QC-M13', amount: '-1000000.00' },
    { envelope: 'QC-M13', fiscalYear: '2024-2025', amount: '1000000.00' },
  ]
  await revise(two, { kind: 'distribution', lines: years })
  await spend('QC-13', '600000.00', { serviceDate: '2024-06-15' })
  await commit(two.officer, two.approver, {
    measure: 'QC-13',
    fiscalYear: '2024-2025',
    amount: '100000.00',
  })
  // Another organization's commitment, on an envelope of its own: 2024-2025 too.
  await commit(justice, judge, {
    organization: 'MJQ',
    measure: 'QC-28',
    fiscalYear: '2024-2025',
    amount: '3000.00',
  })
  auditor = await app.person('auditor', 'auditor')
  before = await auditor.get(spread)
})
const spread = '/reports/reconciliation?spread=straight-line&from=2025-2026&to=2025-2026'
afterAll(() => app.close())

const only = (body: { figures: { envelope: string }[] }) => ({
  ...body,
  figures: body.figures.filter(({ envelope }) =>
    ['QC-M2', 'QC-M13', 'QC-M15', 'QC-M28', 'QC-COMMUNICATION'].includes(envelope),
  ),
})

describe('closing the last year of the Quebec plan', () => {
  test('carries open commitments alone, and leaves what another open year draws on', async () => {
    const { status, body } = await closeYear(two)
    expect(status).toBe(200)
    // QC-M2: 25 000.00 drawn, and the 15 000.00 left once 2024-2025 has its 10 000.00.
    expect(figuresText(only(body))).toMatchInlineSnapshot(`
      "                                  prévu      complété eng. reportés       reporté        périmé       restant
      QC-M2            (tout)               —      40000.00       5000.00          0.00      15000.00          0.00
      QC-M13           (tout)               —    3025000.00          0.00          0.00    3025000.00          0.00
      QC-M15           (tout)               —     200000.00          0.00          0.00          0.00     -50000.00
      QC-M28           (tout)               —    2651490.00          0.00          0.00    2651490.00          0.00
      QC-COMMUNICATION (tout)               —    2903063.00          0.00          0.00    2733063.00          0.00
      total                              0.00  146093925.00       5000.00          0.00  145698925.00     -50000.00"
    `)
    expect(
      [await cells('QC-M2'), await cells('QC-M15'), await cells('QC-COMMUNICATION')].join('\n'),
    ).toMatchInlineSnapshot(`
      "                     disponible     engagé    dépensé
      QC-2   non réparti      10000.00       0.00       0.00
      QC-2   2024-2025     -10000.00       0.00   10000.00
      QC-2   2025-2026          0.00       0.00   20000.00
      QC-2   2026-2027          0.00    5000.00       0.00
                           disponible     engagé    dépensé
      QC-15  2025-2026     -50000.00       0.00  250000.00
                           disponible     engagé    dépensé
      QC-3   2025-2026          0.00       0.00  120000.00
      QC-4   2025-2026          0.00       0.00   50000.00"
    `)
  })

  test('spreads nothing over it any more, and an earlier report still does', async () => {
    const rowOf = ({ body }: Answered) =>
      body.rows.find(({ key }: { key: string }) => key === 'QC-2')
    // A fifth of 50 000.00; then what the closing left there: 40 000.00 less 5 000.00 carried.
    expect(rowOf(before)).toMatchObject({ planned: '10000.00', derived: true })
    expect(rowOf(await auditor.get(spread))).toMatchObject({
      ...{ planned: '35000.00', spent: '20000.00', lapsed: '15000.00', available: '0.00' },
      derived: false,
    })
    const again = await auditor.get(`${spread}&asOf=${before.body.position}`)
    expect(again.text).toBe(before.text)
  })

  test('then the year before: what it carries goes past the closed one', async () => {
    const policies = [{ envelope: 'QC-M13', policy: 'carry-percent', percent: 10 }]
    const { body } = await closeYear(two, { fiscalYear: '2024-2025', policies })
    expect(body.carriedTo).toBe('2026-2027')
    expect(figuresText(only(body))).toMatchInlineSnapshot(`
      "                                  prévu      complété eng. reportés       reporté        périmé       restant
      QC-M2            (tout)               —      10000.00          0.00          0.00          0.00          0.00
      QC-M13           10.00 %     1000000.00          0.00     100000.00          0.00     300000.00          0.00
      QC-M28           (tout)               —       3000.00       3000.00          0.00          0.00          0.00
      total                        1000000.00      13000.00     103000.00          0.00     300000.00          0.00"
    `)
    expect([await cells('QC-M2'), await cells('QC-M13')].join('\n')).toMatchInlineSnapshot(`
      "                     disponible     engagé    dépensé
      QC-2   2024-2025          0.00       0.00   10000.00
      QC-2   2025-2026          0.00       0.00   20000.00
      QC-2   2026-2027          0.00    5000.00       0.00
                           disponible     engagé    dépensé
      QC-13  2024-2025          0.00       0.00  600000.00
      QC-13  2026-2027          0.00  100000.00       0.00"
    `)
  })

  test('moves the commitments of every organization', async () => {
    const held = await app.database.owner.query(
      `select organization, fiscal_year, held_fiscal_year from commitment order by number`,
    )
    expect(held.rows.map((row) => Object.values(row).join(' '))).toEqual([
      'MSP 2024-2025 2026-2027',
      'MJQ 2024-2025 2026-2027',
      'MSP 2025-2026 2026-2027',
    ])
    const { body } = await auditor.get('/verify')
    expect(body.checks.flatMap((check: { breaks: unknown[] }) => check.breaks)).toEqual([])
  })
})

describe('a closed year', () => {
  const closed = { fiscalYear: '2025-2026' }

  test('takes no commitment any more, and no revision', async () => {
    const body = { organization: 'MSP', measure: 'QC-12', supplier: 'x', reference: 'x' }
    const refused = await two.officer.send('POST', '/commitments', {
      body: { ...body, ...closed, description: 'x', amount: '1.00' },
    })
    expect([refused.status, refused.body.code]).toEqual([422, 'commitments/year-closed'])
    const revision = await two.officer.send('POST', '/revisions', {
      body: {
        kind: 'supplement',
        reason: 'x',
        documentReference: 'x',
        effectiveOn: '2026-11-02',
        lines: [{ envelope: 'QC-M12', ...closed, amount: '1.00' }],
      },
    })
    expect([revision.status, revision.body.code, revision.body.errors[0]?.pointer]).toEqual([
      422,
      'funding/year-closed',
      '/lines/0/fiscalYear',
    ])
  })

  test('still has the spending found later, which nothing covers any more', async () => {
    const late = await submitted(two.officer, { measure: 'QC-2', amount: '1.00' })
    const { status, body } = await two.approver.step(
      `/expenditures/${late.id}/approve`,
      late.version,
    )
    expect([status, body.code]).toEqual([422, 'expenditures/above-headroom'])
    const justification = 'Facture retrouvée'
    const posted = await two.approver.step(`/expenditures/${late.id}/approve`, late.version, {
      justification,
    })
    expect(posted.body).toMatchObject({
      fiscalYear: '2025-2026',
      recordedIn: { fiscalYear: '2025-2026', period: 3 },
      flags: ['over-spent', 'late-item'],
    })
  })

  test('is not closed again', async () => {
    const { status, body } = await two.officer.send('POST', '/year-end', { body: yearEnd() })
    expect([status, body.code]).toEqual([409, 'year-end/already-closed'])
  })
})
