import { beforeAll, describe, expect, test } from 'vitest'
import { fiscalYear } from '#core/fiscal-year.ts'
import { abs, Money, subtract } from '#core/money.ts'
import { compareGovernments } from '#features/comparison/compare.ts'
import {
  readSwitches,
  type Scenario,
  type Switches,
  scenarios,
  switchesText,
} from '#features/comparison/scenario.ts'
import type { Facts } from '#features/reconciliation/facts.ts'
import { planRecord } from '#test/support/facts.ts'

/** The published plan as it stands in 2025-2026. */
let facts: Facts

beforeAll(async () => {
  facts = (await planRecord()).facts
})

const none: Switches = new Map()

const compared = (first: string, scenario: Scenario, switches: Switches = none) =>
  compareGovernments(facts, {
    from: fiscalYear(first),
    to: fiscalYear('2025-2026'),
    spread: 'straight-line',
    scenario,
    switches,
  })

function planned(first: string, scenario: Scenario, switches: Switches = none): Money {
  const cumulated = compared(first, scenario, switches).rows.at(-1)
  return cumulated?.ca.planned ?? Money.zero
}

const codes = [
  'CA-2007:adds:CA-2004',
  'CA-2009:renews:CA-2004',
  'CA-2009:unknown:CA-2007',
  'CA-2017:adds:CA-2009',
  'CA-2017:unknown:CA-CCPE',
  'CA-2019:adds:CA-2009',
  'CA-2022:adds:CA-2019',
  'CA-2009:first-year',
  'CA-2017:first-year',
  'CA-2022:first-year',
  'CA-CCPE:first-year',
  'equal-phasing',
]

describe('the twelve assumptions of the federal total', () => {
  test('are these, whatever the reading', () => {
    for (const scenario of scenarios) {
      const found = compared('2004-2005', scenario).assumptions.map(({ code }) => code)
      expect([...found].sort()).toEqual([...codes].sort())
    }
  })

  test.each([
    // code, range from, effect: what of the range hangs on it
    ['CA-2007:adds:CA-2004', '2004-2005', '114000000.00'], // 19 × 6 M$
    ['CA-2009:renews:CA-2004', '2004-2005', '0.00'], // 2004 ends before 2009 begins
    ['CA-2022:adds:CA-2019', '2004-2005', '33280000.00'], // 4 ⁄ 5 of 41,6 M$
    ['CA-2017:adds:CA-2009', '2004-2005', '11200000.00'], // 6 + 4 × 1,3 M$
    ['CA-2019:adds:CA-2009', '2004-2005', '22400000.00'],
    ['CA-2009:unknown:CA-2007', '2004-2005', '102000000.00'], // 17 × 6 M$: 361,08 − 259,08
    ['CA-2017:unknown:CA-CCPE', '2004-2005', '14750000.00'], // 5 × 2,95 M$
    ['CA-2009:first-year', '2004-2005', '97200000.00'], // 12 × 8,1 M$
    ['CA-2017:first-year', '2004-2005', '5200000.00'], // 4 × 1,3 M$
    ['CA-2022:first-year', '2004-2005', '0.00'], // 2027-2028 is beyond the range
    ['CA-CCPE:first-year', '2004-2005', '14750000.00'],
    ['equal-phasing', '2004-2005', '144680000.00'], // 42 + 41 + 6 + 22,4 + 33,28 M$
  ])('%s, from %s: %s hangs on it, and switching it alone moves the total by that', (...row) => {
    const [code, first, effect] = row
    const found = compared(first, 'high').assumptions.find((one) => one.code === code)
    expect(found).toMatchObject({ taken: 'high' })
    expect(found?.effect.toString()).toBe(effect)
    const after = planned(first, 'high', new Map([[code, 'low']]))
    expect(subtract(planned(first, 'high'), after).toString()).toBe(effect)
    expect(abs(found?.change ?? Money.zero).toString()).toBe(effect)
  })

  test.each(
    scenarios.flatMap((scenario) =>
      ['2004-2005', '2021-2022'].map((first) => [scenario, first] as const),
    ),
  )('read as %s from %s, each alone moves the total by the change it prints', (scenario, first) => {
    const before = planned(first, scenario)
    for (const { code, taken, change } of compared(first, scenario).assumptions) {
      const switches: Switches = new Map([[code, taken === 'low' ? 'high' : 'low']])
      const moved = subtract(planned(first, scenario, switches), before)
      expect([code, moved.toString()]).toEqual([code, change.toString()])
    }
  })

  test.each([
    ['announced', '2004-2005', '361080000.00'],
    ['low', '2004-2005', '259080000.00'],
    ['high', '2021-2022', '132396666.66'],
    ['announced', '2021-2022', '117646666.66'],
    ['low', '2021-2022', '87646666.66'],
  ] as const)('%s from %s is %s', (scenario, first, total) => {
    expect(planned(first, scenario).toString()).toBe(total)
  })

  test('high with both unknown relations switched is low; low with both switched is high', () => {
    const both = (taking: 'low' | 'high'): Switches =>
      new Map([
        ['CA-2009:unknown:CA-2007', taking],
        ['CA-2017:unknown:CA-CCPE', taking],
      ])
    expect(planned('2021-2022', 'high', both('low')).toString()).toBe('87646666.66')
    expect(planned('2021-2022', 'low', both('high')).toString()).toBe('132396666.66')
  })

  test('money that two assumptions leave out is left out once', () => {
    const one: Switches = new Map([['CA-CCPE:first-year', 'low']])
    const found = compared('2021-2022', 'announced', one)
    const contribution = found.assumptions.filter(({ code }) => code.includes('CCPE'))
    expect(found.rows.at(-1)?.ca.planned?.toString()).toBe('117646666.66')
    expect(contribution.map(({ effect }) => effect.toString())).toEqual([
      '14750000.00',
      '14750000.00',
    ])
    expect(contribution.map(({ change }) => change.toString())).toEqual(['0.00', '0.00'])
  })

  test('the low and high ends stay where they are, whatever is switched', () => {
    const cumulated = compared('2021-2022', 'high', new Map([['equal-phasing', 'low']])).rows.at(-1)
    expect(cumulated?.ca.plannedLow?.toString()).toBe('87646666.66')
    expect(cumulated?.ca.plannedHigh?.toString()).toBe('132396666.66')
  })

  test('an assumption that the total does not rest on is refused, and the others named', () => {
    expect(() => compared('2021-2022', 'high', new Map([['CA-2030:adds:CA-2004', 'low']]))).toThrow(
      expect.objectContaining({ code: 'comparison/assumption-unknown', kind: 'invalid' }),
    )
  })
})

describe('a switch is written', () => {
  test.each([
    ['equal-phasing=low', 'equal-phasing=low'],
    ['equal-phasing=low,CA-CCPE:first-year=high', 'CA-CCPE:first-year=high,equal-phasing=low'],
  ])('%s, and printed %s', (text, printed) => {
    const reading = readSwitches(text)
    expect(reading.ok && switchesText(reading.value)).toBe(printed)
  })

  test.each([
    '',
    'equal-phasing',
    'equal-phasing=maybe',
    'a=low,a=low',
    'a=low,',
    'a b=low',
    '=low',
  ])('not as « %s »', (text) => {
    expect(readSwitches(text)).toMatchObject({
      ok: false,
      issue: { code: 'comparison/assume-malformed' },
    })
  })
})
