import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import {
  addDays,
  calendarDate,
  compareDates,
  endOfMonth,
  monthOf,
  readDate,
  torontoDay,
  torontoMidnight,
  yearOf,
} from '#core/calendar-date.ts'

const codeOf = (text: string): string => {
  const reading = readDate(text)
  return reading.ok ? 'read' : reading.issue.code
}

describe('a day', () => {
  test.each(['1900-01-01', '2026-03-31', '2024-02-29', '2000-02-29', '2199-12-31'])(
    '%s is read as it is written',
    (text) => {
      expect(readDate(text)).toEqual({ ok: true, value: text })
      expect(calendarDate(text)).toBe(text)
    },
  )

  test.each([
    ['date/malformed', ['', '2026-3-31', '31-03-2026', '2026/03/31', '20260331', ' 2026-03-31']],
    [
      'date/malformed',
      ['2026-03-31 ', '2026-03-31T00:00', '٢٠٢٦-٠٣-٣١', '2026-03-31\n', 'x'.repeat(99)],
    ],
    ['date/impossible', ['2026-02-29', '1900-02-29', '2026-04-31', '2026-13-01', '2026-00-10']],
    ['date/impossible', ['2026-03-00', '2026-03-32', '1899-12-31', '2200-01-01', '0026-03-31']],
  ])('%s: %j', (code, texts) => {
    expect(texts.map(codeOf)).toEqual(texts.map(() => code))
  })

  test('a wrong literal is an error of ours', () => {
    expect(() => calendarDate('2026-02-30')).toThrow(new RangeError('date/impossible: 2026-02-30'))
  })

  test.each([
    ['2026-03-31', '2026-04-01', -1],
    ['2026-04-01', '2026-03-31', 1],
    ['2026-04-01', '2026-04-01', 0],
  ] as const)('%s against %s is %i', (a, b, order) => {
    expect(compareDates(calendarDate(a), calendarDate(b))).toBe(order)
  })

  test('has a year and a month', () => {
    expect(yearOf(calendarDate('2026-03-31'))).toBe(2026)
    expect(monthOf(calendarDate('2026-03-31'))).toBe(3)
  })
})

describe('counting days', () => {
  test.each([
    ['2026-03-31', 1, '2026-04-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-02-28', 1, '2026-03-01'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-03-08', 1, '2026-03-09'],
    ['2026-01-01', 0, '2026-01-01'],
    ['1900-01-01', 109_572, '2199-12-31'],
  ])('%s and %i days is %s', (from, days, to) => {
    expect(addDays(calendarDate(from), days)).toBe(to)
  })

  test.each([
    ['2199-12-31', 1],
    ['1900-01-01', -1],
    ['2026-01-01', 0.5],
    ['2026-01-01', Number.NaN],
    ['2026-01-01', 3_000_000],
    ['2026-01-01', Number.MAX_SAFE_INTEGER],
  ])('%s and %d days is no day', (from, days) => {
    expect(() => addDays(calendarDate(from), days)).toThrow(RangeError)
  })

  test.each([
    ['2026-02-01', '2026-02-28'],
    ['2024-02-29', '2024-02-29'],
    ['2026-04-30', '2026-04-30'],
    ['2026-12-05', '2026-12-31'],
    ['2199-12-01', '2199-12-31'],
  ])('the month of %s ends on %s', (date, end) => {
    expect(endOfMonth(calendarDate(date))).toBe(end)
  })

  test('there and back is the same day, and the order follows', () => {
    const first = calendarDate('1900-01-01')
    const offset = fc.integer({ min: 0, max: 109_572 })
    fc.assert(
      fc.property(offset, offset, (a, b) => {
        const [dayA, dayB] = [addDays(first, a), addDays(first, b)]
        expect(addDays(dayA, b - a)).toBe(dayB)
        expect(compareDates(dayA, dayB)).toBe(Math.sign(a - b))
        expect(endOfMonth(dayA) >= dayA).toBe(true)
        expect(monthOf(endOfMonth(dayA))).toBe(monthOf(dayA))
      }),
      { seed: 4, numRuns: 1000 },
    )
  })
})

describe('today is the day in Toronto', () => {
  const zone = process.env.TZ

  afterEach(() => {
    if (zone === undefined) {
      delete process.env.TZ
    } else {
      process.env.TZ = zone
    }
  })

  const cases = [
    ['2026-04-01T03:59:59.999Z', '2026-03-31'],
    ['2026-04-01T04:00:00.000Z', '2026-04-01'],
    ['2026-01-01T04:59:59Z', '2025-12-31'],
    ['2026-01-01T05:00:00Z', '2026-01-01'],
    ['2026-03-08T06:59:59Z', '2026-03-08'],
    ['2026-03-08T07:00:00Z', '2026-03-08'],
    ['2026-03-09T03:59:59Z', '2026-03-08'],
    ['2026-03-09T04:00:00Z', '2026-03-09'],
    ['2026-11-01T03:59:59Z', '2026-10-31'],
    ['2026-11-01T04:00:00Z', '2026-11-01'],
    ['2026-11-02T04:59:59Z', '2026-11-01'],
    ['2026-11-02T05:00:00Z', '2026-11-02'],
    ['2024-02-29T12:00:00Z', '2024-02-29'],
  ] as const

  test.each(['UTC', 'America/Toronto', 'Asia/Tokyo', 'Pacific/Auckland'])(
    'whatever the zone of the process: %s',
    (processZone) => {
      process.env.TZ = processZone
      expect(new Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(processZone)
      for (const [instant, day] of cases) {
        expect(torontoDay(new Date(instant))).toBe(day)
      }
    },
  )

  test('four hours behind UTC in daylight time, five otherwise', () => {
    const sunday = (year: number, month: number, nth: number): number => {
      const weekday = new Date(Date.UTC(year, month, 1)).getUTCDay()
      return Date.UTC(year, month, 1 + ((7 - weekday) % 7) + 7 * (nth - 1))
    }
    const hour = 3_600_000
    const [min, max] = [new Date('2008-01-02'), new Date('2025-12-30')]
    const instants = fc.date({ min, max, noInvalidDate: true })
    fc.assert(
      fc.property(instants, (instant) => {
        const time = instant.getTime()
        const year = new Date(time - 5 * hour).getUTCFullYear()
        const isDaylight =
          time >= sunday(year, 2, 2) + 7 * hour && time < sunday(year, 10, 1) + 6 * hour
        const local = new Date(time - (isDaylight ? 4 : 5) * hour)
        expect(torontoDay(instant)).toBe(local.toISOString().slice(0, 10))
      }),
      { seed: 5, numRuns: 2000, examples: [[new Date('2020-03-08T07:00:00Z')]] },
    )
  })

  test.each([
    ['2026-01-01', '2026-01-01T05:00:00.000Z'],
    ['2026-03-08', '2026-03-08T05:00:00.000Z'],
    ['2026-03-09', '2026-03-09T04:00:00.000Z'],
    ['2026-11-01', '2026-11-01T04:00:00.000Z'],
    ['2026-11-02', '2026-11-02T05:00:00.000Z'],
  ])('%s begins there at %s', (day, instant) => {
    expect(torontoMidnight(calendarDate(day))).toBe(instant)
    expect(torontoDay(new Date(instant))).toBe(day)
    expect(torontoDay(new Date(Date.parse(instant) - 1))).toBe(addDays(calendarDate(day), -1))
  })

  test('an invalid instant has no day', () => {
    expect(() => torontoDay(new Date(Number.NaN))).toThrow(RangeError)
  })
})
