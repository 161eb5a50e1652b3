import { describe, expect, test } from 'vitest'
import { cellIssue, cellRefusals, refusalOf } from '#core/cell-refusals.ts'
import { cellAddress, cellAt, cellKinds, columnName, readCellAddress } from '#core/grid.ts'
import { cellOf } from '#test/support/grids.ts'

describe('the address of a cell', () => {
  test.each([
    [0, 'A'],
    [25, 'Z'],
    [26, 'AA'],
    [701, 'ZZ'],
    [702, 'AAA'],
    [16_383, 'XFD'],
  ])('column %i is %s', (column, name) => {
    expect(columnName(column)).toBe(name)
    expect(readCellAddress(`${name}7`)).toEqual({ row: 7, column })
    expect(cellAddress({ row: 7, column })).toBe(`${name}7`)
  })

  test.each([
    '',
    'A',
    '7',
    'A0',
    'A07',
    'XFE1',
    'A1048577',
    '$A$1',
    'a1',
    'A1B',
    'A12345678',
    'Ā1',
  ])('%j is none', (text) => {
    expect(readCellAddress(text)).toBeNull()
  })

  test('the last cell of a sheet has one', () => {
    expect(readCellAddress('XFD1048576')).toEqual({ row: 1_048_576, column: 16_383 })
  })
})

describe('cells that are not read', () => {
  test('each says where it stands, what stands there and what to do', () => {
    expect(refusalOf(cellOf(['files/cell-error', '#N/A'], 1), 7)).toEqual({
      pointer: '',
      code: 'files/cell-error',
      detail: {
        fr: 'Cellule B7\u00a0: La cellule contient une erreur de calcul. Corrigez la formule ou inscrivez la valeur.',
        en: 'Cell B7: The cell holds an error of calculation. Correct the formula or enter the value.',
      },
      row: 7,
      column: 'B',
      value: '#N/A',
    })
  })

  test('every kind that is a code has its sentence, and every other is read', () => {
    const codes = cellKinds.filter((kind) => kind.includes('/'))
    expect(codes.toSorted()).toEqual(Object.keys(cellRefusals).toSorted())
    const read = cellKinds.filter((kind) => refusalOf(cellOf([kind, 'x']), 1) === null)
    expect(read).toEqual(['text', 'number', 'date', 'time', 'boolean'])
  })

  test('a long value is shortened', () => {
    const issue = cellIssue(cellOf('x'.repeat(1000)), 1, 'files/cell-error', { fr: '', en: '' })
    expect(issue.value).toHaveLength(64)
  })

  test('a row is asked for a cell by its column', () => {
    const row = { row: 1, isHidden: false, cells: [cellOf('a', 0), cellOf('c', 2)] }
    expect([cellAt(row, 2)?.text, cellAt(row, 1)]).toEqual(['c', undefined])
  })
})
