import { describe, expect, test } from 'vitest'
import { money } from '#core/money.ts'
import type { Sheet, SheetChart, Workbook } from '#platform/tables/workbook.ts'
import { writeWorkbook } from '#platform/tables/xlsx.ts'
import { elements, only, type ReadParts, readParts } from './read-parts.ts'
import { faultsOf } from './sound-parts.ts'

const chart: SheetChart = {
  kind: 'columns',
  title: 'Prévu & dépensé',
  alt: 'Deux colonnes par mesure : "prévu" et dépensé.',
  categories: 'key',
  series: ['planned', 'spent'],
}

const sheet: Sheet = {
  name: 'L’été',
  kind: 'table',
  title: 'Titre',
  intro: ['Une ligne'],
  columns: [
    { key: 'key', header: 'Code' },
    { key: 'planned', header: 'Prévu' },
    { key: 'spent', header: 'Dépensé' },
    {
      key: 'counted',
      header: 'Comptée',
      choices: { values: ['0', '1'], prompt: '1 : comptée; 0 : retranchée.' },
    },
  ],
  rows: [
    [
      { text: 'A-1 & <B>' },
      { amount: money('2903063.00') },
      { formula: 'B5*2', result: { amount: money('5806126.00') } },
      { input: { count: 1 } },
    ],
    [
      { text: 'A-2' },
      { amount: money('0.00') },
      { missing: 'not-applicable' },
      { input: { count: 0 } },
    ],
  ],
  totalRow: [{ text: 'Total' }, { empty: true }, { empty: true }, { empty: true }],
  charts: [chart, { ...chart, kind: 'lines', title: 'Deux', rowsMax: 1, series: ['planned'] }],
}
const plain: Sheet = { name: 'Autre', kind: 'facts', title: 'T', columns: sheet.columns, rows: [] }

async function written(...sheets: readonly Sheet[]): Promise<ReadParts> {
  const workbook: Workbook = {
    language: 'fr',
    title: 'T',
    creator: 'Vigie',
    instant: '2026-04-01T04:00:00Z',
    sheets,
  }
  return readParts(await writeWorkbook(workbook))
}

const parts = await written(plain, sheet, { ...sheet, name: 'Encore', kind: 'facts' })
const first = parts.xml('xl/charts/chart1.xml')

describe('a chart', () => {
  test('is a sound part of the file: types, relations, order of elements', () => {
    expect(faultsOf(parts)).toEqual([])
    expect(parts.names.filter((name) => name.startsWith('xl/charts/'))).toHaveLength(4)
    expect(parts.names.filter((name) => /^xl\/drawings\/[^/]+$/.test(name))).toEqual([
      'xl/drawings/drawing2.xml',
      'xl/drawings/drawing3.xml',
    ])
  })

  test('is bound to the cells of its sheet: names, categories and values', () => {
    expect(elements(first, 'c:f').map(({ children }) => children)).toMatchObject([
      [{ value: "'L’été'!$B$4" }],
      [{ value: "'L’été'!$A$5:$A$6" }],
      [{ value: "'L’été'!$B$5:$B$6" }],
      [{ value: "'L’été'!$C$4" }],
      [{ value: "'L’été'!$A$5:$A$6" }],
      [{ value: "'L’été'!$C$5:$C$6" }],
    ])
    const second = parts.text('xl/charts/chart2.xml')
    expect(second).toContain("<c:f>'L’été'!$A$5:$A$5</c:f>")
  })

  test('holds what the cells show, results of formulas too, and nothing for a missing one', () => {
    const text = parts.text('xl/charts/chart1.xml')
    expect(text).toContain('<c:pt idx="0"><c:v>A-1 &amp; &lt;B&gt;</c:v></c:pt>')
    expect(text).toContain('<c:ptCount val="2"/><c:pt idx="0"><c:v>5806126</c:v></c:pt></c:num')
  })

  test('says in words what it shows, in the drawing that places it under the sheet', () => {
    const drawing = parts.xml('xl/drawings/drawing2.xml')
    expect(elements(drawing, 'xdr:cNvPr')[0]?.attributes).toMatchObject({
      name: 'Prévu & dépensé',
      descr: 'Deux colonnes par mesure : "prévu" et dépensé.',
    })
    const rows = elements(drawing, 'xdr:row').map(({ children }) => children)
    expect(rows).toMatchObject([[{ value: '8' }], [{ value: '31' }]])
  })

  test('tells its series apart without colour', () => {
    const fills = elements(first, 'c:ser').map((series) => only(series, 'c:spPr').children[0])
    expect(fills).toMatchObject([{ name: 'a:solidFill' }, { name: 'a:pattFill' }])
  })

  test.each([
    ['without words', { alt: ' ' }],
    ['of a column that is not there', { series: ['other'] }],
    ['of nothing', { series: [] }],
  ])('%s is not written', async (_, change) => {
    const bent = { ...sheet, charts: [{ ...chart, ...change }] }
    await expect(written(bent)).rejects.toThrow(/a chart has cells, a title and words/)
  })

  test('of a sheet without rows is not written', async () => {
    await expect(written({ ...sheet, rows: [] })).rejects.toThrow(RangeError)
  })
})

describe('an input cell', () => {
  test('is open on a sheet that is protected, framed, and takes what its column lists', () => {
    const own = parts.sheet(2)
    const rule = only(own.xml, 'dataValidation')
    expect(rule.attributes).toMatchObject({ type: 'list', sqref: 'D5:D6', showErrorMessage: '1' })
    expect(parts.text('xl/worksheets/sheet2.xml')).toContain('<formula1>&quot;0,1&quot;</formula1>')
    const styleOf = (address: string) =>
      elements(own.xml, 'c').find(({ attributes }) => attributes.r === address)?.attributes.s
    const looks = elements(only(parts.xml('xl/styles.xml'), 'cellXfs'), 'xf')
    const lockOf = (address: string) =>
      elements(looks[Number(styleOf(address))] ?? own.xml, 'protection')[0]?.attributes.locked
    expect([lockOf('D5'), lockOf('D6'), lockOf('B5')]).toEqual(['0', '0', undefined])
    expect(only(own.xml, 'sheetProtection').attributes.sheet).toBe('1')
  })
})
