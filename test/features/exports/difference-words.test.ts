import { describe, expect, test } from 'vitest'
import { differenceLine, differenceWords } from '#features/exports/difference-words.ts'
import { differenceKinds } from '#platform/tables/difference.ts'

const told = (file: string | null, record: string | null) =>
  differenceLine({ sheet: 'Summary', cell: 'C7', kind: 'value', file, record }, 'en')

describe('a difference on one line', () => {
  test('has words for every kind, and for no other', () => {
    expect(Object.keys(differenceWords).sort()).toEqual([...differenceKinds].sort())
  })

  test.each([
    ['12.00', '13.00', 'Summary!C7, value: file «12.00», record «13.00»'],
    [null, '13.00', 'Summary!C7, value: file ∅, record «13.00»'],
    ['Été\u200b', 'Été', 'Summary!C7, value: file «Été\\u{200b}», record «Été»'],
    ['a\u00a0b', 'a b', 'Summary!C7, value: file «a\\u{a0}b», record «a b»'],
    ['a\nb', 'c', 'Summary!C7, value: file «a\\u{a}b», record «c»'],
  ])('%j beside %j', (file, record, expected) => {
    expect(told(file, record)).toBe(expected)
  })

  test('of two long texts shows where they part', () => {
    const line = told(
      `${'x'.repeat(500)}A${'y'.repeat(500)}`,
      `${'x'.repeat(500)}B${'y'.repeat(500)}`,
    )
    expect(line).toMatch(/file «…x+Ay+…», record «…x+By+…»$/)
    expect(line.length).toBeLessThan(250)
  })

  test('of the whole workbook names no sheet', () => {
    const whole = { sheet: null, cell: null, kind: 'date-system', file: '1904', record: '1900' }
    expect(differenceLine(whole, 'fr')).toBe(
      'classeur, calendrier des dates\u00a0: fichier «1904», registre «1900»',
    )
  })
})
