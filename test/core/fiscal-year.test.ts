import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, calendarDate } from '#core/calendar-date.ts'
import {
  compareFiscalYears,
  firstDay,
  fiscalYear,
  fiscalYearFrom,
  fiscalYearOf,
  fiscalYearsBetween,
  hasFiscalYear,
  lastDay,
  nextFiscalYear,
  previousFiscalYear,
  readFiscalYear,
  shortLabel,
  startYear,
} from '#core/fiscal-year.ts'

const codeOf = (text: string): string => {
  const reading = readFiscalYear(text)
  return reading.ok ? reading.value : reading.issue.code
}

describe('a fiscal year runs April 1 to March 31', () => {
  test('March 31 belongs to the year that began the previous April 1', () => {
    expect(fiscalYearOf(calendarDate('2026-03-31'))).toBe('2025-2026')
  })

  test('April 1 begins the next one', () => {
    expect(fiscalYearOf(calendarDate('2026-04-01'))).toBe('2026-2027')
  })

  test.each([
    ['2025-04-01', '2025-2026'],
    ['2025-12-31', '2025-2026'],
    ['2026-01-01', '2025-2026'],
    ['2024-02-29', '2023-2024'],
    ['1990-04-01', '1990-1991'],
    ['2099-03-31', '2098-2099'],
  ])('%s is in %s', (date, year) => {
    expect(fiscalYearOf(calendarDate(date))).toBe(year)
    expect(hasFiscalYear(calendarDate(date))).toBe(true)
  })

  test.each(['1990-03-31', '2099-04-01', '1900-01-01', '2199-12-31'])(
    '%s is a day without a fiscal year',
    (date) => {
      expect(hasFiscalYear(calendarDate(date))).toBe(false)
      expect(() => fiscalYearOf(calendarDate(date))).toThrow(RangeError)
    },
  )

  test('every day is between the first and the last day of its year', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 39_811 }), (days) => {
        const date = addDays(calendarDate('1990-04-01'), days)
        const year = fiscalYearOf(date)
        expect(firstDay(year) <= date && date <= lastDay(year)).toBe(true)
      }),
      { seed: 8, numRuns: 1000 },
    )
  })
})

describe('how it is written', () => {
  test.each([
    ['2025-2026', '2025-2026'],
    ['2025-26', '2025-2026'],
    ['1999-00', '1999-2000'],
    ['1999-2000', '1999-2000'],
    ['1990-91', '1990-1991'],
    ['2098-2099', '2098-2099'],
  ])('%s is %s', (text, year) => {
    expect(codeOf(text)).toBe(year)
  })

  test.each([
    [
      'fiscal-year/malformed',
      ['', '2025', '2025-6', '2025-026', '25-26', '2025/2026', '2025–2026'],
    ],
    ['fiscal-year/malformed', [' 2025-2026', '2025-2026 ', '1989-1990', '2099-2100', '9999-10000']],
    [
      'fiscal-year/not-consecutive',
      ['2025-2027', '2025-2025', '2025-25', '2026-2025', '2025-1926'],
    ],
  ])('%s: %j', (code, texts) => {
    expect(texts.map(codeOf)).toEqual(texts.map(() => code))
  })

  test('short in English display', () => {
    expect(shortLabel(fiscalYear('2025-2026'))).toBe('2025-26')
    expect(shortLabel(fiscalYear('1999-2000'))).toBe('1999-00')
  })

  test('a wrong literal is an error of ours', () => {
    expect(() => fiscalYear('2025-2027')).toThrow(RangeError)
  })

  test('both ways of writing every year are read as the same year', () => {
    for (const year of fiscalYearsBetween(fiscalYear('1990-1991'), fiscalYear('2098-2099'))) {
      expect([codeOf(year), codeOf(shortLabel(year))]).toEqual([year, year])
    }
  })
})

describe('one year after the other', () => {
  const year = fiscalYear('2025-2026')

  test('has a next, a previous, a first and a last day', () => {
    expect(nextFiscalYear(year)).toBe('2026-2027')
    expect(previousFiscalYear(year)).toBe('2024-2025')
    expect([firstDay(year), lastDay(year)]).toEqual(['2025-04-01', '2026-03-31'])
    expect(startYear(year)).toBe(2025)
    expect(addDays(lastDay(year), 1)).toBe(firstDay(nextFiscalYear(year)))
  })

  test.each([
    () => nextFiscalYear(fiscalYear('2098-2099')),
    () => previousFiscalYear(fiscalYear('1990-1991')),
    () => fiscalYearFrom(2025.5),
    () => fiscalYearFrom(Number.NaN),
  ])('there is none outside the range: %s', (outside) => {
    expect(outside).toThrow(RangeError)
  })

  test('the plan 2021-2026 is five fiscal years', () => {
    expect(fiscalYearsBetween(fiscalYear('2021-2022'), year)).toEqual([
      '2021-2022',
      '2022-2023',
      '2023-2024',
      '2024-2025',
      '2025-2026',
    ])
    expect(fiscalYearsBetween(year, year)).toEqual([year])
    expect(fiscalYearsBetween(nextFiscalYear(year), year)).toEqual([])
  })

  test('years are ordered', () => {
    expect(compareFiscalYears(year, nextFiscalYear(year))).toBe(-1)
    expect(compareFiscalYears(nextFiscalYear(year), year)).toBe(1)
    expect(compareFiscalYears(year, year)).toBe(0)
  })
})
