import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dimensions } from '#features/reconciliation/facts.ts'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { type ReportRow, reconciliation } from '#test/support/reports.ts'

let app: TestApp
let analyst: Person

beforeAll(async () => {
  app = await testApp({ template: 'published' })
  analyst = await app.person('analyst', 'analyst')
})
afterAll(() => app.close())

const get = async (url: string) => (await analyst.get(url)).body
const keys = (rows: readonly ReportRow[], kind: string) =>
  rows.filter((row) => row.kind === kind).map(({ key }) => key)
const planned = (rows: readonly ReportRow[]) =>
  Object.fromEntries(rows.map((row) => [row.key, row.planned]))

describe('the reconciliation of Quebec', () => {
  test('has a row for each of the 37 measures and one for the shared envelope', async () => {
    const { rows, totals, row } = await reconciliation(analyst, '?by=measure&jurisdiction=QC')
    const numbered = Array.from({ length: 33 }, (_, place) => `QC-${place + 1}`)
    const measures = [...numbered, 'QC-A1', 'QC-A2', 'QC-A3', 'QC-A4']
    expect(keys(rows, 'measure')).toEqual(measures)
    expect(keys(rows, 'envelope')).toEqual(['QC-COMMUNICATION'])
    expect(rows).toHaveLength(38)
    expect(totals).toMatchObject({ planned: '147106925.00', spent: '6389496.00' })
    expect(row('QC-COMMUNICATION')).toMatchObject({ planned: '2903063.00', repeated: false })
    for (const code of ['QC-3', 'QC-4', 'QC-5', 'QC-7', 'QC-A1', 'QC-A2']) {
      expect(row(code)).toMatchObject({ planned: null, repeated: true, funding: 'shared' })
    }
  })

  test('shows self-funded measures as not applicable, never zero', async () => {
    const { rows, row } = await reconciliation(analyst)
    const selfFunded = ['QC-6', 'QC-9', 'QC-14', 'QC-19', 'QC-23', 'QC-29', 'QC-31']
    expect(rows.filter(({ funding }) => funding === 'self_funded').map(({ key }) => key)).toEqual(
      selfFunded,
    )
    for (const code of selfFunded) {
      expect(row(code)).toMatchObject({
        initial: null,
        revisions: null,
        transfers: null,
        planned: null,
        committed: null,
        spent: null,
        lapsed: null,
        available: null,
        variance: null,
        percentSpent: null,
        ownResources: '0.00',
      })
      expect(row(code).flags).toContain('not-applicable')
    }
  })

  test('gives one grand total, whatever the dimension', async () => {
    for (const by of dimensions) {
      const { totals, proof } = await reconciliation(analyst, `?by=${by}`)
      expect([by, totals]).toEqual([
        by,
        {
          initial: '147106925.00',
          revisions: '0.00',
          transfers: '0.00',
          planned: '147106925.00',
          committed: '0.00',
          spent: '6389496.00',
          lapsed: '0.00',
          ownResources: '0.00',
          available: '140717429.00',
          variance: '140717429.00',
        },
      ])
      expect(proof.planned).toMatchObject({ total: '147106925.00' })
      expect(proof.spent).toMatchObject({ total: '6389496.00' })
    }
  })

  test('adds up by axis, with the shared envelope on a line of its own', async () => {
    const { rows } = await reconciliation(analyst, '?by=axis')
    expect(planned(rows)).toEqual({
      'AXE-1': '2003200.00',
      'AXE-2': '10310069.00',
      'AXE-3': '21715123.00',
      'AXE-4': '99940100.00',
      'AXE-5': '9745370.00',
      'VOLET-AUTOCHTONE': '490000.00',
      'QC-COMMUNICATION': '2903063.00',
    })
  })

  test('adds up by lead, joint leads on a row of their own', async () => {
    const { rows } = await reconciliation(analyst, '?by=lead')
    expect(planned(rows)).toEqual({
      MSP: '114958523.00',
      MEQ: '10310069.00',
      MJQ: '9745370.00',
      DPCP: '8064900.00',
      SCF: '450000.00',
      MES: '350000.00',
      MTO: '250000.00',
      MAMH: '75000.00',
      MIFI: null,
      MSSS: null,
      'MJQ+MSP': null,
      'MSP+SCF': null,
      'QC-COMMUNICATION': '2903063.00',
    })
  })

  test('has no published split by year: all of it is undistributed', async () => {
    const { rows, row } = await reconciliation(analyst, '?by=fiscal-year')
    const spent = Object.fromEntries(rows.map(({ key, spent: of }) => [key, of]))
    expect(spent).toEqual({
      '2021-2022': '225000.00',
      '2022-2023': '4953900.00',
      '2023-2024': '0.00',
      '2024-2025': '0.00',
      '2025-2026': '1210596.00',
      undistributed: '0.00',
    })
    expect(row('undistributed').planned).toBe('147106925.00')
    expect(row('2022-2023')).toMatchObject({ initial: null, planned: null, percentSpent: null })
  })

  test('ties out to what was announced, and shows what nothing explains', async () => {
    const report = await get('/reports/reconciliation')
    expect(report.tieOut).toEqual({
      announced: '150000000.00',
      table: '147106925.00',
      unexplained: '2893075.00',
    })
    expect(report.notes.map(({ code }: { code: string }) => code)).toEqual(['unexplained'])
  })

  test('prints where it stands, and depends on nothing else', async () => {
    const report = await get('/reports/reconciliation')
    expect(report).toMatchObject({
      report: 'reconciliation',
      parameters: {
        by: 'measure',
        from: '2021-2022',
        to: '2025-2026',
        jurisdiction: 'QC',
        spread: 'none',
      },
      horizon: '2025-2026',
    })
    expect(report.seal).toMatch(/^[0-9a-f]{64}$/)
    expect(report.dataDigest).toMatch(/^[0-9a-f]{64}$/)
    expect(report.positionAt).toMatch(/Z$|[+-]\d\d:\d\d$/)
    const again = await analyst.get('/reports/reconciliation')
    expect(again.body).toEqual(report)
  })

  test('is flagged and in percent as the published payments make it', async () => {
    const { rows } = await reconciliation(analyst)
    const paid = rows.filter(({ spent }) => spent !== null && spent !== '0.00')
    expect(paid.map(({ key, spent, percentSpent, flags }) => [key, spent, percentSpent, flags]))
      // 2 038 900 ÷ 8 155 900, 2 250 000 ÷ 6 000 000, 1 435 596 ÷ 4 025 000, 665 000 ÷ 755 000
      .toEqual([
        ['QC-10', '2038900.00', '25.00', ['grant-awarded']],
        ['QC-11', '2250000.00', '37.50', ['grant-awarded']],
        ['QC-13', '1435596.00', '35.67', ['grant-awarded']],
        ['QC-32', '665000.00', '88.08', ['covers-two-years', 'grant-awarded']],
      ])
    const others = rows.filter(({ spent }) => spent === '0.00')
    expect(others.every(({ percentSpent }) => percentSpent === null)).toBe(true)
    expect(others.every(({ flags }) => flags.includes('nothing-recorded'))).toBe(true)
  })

  test.each([
    ['2024-2025', 'none', null, 25],
    ['2024-2025', 'straight-line', '29421385.00', 0],
  ])('of one year (%s, %s) plans %s', async (year, spread, total, left) => {
    const query = `?from=${year}&to=${year}&spread=${spread}`
    const { totals, notes, row } = await reconciliation(analyst, query)
    expect(totals.planned).toBe(total ?? '0.00')
    expect(notes.filter(({ code }) => code === 'not-distributed')).toHaveLength(left)
    // 10 310 069 ÷ 5 = 2 062 013.80
    expect(row('QC-8').planned).toBe(total === null ? null : '2062013.80')
    expect(row('QC-8').flags).toContain(total === null ? 'not-distributed' : 'derived')
  })
})

describe('the reconciliation of Canada', () => {
  test('has a row for each of the seven envelopes, every announcement posted', async () => {
    const { rows, totals } = await reconciliation(analyst, '?jurisdiction=CA')
    // To 2026-2027: 20 × 6 M$; 41 M$ + 13 × 8.1 M$; 6 M$ + 5 × 1.3 M$; 6 × 2.95 M$.
    expect(planned(rows)).toEqual({
      'CA-2004': '42000000.00',
      'CA-2007': '120000000.00',
      'CA-2009': '146300000.00',
      'CA-2017': '12500000.00',
      'CA-2019': '22400000.00',
      'CA-2022': '41600000.00',
      'CA-CCPE': '17700000.00',
    })
    // Low: without 18 × 6 M$ of CA-2007 from 2009-2010 on, and without the CCPE.
    expect(totals).toMatchObject({ planned: '402500000.00', plannedLow: '276800000.00' })
    for (const by of dimensions) {
      const asked = await reconciliation(analyst, `?by=${by}&jurisdiction=CA`)
      expect(asked.totals).toMatchObject({ ...totals })
      expect(asked.notes.map(({ code }) => code)).toContain('not-additive')
    }
  })

  test('shows the line that pays the CCPE as an upper bound, never over-spent', async () => {
    const { row } = await reconciliation(analyst, '?jurisdiction=CA&from=2012-2013&to=2024-2025')
    expect(row('CA-CCPE')).toMatchObject({
      spent: '37220759.00',
      flags: ['outside-term', 'upper-bound'],
    })
  })

  test('prints the authorities beside the spending, never as planned', async () => {
    const { row, totals } = await reconciliation(analyst, '?jurisdiction=CA&by=fiscal-year')
    expect(row('2013-2014')).toMatchObject({
      publishedAuthorities: '2166000.00',
      spent: '2161000.00',
      planned: '6000000.00',
    })
    expect(row('2011-2012').publishedAuthorities).toBeNull()
    expect(totals.publishedAuthorities).toBe('37564116.00')
  })
})
