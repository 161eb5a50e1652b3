import { type ZipParts, zipParts } from '#platform/files/deterministic-zip.ts'

/** Workbooks written by hand, so that a test says exactly which bytes a cell is made of. */
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

export interface HandSheet {
  readonly name: string
  /** What stands inside `sheetData`. */
  readonly data: string
  readonly state?: 'hidden' | 'veryHidden'
  /** After `sheetData`: merged cells. */
  readonly after?: string
  /** Before `sheetData`: columns. */
  readonly before?: string
}

export interface HandWorkbook {
  readonly sheets: readonly HandSheet[]
  /** Format codes: the cell of style n has the nth of them, 1 being the first. */
  readonly formats?: readonly string[]
  /** Numbers of built-in formats, after the codes. */
  readonly builtins?: readonly number[]
  /** What stands inside each `si`. */
  readonly texts?: readonly string[]
  readonly is1904?: boolean
}

export const workbookBytes = (book: HandWorkbook): Uint8Array => zipParts(workbookParts(book))

export function workbookParts({
  sheets,
  formats = [],
  builtins = [],
  texts = [],
  is1904 = false,
}: HandWorkbook): Map<string, string> {
  const override = (part: string, type: string): string =>
    `<Override PartName="/${part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml"/>`
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`
  const parts = new Map<string, string>([
    [
      '[Content_Types].xml',
      `${head}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override('xl/workbook.xml', 'sheet.main')}${override('xl/styles.xml', 'styles')}${override('xl/sharedStrings.xml', 'sharedStrings')}${sheets.map((_, at) => override(`xl/worksheets/sheet${at + 1}.xml`, 'worksheet')).join('')}</Types>`,
    ],
    [
      '_rels/.rels',
      `${head}<Relationships xmlns="${packages}/relationships">${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${head}<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr${is1904 ? ' date1904="1"' : ''}/><sheets>${sheets.map(({ name, state }, at) => `<sheet name="${name}" sheetId="${at + 1}"${state === undefined ? '' : ` state="${state}"`} r:id="rId${at + 10}"/>`).join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${head}<Relationships xmlns="${packages}/relationships">${relation('rId1', 'styles', 'styles.xml')}${relation('rId2', 'sharedStrings', 'sharedStrings.xml')}${sheets.map((_, at) => relation(`rId${at + 10}`, 'worksheet', `worksheets/sheet${at + 1}.xml`)).join('')}</Relationships>`,
    ],
    ['xl/styles.xml', stylesXml(formats, builtins)],
    [
      'xl/sharedStrings.xml',
      `${head}<sst xmlns="${main}">${texts.map((text) => `<si>${text}</si>`).join('')}</sst>`,
    ],
  ])
  for (const [at, { data, before = '', after = '' }] of sheets.entries()) {
    parts.set(
      `xl/worksheets/sheet${at + 1}.xml`,
      `${head}<worksheet xmlns="${main}">${before}<sheetData>${data}</sheetData>${after}</worksheet>`,
    )
  }
  return parts
}

function stylesXml(formats: readonly string[], builtins: readonly number[]): string {
  const escaped = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
  const codes = formats.map(
    (code, at) => `<numFmt numFmtId="${at + 164}" formatCode="${escaped(code)}"/>`,
  )
  const ids = [0, ...formats.map((_, at) => at + 164), ...builtins]
  const xfs = ids.map((id) => `<xf numFmtId="${id}" fontId="0" fillId="0" borderId="0" xfId="0"/>`)
  return `${head}<styleSheet xmlns="${main}"><numFmts count="${codes.length}">${codes.join('')}</numFmts><fonts count="1"><font/></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="${xfs.length}">${xfs.join('')}</cellXfs></styleSheet>`
}

/** The parts of a sound workbook with one cell, some of them exchanged, added or (null) taken away. */
export function bentWorkbook(
  changes: Readonly<Record<string, string | Uint8Array | null>>,
): Uint8Array {
  const parts: Map<string, string | Uint8Array> = new Map(
    workbookParts({
      sheets: [{ name: 'Feuil1', data: '<row r="1"><c r="A1"><v>1</v></c></row>' }],
    }),
  )
  for (const [name, content] of Object.entries(changes)) {
    if (content === null) {
      parts.delete(name)
    } else {
      parts.set(name, content)
    }
  }
  return zipParts(parts satisfies ZipParts)
}
