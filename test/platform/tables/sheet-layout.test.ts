import { describe, expect, test } from 'vitest'
import {
  absolute,
  cellAddress,
  columnLetters,
  layoutOf,
  linkTarget,
  rangeAddress,
  sheetReference,
  textLiteral,
} from '#platform/tables/sheet-layout.ts'

const columns = [{ key: 'code' }, { key: 'planned' }, { key: 'spent' }]

describe('the layout of a sheet', () => {
  test('is known from the columns and the number of rows', () => {
    const at = layoutOf({ columns, rows: { length: 37 }, intro: ['a', 'b'], totalRow: true })
    expect(at).toMatchObject({
      headerRow: 5,
      firstDataRow: 6,
      lastDataRow: 42,
      totalRow: 43,
      lastRow: 43,
      letters: ['A', 'B', 'C'],
    })
    expect(at.letter('spent')).toBe('C')
    expect(at.cell('spent', 0)).toBe('C6')
    expect(at.cell('spent', 36)).toBe('C42')
    expect(at.range('planned')).toBe('$B$6:$B$42')
    expect(at.total('planned')).toBe('B43')
  })

  test('keeps one blank row where there are none, so that its ranges are ranges', () => {
    const at = layoutOf({ columns, rows: [], totalRow: [] })
    expect(at).toMatchObject({ headerRow: 3, firstDataRow: 4, lastDataRow: 4, totalRow: 5 })
    expect(at.range('spent')).toBe('$C$4:$C$4')
  })

  test('without a total ends with its last row', () => {
    const at = layoutOf({ columns, rows: { length: 2 } })
    expect(at).toMatchObject({ totalRow: null, lastRow: 5 })
    expect(layoutOf({ columns, rows: { length: 2 }, totalRow: false }).totalRow).toBeNull()
    expect(() => at.total('spent')).toThrow('no total row')
  })

  test('has no address for what it does not hold', () => {
    const at = layoutOf({ columns, rows: { length: 2 } })
    expect(() => at.letter('committed')).toThrow('no column committed')
    expect(() => at.cell('spent', 2)).toThrow('no row 2')
    expect(() => at.cell('spent', -1)).toThrow(RangeError)
    expect(() => at.cell('spent', 0.5)).toThrow(RangeError)
  })
})

describe('an address', () => {
  test.each([
    [1, 'A'],
    [26, 'Z'],
    [27, 'AA'],
    [52, 'AZ'],
    [702, 'ZZ'],
    [703, 'AAA'],
    [16_384, 'XFD'],
  ])('column %i is %s', (column, letters) => {
    expect(columnLetters(column)).toBe(letters)
  })

  test('stays inside a sheet', () => {
    expect(cellAddress(3, 7)).toBe('C7')
    expect(cellAddress(16_384, 1_048_576)).toBe('XFD1048576')
    expect(() => columnLetters(0)).toThrow(RangeError)
    expect(() => columnLetters(16_385)).toThrow(RangeError)
    expect(() => cellAddress(1, 0)).toThrow(RangeError)
    expect(() => cellAddress(1, 1_048_577)).toThrow(RangeError)
  })

  test('can be fixed, and taken on another sheet', () => {
    expect(absolute(rangeAddress('C7', 'AB9'))).toBe('$C$7:$AB$9')
    expect(absolute('$C7')).toBe('$C$7')
    expect(sheetReference('Budget prévu', 'C7')).toBe("'Budget prévu'!C7")
    expect(linkTarget('Budget prévu')).toBe("#'Budget prévu'!A1")
    expect(linkTarget('Écarts', 'B2')).toBe("#'Écarts'!B2")
  })
})

test('a text inside a formula doubles its quotes and has at most 255 characters', () => {
  expect(textLiteral('l"été" = 1')).toBe('"l""été"" = 1"')
  expect(textLiteral('x'.repeat(255))).toHaveLength(257)
  expect(() => textLiteral('x'.repeat(256))).toThrow(RangeError)
})
