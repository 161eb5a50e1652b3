import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'

/** A chosen reading of the federal announcements, in every federal total. */
let app: TestApp
let analyst: Person

beforeAll(async () => {
  app = await testApp({ template: 'published' })
  analyst = await app.person('analyst', 'analyst')
})
afterAll(() => app.close())

const range = 'from=2021-2022&to=2025-2026&spread=straight-line'
const get = async (url: string) => {
  const { status, body } = await analyst.get(url)
  expect([url, status]).toEqual([url, 200])
  return body
}
const cents = (text: string): bigint => BigInt(text.replace('.', ''))

interface Assumption {
  readonly code: string
  readonly taken: 'low' | 'high'
  readonly effect: string
  readonly change: string
}

describe('switching one assumption', () => {
  test('moves the comparison’s total by exactly the money it concerns', async () => {
    const { assumptions, rows } = await get(`/reports/comparison?${range}`)
    expect(assumptions).toHaveLength(12)
    for (const { code, effect, change } of assumptions as readonly Assumption[]) {
      const switched = await get(`/reports/comparison?${range}&assume=${code}=low`)
      const moved = cents(switched.rows.at(-1).ca.planned) - cents(rows.at(-1).ca.planned)
      expect([code, moved]).toEqual([code, cents(change)])
      expect([code, -moved]).toEqual([code, cents(effect)])
      expect(switched.parameters.assume).toBe(`${code}=low`)
      const after = switched.assumptions.find((one: Assumption) => one.code === code)
      expect(after).toMatchObject({ taken: 'low', effect })
    }
  })

  test('several at once are written with commas, in whatever order', async () => {
    const both = 'CA-2017:unknown:CA-CCPE=low,CA-2009:unknown:CA-2007=low'
    const { rows, parameters } = await get(`/reports/comparison?${range}&assume=${both}`)
    expect(rows.at(-1).ca.planned).toBe('87646666.66')
    expect(parameters.assume).toBe('CA-2009:unknown:CA-2007=low,CA-2017:unknown:CA-CCPE=low')
  })
})

describe('a federal reconciliation', () => {
  test.each([
    ['', '132396666.66'],
    ['&scenario=high', '132396666.66'],
    ['&scenario=announced', '117646666.66'],
    ['&scenario=low', '87646666.66'],
    ['&assume=CA-2017:unknown:CA-CCPE=low', '117646666.66'],
    ['&scenario=low&assume=CA-2017:unknown:CA-CCPE=high', '102396666.66'],
  ])('%s: the rows are all announcements, the chosen reading is %s', async (asked, chosen) => {
    const { totals, notes, assumptions } = await get(
      `/reports/reconciliation?jurisdiction=CA&${range}${asked}`,
    )
    expect(totals).toMatchObject({
      planned: '132396666.66',
      plannedLow: '87646666.66',
      plannedHigh: '132396666.66',
      plannedChosen: chosen,
    })
    expect(assumptions).toHaveLength(12)
    const codes = notes.map(({ code }: { code: string }) => code)
    expect(codes.includes('chosen-reading')).toBe(chosen !== totals.planned)
  })

  test('shows the same readings by whatever it is cut', async () => {
    for (const by of ['measure', 'lead', 'envelope', 'fiscal-year', 'period', 'programme']) {
      const url = `/reports/reconciliation?jurisdiction=CA&${range}&scenario=low&by=${by}`
      const { totals } = await get(url)
      expect([by, totals.plannedLow, totals.plannedChosen]).toEqual([
        by,
        '87646666.66',
        '87646666.66',
      ])
    }
  })

  test('of Quebec rests on none of it: a scenario changes nothing there', async () => {
    const plain = (await analyst.get('/reports/reconciliation')).text
    expect((await analyst.get('/reports/reconciliation?scenario=low')).text).toBe(plain)
  })
})

describe('an assumption that cannot be switched is refused', () => {
  test.each([
    ['/reports/comparison?assume=CA-1999:adds:CA-2004=low', 'comparison/assumption-unknown'],
    ['/reports/reconciliation?assume=equal-phasing=low', 'comparison/assumption-unknown'],
    ['/reports/forecast?jurisdiction=CA&assume=equal-phasing=low', 'reports/parameter-unused'],
    ['/reports/announcements?assume=equal-phasing=low', 'reports/parameter-unused'],
    [
      '/reports/comparison.xlsx?assume=equal-phasing=low&spread=none',
      'comparison/assumption-unknown',
    ],
  ])('%s', async (url, code) => {
    const answer = await analyst.get(url)
    expect([answer.status, answer.body.code]).toEqual([400, code])
  })

  test('and so is what does not say how it is taken', async () => {
    const { status, body } = await analyst.get('/reports/comparison?assume=equal-phasing')
    expect([status, body.errors[0].code]).toEqual([400, 'comparison/assume-malformed'])
  })
})
