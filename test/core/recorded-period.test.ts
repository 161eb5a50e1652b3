import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, calendarDate } from '#core/calendar-date.ts'
import { fiscalYear } from '#core/fiscal-year.ts'
import { type Period, periodFirstDay, periodKey, periodOf, periodsOf } from '#core/period.ts'
import { chooseRecordedPeriod } from '#core/recorded-period.ts'

const choose = (serviceDate: string, today: string, closed: readonly string[]): string | null => {
  const chosen = chooseRecordedPeriod({
    serviceDate: calendarDate(serviceDate),
    today: calendarDate(today),
    isClosed: (period) => closed.includes(periodKey(period)),
  })
  return chosen === null ? null : periodKey(chosen)
}

const wholeYear = periodsOf(fiscalYear('2025-2026')).map(periodKey)

describe('where an expenditure is recorded', () => {
  test('in the period of its service date, if that is open', () => {
    expect(choose('2025-06-15', '2025-06-15', [])).toBe('2025-2026-P03')
    expect(choose('2026-03-31', '2026-05-02', [])).toBe('2025-2026-P12')
  })

  test('in period 13 of that year, if its own is closed and period 13 has started', () => {
    expect(choose('2026-02-10', '2026-04-03', ['2025-2026-P11'])).toBe('2025-2026-P13')
    expect(choose('2026-03-31', '2026-04-01', ['2025-2026-P12'])).toBe('2025-2026-P13')
  })

  test('before April 1, in the earliest open period after its own', () => {
    expect(choose('2026-02-10', '2026-03-20', ['2025-2026-P11'])).toBe('2025-2026-P12')
    expect(choose('2025-06-15', '2025-09-01', ['2025-2026-P03', '2025-2026-P04'])).toBe(
      '2025-2026-P05',
    )
  })

  test('with period 13 closed, in an open month of its year before the next year', () => {
    expect(choose('2026-02-10', '2026-04-03', ['2025-2026-P11', '2025-2026-P13'])).toBe(
      '2025-2026-P12',
    )
  })

  test('in the next year, if its own year is closed', () => {
    expect(choose('2026-02-10', '2026-06-03', wholeYear)).toBe('2026-2027-P01')
    expect(choose('2026-02-10', '2026-06-03', [...wholeYear, '2026-2027-P01'])).toBe(
      '2026-2027-P02',
    )
  })

  test('nowhere, if every period up to today is closed', () => {
    expect(choose('2025-06-15', '2025-06-30', ['2025-2026-P03'])).toBeNull()
    expect(choose('2026-03-31', '2026-03-31', ['2025-2026-P12'])).toBeNull()
  })

  test('nowhere, if its own period has not started', () => {
    expect(choose('2025-07-01', '2025-06-30', [])).toBeNull()
    expect(choose('2026-04-01', '2026-03-31', [])).toBeNull()
  })

  test('never in a period before its own', () => {
    expect(choose('2025-06-15', '2025-06-30', ['2025-2026-P03', '2025-2026-P04'])).toBeNull()
  })

  test('as a plain scan of all periods would have it', () => {
    const all = ['2023-2024', '2024-2025', '2025-2026', '2026-2027'].flatMap((text) =>
      periodsOf(fiscalYear(text)),
    )
    const start = calendarDate('2023-04-01')
    const scan = (
      serviceDate: string,
      today: string,
      closed: ReadonlySet<string>,
    ): Period | null => {
      const open = all.filter((p) => periodFirstDay(p) <= today && !closed.has(periodKey(p)))
      const own = periodOf(calendarDate(serviceDate))
      const isOwn = (p: Period): boolean => periodKey(p) === periodKey(own)
      const isOwn13 = (p: Period): boolean => periodKey(p) === `${own.fiscalYear}-P13`
      const isLater = (p: Period): boolean => periodKey(p) > periodKey(own)
      return open.find(isOwn) ?? open.find(isOwn13) ?? open.find(isLater) ?? null
    }
    const closed = fc.oneof(
      fc.subarray(all.map(periodKey)),
      fc.nat({ max: all.length }).map((count) => all.slice(0, count).map(periodKey)),
    )
    const day = fc.integer({ min: 0, max: 1460 }).map((days) => addDays(start, days))
    fc.assert(
      fc.property(day, day, closed, (serviceDate, today, keys) => {
        const set = new Set(keys)
        const isClosed = (period: Period): boolean => set.has(periodKey(period))
        expect(chooseRecordedPeriod({ serviceDate, today, isClosed })).toEqual(
          scan(serviceDate, today, set),
        )
      }),
      { seed: 9, numRuns: 3000 },
    )
  })
})
