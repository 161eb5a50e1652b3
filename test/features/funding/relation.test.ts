import { describe, expect, test } from 'vitest'
import { type FiscalYear, fiscalYear } from '#core/fiscal-year.ts'
import { money } from '#core/money.ts'
import { dueOpenings } from '#features/funding/opening.ts'
import { absorptions, isAbsorbed, type Relation } from '#features/funding/relation.ts'

const relation = (change: Partial<Relation>): Relation => ({
  from: 'CA-2009',
  to: 'CA-2007',
  kind: 'unknown',
  stated: false,
  ifNotAdditive: 'replaces',
  citation: '',
  document: 'STRATEGIE-NATIONALE',
  reading: null,
  ...change,
})

const firstYears = new Map<string, FiscalYear>([
  ['CA-2007', fiscalYear('2007-2008')],
  ['CA-2009', fiscalYear('2009-2010')],
])

const absorbed = (relations: Relation[], isLow: boolean, year: string | null): boolean =>
  isAbsorbed(
    absorptions(relations, firstYears, () => isLow),
    'CA-2007',
    year === null ? null : fiscalYear(year),
  )

describe('which money may be added', () => {
  test.each([
    ['unknown, read as additive: counted', relation({}), false, '2015-2016', false],
    [
      'unknown, read as not additive: not counted from the first year of the other',
      relation({}),
      true,
      '2009-2010',
      true,
    ],
    ['… and counted before it', relation({}), true, '2008-2009', false],
    [
      'unknown, inside the other: never counted',
      relation({ ifNotAdditive: 'includes' }),
      true,
      '2008-2009',
      true,
    ],
    [
      'stated to add: counted in every reading',
      relation({ kind: 'adds', ifNotAdditive: null }),
      true,
      '2015-2016',
      false,
    ],
    [
      'a renewal takes nothing away',
      relation({ kind: 'renews', ifNotAdditive: null }),
      true,
      '2015-2016',
      false,
    ],
    [
      'stated to replace: not counted in any reading',
      relation({ kind: 'replaces', ifNotAdditive: null }),
      false,
      '2015-2016',
      true,
    ],
    [
      'stated to include: not counted in any reading',
      relation({ kind: 'includes', ifNotAdditive: null }),
      false,
      '2008-2009',
      true,
    ],
  ])('%s', (_case, said, isLow, year, expected) => {
    expect(absorbed([said], isLow, year)).toBe(expected)
  })

  test('undistributed money has no year from which another could replace it', () => {
    expect(absorbed([relation({})], true, null)).toBe(false)
    expect(absorbed([relation({ ifNotAdditive: 'includes' })], true, null)).toBe(true)
  })
})

describe('opening the years of an envelope', () => {
  const term = (kind: 'term' | 'recurring', first: string, last: string | null) => ({
    kind,
    amount: money('1.00'),
    asStated: '',
    precision: money('0.01'),
    firstFiscalYear: fiscalYear(first),
    lastFiscalYear: last === null ? null : fiscalYear(last),
    stated: true,
  })

  test.each([
    ['a fixed total is posted once, undistributed', term('term', '2022-2023', '2026-2027'), [null]],
    [
      'a recurring amount once for each year begun',
      term('recurring', '2024-2025', null),
      ['2024-2025', '2025-2026', '2026-2027'],
    ],
    [
      'a recurring amount that has ended stops there',
      term('recurring', '2024-2025', '2025-2026'),
      ['2024-2025', '2025-2026'],
    ],
    ['a year that has not begun is not opened', term('recurring', '2027-2028', null), []],
  ])('%s', (_case, asked, expected) => {
    expect(dueOpenings(asked, fiscalYear('2026-2027'))).toEqual(expected)
  })
})
