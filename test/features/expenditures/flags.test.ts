import { describe, expect, test } from 'vitest'
import { type FiscalYear, fiscalYear } from '#core/fiscal-year.ts'
import { type Money, money } from '#core/money.ts'
import { ceilingFlags, entryFlags } from '#features/expenditures/flags.ts'
import { someEnvelope, someMeasure } from '#test/support/plan.ts'

const year = fiscalYear('2025-2026')
const cell = { measure: someMeasure(), envelope: someEnvelope(), programme: null }
const programme = {
  code: 'QC-PLAN-2021',
  jurisdiction: 'QC',
  title: { fr: '', en: '' },
  organization: 'MSP',
  firstFiscalYear: fiscalYear('2021-2022'),
  lastFiscalYear: year,
  announced: null,
  source: { document: '', sha256: '', quote: '' },
} as const

describe('what is noticed when an expenditure is entered', () => {
  test.each([
    ['a lead inside the term', 'MEQ', '2025-2026', false, []],
    ['a collaborator is named by the measure too', 'SCF', '2025-2026', false, []],
    ['somebody the measure does not name', 'SQ', '2025-2026', false, ['not-a-lead']],
    ['a year outside the term', 'MEQ', '2026-2027', false, ['outside-term']],
    ['the same document again', 'MEQ', '2025-2026', true, ['possible-duplicate']],
  ])('%s', (_case, organization, of, isRepeated, expected) => {
    const stated = { organization, fiscalYear: fiscalYear(of) }
    expect(entryFlags(stated, cell, isRepeated)).toEqual(expected)
  })

  test('self-funded spending has the years of its programme for a term', () => {
    const own = { measure: someMeasure({ funding: 'self_funded' }), envelope: null, programme }
    const at = (of: string) =>
      entryFlags({ organization: 'MEQ', fiscalYear: fiscalYear(of) }, own, false)
    expect(at('2025-2026')).toEqual([])
    expect(at('2026-2027')).toEqual(['outside-term'])
    expect(at('2020-2021')).toEqual(['outside-term'])
  })
})

describe('what is noticed at posting', () => {
  const balances = (
    byYear: [FiscalYear | null, string][],
    byMeasure: [string | null, string][],
    shares: [string, string][] = [],
  ) => ({
    byYear: new Map<FiscalYear | null, Money>(byYear.map(([key, amount]) => [key, money(amount)])),
    byMeasure: new Map(byMeasure.map(([key, amount]) => [key, money(amount)])),
    shares: new Map(shares.map(([key, amount]) => [key, money(amount)])),
  })
  const spending = (amount: string, measure: string | null = 'QC-8') => ({
    amount: money(amount),
    fiscalYear: year,
    measure,
  })

  test('the last dollar is not over-spent, one cent more is', () => {
    const left = balances([[null, '100.00']], [['QC-8', '100.00']])
    expect(ceilingFlags(spending('100.00'), someEnvelope(), left)).toEqual([])
    expect(ceilingFlags(spending('100.01'), someEnvelope(), left)).toEqual(['over-spent'])
  })

  test('a member is held to its share, or without one to the common part', () => {
    const envelope = someEnvelope({ measures: ['QC-8', 'QC-9'] })
    const undistributed = balances([[null, '100.00']], [[null, '100.00']])
    expect(ceilingFlags(spending('100.00'), envelope, undistributed)).toEqual([])
    const shared = balances(
      [[null, '100.00']],
      [
        [null, '60.00'],
        ['QC-8', '40.00'],
      ],
      [['QC-8', '40.00']],
    )
    expect(ceilingFlags(spending('40.00'), envelope, shared)).toEqual([])
    expect(ceilingFlags(spending('40.01'), envelope, shared)).toEqual(['over-share'])
    expect(ceilingFlags(spending('60.00', 'QC-9'), envelope, shared)).toEqual([])
    expect(ceilingFlags(spending('60.01', 'QC-9'), envelope, shared)).toEqual(['over-share'])
  })

  test('what a member without a share has already spent counts against the common part', () => {
    const envelope = someEnvelope({ measures: ['QC-8', 'QC-9'] })
    const drawn = balances(
      [
        [null, '100.00'],
        [year, '-70.00'],
      ],
      [
        [null, '100.00'],
        ['QC-8', '-70.00'],
      ],
    )
    expect(ceilingFlags(spending('30.00'), envelope, drawn)).toEqual([])
    expect(ceilingFlags(spending('30.01'), envelope, drawn)).toEqual(['over-spent', 'over-share'])
  })

  test('a member beyond its share stays beyond it, however much the common part has', () => {
    const envelope = someEnvelope({ measures: ['QC-8', 'QC-9'] })
    const beyond = balances(
      [
        [null, '100.00'],
        [year, '-45.00'],
      ],
      [
        [null, '60.00'],
        ['QC-8', '-5.00'],
      ],
      [['QC-8', '40.00']],
    )
    expect(ceilingFlags(spending('0.01'), envelope, beyond)).toEqual(['over-share'])
  })

  test('a member without a share whose spending was refunded in full still has the common part', () => {
    const envelope = someEnvelope({ measures: ['QC-8', 'QC-9'] })
    const refunded = balances(
      [[null, '100.00']],
      [
        [null, '100.00'],
        ['QC-8', '0.00'],
      ],
    )
    expect(ceilingFlags(spending('100.00'), envelope, refunded)).toEqual([])
  })
})
