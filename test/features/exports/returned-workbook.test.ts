import { describe, expect, test } from 'vitest'
import { reconciliationWorkbook } from '#features/exports/reconciliation-workbook.views.ts'
import { compareWorkbooks } from '#platform/tables/compare-workbooks.ts'
import type { Difference } from '#platform/tables/difference.ts'
import { writeWorkbook } from '#platform/tables/xlsx.ts'
import {
  change,
  editedFile,
  type Parts,
  partOf,
  putCell,
  reorderRows,
  returnedHere,
  textCellXml,
} from '#test/support/returned.ts'
import { eventfulRecord, reconciliationSources } from './workbooks.ts'

const described = reconciliationWorkbook(reconciliationSources(await eventfulRecord()), 'fr')
const bytes = await writeWorkbook(described)

async function differences(edit: (parts: Parts) => void, listedMax = 1000) {
  return compareWorkbooks(described, await returnedHere(editedFile(bytes, edit)), { listedMax })
}

const short = ({ sheet, cell, kind, file, record }: Difference): string =>
  `${sheet}!${cell} ${kind}: ${file} ≠ ${record}`

const onSheet = (parts: Parts, sheet: string, edit: (xml: string) => string): void =>
  change(parts, partOf(parts, sheet), edit)

const workbookXml = (parts: Parts, edit: (xml: string) => string): void =>
  change(parts, 'xl/workbook.xml', edit)

type Case = readonly [
  says: string,
  edit: (parts: Parts) => void,
  found: readonly (string | RegExp)[],
]

const rows: readonly Case[] = [
  [
    'a row is taken out, and those after move up',
    (parts) => reorderRows(parts, 'Dictionnaire', (all) => all.toSpliced(5, 1)),
    [/^Dictionnaire!7:7 row-removed: null ≠ Sommaire · /],
  ],
  [
    'a row is emptied where it stands',
    (parts) =>
      onSheet(parts, 'Dictionnaire', (xml) => xml.replace(/<row r="8".*?<\/row>/s, '<row r="8"/>')),
    [/^Dictionnaire!8:8 row-removed: null ≠ Sommaire · /],
  ],
  [
    'a row is written between two',
    (parts) =>
      reorderRows(parts, 'Dictionnaire', (all) =>
        all.toSpliced(5, 0, `<row r="1">${textCellXml('A1', 'x')}${textCellXml('B1', 'y')}</row>`),
      ),
    ['Dictionnaire!7:7 row-added: x · y ≠ null'],
  ],
  [
    'a row stands elsewhere',
    (parts) =>
      reorderRows(parts, 'Dictionnaire', (all) => {
        const [row = ''] = all.slice(5, 6)
        return all.toSpliced(5, 1).toSpliced(20, 0, row)
      }),
    ['Dictionnaire!22:22 row-moved: 22 ≠ 7'],
  ],
  [
    'two rows are exchanged',
    (parts) =>
      reorderRows(parts, 'Dictionnaire', (all) => {
        const [one = '', two = ''] = all.slice(5, 7)
        return all.toSpliced(5, 2, two, one)
      }),
    [/^Dictionnaire!\d:\d row-moved: (7 ≠ 8|8 ≠ 7)$/],
  ],
  [
    'a row is there twice',
    (parts) => reorderRows(parts, 'Dictionnaire', (all) => all.toSpliced(6, 0, all[5] ?? '')),
    [/^Dictionnaire!\d:\d row-added: Sommaire · /],
  ],
  [
    'blank rows part the sheet',
    (parts) =>
      onSheet(parts, 'Dictionnaire', (xml) =>
        xml.replaceAll(/(<row r="|<c r="[A-Z]+)(\d+)"/g, (all, before, row) =>
          Number(row) < 20 ? all : `${before}${Number(row) + 3}"`,
        ),
      ),
    ['Dictionnaire!23:23 row-moved: 23 ≠ 20'],
  ],
  [
    'a row is taken out and the next one changed',
    (parts) => {
      putCell(parts, 'Dictionnaire', 'D9', textCellXml('D9', 'autre'))
      reorderRows(parts, 'Dictionnaire', (all) => all.toSpliced(5, 1))
    },
    [/^Dictionnaire!7:7 row-removed: /, /^Dictionnaire!D8 value: autre ≠ /],
  ],
  [
    'something is typed below everything',
    (parts) =>
      onSheet(parts, 'Dictionnaire', (xml) =>
        xml.replace('</sheetData>', `<row r="900">${textCellXml('B900', 'vu')}</row></sheetData>`),
      ),
    ['Dictionnaire!B900 value: vu ≠ null'],
  ],
  [
    'something is typed beside the columns',
    (parts) =>
      onSheet(parts, 'Dictionnaire', (xml) =>
        xml.replace(/(<row r="9".*?)<\/row>/s, `$1${textCellXml('Z9', 'vu')}</row>`),
      ),
    ['Dictionnaire!Z9 value: vu ≠ null'],
  ],
]

const hidden: readonly Case[] = [
  [
    'a row is hidden',
    (parts) =>
      onSheet(parts, 'Écarts', (xml) => xml.replace('<row r="7"', '<row r="7" hidden="1"')),
    ['Écarts!7:7 row-hidden: hidden ≠ visible'],
  ],
  [
    'a row has no height',
    (parts) =>
      onSheet(parts, 'Écarts', (xml) =>
        xml.replace(/<row r="7"[^>]*>/, '<row r="7" ht="0" customHeight="1">'),
      ),
    ['Écarts!7:7 row-hidden: hidden ≠ visible'],
  ],
  [
    'every row is hidden unless it says otherwise',
    (parts) =>
      onSheet(parts, 'Écarts', (xml) =>
        xml.replace('<sheetFormatPr', '<sheetFormatPr zeroHeight="1"'),
      ),
    ['Écarts!null row-hidden: hidden ≠ visible'],
  ],
  [
    'columns are hidden',
    (parts) =>
      onSheet(parts, 'Écarts', (xml) => xml.replace('<col min="3"', '<col hidden="1" min="3"')),
    ['Écarts!C:C column-hidden: hidden ≠ visible'],
  ],
  [
    'a sheet is hidden',
    (parts) =>
      workbookXml(parts, (xml) =>
        xml.replace('name="Exceptions" state="visible"', 'name="Exceptions" state="veryHidden"'),
      ),
    ['Exceptions!null sheet-hidden: hidden ≠ visible'],
  ],
  [
    'cells are merged over others',
    (parts) =>
      onSheet(parts, 'Écarts', (xml) =>
        xml.replace(
          '</sheetData>',
          '</sheetData><mergeCells><mergeCell ref="A6:C9"/></mergeCells>',
        ),
      ),
    ['Écarts!A6:C9 merged: A6:C9 ≠ null'],
  ],
  [
    'days begin in 1904',
    (parts) => workbookXml(parts, (xml) => xml.replace('<workbookPr', '<workbookPr date1904="1"')),
    ['null!null date-system: 1904 ≠ 1900'],
  ],
  [
    'a name is defined',
    (parts) =>
      workbookXml(parts, (xml) =>
        xml.replace(
          '</definedNames>',
          '<definedName name="total">Sommaire!$A$1</definedName></definedNames>',
        ),
      ),
    ['null!null name: total = Sommaire!$A$1 ≠ null'],
  ],
  [
    'a comment is written on a cell',
    (parts) => {
      const part = partOf(parts, 'Écarts').replace('worksheets/', 'worksheets/_rels/')
      const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments'
      change(parts, `${part}.rels`, (xml) =>
        xml.replace(
          '</Relationships>',
          `<Relationship Id="rId99" Type="${type}" Target="../comments1.xml"/></Relationships>`,
        ),
      )
      parts.set(
        'xl/comments1.xml',
        '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author/></authors><commentList><comment ref="C7" authorId="0"><text><r><t>lire 12</t></r></text></comment></commentList></comments>',
      )
    },
    ['Écarts!C7 comment: lire 12 ≠ null'],
  ],
]

const sheets: readonly Case[] = [
  [
    'two sheets are exchanged',
    (parts) =>
      workbookXml(parts, (xml) =>
        xml.replace(
          /(<sheet [^>]*name="Sommaire"[^>]*\/>)(<sheet [^>]*name="Écarts"[^>]*\/>)/,
          '$2$1',
        ),
      ),
    [/^(Sommaire|Écarts)!null sheet-moved: /],
  ],
  [
    'a sheet has another name',
    (parts) =>
      workbookXml(parts, (xml) => xml.replace('name="Dictionnaire"', 'name="Dictionnaires"')),
    ['Dictionnaires!null sheet-renamed: Dictionnaires ≠ Dictionnaire'],
  ],
  [
    'a sheet is taken out',
    (parts) =>
      workbookXml(parts, (xml) => xml.replace(/<sheet [^>]*name="Dictionnaire"[^>]*\/>/, '')),
    ['Dictionnaire!null sheet-removed: null ≠ Dictionnaire'],
  ],
  [
    'a sheet is put in',
    (parts) => {
      workbookXml(parts, (xml) =>
        xml.replace('</sheets>', '<sheet sheetId="99" name="Notes" r:id="rId99"/></sheets>'),
      )
      change(parts, 'xl/_rels/workbook.xml.rels', (xml) =>
        xml.replace(
          '</Relationships>',
          '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet99.xml"/></Relationships>',
        ),
      )
      parts.set(
        'xl/worksheets/sheet99.xml',
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>',
      )
    },
    ['Notes!null sheet-added: Notes ≠ null'],
  ],
  [
    'a link leads elsewhere',
    (parts) =>
      onSheet(parts, 'Couverture', (xml) =>
        xml.replace('location="&apos;Écarts&apos;!A1"', 'location="&apos;Exceptions&apos;!A1"'),
      ),
    [/^Couverture!B\d+ link: #'Exceptions'!A1 ≠ #'Écarts'!A1$/],
  ],
  [
    'the address of a source is another',
    (parts) =>
      change(parts, 'xl/worksheets/_rels/sheet9.xml.rels', (xml) =>
        xml.replace('https://www.lelezard.com/', 'https://lelezard.example/'),
      ),
    [/^Provenance!R\d+ link: https:\/\/lelezard\.example\/.* ≠ https:\/\/www\.lelezard\.com\//],
  ],
]

describe('what a workbook says otherwise is named at its place', () => {
  test('nothing, where nothing was changed', async () => {
    expect(
      await compareWorkbooks(described, await returnedHere(bytes), { listedMax: 10 }),
    ).toMatchObject({
      count: 0,
      listed: [],
    })
  })

  test.each([...rows, ...hidden, ...sheets])('%s', async (_, edit, expected) => {
    const { count, listed } = await differences(edit)
    const found = listed.map(short)
    expect(count).toBe(expected.length)
    expected.forEach((each, at) => {
      expect(found[at]).toMatch(each)
    })
  })

  test('a row that is taken out above formulas is named, and each formula that it moved', async () => {
    const { listed } = await differences((parts) =>
      reorderRows(parts, 'Sommaire', (all) => all.toSpliced(7, 1)),
    )
    const found = listed.filter(({ sheet }) => sheet === 'Sommaire').map(short)
    expect(found[0]).toMatch(/^Sommaire!9:9 row-removed: null ≠ QC-4 · /)
    expect(found.slice(1).every((each) => / formula: =.* ≠ =/.test(each))).toBe(true)
  })

  test('of many differences the first are listed and all are counted', async () => {
    const { count, listed } = await differences(
      (parts) =>
        onSheet(parts, 'Dictionnaire', (xml) => xml.replaceAll(/<v>\d+<\/v>/g, '<v>0</v>')),
      10,
    )
    expect(listed).toHaveLength(10)
    expect(count).toBeGreaterThan(400)
  })
})
