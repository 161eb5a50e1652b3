import { describe, expect, test } from 'vitest'
import { money } from '#core/money.ts'
import { missingReasons } from '#core/table.ts'
import {
  formatAmount,
  formatBoolean,
  formatCompact,
  formatCount,
  formatCounted,
  formatDate,
  formatFiscalYear,
  formatPercent,
  localeOf,
  missingSign,
  say,
} from '#platform/i18n/format.ts'

const space = '\u00A0'

describe('an amount', () => {
  test.each([
    ['2903063.00', '2 903 063,00 $', '$2,903,063.00'],
    ['-2903063.00', '-2 903 063,00 $', '-$2,903,063.00'],
    ['0.00', '0,00 $', '$0.00'],
    ['0.01', '0,01 $', '$0.01'],
    ['1234.50', '1 234,50 $', '$1,234.50'],
    ['9999999999999.99', '9 999 999 999 999,99 $', '$9,999,999,999,999.99'],
    ['-9999999999999.99', '-9 999 999 999 999,99 $', '-$9,999,999,999,999.99'],
  ])('%s reads %s in French and %s in English', (text, french, english) => {
    expect(formatAmount(money(text), 'fr')).toBe(french.replaceAll(' ', space))
    expect(formatAmount(money(text), 'en')).toBe(english)
  })

  test.each([
    ['2950000.00', '2,95 M$', '$2.95M'],
    ['2500000.00', '2,50 M$', '$2.50M'],
    ['150000000.00', '150 M$', '$150M'],
    ['2954999.99', '2,95 M$', '$2.95M'],
    ['2955000.00', '2,96 M$', '$2.96M'],
    ['-2955000.00', '-2,96 M$', '-$2.96M'],
    ['999994.99', '999,99 k$', '$999.99K'],
    ['1234.00', '1,23 k$', '$1.23K'],
    ['12.30', '12,30 $', '$12.30'],
    ['0.00', '0 $', '$0'],
  ])('%s reads %s where there is little room, and %s', (text, french, english) => {
    expect(formatCompact(money(text), 'fr')).toBe(french.replaceAll(' ', space))
    expect(formatCompact(money(text), 'en')).toBe(english)
  })

  test('keeps the cents that a JavaScript number would lose in a compact rounding', () => {
    expect(formatCompact(money('9994999999999.99'), 'en')).toBe('$9.99T')
  })
})

describe('a percentage', () => {
  test.each([
    ['4.34', '4,34 %', '4.34%'],
    ['0.00', '0,00 %', '0.00%'],
    ['-12.50', '-12,50 %', '-12.50%'],
    ['1234.56', '1 234,56 %', '1,234.56%'],
    ['33.333333', '33,333333 %', '33.333333%'],
  ])('%s is on the scale 0–100: %s, %s', (text, french, english) => {
    expect(formatPercent(text, 'fr')).toBe(french.replaceAll(' ', space))
    expect(formatPercent(text, 'en')).toBe(english)
  })

  test.each(['', 'NaN', '4,34', '1e3', 'Infinity', ' 4.34'])('is not made of %j', (text) => {
    expect(() => formatPercent(text, 'fr')).toThrow(RangeError)
  })
})

describe('a day in prose', () => {
  test.each([
    ['2026-03-01', '1er mars 2026', 'March 1, 2026'],
    ['2026-03-31', '31 mars 2026', 'March 31, 2026'],
    ['2024-02-29', '29 février 2024', 'February 29, 2024'],
    ['2025-08-11', '11 août 2025', 'August 11, 2025'],
    ['2026-01-01', '1er janvier 2026', 'January 1, 2026'],
    ['2025-12-31', '31 décembre 2025', 'December 31, 2025'],
  ])('%s reads %s in French and %s in English', (day, french, english) => {
    expect(formatDate(day, 'fr')).toBe(french)
    expect(formatDate(day, 'en')).toBe(english)
  })

  test('must exist', () => {
    expect(() => formatDate('2025-02-29', 'fr')).toThrow(RangeError)
  })
})

describe('a fiscal year', () => {
  test('is short in English', () => {
    expect(formatFiscalYear('2025-2026', 'fr')).toBe('2025-2026')
    expect(formatFiscalYear('2025-2026', 'en')).toBe('2025-26')
    expect(formatFiscalYear('1999-2000', 'en')).toBe('1999-00')
  })
})

describe('what is missing', () => {
  test('absent, not applicable, unknown and zero look different', () => {
    expect(missingReasons.map((reason) => missingSign(reason, 'fr'))).toEqual([
      '—',
      `s.${space}o.`,
      'inconnu',
    ])
    expect(missingReasons.map((reason) => missingSign(reason, 'en'))).toEqual([
      '—',
      'n/a',
      'unknown',
    ])
    const zero = money('0.00')
    for (const language of ['fr', 'en'] as const) {
      const signs = missingReasons.map((reason) => missingSign(reason, language))
      expect(new Set([...signs, formatAmount(zero, language)]).size).toBe(4)
    }
  })
})

test('a yes and a no are words', () => {
  expect([formatBoolean(true, 'fr'), formatBoolean(false, 'fr')]).toEqual(['oui', 'non'])
  expect([formatBoolean(true, 'en'), formatBoolean(false, 'en')]).toEqual(['yes', 'no'])
})

test('a count has no decimals', () => {
  expect(formatCount(12_345, 'fr')).toBe(`12${space}345`)
  expect(formatCount(12_345, 'en')).toBe('12,345')
})

test.each([
  [0, '0 écriture', '0 entries'],
  [1, '1 écriture', '1 entry'],
  [2, '2 écritures', '2 entries'],
])('%i of something is counted as the language counts', (count, fr, en) => {
  const words = {
    one: { fr: 'écriture', en: 'entry' },
    several: { fr: 'écritures', en: 'entries' },
  }
  expect(formatCounted(count, words, 'fr')).toBe(fr)
  expect(formatCounted(count, words, 'en')).toBe(en)
})

test('a sentence is said in the reader’s language', () => {
  expect(say({ fr: 'Écart', en: 'Variance' }, 'fr')).toBe('Écart')
  expect(say({ fr: 'Écart', en: 'Variance' }, 'en')).toBe('Variance')
  expect(localeOf('fr')).toBe('fr-CA')
})
