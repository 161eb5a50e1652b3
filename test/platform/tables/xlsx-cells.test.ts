import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calendarDate } from '#core/calendar-date.ts'
import { centsMax, fromCents, type Money, money } from '#core/money.ts'
import { boolean, count, date, missing, percent, text, words } from '#core/table.ts'
import { sheetCell, sheetColumns, sheetRow } from '#platform/tables/sheet-cells.ts'
import type { SheetCell } from '#platform/tables/workbook.ts'
import { writeWorkbook } from '#platform/tables/xlsx.ts'
import { fileCell } from '#platform/tables/xlsx-cells.ts'
import { type ReadCell, readParts } from './read-parts.ts'
import { sampleTable } from './sample-table.ts'
import { sampleWorkbook } from './sample-workbook.ts'

const replay = { seed: 20260331, numRuns: 2000 }

/** The cells of one column, written and read back in order. */
async function roundTrip(cells: readonly SheetCell[]): Promise<ReadCell[]> {
  const columns = [{ key: 'a', header: 'Un' }]
  const rows = cells.map((cell) => [cell])
  const sheet = { name: 'A', kind: 'table', title: 'A', columns, rows } as const
  const bytes = await writeWorkbook({ ...sampleWorkbook(), sheets: [sheet] })
  const read = readParts(bytes).sheet(1).cells
  return cells.map((_, index) => {
    const cell = read.get(`A${index + 4}`)
    if (cell === undefined) {
      throw new Error(`row ${index} was not written`)
    }
    return cell
  })
}

describe('an amount', () => {
  test('reaches the file as its own decimal text, and reads back as the same amount', async () => {
    const any = fc.sample(
      fc.oneof(
        fc.bigInt({ min: -centsMax, max: centsMax }),
        fc.bigInt({ min: -100_000n, max: 100_000n }),
      ),
      replay,
    )
    const amounts = [0n, 1n, -1n, 10n, 100n, centsMax, -centsMax, ...any].map(fromCents)
    const written = await roundTrip(amounts.map((amount) => ({ amount })))
    written.forEach(({ value, type }, at) => {
      const expected = String(amounts[at])
      // The shortest equal decimal: 2903063.00 is written 2903063, 0.10 is written 0.1.
      expect(value).toBe(expected.replace(/\.?0+$/, '') || '0')
      expect(type).toBe('n')
      expect(asMoney(value ?? '')).toEqual(amounts[at])
    })
  })

  test('is Money, not a number and not its text', () => {
    for (const impostor of [5, '5.00', null, { toString: () => '5.00' }, Number.NaN]) {
      const cell = { amount: impostor as unknown as Money }
      expect(() => fileCell(cell, 'fr')).toThrow('an amount cell takes Money')
    }
  })
})

describe('a cell', () => {
  test.each([
    ['a percentage', { percent: '4.34' }, ['n', '4.34', '0.00" %"']],
    ['a percentage below zero', { percent: '-12.50' }, ['n', '-12.5', '0.00" %"']],
    ['a count', { count: 1234 }, ['n', '1234', '#3']],
    ['false', { boolean: false }, ['b', '0', '#0']],
    ['March 31, 2026', { date: calendarDate('2026-03-31') }, ['n', '46112', 'yyyy-mm-dd']],
    ['February 29, 2024', { date: calendarDate('2024-02-29') }, ['n', '45351', 'yyyy-mm-dd']],
    [
      'the first day all programs agree on',
      { date: calendarDate('1900-03-01') },
      ['n', '61', 'yyyy-mm-dd'],
    ],
    ['the day before it, as text', { date: calendarDate('1900-02-28') }, ['s', '1900-02-28', '#0']],
    ['what is unknown', { missing: 'unknown' }, ['s', 'inconnu', '#0']],
    ['nothing', { empty: true }, ['n', null, '#0']],
    ['no text', { text: '' }, ['s', '', '#0']],
  ] satisfies [string, SheetCell, (string | null)[]][])('holds %s', async (_, cell, expected) => {
    const [read] = await roundTrip([cell])
    expect([read?.type, read?.value, read?.format]).toEqual(expected)
  })

  test.each([
    ['an object as text', { text: { formula: '1+1' } }],
    ['a number as text', { text: 5 }],
    ['a formula from JSON', { formula: { toString: '1+1' }, result: { count: 1 } }],
    ['a formula with its equals sign', { formula: '=1+1', result: { count: 2 } }],
    ['an empty formula', { formula: '', result: { count: 2 } }],
    ['a formula too long', { formula: 'A1+'.repeat(3000), result: { count: 2 } }],
    ['a formula without result', { formula: '1+1', result: {} }],
    ['a formula whose result is a formula', { formula: '1+1', result: { formula: '1' } }],
    ['NaN', { count: Number.NaN }],
    ['half a count', { count: 0.5 }],
    ['a percentage that would be rounded', { percent: '4.345' }],
    ['a percentage that is not a number', { percent: 'NaN' }],
    ['a text for a boolean', { boolean: 'true' }],
    ['a day that never was', { date: '2025-02-29' }],
    ['a shape of its own', { value: 5 }],
    ['half a surrogate pair', { text: 'a\uD800' }],
    ['NUL', { text: 'a\0' }],
    ['more text than a cell holds', { text: 'x'.repeat(32_768) }],
    ['a link that runs code', { link: { target: 'javascript:alert(1)', text: 'x' } }],
    ['a link to a file', { link: { target: 'file:///etc/passwd', text: 'x' } }],
    ['a link to a share', { link: { target: '//host/share', text: 'x' } }],
    ['a link to a Windows share', { link: { target: '\\\\host\\share', text: 'x' } }],
    ['a link to anywhere', { link: { target: '', text: '' } }],
    ['a link without text', { link: { target: '/fr', text: '' } }],
  ])('does not hold %s', (_, cell) => {
    expect(() => fileCell(cell as unknown as SheetCell, 'fr')).toThrow(RangeError)
  })

  test.each([
    '/fr/lignes?a=b&c=d#e',
    'lignes/1:2',
    'https://exemple.qc.ca/x',
    'http://127.0.0.1:3000/',
  ])('links to %s', (target) => {
    expect(fileCell({ link: { target, text: 'x' } }, 'fr').value).toMatchObject({
      hyperlink: target,
    })
  })
})

describe('text', () => {
  test.each([
    '=1+1',
    '+1',
    '-12,50',
    '@SUM(A1)',
    '{=1}',
    "'=1",
    ' au début et à la fin ',
    'deux\nlignes',
    'deux\r\nlignes',
    'CR\rseul',
    'tab\tulation',
    'cloche\u0007, échappement \u001b, effacement \u007f, unité \u001f',
    'C1 \u0085 \u009f',
    'pas un caractère \uFFFE \uFFFF',
    '_x003D_1+1',
    '_x005F_x003D_',
    '_x0041_x0042_',
    '__x0041__',
    '_xZZZZ_ _x41_',
    '<b>&amp;</b> "guillemets" ]]>',
    'combiné e\u0301, 漢字, 👩‍🔧, \u2028, \uFEFF',
    '__proto__',
    '\u00A0',
    'x'.repeat(32_767),
  ])('%j reads back as it was', async (content) => {
    const [cell] = await roundTrip([{ text: content }])
    expect(cell?.value).toBe(content)
    expect(cell?.type).toBe('s')
    expect(cell?.formula).toBeNull()
  })

  test('reads back as it was, whatever it is', async () => {
    const unit = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      fc.constantFrom(...'=+-@\t\r\n_x05FD3\'"<>&', '_x', '_x005F_', '\u0001', '\uFFFF', '🙂'),
    )
    const contents = fc.sample(
      fc.string({ unit: unit.filter((character) => character !== '\0') }),
      replay,
    )
    const cells = await roundTrip(contents.map((content) => ({ text: content })))
    expect(cells.map(({ value }) => value)).toEqual(contents)
    expect(cells.every(({ type, formula }) => type === 's' && formula === null)).toBe(true)
  })

  test('beyond U+FFFF reads back wherever it falls in the file', async () => {
    const contents = ['', 'a', 'b'].map((before) => before + '🙂'.repeat(16_000))
    const cells = await roundTrip(contents.map((content) => ({ text: content })))
    expect(cells.map(({ value }) => value === null || contents.indexOf(value))).toEqual([0, 1, 2])
  })

  test('in a formula’s result and in a link reads back as it was too', async () => {
    const content = '=a_x003D_\u0007<&>'
    const [result, link] = await roundTrip([
      { formula: 'A9', result: { text: content } },
      { link: { target: '/fr', text: content } },
    ])
    expect(result).toMatchObject({ type: 'str', formula: 'A9' })
    expect(result?.value).toBe(
      content.replace('_x003D_', '_x005F_x003D_').replace('\u0007', '_x0007_'),
    )
    expect(link).toMatchObject({ type: 's', value: content })
  })
})

describe('the cells of a table', () => {
  const wording = { language: 'fr', flagWords: () => ({ fr: 'dépassé', en: 'over' }) } as const

  test('stay values, and texts in the reader’s language', () => {
    expect(sheetCell(text({ fr: 'Écart', en: 'Variance' }), wording)).toEqual({ text: 'Écart' })
    expect(sheetCell(words(['a', 'b']), wording)).toEqual({ text: 'dépassé, dépassé' })
    expect(sheetCell(words(['a']), { language: 'fr' })).toEqual({ text: 'a' })
    expect(sheetCell(percent('4.34'), wording)).toEqual({ percent: '4.34' })
    expect(sheetCell(count(3), wording)).toEqual({ count: 3 })
    expect(sheetCell(boolean(true), wording)).toEqual({ boolean: true })
    expect(sheetCell(date('2026-03-31'), wording)).toEqual({ date: '2026-03-31' })
    expect(sheetCell(missing('not-applicable'), wording)).toEqual({ missing: 'not-applicable' })
  })

  test('have their columns and rows in the table’s order', () => {
    expect(sheetColumns(sampleTable, 'en').slice(0, 3)).toEqual([
      { key: 'key', header: 'Code' },
      { key: 'label', header: 'Title' },
      { key: 'planned', header: 'Planned' },
    ])
    const [, first] = sampleTable.rows
    expect(first && sheetRow(first, wording).slice(0, 3)).toEqual([
      { text: 'A-1' },
      { text: 'Soutenir les élèves' },
      { amount: money('2903063.00') },
    ])
  })
})

/** What a reader does: the shortest decimal, padded to cents, without arithmetic. */
function asMoney(written: string): Money {
  const [whole = '', cents = ''] = written.split('.')
  return money(`${whole}.${cents.padEnd(2, '0')}`)
}
