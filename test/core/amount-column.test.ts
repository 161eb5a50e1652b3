import { describe, expect, test } from 'vitest'
import {
  type DecimalMark,
  decimalMarkOf,
  noDecimalEvidence,
  readAmount,
  seeAmount,
} from '#core/amount-column.ts'
import { cellOf } from '#test/support/grids.ts'

const markOf = (texts: readonly string[], asked?: DecimalMark): string | null => {
  const seen = texts.reduce(
    (so, text, at) => seeAmount(so, cellOf(text, 4), at + 2),
    noDecimalEvidence,
  )
  const mark = decimalMarkOf(seen, asked)
  return mark.ok ? (mark.value?.value ?? null) : mark.issue.code
}

const amountOf = (told: Parameters<typeof cellOf>[0], decimal: DecimalMark | null): string => {
  const reading = readAmount(cellOf(told, 4), 2, decimal)
  return reading.ok ? reading.value.toString() : reading.issue.code
}

describe('the decimal mark is one for the file', () => {
  test.each([
    [['12,50', '1 000'], ','],
    [['1\u00a0234,50 $', '2\u202f000,00'], ','],
    [['(1 234,50)', '1 234,5-'], ','],
    [['1 234,567'], ','],
    [['0,125'], ','],
    [['1234,567'], ','],
    [['1.234,50'], ','],
    [['1.234.567'], ','],
    [['12.50'], '.'],
    [['1,234.50'], '.'],
    [['1,234,567'], '.'],
    [['1 234.567'], '.'],
    [['1,234', '7.5'], '.'],
    [['1,234', '7,5'], ','],
    [['12', '1 000', '', 'aucun', '$'], null],
    [['9'.repeat(65)], null],
  ])('%j is decided as %j', (texts, mark) => {
    expect(markOf(texts)).toBe(mark)
  })

  test('nobody guesses what 1,234 is when nothing else says', () => {
    expect(markOf(['1,234', '12'])).toBe('files/decimal-unclear')
    expect(markOf(['1.234', '12'])).toBe('files/decimal-unclear')
    expect(markOf(['1,234'], '.')).toBe('.')
  })

  test('two marks in one file are told, each with its place', () => {
    const seen = ['12,50', '3.25'].reduce(
      (so, text, at) => seeAmount(so, cellOf(text, 4), at + 2),
      noDecimalEvidence,
    )
    expect(decimalMarkOf(seen)).toMatchObject({
      issue: {
        code: 'files/decimal-mixed',
        detail: { en: expect.stringContaining('“12,50” in E2 and “3.25” in E3') },
      },
    })
  })

  test('the decision says what it rests on', () => {
    const seen = seeAmount(noDecimalEvidence, cellOf('12,50', 4), 9)
    expect(decimalMarkOf(seen)).toMatchObject({
      value: { value: ',', isAsked: false, because: { fr: '«\u00a012,50\u00a0» en E9' } },
    })
    expect(decimalMarkOf(seen, '.')).toMatchObject({ value: { value: '.', isAsked: true } })
  })

  test('numbers of a workbook say nothing', () => {
    expect(seeAmount(noDecimalEvidence, cellOf(['number', '12.5']), 1)).toBe(noDecimalEvidence)
  })
})

describe('an amount is read with the mark of its file', () => {
  test.each([
    ['1 234,50', ',', '1234.50'],
    ['1\u00a0234,50\u00a0$', ',', '1234.50'],
    ['(1\u202f234,50)', ',', '-1234.50'],
    ['1 234,50-', ',', '-1234.50'],
    ['1 234,50 $-', ',', '-1234.50'],
    ['1 234,50\u2212', ',', '-1234.50'],
    ['\u22125', ',', '-5.00'],
    ['1,234', ',', 'money/too-many-decimals'],
    ['1.234', ',', 'files/decimal-other'],
    ['12.50', ',', 'files/decimal-other'],
    ['1,234', '.', '1234.00'],
    ['1,234.50', '.', '1234.50'],
    ['(1,234,567.89) $', '.', '-1234567.89'],
    ['(1,234,567.89 $)', '.', '-1234567.89'],
    ['12,50', '.', 'files/decimal-other'],
    ['1,234', null, 'money/ambiguous'],
    ['  7 ', null, '7.00'],
    ['', null, 'money/empty'],
    ['1e3', ',', 'money/exponent'],
    ['12 €', ',', 'money/currency'],
    ['9'.repeat(70), ',', 'money/malformed'],
  ] as const)('%j with %j is %s', (text, decimal, amount) => {
    expect(amountOf(text, decimal)).toBe(amount)
  })

  test('a number of a workbook has a point whatever the mark', () => {
    expect(amountOf(['number', '1234.5'], ',')).toBe('1234.50')
    expect(amountOf(['number', '1234.567'], ',')).toBe('money/too-many-decimals')
  })

  test('a date, a truth value or a refused cell is no amount, and is told with its place', () => {
    expect(amountOf(['date', '2025-04-01'], ',')).toBe('files/no-amount')
    expect(amountOf(['boolean', 'true'], ',')).toBe('files/no-amount')
    expect(amountOf(['files/cell-error', '#REF!'], ',')).toBe('files/cell-error')
    expect(readAmount(cellOf('abc', 4), 12, ',')).toMatchObject({
      issue: {
        row: 12,
        column: 'E',
        value: 'abc',
        detail: { fr: expect.stringMatching(/^Cellule E12\u00a0: /) },
      },
    })
  })
})
