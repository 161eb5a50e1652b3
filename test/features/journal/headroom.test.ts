import { describe, expect, test } from 'vitest'
import { type FiscalYear, fiscalYear } from '#core/fiscal-year.ts'
import { type Money, money } from '#core/money.ts'
import { headroom } from '#features/journal/headroom.ts'

const term = ['2023-2024', '2024-2025', '2025-2026'].map(fiscalYear)

function available(cells: Record<string, string>): Map<FiscalYear | null, Money> {
  return new Map(
    Object.entries(cells).map(([year, amount]) => [
      year === 'undistributed' ? null : fiscalYear(year),
      money(amount),
    ]),
  )
}

describe('the ceiling of an envelope', () => {
  test.each([
    ['nothing distributed, nothing spent', { undistributed: '100.00' }, '2025-2026', '100.00'],
    [
      'another year already drew',
      { undistributed: '100.00', '2024-2025': '-30.00' },
      '2025-2026',
      '70.00',
    ],
    [
      'a year with money of its own keeps it when others draw',
      { undistributed: '0.00', '2024-2025': '-30.00', '2025-2026': '50.00' },
      '2025-2026',
      '20.00',
    ],
    [
      'a shortfall that the undistributed part covers leaves the year its own money and the rest',
      { undistributed: '100.00', '2024-2025': '-30.00', '2025-2026': '10.00' },
      '2025-2026',
      '80.00',
    ],
    [
      'what other years still hold is theirs',
      { undistributed: '10.00', '2024-2025': '90.00' },
      '2025-2026',
      '10.00',
    ],
    [
      'the year itself is short',
      { undistributed: '10.00', '2025-2026': '-40.00' },
      '2025-2026',
      '-30.00',
    ],
    ['a year outside the term has only itself', { undistributed: '100.00' }, '2026-2027', '0.00'],
    [
      'a recurring year has only itself',
      { undistributed: '100.00', '2026-2027': '5.00' },
      '2026-2027',
      '5.00',
    ],
  ])('%s', (_case, cells, year, amount) => {
    const found = headroom({ termYears: term, byYear: available(cells) }, fiscalYear(year))
    expect(found.amount.toString()).toBe(amount)
  })

  test('the undistributed part covers the years that are short before anything leaves it', () => {
    const byYear = available({
      undistributed: '100.00',
      '2024-2025': '-30.00',
      '2025-2026': '50.00',
    })
    const found = headroom({ termYears: term, byYear }, null)
    expect(found.amount.toString()).toBe('70.00')
    expect(found.otherYearsShortfall.toString()).toBe('-30.00')
  })

  test('every operand of the formula is there for the refusal', () => {
    const byYear = available({
      undistributed: '100.00',
      '2024-2025': '-30.00',
      '2025-2026': '10.00',
    })
    const found = headroom({ termYears: term, byYear }, fiscalYear('2025-2026'))
    expect(found.availableInYear.toString()).toBe('10.00')
    expect(found.undistributed.toString()).toBe('100.00')
    expect(found.otherYearsShortfall.toString()).toBe('-30.00')
    expect(found.availableOverTerm.toString()).toBe('80.00')
  })
})
