import { createHash } from 'node:crypto'
import { bentWorkbook, workbookBytes } from './workbook-bytes.ts'

/** Files that are made to hurt, or that are sent by mistake and would. */
export interface HostileUpload {
  readonly says: string
  readonly name: string
  readonly make: () => Uint8Array
  /** The code of the refusal; 'read' for what is harmless once it is text. */
  readonly outcome: string
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const sheetPart = 'xl/worksheets/sheet1.xml'
const mebibyte = 1024 * 1024

const sheetXml = (data: string, after = ''): string =>
  `<worksheet xmlns="${main}"><sheetData>${data}</sheetData>${after}</worksheet>`
const sheet = (xml: string) => () => bentWorkbook({ [sheetPart]: xml })
const data = (inside: string) => sheet(sheetXml(inside))
const part =
  (name: string, content: string | Uint8Array = 'x') =>
  () =>
    bentWorkbook({ [name]: content })
const strings = (inside: string) => () =>
  bentWorkbook({ 'xl/sharedStrings.xml': `<sst xmlns="${main}">${inside}</sst>` })
const bytes = (text: string) => () => Buffer.from(text, 'latin1')

/** Text that packs badly: less than two times. */
function noise(characters: number): string {
  const pieces: string[] = []
  for (let at = 0; at * 88 < characters; at += 1) {
    pieces.push(createHash('sha512').update(String(at)).digest('base64'))
  }
  return pieces.join('').slice(0, characters)
}

const signature = (name: 'local' | 'central'): Buffer =>
  Buffer.from(name === 'local' ? 'PK\u0003\u0004' : 'PK\u0001\u0002')

/** Where the entry of a part begins in the list of the archive. */
function centralOf(zip: Buffer, name: string): number {
  for (let at = zip.indexOf(signature('central')); at >= 0; ) {
    const length = zip.readUInt16LE(at + 28)
    if (zip.toString('utf8', at + 46, at + 46 + length) === name) {
      return at
    }
    at = zip.indexOf(signature('central'), at + 1)
  }
  throw new Error(`no ${name} in the archive`)
}

const bent = (zip: Uint8Array, name: string, bend: (zip: Buffer, at: number) => void): Buffer => {
  const copy = Buffer.from(zip)
  bend(copy, centralOf(copy, name))
  return copy
}

/** Says another name of the same length, in the list and before the part. */
function renamed(name: string, other: string): Uint8Array {
  const zip = Buffer.from(bentWorkbook({ [name]: 'x' }))
  for (let at = zip.indexOf(name); at >= 0; at = zip.indexOf(name, at + 1)) {
    zip.write(other, at)
  }
  return zip
}

type Told = readonly [says: string, make: () => Uint8Array, outcome: string]

const archives: readonly Told[] = [
  [
    'a sheet of 99 MiB in 100 KiB',
    sheet(sheetXml(' '.repeat(99 * mebibyte))),
    'files/too-much-inside',
  ],
  ['a sheet of 101 MiB', sheet(sheetXml(' '.repeat(101 * mebibyte))), 'files/too-much-inside'],
  [
    'a picture of zeros',
    part('xl/media/image1.png', new Uint8Array(50 * mebibyte)),
    'files/too-much-inside',
  ],
  [
    'two hundred and fifty parts',
    () =>
      bentWorkbook(
        Object.fromEntries(Array.from({ length: 250 }, (_, at) => [`xl/media/i${at}.png`, 'x'])),
      ),
    'files/too-much-inside',
  ],
  [
    'a list that lies about a size',
    () =>
      bent(
        bentWorkbook({ [sheetPart]: sheetXml(' '.repeat(50 * mebibyte)) }),
        sheetPart,
        (zip, at) => zip.writeUInt32LE(1000, at + 24),
      ),
    'files/workbook-damaged',
  ],
  [
    'two parts that share their bytes',
    () => {
      const zip = bentWorkbook({ 'xl/worksheets/sheet2.xml': noise(5000) })
      return bent(zip, 'xl/worksheets/sheet2.xml', (copy, at) =>
        copy.writeUInt32LE(copy.readUInt32LE(centralOf(copy, sheetPart) + 42), at + 42),
      )
    },
    'files/part-repeated',
  ],
  ['a part twice', () => renamed('xl/worksheets/sheet2.xml', sheetPart), 'files/part-repeated'],
  ['a part twice but for its case', part('xl/worksheets/SHEET1.xml'), 'files/part-repeated'],
  [
    'a way out of the folder',
    () => renamed('xl/media/aaaaaaaa.png', '../../../../etc/passwd'.slice(0, 21)),
    'files/workbook-damaged',
  ],
  ['an absolute name', () => renamed('xl/media/a.png', '/etc/shadow.pn'), 'files/workbook-damaged'],
  [
    'a backslash',
    () => renamed('xl/media/a.png', 'xl\\media\\a.png'.slice(0, 14)),
    'files/workbook-damaged',
  ],
  ['a zip inside', part('xl/media/more.zip', bentWorkbook({})), 'files/part-unknown'],
  [
    'a workbook inside',
    part('xl/embeddings/Feuille.xlsx', bentWorkbook({})),
    'files/embedded-object',
  ],
  ['a program inside', part('xl/media/setup.exe'), 'files/part-unknown'],
  ['a part that nobody writes', part('xl/evil/x.xml'), 'files/part-unknown'],
  ['macros', part('xl/vbaProject.bin'), 'files/macros'],
  ['macros of Excel 4', part('xl/macrosheets/sheet1.xml'), 'files/macros'],
  ['a control that runs', part('xl/activeX/activeX1.bin'), 'files/macros'],
  ['an embedded object', part('xl/embeddings/oleObject1.bin'), 'files/embedded-object'],
  [
    'a link to another workbook',
    part('xl/externalLinks/externalLink1.xml'),
    'files/external-links',
  ],
  [
    'a part with a password',
    () => bent(bentWorkbook({}), sheetPart, (zip, at) => zip.writeUInt16LE(1, at + 8)),
    'files/encrypted',
  ],
  ['the end cut off', () => bentWorkbook({}).subarray(0, 900), 'files/workbook-damaged'],
  [
    'noise after the mark of a zip',
    bytes(`PK\u0003\u0004${noise(200_000)}`),
    'files/workbook-damaged',
  ],
  ['no workbook inside', part('[Content_Types].xml', ''), 'read'],
]

const upload = (...[says, make, outcome, name]: [...Told, name?: string]): HostileUpload => ({
  ...{ says, make, outcome },
  name: name ?? 'hostile.xlsx',
})

const laughs = `<!DOCTYPE x [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, at) => `<!ENTITY a${at} "${`&a${at === 0 ? '' : at - 1};`.repeat(10)}">`).join('')}]>`

const contents: readonly Told[] = [
  [
    'a billion laughs',
    sheet(`${laughs}${sheetXml('<row><c t="str"><v>&a8;</v></c></row>')}`),
    'files/xml-doctype',
  ],
  [
    'an entity from a file',
    part('xl/sharedStrings.xml', '<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst/>'),
    'files/xml-doctype',
  ],
  [
    'a document type in the list of sheets',
    part('xl/workbook.xml', '<!DOCTYPE html><workbook/>'),
    'files/xml-doctype',
  ],
  [
    'an entity that nobody declared',
    data('<row><c t="str"><v>&x;</v></c></row>'),
    'files/workbook-damaged',
  ],
  [
    'a shared text of 30 MiB',
    strings(`<si><t>${noise(30 * mebibyte)}</t></si>`),
    'files/too-large',
  ],
  [
    'a shared text of 20 MiB',
    strings(`<si><t>${noise(18 * mebibyte)}</t></si>`),
    'files/too-demanding',
  ],
  [
    'an attribute of 2 MiB',
    data(`<row><c x="${noise(2 * mebibyte)}"/></row>`),
    'files/too-demanding',
  ],
  ['a comment of 2 MiB', data(`<!-- ${noise(2 * mebibyte)} -->`), 'files/too-demanding'],
  [
    '17 MiB of rows without a cell',
    data(noise(18 * mebibyte).replaceAll(/.{1,60}/g, '<row a="$&"/>')),
    'files/too-demanding',
  ],
  ['ten thousand elements, one in another', data('<a>'.repeat(10_000)), 'files/workbook-damaged'],
  [
    'a million columns',
    data(`<row>${'<c><v>1</v></c>'.repeat(20_000)}</row>`),
    'files/too-many-columns',
  ],
  ['column XFE', data('<row r="1"><c r="XFE1"><v>1</v></c></row>'), 'files/too-many-columns'],
  ['row 1 048 577', data('<row r="1048577"><c><v>1</v></c></row>'), 'files/workbook-damaged'],
  [
    'a cell twice',
    data('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'),
    'files/workbook-damaged',
  ],
  [
    'a shared text that is not there',
    data('<row><c t="s"><v>7</v></c></row>'),
    'files/workbook-damaged',
  ],
  ['a style that is not there', data('<row><c s="7"><v>7</v></c></row>'), 'files/workbook-damaged'],
  [
    'a text of 40 000 characters',
    data(`<row><c t="str"><v>${noise(40_000)}</v></c></row>`),
    'files/text-too-long',
  ],
  [
    '25 000 merged ranges',
    sheet(
      sheetXml('', `<mergeCells>${'<mergeCell ref="A1:XFD1048576"/>'.repeat(25_000)}</mergeCells>`),
    ),
    'files/workbook-damaged',
  ],
  [
    'bytes that are no UTF-8',
    part(sheetPart, Buffer.from(sheetXml('<row><c t="str"><v>\xff</v></c></row>'), 'latin1')),
    'files/workbook-damaged',
  ],
  [
    'another encoding',
    sheet(`<?xml version="1.0" encoding="UTF-7"?>${sheetXml('')}`),
    'files/workbook-damaged',
  ],
  [
    'a root of another namespace',
    sheet('<worksheet xmlns="urn:x"><sheetData/></worksheet>'),
    'files/workbook-damaged',
  ],
  [
    'a cell of another namespace',
    data('<row><x:c xmlns:x="urn:x"><v>1</v></x:c></row>'),
    'files/workbook-damaged',
  ],
]

const others: readonly HostileUpload[] = [
  upload(
    'a workbook of 20 MiB and a byte',
    () => new Uint8Array(20 * mebibyte + 1).fill(0x50),
    'files/too-large',
  ),
  upload('a file without a byte', bytes(''), 'files/empty', 'vide.csv'),
  upload('a password on the whole', () => oleOf('EncryptedPackage'), 'files/encrypted'),
  upload('a workbook of 1997', () => oleOf('Workbook'), 'files/old-workbook', 'vieux.xls'),
  upload('a PDF', bytes('%PDF-1.7 …'), 'files/type-unknown'),
  upload(
    'a page of HTML',
    bytes('<html><table><tr><td>1</td></tr></table>'),
    'files/type-unknown',
    'page.xls',
  ),
  upload('a picture', bytes('\x89PNG\r\n\x1a\n'), 'files/type-unknown', 'image.csv'),
  upload('a program', bytes('MZ\x90\x00'), 'files/type-unknown', 'setup.csv'),
  upload('a CSV under the name of a workbook', bytes('a;b\n1;2'), 'files/type-differs'),
  upload('null characters', bytes('a;b\n1;\x00'), 'files/null-character', 'nul.csv'),
  upload(
    'noise',
    () => Buffer.from(Array.from(noise(mebibyte), (letter) => letter.charCodeAt(0) * 3)),
    'files/encoding-unclear',
    'bruit.csv',
  ),
  upload(
    'quotes open over 19 MiB',
    bytes(`a;b\n1;"${`${'x'.repeat(63)}\n`.repeat(19 * 16_384)}`),
    'files/text-too-long',
    'q.csv',
  ),
  upload(
    'a million columns in a CSV',
    bytes(`a;b\n${';1'.repeat(500_000)}`),
    'files/too-many-columns',
    'large.csv',
  ),
  upload(
    'ten million cells',
    bytes(`a;b\n${'1;1\n'.repeat(5 * mebibyte - 10)}`),
    'files/too-many-cells',
    'cells.csv',
  ),
  upload(
    'twenty million empty lines',
    bytes(`a;b${'\n'.repeat(19 * mebibyte)}`),
    'files/too-many-cells',
    'lignes.csv',
  ),
  upload(
    'columns called __proto__ and constructor',
    bytes('__proto__;constructor\n1;2'),
    'read',
    'proto.csv',
  ),
  upload(
    'formulas that call a program',
    bytes("a;b\n=cmd|'/C calc'!A0;@SUM(1)"),
    'read',
    'formules.csv',
  ),
]

function oleOf(stream: string): Uint8Array {
  const ole = Buffer.alloc(4096)
  ole.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  ole.write(stream, 1024, 'utf16le')
  return ole
}

export const hostileUploads: readonly HostileUpload[] = [
  ...[...archives, ...contents].map((told) => upload(...told)),
  ...others,
]

export const soundUpload = (): Uint8Array =>
  workbookBytes({ sheets: [{ name: 'Feuil1', data: '<row><c><v>1</v></c></row>' }] })
