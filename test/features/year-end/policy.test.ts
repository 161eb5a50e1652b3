import { describe, expect, test } from 'vitest'
import { fiscalYear } from '#core/fiscal-year.ts'
import {
  choosePolicies,
  type Policy,
  policyIssues,
  readPercent,
} from '#features/year-end/policy.ts'
import { readPolicy } from '#features/year-end/typed.ts'
import { carriedToOf } from '#features/year-end/year-end.ts'

describe('a percentage', () => {
  test.each([
    ['0', '0.00'],
    ['5', '5.00'],
    ['2.5', '2.50'],
    ['2,50', '2.50'],
    ['007', '7.00'],
    ['99.99', '99.99'],
    ['100', '100.00'],
    ['100.00', '100.00'],
  ])('%s is read %s', (text, percent) => {
    expect(readPercent(text)).toEqual({ ok: true, value: percent })
  })

  test.each(['100.01', '101', '-1', '2.555', '1e1', '', '.5', '5.', '٥', 'cinq', '1000', 'NaN'])(
    '« %s » is refused',
    (text) => {
      const reading = readPercent(text)
      expect(reading.ok ? null : reading.issue.code).toBe('year-end/percent-malformed')
    },
  )
})

describe('a policy typed at the terminal', () => {
  test.each([
    ['QC-M8=lapse', { envelope: 'QC-M8', policy: 'lapse', percent: null }],
    ['qc-m8=carry-all', { envelope: 'QC-M8', policy: 'carry-all', percent: null }],
    ['QC-M8=5', { envelope: 'QC-M8', policy: 'carry-percent', percent: '5.00' }],
    ['QC-M8=2,5 %', { envelope: 'QC-M8', policy: 'carry-percent', percent: '2.50' }],
  ])('%s', (typed, policy) => {
    expect(readPolicy(typed)).toEqual({ ok: true, value: policy })
  })

  test.each([
    ['QC-M8', 'year-end/policy-malformed'],
    ['QC-M8=', 'year-end/policy-malformed'],
    ['=lapse', 'year-end/policy-malformed'],
    ['QC-M8=carry-percent', 'year-end/policy-malformed'],
    ['QC-M8=beaucoup', 'year-end/policy-malformed'],
    ['QC-M8=101', 'year-end/percent-malformed'],
  ])('%s is refused: %s', (typed, code) => {
    const reading = readPolicy(typed)
    expect(reading.ok ? null : reading.issue.code).toBe(code)
  })
})

describe('the policies of a programme', () => {
  const envelopes = new Map([
    ['QC-M8', { code: 'QC-M8', programme: 'QC-PLAN-2021' }],
    ['QC-M13', { code: 'QC-M13', programme: 'QC-PLAN-2021' }],
    ['CA-2009', { code: 'CA-2009', programme: 'CA-STRATEGY-2004' }],
  ])
  const found = (...stated: readonly Policy[]) =>
    policyIssues(stated, 'QC-PLAN-2021', envelopes).map(({ pointer, code }) => [pointer, code])

  test('carry all where nothing is said', () => {
    const lapse = { envelope: 'QC-M8', policy: 'lapse', percent: null } as const
    const mine = [...envelopes.values()].slice(0, 2)
    expect(choosePolicies([lapse], mine)).toEqual([
      { ...lapse, isDefault: false },
      { envelope: 'QC-M13', policy: 'carry-all', percent: null, isDefault: true },
    ])
  })

  test('name envelopes that there are, of the programme, once, with what they need', () => {
    expect(
      found(
        { envelope: 'QC-M8', policy: 'carry-percent', percent: '5.00' },
        { envelope: 'QC-M8', policy: 'lapse', percent: null },
        { envelope: 'QC-M99', policy: 'lapse', percent: null },
        { envelope: 'CA-2009', policy: 'lapse', percent: null },
        { envelope: 'QC-M13', policy: 'carry-percent', percent: null },
      ),
    ).toEqual([
      ['/policies/1/envelope', 'year-end/envelope-twice'],
      ['/policies/2/envelope', 'year-end/envelope-unknown'],
      ['/policies/3/envelope', 'year-end/of-another-programme'],
      ['/policies/4/percent', 'year-end/percent-missing'],
    ])
    expect(found({ envelope: 'QC-M13', policy: 'lapse', percent: '0.00' })).toEqual([
      ['/policies/0/percent', 'year-end/percent-unused'],
    ])
  })
})

test('what is carried goes to the first year after it that is not closed', () => {
  const closed = ['2023-2024', '2024-2025'].map((year) => ({
    programme: 'QC-PLAN-2021',
    fiscalYear: fiscalYear(year),
  }))
  const to = (programme: string, year: string) => carriedToOf(programme, fiscalYear(year), closed)
  expect(to('QC-PLAN-2021', '2021-2022')).toBe('2022-2023')
  expect(to('QC-PLAN-2021', '2022-2023')).toBe('2025-2026')
  expect(to('CA-STRATEGY-2004', '2022-2023')).toBe('2023-2024')
})
