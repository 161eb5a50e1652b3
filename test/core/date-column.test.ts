import { describe, expect, test } from 'vitest'
import { type DateOrder, dateOrderOf, noDateEvidence, readDay, seeDate } from '#core/date-column.ts'
import { cellOf } from '#test/support/grids.ts'

const seenIn = (texts: readonly string[]) =>
  texts.reduce((so, text, at) => seeDate(so, cellOf(text, 3), at + 2), noDateEvidence)

const orderOf = (texts: readonly string[], asked?: DateOrder): string | null => {
  const order = dateOrderOf(seenIn(texts), asked)
  return order.ok ? (order.value?.value ?? null) : order.issue.code
}

const dayOf = (told: Parameters<typeof cellOf>[0], order: DateOrder | null): string => {
  const reading = readDay(cellOf(told, 3), 2, order)
  return reading.ok ? reading.value : reading.issue.code
}

describe('the order of day and month is decided by the whole column', () => {
  test.each([
    [['01/04/2025', '25/04/2025'], 'day-first'],
    [['01/04/2025', '04/25/2025'], 'month-first'],
    [['1-4-2025', '13.4.2025'], 'day-first'],
    [['2025-04-01', '04/04/2025', ''], null],
    [['01/04/2025'], 'files/date-order-unclear'],
    [['25/04/2025', '04/25/2025'], 'files/date-order-mixed'],
  ])('%j: %j', (texts, order) => {
    expect(orderOf(texts)).toBe(order)
  })

  test('what is unclear is told with both readings', () => {
    expect(dateOrderOf(seenIn(['01/04/2025']))).toMatchObject({
      issue: {
        detail: {
          fr: expect.stringContaining('en D2 est le 2025-04-01 ou le 2025-01-04'),
          en: expect.stringContaining('in D2 is 2025-04-01 or 2025-01-04'),
        },
      },
    })
  })

  test('the decision says what it rests on, and a person may take another', () => {
    const seen = seenIn(['01/04/2025', '25/04/2025'])
    expect(dateOrderOf(seen)).toMatchObject({ value: { because: { en: '“25/04/2025” in D3' } } })
    expect(dateOrderOf(seen, 'month-first')).toMatchObject({
      value: { value: 'month-first', isAsked: true },
    })
  })

  test('the first witness is kept, and date cells say nothing', () => {
    const seen = seenIn(['13/04/2025'])
    expect(seeDate(seen, cellOf('14/04/2025'), 9)).toBe(seen)
    expect(seeDate(seen, cellOf(['date', '2025-04-01']), 9)).toBe(seen)
    expect(seeDate(seen, cellOf(['number', '13/04/2025']), 9)).toBe(seen)
  })
})

describe('a day', () => {
  test.each([
    ['2025-04-01', null, '2025-04-01'],
    ['2025/04/01', null, '2025-04-01'],
    ['2025-04-01T13:45:00.000', null, '2025-04-01'],
    ['2025-04-01 13:45', null, '2025-04-01'],
    [' 01/04/2025 ', 'day-first', '2025-04-01'],
    ['01/04/2025', 'month-first', '2025-01-04'],
    ['1.4.2025', 'day-first', '2025-04-01'],
    ['04/04/2025', null, '2025-04-04'],
    ['01/04/2025', null, 'date/malformed'],
    ['01/04/25', 'day-first', 'date/malformed'],
    ['1 avril 2025', 'day-first', 'date/malformed'],
    ['31/02/2025', 'day-first', 'date/impossible'],
    ['25/04/2025', 'month-first', 'date/impossible'],
    ['2025-04/01', null, 'date/malformed'],
  ] as const)('%j with %j is %s', (text, order, day) => {
    expect(dayOf(text, order)).toBe(day)
  })

  test('a date cell is its day, whatever the hour', () => {
    expect(dayOf(['date', '2025-04-01'], null)).toBe('2025-04-01')
    expect(dayOf(['date', '2025-04-01 23:59:59'], 'month-first')).toBe('2025-04-01')
  })

  test('a number, a time or a refused cell is no day, and is told with its place', () => {
    expect(dayOf(['number', '45748'], null)).toBe('files/no-date')
    expect(dayOf(['time', '12:00:00'], null)).toBe('files/no-date')
    expect(dayOf(['files/date-false-leap-day', '60'], null)).toBe('files/date-false-leap-day')
    expect(readDay(cellOf('x', 3), 12, null)).toMatchObject({
      issue: { row: 12, column: 'D', value: 'x' },
    })
  })
})
