import { describe, expect, test } from 'vitest'
import { money } from '#core/money.ts'
import {
  amount,
  boolean,
  type Column,
  columnTypes,
  count,
  date,
  missing,
  missingReasons,
  percent,
  rowRoles,
  table,
  text,
  words,
} from '#core/table.ts'

describe('a cell', () => {
  test('absent, not applicable, unknown and zero are four different things', () => {
    const cells = [...missingReasons.map(missing), amount(money('0.00'))]
    expect(new Set(cells.map((cell) => String(cell.value))).size).toBe(4)
    expect(cells.map((cell) => cell.type)).toEqual(['missing', 'missing', 'missing', 'amount'])
  })

  test('says what is missing where there is no value', () => {
    expect(amount(null)).toEqual(missing('absent'))
    expect(amount(null, 'unknown')).toEqual(missing('unknown'))
    expect(percent(null)).toEqual(missing('absent'))
    expect(percent(null, 'not-applicable')).toEqual(missing('not-applicable'))
    expect(date(null)).toEqual(missing('absent'))
  })

  test('keeps its value and its type', () => {
    expect(amount(money('5.00'))).toEqual({ type: 'amount', value: money('5.00') })
    expect(percent('33.33')).toEqual({ type: 'percent', value: '33.33' })
    expect(date('2026-03-31')).toEqual({ type: 'date', value: '2026-03-31' })
    expect(boolean(false)).toEqual({ type: 'boolean', value: false })
    expect(count(3)).toEqual({ type: 'count', value: 3 })
    expect(words(['nothing-recorded'])).toEqual({ type: 'words', value: ['nothing-recorded'] })
    expect(text({ fr: 'Mesure', en: 'Measure' })).toMatchObject({ value: { fr: 'Mesure' } })
  })
})

describe('a table', () => {
  const columns = columnTypes.map(
    (type): Column => ({ key: type, label: { fr: type, en: type }, type, brief: true }),
  )
  const title = { fr: 'Rapprochement budgétaire', en: 'Budget reconciliation' }
  const cells = columns.map(() => missing('unknown'))

  test('has one cell a column in every row, whatever the row’s role', () => {
    const rows = rowRoles.map((role) => ({ role, cells }))
    const parts = { name: 'reconciliation', title, columns, rows }
    expect(table(parts)).toBe(parts)
  })

  test('with a row too short is an error of ours', () => {
    const rows = [{ role: 'data' as const, cells: cells.slice(1) }]
    expect(() => table({ name: 'reconciliation', title, columns, rows })).toThrow(
      `reconciliation: ${columns.length - 1} cells for ${columns.length} columns`,
    )
  })
})
