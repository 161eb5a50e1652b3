import { describe, expect, test } from 'vitest'
import { calendarDate } from '#core/calendar-date.ts'
import { fiscalYear } from '#core/fiscal-year.ts'
import { isZero, money, sum } from '#core/money.ts'
import { periodOf } from '#core/period.ts'
import {
  appropriationLines,
  type Cell,
  type PostedEntry,
  reversalOf,
  spendingLines,
} from '#features/journal/entry.ts'

const cell: Cell = {
  envelope: 'QC-M12',
  measure: 'QC-12',
  organization: 'MSP',
  fiscalYear: fiscalYear('2025-2026'),
}

const printed = (lines: ReturnType<typeof spendingLines>): string[] =>
  lines.map(({ account, amount }) => `${account} ${amount}`)

describe('movements of money', () => {
  test('an appropriation goes from the authority to what is available', () => {
    expect(printed(appropriationLines(cell, money('100.00')))).toEqual([
      'authority -100.00',
      'available 100.00',
    ])
  })

  test('spending goes from what is available to spent', () => {
    expect(printed(spendingLines(cell, money('12.50')))).toEqual([
      'available -12.50',
      'spent 12.50',
    ])
  })

  test('without an envelope it is paid from own resources', () => {
    expect(printed(spendingLines({ ...cell, envelope: null }, money('12.50')))).toEqual([
      'own_resources -12.50',
      'spent 12.50',
    ])
  })

  test('a reversal mirrors every line, keeps the kind and the flags, and names its entry', () => {
    const day = calendarDate('2025-06-15')
    const entry: PostedEntry = {
      id: '40',
      kind: 'expenditure',
      organization: 'MSP',
      effectiveOn: day,
      recordedIn: periodOf(day),
      document: { type: 'expenditure', id: 'x' },
      reverses: null,
      flags: ['not-a-lead'],
      lines: spendingLines(cell, money('12.50')),
    }
    const reversal = reversalOf(entry, periodOf(calendarDate('2025-09-01')))
    expect(printed(reversal.lines)).toEqual(['available 12.50', 'spent -12.50'])
    expect(reversal).toMatchObject({ kind: 'expenditure', reverses: '40', flags: ['not-a-lead'] })
    expect(isZero(sum([...entry.lines, ...reversal.lines].map(({ amount }) => amount)))).toBe(true)
  })
})
