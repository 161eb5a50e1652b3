import { describe, expect, test } from 'vitest'
import { calendarDate } from '#core/calendar-date.ts'
import { fiscalYear } from '#core/fiscal-year.ts'
import {
  comparePeriods,
  isStarted,
  type Period,
  type PeriodNumber,
  periodFirstDay,
  periodKey,
  periodOf,
  periodsOf,
  readPeriod,
  supplementary,
} from '#core/period.ts'

const year = fiscalYear('2025-2026')
const period = (number: PeriodNumber): Period => ({ fiscalYear: year, number })

describe('the months of a fiscal year', () => {
  test.each([
    ['2025-04-01', '2025-2026-P01', 'April is the first period'],
    ['2025-06-30', '2025-2026-P03', 'June is the third'],
    ['2025-12-31', '2025-2026-P09', 'December is the ninth'],
    ['2026-01-01', '2025-2026-P10', 'January is the tenth'],
    ['2026-03-31', '2025-2026-P12', 'March 31 is in the twelfth'],
    ['2026-04-01', '2026-2027-P01', 'April 1 begins again'],
  ])('%s is in %s: %s', (date, key) => {
    expect(periodKey(periodOf(calendarDate(date)))).toBe(key)
  })

  test('there are thirteen, in order, and the thirteenth is supplementary', () => {
    const periods = periodsOf(year)
    expect(periods.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13])
    expect(periods.at(-1)).toEqual(supplementary(year))
    expect(periods.toSorted(comparePeriods)).toEqual(periods)
    expect(periods.map(periodKey).toSorted()).toEqual(periods.map(periodKey))
  })
})

describe('the first day of a period', () => {
  test.each([
    [1, '2025-04-01'],
    [9, '2025-12-01'],
    [10, '2026-01-01'],
    [12, '2026-03-01'],
    [13, '2026-04-01'],
  ] as const)('period %i of 2025-2026 can be used from %s', (number, date) => {
    expect(periodFirstDay(period(number))).toBe(date)
  })

  test('the first day of each month is in that period', () => {
    for (const month of periodsOf(year).slice(0, 12)) {
      expect(periodOf(periodFirstDay(month))).toEqual(month)
    }
  })

  test('a period has started from its first day on', () => {
    expect(isStarted(period(12), calendarDate('2026-02-28'))).toBe(false)
    expect(isStarted(period(12), calendarDate('2026-03-01'))).toBe(true)
    expect(isStarted(period(13), calendarDate('2026-03-31'))).toBe(false)
    expect(isStarted(period(13), calendarDate('2026-04-01'))).toBe(true)
  })

  test('the last fiscal year has a period 13 too', () => {
    expect(periodFirstDay(supplementary(fiscalYear('2098-2099')))).toBe('2099-04-01')
  })
})

describe('how a period is written', () => {
  test('every period is read as it is written', () => {
    for (const each of periodsOf(year)) {
      expect(readPeriod(periodKey(each))).toEqual({ ok: true, value: each })
    }
  })

  test.each([
    '',
    '2025-2026',
    '2025-2026-P0',
    '2025-2026-P00',
    '2025-2026-P14',
    '2025-2026-P3',
    '2025-2026-p03',
    '2025-26-P03',
    '2025-2027-P03',
    '1989-1990-P03',
    ' 2025-2026-P03',
  ])('%j is not a period', (text) => {
    expect(readPeriod(text)).toMatchObject({
      ok: false,
      issue: { code: 'period/malformed', value: text },
    })
  })

  test.each([
    [period(3), period(3), 0],
    [period(3), period(4), -1],
    [period(13), period(12), 1],
    [period(13), { fiscalYear: fiscalYear('2026-2027'), number: 1 }, -1],
    [{ fiscalYear: fiscalYear('2026-2027'), number: 1 }, period(13), 1],
  ] as const)('%j against %j is %i', (a, b, order) => {
    expect(comparePeriods(a, b)).toBe(order)
  })
})
