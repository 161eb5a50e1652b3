import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { post } from '#test/support/drafts.ts'

/** Exceptions and forecasts over documents that people entered, through the API. */
let app: TestApp
let auditor: Person

beforeAll(async () => {
  app = await testApp({ template: 'published' })
  auditor = await app.person('auditor', 'auditor')
  const officer = await app.person('officer', 'officer')
  const approver = await app.person('approver', 'approver')
  const justified = { justification: 'Entente' }
  await post(officer, approver, { documentNumber: 'F-1' })
  await post(officer, approver, { documentNumber: 'F-1' })
  await post(officer, approver, { documentNumber: 'F-2', serviceDate: '2020-06-15', ...justified })
  await post(officer, approver, { documentNumber: 'F-3', measure: 'QC-8' })
  const much = { documentNumber: 'F-4', measure: 'QC-15', amount: '200000.01' }
  await post(officer, approver, { ...much, ...justified })
})
afterAll(() => app.close())

interface Row {
  readonly key: string
  readonly flags: readonly string[]
  readonly spent: string | null
  readonly href: string | null
  readonly [field: string]: unknown
}

const rows = async (url: string): Promise<readonly Row[]> => {
  const { status, body } = await auditor.get(url)
  expect([url, status]).toEqual([url, 200])
  return body.rows
}

describe('the exceptions of what was recorded', () => {
  test('name each with its reason: duplicates, other organizations, outside the term, too much', async () => {
    const found = await rows('/reports/exceptions')
    const of = (flag: string) =>
      found
        .filter(({ flags }) => flags[0] === flag)
        .map(({ key, fiscalYear, entries }) => [key, fiscalYear, entries])
    expect(of('possible-duplicate')).toEqual([['QC-12', '2025-2026', 1]])
    expect(of('outside-term')).toEqual([['QC-12', '2020-2021', 1]])
    expect(of('not-a-lead')).toEqual([['QC-8', '2025-2026', 1]])
    expect(of('covers-two-years')).toEqual([['QC-32', '2022-2023', 1]])
    expect(of('over-spent')).toEqual([
      ['QC-15', null, null],
      ['QC-M12', '2020-2021', null],
      ['QC-M15', '2025-2026', null],
    ])
    expect(of('nothing-recorded').map(([key]) => key)).toContain('QC-COMMUNICATION')
    expect(found.every(({ why }) => typeof why === 'object')).toBe(true)
  })

  test.each(['QC', 'CA'])('of %s: what is spent is what the row links to', async (jurisdiction) => {
    const found = await rows(`/reports/exceptions?jurisdiction=${jurisdiction}`)
    const linked = found.filter(({ spent, href }) => spent !== null && href !== null)
    expect(linked.length).toBeGreaterThan(3)
    for (const { key, flags, spent, href } of linked) {
      const { total } = (await auditor.get(String(href).replace('/api/v1', ''))).body
      expect([key, flags[0], total]).toEqual([key, flags[0], spent])
    }
  })

  test('are held against the thresholds that are asked for, which are printed', async () => {
    const { parameters } = (await auditor.get('/reports/exceptions?ahead=7.5&behind=0&late=1')).body
    expect(parameters).toMatchObject({ ahead: '7.50', behind: '0.00', late: '1' })
  })

  test.each([
    ['/reports/exceptions?ahead=101', 'reconciliation/threshold-malformed'],
    ['/reports/exceptions?late=0', 'reconciliation/threshold-malformed'],
    ['/reports/exceptions?behind=1,5', 'reconciliation/threshold-malformed'],
  ])('%s is refused', async (url, code) => {
    const { status, body } = await auditor.get(url)
    expect([status, body.errors[0].code]).toEqual([400, code])
  })

  test('thresholds mean nothing to another report, and are refused there', async () => {
    const { status, body } = await auditor.get('/reports/reconciliation?ahead=10')
    expect([status, body.code]).toEqual([400, 'reports/parameter-unused'])
  })
})

describe('the forecast of what was recorded', () => {
  test('of a year that is over is what was spent', async () => {
    const url = '/reports/forecast?from=2022-2023&to=2022-2023'
    const { elapsed, totals, formulas } = (await auditor.get(url)).body
    expect(elapsed).toMatchObject({ monthsElapsed: 12, months: 12 })
    expect(totals).toMatchObject({
      spent: '4953900.00',
      spentElapsed: '4953900.00',
      byRunRate: '4953900.00',
      byCommitments: '4953900.00',
    })
    expect(formulas.byRunRate).toBe('spentElapsed / monthsElapsed * months')
    const found = await rows(url)
    for (const row of found.filter(({ flags }) => flags.includes('nothing-recorded'))) {
      expect([row.key, row.byRunRate, row.byCommitments]).toEqual([row.key, null, null])
    }
  })

  test('of a year that is not open is refused', async () => {
    const url = '/reports/forecast?from=2098-2099&to=2098-2099'
    const { status, body } = await auditor.get(url)
    expect([status, body.code]).toEqual([422, 'reports/horizon-not-open'])
  })

  test('is refused by fiscal year, where it would mean nothing', async () => {
    const { status, body } = await auditor.get('/reports/forecast?by=fiscal-year')
    expect([status, body.code]).toEqual([400, 'reports/not-by'])
  })
})

describe('every report', () => {
  test.each([
    '/reports/exceptions',
    '/reports/forecast',
    '/reports/forecast?by=envelope&jurisdiction=CA',
  ])('%s is a file too, with the same rows and a last line with key total', async (url) => {
    const [name = '', query = ''] = url.split('?')
    const found = await rows(url)
    const csv = (await auditor.get(`${name}.csv?${query}`)).text.trim().split('\n')
    expect(csv).toHaveLength(found.length + 2)
    expect(csv.at(-1)).toMatch(/^total,/)
    expect((await auditor.get(`${name}.xlsx?${query}`)).status).toBe(200)
  })

  test('that does not exist is not found, and those that do are named', async () => {
    const { status, body } = await auditor.get('/reports/balance')
    expect([status, body.code]).toEqual([404, 'reports/unknown'])
    for (const name of ['bridge', 'exceptions', 'forecast']) {
      expect(body.detail).toContain(name)
    }
  })
})
