import { beforeAll, describe, expect, test } from 'vitest'
import type { Sheet } from '#platform/tables/workbook.ts'
import { writeWorkbook } from '#platform/tables/xlsx.ts'
import { heightOf, linesOfRow } from '#platform/tables/xlsx-sheet.ts'
import { elements, only, type ReadParts, type ReadSheet, readParts } from './read-parts.ts'
import { sampleWorkbook } from './sample-workbook.ts'

let french: ReadParts
let english: ReadParts
let checks: ReadSheet
let summary: ReadSheet
let detail: ReadSheet

beforeAll(async () => {
  french = readParts(await writeWorkbook(sampleWorkbook('fr')))
  english = readParts(await writeWorkbook(sampleWorkbook('en')))
  checks = french.sheet(1)
  summary = french.sheet(2)
  detail = french.sheet(3)
})

/** One line a cell: address, type, value, formula. */
const told = (sheet: ReadSheet, row: number): string[] =>
  [...sheet.cells]
    .filter(([address]) => address.replace(/^[A-Z]+/, '') === String(row))
    .map(([address, { type, value, formula }]) =>
      [address, type, value ?? '', ...(formula === null ? [] : [`=${formula}`])].join(' | '),
    )

describe('a sheet', () => {
  test('has its title in A1, then its intro, its headers, its rows and its total', () => {
    expect(told(summary, 1)).toEqual(['A1 | s | Sommaire'])
    expect(told(summary, 2)).toEqual(['A2 | s | Montants en dollars canadiens.'])
    expect(told(summary, 3)).toEqual(['A3 | s | =ceci est du texte'])
    expect(told(summary, 4)).toEqual([])
    expect(told(summary, 5).join(' ')).toContain('B5 | s | Prévu C5 | s | Dépensé')
  })

  test('writes every formula with its cached result, zero, false and nothing included', () => {
    const spent = "SUMIFS('Dépenses'!$C$4:$C$7,'Dépenses'!$A$4:$A$7,A6),2)"
    expect(told(summary, 6)).toEqual([
      'A6 | s | A-1',
      'B6 | n | 0.3',
      `C6 | n | 0.3 | =ROUND(${spent}`,
      'D6 | n | 0 | =ROUND(B6-C6,2)',
      'E6 | n | 100 | =IF(B6=0,"",ROUND(C6/B6*100,2))',
      "F6 | n | 2 | =COUNTIF('Dépenses'!$A$4:$A$7,A6)",
      'G6 | b | 1 | =C6<=B6',
      "H6 | n | 45748 | =INDEX('Dépenses'!$B$4:$B$7,MATCH(A6,'Dépenses'!$A$4:$A$7,0))",
    ])
    expect(told(summary, 8).slice(3, 6)).toEqual([
      'D8 | n | 0 | =ROUND(B8-C8,2)',
      'E8 | str |  | =IF(B8=0,"",ROUND(C8/B8*100,2))',
      "F8 | n | 0 | =COUNTIF('Dépenses'!$A$4:$A$7,A8)",
    ])
    expect(told(summary, 8)[7]).toBe('H8 | s | —')
    expect(told(summary, 9)[2]).toBe('C9 | n | 2903050.81 | =ROUND(SUM($C$6:$C$8),2)')
    expect(told(checks, 5)[2]).toBe('C5 | str | juste "0" | =IF(B5=0,"juste ""0""","écart")')
    const formulas = [checks, summary].flatMap(({ cells }) =>
      [...cells.values()].filter((cell) => cell.formula !== null),
    )
    expect(formulas.length).toBe(24)
    expect(formulas.every((cell) => cell.value !== null)).toBe(true)
  })

  test('writes amounts, days and booleans as values', () => {
    expect(told(detail, 6)).toEqual([
      'A6 | s | A-2',
      'B6 | n | 46112',
      'C6 | n | 2903063.01',
      'D6 | b | 0',
      'E6 | s | voir',
    ])
  })

  test('stores its number formats in the grammar of files, whatever the language', () => {
    const formats = (parts: ReadParts) => {
      const [one, two] = [parts.sheet(3).cells, parts.sheet(2).cells]
      return ['B4', 'C4'].map((at) => one.get(at)?.format).concat(two.get('E6')?.format)
    }
    expect(formats(french)).toEqual(['yyyy-mm-dd', '#,##0.00\\ "$"', '0.00" %"'])
    expect(formats(english)).toEqual(['yyyy-mm-dd', '"$"#,##0.00', '0.00"%"'])
    expect(summary.cells.get('E8')?.format).toBe('0.00" %"')
  })

  test('has an Excel table with filters over its headers and rows, its total outside', () => {
    const [first, second] = ['xl/tables/table1.xml', 'xl/tables/table2.xml'].map(french.xml)
    expect(first?.attributes).toMatchObject({ displayName: 't2_Sommaire', ref: 'A5:H8' })
    expect(second?.attributes).toMatchObject({ displayName: 't3_Depenses', ref: 'A3:E7' })
    const table = french.xml('xl/tables/table1.xml')
    expect(only(table, 'autoFilter').attributes).toEqual({ ref: 'A5:H8' })
    expect(
      elements(table, 'filterColumn').every((column) => column.attributes.hiddenButton === '0'),
    ).toBe(true)
    expect(elements(table, 'tableColumn').map((column) => column.attributes.name)).toEqual(
      ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'].map(
        (letter) => summary.cells.get(`${letter}5`)?.value,
      ),
    )
    expect(french.names.filter((name) => name.startsWith('xl/tables/'))).toHaveLength(2)
  })

  test('prints on letter paper, landscape, one page wide, with repeated headers and numbered pages', () => {
    expect(only(summary.xml, 'pageSetup').attributes).toMatchObject({
      paperSize: '1',
      orientation: 'landscape',
      fitToWidth: '1',
      fitToHeight: '0',
    })
    expect(only(summary.xml, 'pageSetUpPr').attributes).toEqual({ fitToPage: '1' })
    expect(french.text('xl/worksheets/sheet2.xml')).toContain('<oddFooter>&amp;C&amp;P de &amp;N<')
    expect(english.text('xl/worksheets/sheet2.xml')).toContain('<oddFooter>&amp;C&amp;P of &amp;N<')
    expect(french.text('xl/workbook.xml')).toContain('&apos;Sommaire&apos;!$5:$5')
  })

  test('gives a row the lines that its longest text takes, one where the column is wide enough', () => {
    const widths = [15, 60]
    expect(heightOf(linesOfRow([12, 57], widths))).toBeNull()
    expect(heightOf(linesOfRow([13, 57], widths))).toBe(30)
    expect(heightOf(linesOfRow([12, 120], widths))).toBe(45)
    expect(heightOf(linesOfRow([12, [57, 0, 120]], widths))).toBe(75)
  })

  test('makes no row higher than Excel can have it', () => {
    expect(heightOf(linesOfRow([Array.from({ length: 500 }, () => 1)], [15]))).toBe(409)
  })

  test('keeps its headers in sight when it is a table', () => {
    expect(only(summary.xml, 'pane').attributes).toMatchObject({ ySplit: '5', state: 'frozen' })
    expect(elements(checks.xml, 'pane')).toEqual([])
  })

  test('is protected without a password, and lets one select, filter, sort and widen', () => {
    for (const { xml } of [checks, summary, detail]) {
      expect(only(xml, 'sheetProtection').attributes).toEqual({
        sheet: '1',
        autoFilter: '0',
        sort: '0',
        formatColumns: '0',
        formatRows: '0',
      })
    }
  })

  test('merges no cells and colours none by condition', () => {
    for (const { xml } of [checks, summary, detail]) {
      expect(elements(xml, 'mergeCell')).toEqual([])
      expect(elements(xml, 'conditionalFormatting')).toEqual([])
    }
  })

  test('links inside the workbook by location and outside by address', () => {
    const inside = elements(summary.xml, 'hyperlink').map(({ attributes }) => attributes)
    expect(inside[0]).toEqual({ ref: 'A6', location: "'Dépenses'!A3" })
    expect(french.text('xl/worksheets/_rels/sheet2.xml.rels')).not.toContain('hyperlink')
    expect(elements(detail.xml, 'hyperlink')[0]?.attributes).toEqual({ ref: 'E4', 'r:id': 'rId1' })
    const relations = french.xml('xl/worksheets/_rels/sheet3.xml.rels')
    expect(elements(relations, 'Relationship')[0]?.attributes).toMatchObject({
      Id: 'rId1',
      Target: '/fr/lignes/1?a=b&c=d',
      TargetMode: 'External',
    })
  })

  test('is wide enough for its amounts and its headers', () => {
    const widthOf = (sheet: ReadSheet, column: number): number => {
      const range = elements(sheet.xml, 'col').find(
        ({ attributes }) => Number(attributes.min) <= column && column <= Number(attributes.max),
      )
      return Number(range?.attributes.width)
    }
    expect(widthOf(detail, 3)).toBeGreaterThanOrEqual('2 903 063,01 $'.length + 2)
    expect(widthOf(summary, 7)).toBeGreaterThanOrEqual('Dans le budget'.length + 3)
    expect(widthOf(checks, 2)).toBeLessThan(20)
  })
})

describe('a workbook', () => {
  test('says its title, its maker, its language and the instant it was given', () => {
    const core = french.text('docProps/core.xml')
    expect(core).toContain('<dc:title>Rapport &amp; &lt;contrôle&gt;</dc:title>')
    expect(core).toContain('<dc:creator>Vigie</dc:creator>')
    expect(core).toContain('<dc:language>fr-CA</dc:language>')
    expect(core.match(/2026-04-01T03:59:59Z/g)).toHaveLength(2)
    expect(english.text('docProps/core.xml')).toContain('<dc:language>en-CA</dc:language>')
  })

  test('holds XML parts only, no folder and nothing twice', () => {
    expect(french.names).toEqual([...new Set(french.names)].toSorted())
    expect(french.names.every((name) => /\.(?:xml|rels)$/.test(name))).toBe(true)
  })
})

describe('a table without rows', () => {
  test('is still a table, over one blank row', async () => {
    const sheet: Sheet = {
      name: 'Vide',
      kind: 'table',
      title: 'Vide',
      columns: [{ key: 'a', header: 'Montant', width: 30 }],
      rows: [],
      totalRow: [{ formula: 'SUM($A$4:$A$4)', result: { count: 0 } }],
    }
    const parts = readParts(await writeWorkbook({ ...sampleWorkbook(), sheets: [sheet] }))
    expect(parts.xml('xl/tables/table1.xml').attributes.ref).toBe('A3:A4')
    expect(parts.sheet(1).cells.get('A5')?.value).toBe('0')
    expect(only(parts.sheet(1).xml, 'col').attributes.width).toBe('30')
  })
})
