import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  amountField,
  cursorField,
  dateField,
  fiscalYearField,
  languageField,
  limitField,
  noBody,
  positiveAmountField,
  textField,
  uuidField,
} from '#platform/http/input.ts'
import { issuesOf } from '#platform/http/input-issues.ts'

/** What the field makes of the value: its text, or the code of its one issue at `/field`. */
function outcome(field: z.ZodType, ...value: unknown[]): unknown {
  const body = value.length === 0 ? {} : { field: value[0] }
  const result = z.strictObject({ field }).safeParse(body, { reportInput: true })
  if (result.success) {
    return { read: result.data.field }
  }
  const issues = issuesOf(result.error.issues)
  expect(issues).toHaveLength(1)
  expect(issues[0]?.pointer).toBe('/field')
  expect(issues[0]?.detail.fr).not.toBe(issues[0]?.detail.en)
  return issues[0]?.code
}

const fields = {
  amountField,
  positiveAmountField,
  dateField,
  fiscalYearField,
  uuidField,
  languageField,
  'textField(5)': textField(5),
}

describe.each(Object.entries(fields))('%s', (_name, field) => {
  test('that is not there is missing', () => {
    expect(outcome(field)).toBe('input/missing')
  })

  test.each([12.5, 0, true, null, [], ['12.50'], {}])('is text: %j is refused', (value) => {
    expect(outcome(field, value)).toMatch(/^input\/(wrong-type|not-allowed)$/)
  })
})

describe('an amount', () => {
  test.each([
    ['1234.50', '1234.50'],
    ['1\u00a0234,50\u00a0$', '1234.50'],
    ['-0.01', '-0.01'],
    ['0', '0.00'],
    ['9999999999999.99', '9999999999999.99'],
  ])('%j is %s', (text, amount) => {
    expect(String(amountField.parse(text))).toBe(amount)
  })

  test.each([
    ['', 'money/empty'],
    ['1,234', 'money/ambiguous'],
    ['1.005', 'money/too-many-decimals'],
    ['1e3', 'money/exponent'],
    ['12 €', 'money/currency'],
    ['10000000000000.00', 'money/too-large'],
    ['douze', 'money/malformed'],
    ['NaN', 'money/malformed'],
    ['0x10', 'money/malformed'],
  ])('%j keeps the reader’s code: %s', (text, code) => {
    expect(outcome(amountField, text)).toBe(code)
    expect(outcome(positiveAmountField, text)).toBe(code)
  })

  test('that must be positive is at least one cent', () => {
    expect(String(positiveAmountField.parse('0.01'))).toBe('0.01')
    expect(outcome(positiveAmountField, '0.00')).toBe('input/not-positive')
    expect(outcome(positiveAmountField, '-0.01')).toBe('input/not-positive')
  })
})

describe('dates, fiscal years, identifiers, languages', () => {
  test.each([
    ['2024-02-29', dateField, '2024-02-29'],
    ['2025-26', fiscalYearField, '2025-2026'],
    ['2025-2026', fiscalYearField, '2025-2026'],
    ['0198C7A0-3B1E-7CC1-8F3A-2D5E6F708192', uuidField, '0198c7a0-3b1e-7cc1-8f3a-2d5e6f708192'],
    ['en', languageField, 'en'],
  ])('%j is read', (text, field, value) => {
    expect(outcome(field, text)).toEqual({ read: value })
  })

  test.each([
    ['2025-02-29', dateField, 'date/impossible'],
    ['15/06/2025', dateField, 'date/malformed'],
    ['2025-06-15T00:00:00Z', dateField, 'date/malformed'],
    ['2025-2027', fiscalYearField, 'fiscal-year/not-consecutive'],
    ['2025', fiscalYearField, 'fiscal-year/malformed'],
    ['QC-M12', uuidField, 'id/malformed'],
    ['de', languageField, 'input/not-allowed'],
    ['FR', languageField, 'input/not-allowed'],
  ])('%j is refused, case %#', (text, field, code) => {
    expect(outcome(field, text)).toBe(code)
  })
})

describe('text for people', () => {
  const field = textField(5)

  test.each([
    ['abcde', 'abcde'],
    ['  ab \n', 'ab'],
    ['a\n\tb', 'a\n\tb'],
    [
      '\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}',
      '\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}',
    ],
    ['=1+1', '=1+1'],
    ['<b>é', '<b>é'],
    ['\u00a0a\u00a0', 'a'],
  ])('%j is %j', (text, value) => {
    expect(outcome(field, text)).toEqual({ read: value })
  })

  test.each([
    ['', 'input/too-short'],
    [' \t\n', 'input/too-short'],
    ['abcdef', 'input/too-long'],
    ['\u{1f600}'.repeat(6), 'input/too-long'],
    ['a\0', 'input/control-character'],
    ['a\r\nb', 'input/control-character'],
    ['\u001b[2J', 'input/control-character'],
    ['a\u007f', 'input/control-character'],
    ['a\u0085', 'input/control-character'],
    ['a\ufffe', 'input/control-character'],
    ['a\uffff', 'input/control-character'],
    ['a\ud800', 'input/lone-surrogate'],
    ['\udc00a', 'input/lone-surrogate'],
  ])('%j is refused: %s', (text, code) => {
    expect(outcome(field, text)).toBe(code)
  })
})

describe('pages', () => {
  test('without a limit there are 50 items, from the first', () => {
    expect(outcome(limitField)).toEqual({ read: 50 })
    expect(outcome(cursorField)).toEqual({ read: null })
  })

  test.each([
    ['1', 1],
    ['500', 500],
  ])('a limit of %s is read', (text, limit) => {
    expect(outcome(limitField, text)).toEqual({ read: limit })
  })

  test.each(['', '0', '501', '-1', '1.5', '1e2', ' 5', 'x'])('a limit of %j is refused', (text) => {
    expect(outcome(limitField, text)).toBe('page/limit')
  })

  test('a limit given twice is not text', () => {
    expect(outcome(limitField, ['1', '2'])).toBe('input/wrong-type')
  })

  test('a cursor is read back, and one of somebody’s own making is refused', () => {
    expect(outcome(cursorField, 'YTE6czEwOjIwMjYtMDMtMzE7Ow')).toEqual({ read: ['2026-03-31'] })
    expect(outcome(cursorField, 'MjAyNi0wMy0zMQ')).toBe('page/cursor')
    expect(outcome(cursorField, '')).toBe('page/cursor')
  })
})

describe('no body', () => {
  test('is nothing or an empty object, and nothing else', () => {
    expect(noBody.safeParse(undefined).success).toBe(true)
    expect(noBody.safeParse({}).success).toBe(true)
    expect(noBody.safeParse({ reason: 'x' }).success).toBe(false)
    expect(noBody.safeParse([]).success).toBe(false)
    expect(noBody.safeParse('').success).toBe(false)
  })
})
