import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { centsMax, fromCents } from '#core/money.ts'
import { readMoney } from '#core/money-reading.ts'
import { moneyRefusals } from '#core/money-refusals.ts'

const codeOf = (text: string): string => {
  const reading = readMoney(text)
  return reading.ok ? `read as ${reading.value.value}` : reading.issue.code
}

describe('amounts as people paste them', () => {
  test.each([
    ['2 903 063,00 $', '2903063.00', '0.01'],
    ['2\u00a0903\u00a0063,00\u00a0$', '2903063.00', '0.01'],
    ['2\u202f903\u202f063,00\u202f$', '2903063.00', '0.01'],
    ['2\u202f903\u00a0063,00 $', '2903063.00', '0.01'],
    ['2 903 063 $', '2903063.00', '1.00'],
    ['2903063.00', '2903063.00', '0.01'],
    ['2903063', '2903063.00', '1.00'],
    ['6 000 000$', '6000000.00', '1.00'],
    ['6 000 000 \\$', '6000000.00', '1.00'],
    ['\\$6000000', '6000000.00', '1.00'],
    ['  12,50\t', '12.50', '0.01'],
    ['12,5', '12.50', '0.10'],
    ['0', '0.00', '1.00'],
    ['0,00', '0.00', '0.01'],
    ['-0,00', '0.00', '0.01'],
    ['1 234 567.89', '1234567.89', '0.01'],
    ['9 999 999 999 999,99 $', '9999999999999.99', '0.01'],
  ])('%j is %s, stated to %s', (text, value, precision) => {
    const reading = readMoney(text)
    expect(reading).toMatchObject({ ok: true, value: { asStated: text.trim() } })
    expect(reading.ok && reading.value.value.toString()).toBe(value)
    expect(reading.ok && reading.value.precision.toString()).toBe(precision)
  })

  test.each([
    ['42 millions', '42000000.00', '1000000.00'],
    ['41,6 millions de dollars', '41600000.00', '100000.00'],
    ['8,1 million de dollar', '8100000.00', '100000.00'],
    ['1,3 million de dollars', '1300000.00', '100000.00'],
    ['2,95 M$', '2950000.00', '10000.00'],
    ['2,95\u00a0M$', '2950000.00', '10000.00'],
    ['22,4 M$', '22400000.00', '100000.00'],
    ['22,4 M $', '22400000.00', '100000.00'],
    ['22,4M$', '22400000.00', '100000.00'],
    ['(2,95 M$)', '-2950000.00', '10000.00'],
    ['$22.4 million', '22400000.00', '100000.00'],
    ['$22.4M', '22400000.00', '100000.00'],
    ['$22.4 M CAD', '22400000.00', '100000.00'],
    ['41.6 million dollars', '41600000.00', '100000.00'],
    ['42 millions $', '42000000.00', '1000000.00'],
    ['0,000001 M$', '1.00', '1.00'],
    ['0,00000001 M$', '0.01', '0.01'],
    ['9 999 999,99999999 M$', '9999999999999.99', '0.01'],
  ])('%j announces %s, stated to %s', (text, value, precision) => {
    const reading = readMoney(text)
    expect(reading.ok && reading.value.value.toString()).toBe(value)
    expect(reading.ok && reading.value.precision.toString()).toBe(precision)
  })

  test.each([
    '(1 234,50)',
    '(1 234,50) $',
    '(1 234,50 $)',
    '($1,234.50)',
    '$(1,234.50)',
    '-1 234,50',
    '- 1 234,50 $',
    '\u22121 234,50 $',
    '-$1,234.50',
    '$-1,234.50',
  ])('%j is minus 1 234,50', (text) => {
    expect(codeOf(text)).toBe('read as -1234.50')
  })

  test.each([
    'CAD 1234.50',
    'CAD1234.50',
    '1 234,50 CAD',
    '$1,234.50 CAD',
    '1 234,50 $ CA',
    '1 234,50 $CA',
    '1 234,50 $ CAN',
    '1 234,50 $ CAD',
    'CA$ 1,234.50',
    'CAD $1,234.50',
    'C$1,234.50',
    '+1 234,50',
    '1 234,50 dollars',
    '1 234,50 dollars canadiens',
    '1,234.50 Canadian dollars',
  ])('%j is 1 234,50 Canadian dollars', (text) => {
    expect(codeOf(text)).toBe('read as 1234.50')
  })

  test.each([
    ['$1,234,567.89', '1234567.89'],
    ['1,234,567', '1234567.00'],
    ['1,234.5', '1234.50'],
    ['123,456.78', '123456.78'],
  ])('%j can only be English: %s', (text, value) => {
    expect(codeOf(text)).toBe(`read as ${value}`)
  })
})

describe('amounts that are refused, and why', () => {
  test.each([
    ['money/empty', ['', ' ', '\u00a0\u202f', '\t\n']],
    ['money/too-many-decimals', ['1,2345', '0,001', '1.234', '12,5000', '1 234,567', '1,234.567']],
    ['money/too-many-decimals', ['0,234', '1234,567', '2,123456789 M$', '0.000']],
    [
      'money/ambiguous',
      ['1,234', '12,345 $', '123,456', '(1,234)', '-1,234', '1,234 M$', '$1,234'],
    ],
    ['money/exponent', ['1e5', '1E5', '2,95E+6', '2.95e-2', '-1e5 $', '9E99999']],
    ['money/currency', ['US$5', '5 US$', '5 $ US', '5 $US', 'USD 5', '5 USD', '5 usd', 'US$ 1e5']],
    ['money/currency', ['€5', '5 €', '5 EUR', '£5', '¥500', '5 euros', 'A$5', 'HK$5', '5 CHF']],
    ['money/currency', ['5 dollars américains', '5 dollars US', '41,6 millions d’euros', '₿1']],
    ['money/too-large', ['10000000000000', '9 999 999 999 999 999 $', '10 000 000 M$']],
    ['money/too-large', ['9'.repeat(64)]],
  ])('%s: %j', (code, texts) => {
    expect(texts.map(codeOf)).toEqual(texts.map(() => code))
  })

  test.each([
    ['letters', ['abc', 'NaN', 'Infinity', 'douze', '12 x', 'x 12', '12a34', '$', '-', '()']],
    ['what only programs write', ['0x1F', '0b11', '1_000', '1_000.00', '1e', '1e5e5']],
    [
      'wrong groups',
      ['12 34,00', '1 2345', '1234 567', '1  234', '1 23', ' 1 234 56', '12,34,567'],
    ],
    ['mixed separators', ['1.234,56', '1.234.567', '1,234,56', '1 234,567.89', "1'234", '1,2.3']],
    ['dangling separators', [',50', '.50', '12,', '12.', '1,,5', '12,5,']],
    ['leading zeros', ['007', '00', '012,345', '00,50', '0 123']],
    ['several signs', ['--5', '+-5', '-(5)', '(-5)', '((5))', '5-', '-$-5', '\u2212-5', '+ +5']],
    ['half a parenthesis', ['(5', '5)', '(5))', '(5) $)', ')5(']],
    [
      'dollars said twice',
      ['$5 $', 'CA$5 CAD', 'CAD 5 CAD', '$5 dollars', '5 $ $', '$$5', '$5 $CAD'],
    ],
    ['unknown units', ['5 M', '5 k$', '5 m$', '5 MM$', '5 milliards', '5 billion', '5 Md$', '5 ¢']],
    ['two amounts', ['5 $ 6 $', '5 à 6', '5\n6', '2019-2020', '2026-03-31']],
    ['other digits', ['٥', '５', '5\u200b', '5\u0000', '＄5']],
    ['more than 64 characters', ['5'.padEnd(65), `${'0'.repeat(64)}5`, '5'.repeat(100_000)]],
  ])('%s are malformed: %j', (_case, texts) => {
    expect(texts.map(codeOf)).toEqual(texts.map(() => 'money/malformed'))
  })

  test('a refusal repeats a short and clean part of what was pasted', () => {
    const reading = readMoney(`${'x'.repeat(63)}😀\u0000`)
    expect(reading).toMatchObject({ ok: false, issue: { value: `${'x'.repeat(63)}\ufffd` } })
    expect(readMoney('a\u0000b')).toMatchObject({ ok: false, issue: { value: 'a\ufffdb' } })
  })

  test('every refusal says why in both languages, with examples that can be read', () => {
    for (const [code, sentence] of Object.entries(moneyRefusals)) {
      expect(code).toMatch(/^money\/[a-z-]+$/)
      expect(sentence.fr).toMatch(/^Le montant .*\.$/)
      expect(sentence.fr).not.toMatch(/'| [$:]/)
      expect(sentence.en).toMatch(/^The amount .*\.$/)
      const figures = `${sentence.fr} ${sentence.en}`.match(/\d[\d\u00a0,.]*\d(?:\u00a0\$)?/g) ?? []
      expect(figures.map(codeOf).filter((read) => !read.startsWith('read'))).toEqual([])
    }
  })
})

describe('reading is the inverse of writing', () => {
  const cents = fc.bigInt({ min: -centsMax, max: centsMax })
  const grouped = (whole: string, separator: string): string =>
    whole.replaceAll(/\B(?=(?:\d{3})+$)/g, separator)

  test.each([
    ['a space', ' '],
    ['a non-breaking space', '\u00a0'],
    ['a narrow non-breaking space', '\u202f'],
    ['no separator', ''],
  ])('in French with %s', (_case, separator) => {
    fc.assert(
      fc.property(cents, fc.constantFrom('-', '\u2212', '('), (value, minus) => {
        const amount = fromCents(value)
        const [whole = '', decimals = ''] = amount.toString().replace('-', '').split('.')
        const body = `${grouped(whole, separator)},${decimals}${separator}$`
        const sign = value < 0n ? minus : ''
        const reading = readMoney(`${sign}${body}${sign === '(' ? ')' : ''}`)
        expect(reading.ok && reading.value.value).toEqual(amount)
      }),
      { seed: 1, numRuns: 1000 },
    )
  })

  test('in English with commas, and in canonical text', () => {
    fc.assert(
      fc.property(cents, (value) => {
        const amount = fromCents(value)
        const [whole = '', decimals = ''] = amount.toString().replace('-', '').split('.')
        const english = `${value < 0n ? '-' : ''}$${grouped(whole, ',')}.${decimals}`
        for (const text of [english, amount.toString()]) {
          const reading = readMoney(text)
          expect(reading.ok && reading.value.value).toEqual(amount)
        }
      }),
      { seed: 2, numRuns: 1000 },
    )
  })
})

describe('whatever is pasted', () => {
  const alphabet = [
    '1',
    '2',
    '0',
    ' ',
    '\u00a0',
    ',',
    '.',
    '-',
    '(',
    ')',
    '$',
    'M',
    'CA',
    'e',
    'million',
    '\\$',
  ]
  const pasted = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.array(fc.constantFrom(...alphabet), { maxLength: 14 }).map((parts) => parts.join('')),
  )

  test('is read or refused, never thrown at the user', () => {
    fc.assert(
      fc.property(pasted, (text) => {
        const reading = readMoney(text)
        if (reading.ok) {
          const value = reading.value.value.toString().replace('-', '').replace('.', '')
          const significant = (digits: string): string =>
            digits.replace(/^0+/, '').replace(/0+$/, '')
          expect(significant(value)).toBe(significant(text.replaceAll(/\D/g, '')))
        } else {
          expect(Object.keys(moneyRefusals)).toContain(reading.issue.code)
        }
      }),
      { seed: 3, numRuns: 20_000 },
    )
  })
})
