import { describe, expect, test } from 'vitest'
import type { Sheet } from '#core/grid.ts'
import { findTable, type TableQuestion } from '#core/table-in-grid.ts'
import { findHeader, tableParts } from '#core/table-in-sheet.ts'
import { gridOf, sheetOf, type Told } from '#test/support/grids.ts'

const names = ['organisme', 'date', 'montant']
const isKnown = (name: string): boolean => names.includes(name.toLowerCase())

const partsOf = (sheet: Sheet): readonly string[] => {
  const header = findHeader(sheet, { isKnown })
  return header.ok
    ? [...tableParts(sheet, header.value)].map((part) =>
        part.kind === 'data'
          ? `${part.row.row}${part.issues.map(({ column, code }) => ` ${column} ${code}`).join()}`
          : `${part.firstRow}-${part.lastRow} ${part.reason}`,
      )
    : [header.issue.code]
}

describe('the table inside a sheet', () => {
  test('titles above, blank rows, the header again and totals are left out, each with its reason', () => {
    const sheet = sheetOf([
      ['Dépenses du ministère', 'avril'],
      [],
      names,
      ['MSP', '2025-04-01', '12,50'],
      [],
      [],
      ['Organisme', 'DATE', 'montant '],
      ['MJQ', '2025-04-02', '7,00'],
      ['  ', null, ''],
      ['Sous-total', null, '19,50'],
      ['Total général :', null, '(19,50) $'],
    ])
    expect(partsOf(sheet)).toEqual([
      '1-1 above-header',
      '2-2 above-header',
      '3-3 header',
      '4',
      '5-6 blank',
      '7-7 header-again',
      '8',
      '9-9 blank',
      '10-10 total',
      '11-11 total',
    ])
  })

  test('every row from the first to the last is accounted for', () => {
    const sheet = sheetOf([[], names, [], ['a', 'b', 'c'], [], ['TOTAL', null, ['number', '5']]])
    const header = findHeader(sheet, { isKnown })
    const counted = [...tableParts(sheet, header.ok ? header.value : failed())].map((part) =>
      part.kind === 'data' ? 1 : part.lastRow - part.firstRow + 1,
    )
    expect(counted.reduce((a, b) => a + b)).toBe(sheet.lastRow)
  })

  test.each<[string, readonly Told[]]>([
    ['a supplier called Total', ['MSP', 'Total Canada inc.', '12,50']],
    ['a text that begins with total and has no figure', ['Total', null, null]],
    ['totally', ['Totalement', null, '12,50']],
    ['figures without a word', [null, null, '12,50']],
  ])('%s stays data', (_, cells) => {
    expect(partsOf(sheetOf([names, cells]))).toEqual(['1-1 header', '2'])
  })

  test('a value under no name would be lost: it is a finding of its row', () => {
    const sheet = sheetOf([
      names,
      ['MSP', '2025-04-01', '1', '50'],
      ['MSP', '2025-04-01', '1', ' '],
    ])
    expect(partsOf(sheet)).toEqual(['1-1 header', '2 D files/cell-without-column', '3'])
  })

  test('the header is the row with the most known names, the first of equals', () => {
    const sheet = sheetOf([['date', 'x'], names, names])
    expect(findHeader(sheet, { isKnown })).toMatchObject({ value: { row: 2 } })
    expect(findHeader(sheet)).toMatchObject({ value: { row: 2, headings: { length: 3 } } })
  })

  test('says the names that it found, whole, twelve at most', () => {
    const saidOf = (cells: readonly string[]): string => {
      const header = findHeader(sheetOf([cells]))
      return header.ok ? header.value.understanding.because.fr : header.issue.code
    }
    const many = Array.from({ length: 13 }, (_, at) => `colonne ${at + 1}`)
    expect(saidOf(many.slice(0, 12))).toBe(`titres trouvés\u00a0: ${many.slice(0, 12).join(', ')}`)
    expect(saidOf(many)).toBe(`titres trouvés\u00a0: ${many.slice(0, 12).join(', ')}, …`)
  })

  test('a person may say which row it is', () => {
    const sheet = sheetOf([names, ['date'], ['x']])
    expect(findHeader(sheet, { isKnown, asked: 2 })).toMatchObject({
      value: { row: 2, understanding: { isAsked: true } },
    })
    expect(findHeader(sheet, { isKnown, asked: 9 })).toMatchObject({
      issue: { code: 'files/header-missing' },
    })
  })

  test('it is looked for in the first fifty rows, and two columns of one name are refused', () => {
    const late = sheetOf([...Array.from({ length: 50 }, () => ['1']), names])
    expect(partsOf(late)).toEqual(['files/header-missing'])
    const twice = sheetOf([['Date', 'montant', 'date']])
    expect(findHeader(twice, { isKnown })).toMatchObject({
      issue: {
        code: 'files/header-repeated',
        detail: { en: expect.stringContaining('A and C, row 1') },
      },
    })
  })

  test('a column called __proto__ is a column', () => {
    const sheet = sheetOf([
      ['__proto__', 'constructor'],
      ['1', '2'],
    ])
    expect(findHeader(sheet)).toMatchObject({
      value: { headings: [{ name: '__proto__' }, { name: 'constructor' }] },
    })
  })
})

describe('the sheet of a file', () => {
  const found = (sheets: readonly Sheet[], question: TableQuestion = {}): string => {
    const table = findTable(gridOf(...sheets), { isKnown, ...question })
    return table.ok
      ? `${table.value.sheet.name}: ${table.value.understanding.because.en}`
      : table.issue.code
  }
  const named = (name: string, rows: readonly (readonly Told[])[], isHidden = false): Sheet =>
    sheetOf(rows, { name, isHidden })

  test('the visible one with the most known names is taken, and says why', () => {
    expect(found([named('Notes', [['date', 'x']]), named('Données', [names])])).toBe(
      'Données: the sheet with the most known names',
    )
    expect(found([named('A', [names]), named('B', []), named('C', [names], true)])).toBe(
      'A: the only visible sheet with data',
    )
  })

  test('two that have as many are refused by name, twelve at most', () => {
    expect(found([named('Avril', [names]), named('Mai', [names])])).toBe('files/sheet-unclear')
    const many = Array.from({ length: 14 }, (_, at) => named(`F${at}`, [names]))
    expect(findTable(gridOf(...many), { isKnown })).toMatchObject({
      issue: { detail: { en: expect.stringContaining('“F11”, ….') } },
    })
  })

  test('a person may choose any, hidden ones too', () => {
    const sheets = [named('A', [names]), named('B', [names], true)]
    expect(found(sheets, { sheet: 'B' })).toBe('B: as asked')
    expect(found(sheets, { sheet: 'C' })).toBe('files/sheet-missing')
  })

  test('a file without data, and a sheet without names, are refused', () => {
    expect(found([named('A', []), named('B', [names], true)])).toBe('files/no-rows')
    expect(found([named('A', [['1', '2']])])).toBe('files/header-missing')
    expect(findTable(gridOf(named('A', [names])))).toMatchObject({ ok: true })
    expect(findTable(gridOf(named('A', [names]), named('B', [['x']])))).toMatchObject({ ok: true })
  })
})

const failed = (): never => {
  throw new Error('no header')
}
