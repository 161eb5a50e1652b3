import { describe, expect, test } from 'vitest'
import { calendarDate } from '#core/calendar-date.ts'
import { fiscalYear } from '#core/fiscal-year.ts'
import { type PeriodNumber, periodNumbers } from '#core/period.ts'
import { Problem } from '#core/problem.ts'
import {
  isToClose,
  lastServiceDay,
  requireNothingWaiting,
  type UnpostedDocument,
} from '#features/periods/closing.ts'
import { shownYears, unused, yearOfPeriods } from '#features/periods/period-state.ts'

const year = fiscalYear('2025-2026')
const periodOf = (number: PeriodNumber) => unused('MSP', { fiscalYear: year, number })

describe('the last day that a period could record', () => {
  test.each<[PeriodNumber, string]>([
    [1, '2025-04-30'],
    [9, '2025-12-31'],
    [10, '2026-01-31'],
    [11, '2026-02-28'],
    [12, '2026-03-31'],
    [13, '2026-03-31'],
  ])('of period %i is %s', (number, day) => {
    expect(lastServiceDay(periodOf(number))).toBe(day)
  })

  test('of February is the 29th in a leap year', () => {
    const leap = { fiscalYear: fiscalYear('2023-2024'), number: 11 } as const
    expect(lastServiceDay(leap)).toBe('2024-02-29')
  })
})

describe('a period is to be closed', () => {
  test.each<[PeriodNumber, string, boolean]>([
    [1, '2025-04-30', false],
    [1, '2025-05-01', true],
    [12, '2026-03-31', false],
    [12, '2026-04-01', true],
    [13, '2026-03-31', false],
    [13, '2026-04-01', true],
  ])('period %i on %s: %s', (number, today, isDue) => {
    expect(isToClose(periodOf(number), calendarDate(today))).toBe(isDue)
    expect(isToClose({ ...periodOf(number), isClosed: true }, calendarDate(today))).toBe(false)
  })
})

describe('what waits in a period', () => {
  const document = (serviceDate: string): UnpostedDocument => ({
    id: serviceDate,
    number: serviceDate,
    state: 'draft',
    serviceDate: calendarDate(serviceDate),
  })
  const waitingIn = (
    number: PeriodNumber,
    closed: readonly PeriodNumber[],
    { today = '2026-06-16', dates }: { today?: string; dates: readonly string[] },
  ): readonly unknown[] => {
    try {
      requireNothingWaiting(periodOf(number), {
        today: calendarDate(today),
        closed: closed.map(periodOf),
        unposted: dates.map(document),
      })
      return []
    } catch (error) {
      return (error as Problem).issues.map(({ value }) => value)
    }
  }
  const june = ['2025-05-31', '2025-06-01', '2025-06-30', '2025-07-01']

  test('is what was served in it, from its first day to its last', () => {
    expect(waitingIn(3, [], { dates: june })).toEqual(['2025-06-01', '2025-06-30'])
  })

  test('is, in period 13, what is late for the closed months of its year', () => {
    expect(waitingIn(13, [2, 3], { dates: june })).toEqual(june.slice(0, 3))
    expect(waitingIn(13, [], { dates: june })).toEqual([])
  })

  test('is, before period 13 has begun, what is late for the closed months before', () => {
    const asked = { today: '2025-09-10', dates: june }
    expect(waitingIn(4, [2, 3], asked)).toEqual(june)
    expect(waitingIn(5, [2, 3], asked)).toEqual([])
  })

  test('is refused with a Problem', () => {
    const standing = { today: calendarDate('2026-06-16'), closed: [], unposted: june.map(document) }
    expect(() => requireNothingWaiting(periodOf(3), standing)).toThrow(Problem)
  })
})

describe('a fiscal year of an organization', () => {
  const statesOn = (today: string) =>
    yearOfPeriods('MSP', year, new Map(), calendarDate(today)).map(({ state }) => state)

  test('has thirteen periods, used or not', () => {
    const periods = yearOfPeriods('MSP', year, new Map(), calendarDate('2026-06-16'))
    expect(periods.map(({ number }) => number)).toEqual(periodNumbers)
  })

  test.each([
    ['2025-03-31', 0],
    ['2025-04-01', 1],
    ['2026-03-31', 12],
    ['2026-04-01', 13],
  ])('on %s has %i open', (today, open) => {
    expect(statesOn(today).filter((state) => state === 'open')).toHaveLength(open)
  })

  test('is shown from the first of its plan to the one that contains today', () => {
    const shown = (first: string) => shownYears(fiscalYear(first), calendarDate('2026-04-01'))
    expect(shown('2024-2025')).toEqual(['2024-2025', '2025-2026', '2026-2027'])
    expect(shown('2030-2031')).toEqual(['2026-2027'])
  })
})
