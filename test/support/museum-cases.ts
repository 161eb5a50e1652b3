import type { MuseumFindings } from './museum.ts'
import { bentWorkbook, type HandSheet, workbookBytes } from './workbook-bytes.ts'

/** Bad files as real people produce them, the smallest of each kind, and what must be found. */
export interface MuseumCase {
  readonly name: string
  readonly file: string
  readonly bytes: Uint8Array
  readonly expected: MuseumFindings
}

const csv = (name: string, text: string, expected: MuseumFindings): MuseumCase => ({
  ...{ name, file: 'depenses.csv', bytes: Buffer.from(text), expected },
})
const csvBytes = (name: string, bytes: Uint8Array, expected: MuseumFindings): MuseumCase => ({
  ...{ name, file: 'depenses.csv', bytes, expected },
})
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')
const xlsx = (name: string, bytes: Uint8Array, expected: MuseumFindings): MuseumCase => ({
  ...{ name, file: 'depenses.xlsx', bytes, expected },
})

const header = 'organisme;date;montant;piece'
const utf8 = { encoding: 'utf-8', delimiter: ';', sheet: 'CSV', headerRow: 1 }
const isHeader = ['1-1 header']

const csvCases: readonly MuseumCase[] = [
  csv('nothing', '', { refused: 'files/empty' }),
  csv('only-spaces', ' \n \n', { refused: 'files/header-missing' }),
  csv('no-header', '1;2025-04-01;12,50;7\n', { refused: 'files/header-missing' }),
  csv('header-repeats-a-name', `${header};Date\nMSP;2025-04-01;12,50;F-1;x\n`, {
    refused: 'files/header-repeated',
  }),
  csv('quotes-not-closed', `${header}\nMSP;2025-04-01;12,50;F-1\nMSP;2025-04-02;"7,00;F-2\n`, {
    refused: 'files/csv-quotes',
  }),
  csv('inches', `${header}\nMSP;2025-04-01;12,50;tuyau 5" noir\n`, { refused: 'files/csv-quotes' }),
  csv('null-character', `${header}\nMSP;2025-04-01;12,\u00005;F-1\n`, {
    refused: 'files/null-character',
  }),
  csvBytes('utf-16-without-mark', Buffer.from(`${header}\nMSP;2025-04-01;1;F\n`, 'utf16le'), {
    refused: 'files/null-character',
  }),
  csvBytes('neither-utf-8-nor-windows-1252', latin1(`${header}\nMS\x81P;2025-04-01;1;F\n`), {
    refused: 'files/encoding-unclear',
  }),
  csv('one-line-two-delimiters', 'organisme,x;montant\nMSP,1;2\n', {
    refused: 'files/delimiter-unclear',
  }),
  csv('decimals-mixed', `${header}\nMSP;2025-04-01;12,50;F-1\nMSP;2025-04-01;3.25;F-2\n`, {
    refused: 'files/decimal-mixed',
  }),
  csv('decimals-unclear', `${header}\nMSP;2025-04-01;1,234;F-1\nMSP;2025-04-01;100;F-2\n`, {
    refused: 'files/decimal-unclear',
  }),
  csv('dates-unclear', `${header}\nMSP;01/04/2025;12,50;F-1\nMSP;02/05/2025;7,00;F-2\n`, {
    refused: 'files/date-order-unclear',
  }),
  csv('dates-mixed', `${header}\nMSP;25/04/2025;12,50;F-1\nMSP;04/25/2025;7,00;F-2\n`, {
    refused: 'files/date-order-mixed',
  }),
  csv('one-cell-too-many', `${header}\nMSP;2025-04-01;12,50;F-1;oups\nMSP;2025-04-02;7,00;F-2\n`, {
    ...utf8,
    decimal: ',',
    read: ['3 2025-04-02 7.00'],
    leftOut: isHeader,
    findings: ['2 E files/cell-without-column oups'],
  }),
  csv('thousands-by-comma', `${header.replaceAll(';', ',')}\nMSP,2025-04-01,1,234.50,F-1\n`, {
    ...utf8,
    delimiter: ',',
    read: [],
    leftOut: isHeader,
    findings: ['2 E files/cell-without-column F-1'],
  }),
  csv(
    'amounts-that-are-none',
    `${header}\nMSP;2025-04-01;12,505;F-1\nMSP;2025-04-01;1E5;F-2\nMSP;2025-04-01;12 €;F-3\nMSP;2025-04-01;douze;F-4\nMSP;2025-04-01;0,50;F-5\n`,
    {
      ...utf8,
      decimal: ',',
      read: ['6 2025-04-01 0.50'],
      leftOut: isHeader,
      findings: [
        '2 C money/too-many-decimals 12,505',
        '3 C money/exponent 1E5',
        '4 C money/currency 12 €',
        '5 C money/malformed douze',
      ],
    },
  ),
  csv(
    'dates-that-are-none',
    `${header}\nMSP;2025-02-30;1;F-1\nMSP;1 avril 2025;2;F-2\nMSP;01/04/25;3;F-3\nMSP;31/03/2025;4;F-4\n`,
    {
      ...utf8,
      dateOrder: 'day-first',
      read: ['5 2025-03-31 4.00'],
      leftOut: isHeader,
      findings: [
        '2 B date/impossible 2025-02-30',
        '3 B date/malformed 1 avril 2025',
        '4 B date/malformed 01/04/25',
      ],
    },
  ),
  csvBytes(
    'windows-1252-titles-and-totals',
    latin1(
      `D\xe9penses, avril 2025\r\n\r\n${header}\r\nMSP;25/04/2025;"1\xa0234,50 $";F-1\r\n\r\nMJQ;01/04/2025;(7,00);F-2\r\nTotal;;"1\xa0227,50 $";\r\n`,
    ),
    {
      encoding: 'windows-1252',
      delimiter: ';',
      sheet: 'CSV',
      headerRow: 3,
      decimal: ',',
      dateOrder: 'day-first',
      read: ['4 2025-04-25 1234.50', '6 2025-04-01 -7.00'],
      leftOut: ['1-1 above-header', '2-2 above-header', '3-3 header', '5-5 blank', '7-7 total'],
      findings: [],
    },
  ),
  csvBytes(
    'utf-16-with-mark',
    Buffer.from(
      `\ufeff${header.replaceAll(';', '\t')}\r\nMSP\t2025-04-01\t12,50\tF-1\r\n`,
      'utf16le',
    ),
    {
      encoding: 'utf-16le',
      delimiter: '\t',
      sheet: 'CSV',
      headerRow: 1,
      decimal: ',',
      read: ['2 2025-04-01 12.50'],
      leftOut: isHeader,
      findings: [],
    },
  ),
  csv(
    'mixed-line-ends',
    `${header}\rMSP;2025-04-01;1,00;"a\r\nb"\r\n\nMJQ;2025-04-02;2,00-;00012`,
    {
      ...utf8,
      decimal: ',',
      read: ['2 2025-04-01 1.00', '4 2025-04-02 -2.00'],
      leftOut: ['1-1 header', '3-3 blank'],
      findings: [],
    },
  ),
]

const titles = `<row r="1">${['organisme', 'date', 'montant', 'piece'].map((text, at) => `<c r="${'ABCD'[at]}1" t="str"><v>${text}</v></c>`).join('')}</row>`
const row = (number: number, date: string, amount: string): string =>
  `<row r="${number}"><c r="A${number}" t="str"><v>MSP</v></c><c r="B${number}"${date}</c><c r="C${number}"${amount}</c></row>`
const day = ' s="1"><v>45748</v>'
const book = (sheets: readonly HandSheet[], is1904 = false): Uint8Array =>
  workbookBytes({ formats: ['yyyy-mm-dd'], sheets, is1904 })
const oneSheet = (data: string, others: Partial<HandSheet> = {}): Uint8Array =>
  book([{ name: 'Feuil1', data: titles + data, ...others }])
const sheet1 = { sheet: 'Feuil1', headerRow: 1, leftOut: isHeader }

const workbookCases: readonly MuseumCase[] = [
  xlsx('macros', bentWorkbook({ 'xl/vbaProject.bin': 'x' }), { refused: 'files/macros' }),
  xlsx('linked-workbook', bentWorkbook({ 'xl/externalLinks/externalLink1.xml': 'x' }), {
    refused: 'files/external-links',
  }),
  xlsx('cut-short', bentWorkbook({}).subarray(0, 1000), { refused: 'files/workbook-damaged' }),
  xlsx('csv-in-disguise', Buffer.from(`${header}\nMSP;2025-04-01;1;F-1\n`), {
    refused: 'files/type-differs',
  }),
  xlsx(
    'months-on-two-sheets',
    book([
      { name: 'Avril', data: titles + row(2, day, '><v>1</v>') },
      { name: 'Mai', data: titles + row(2, day, '><v>2</v>') },
    ]),
    { refused: 'files/sheet-unclear' },
  ),
  xlsx(
    'everything-hidden',
    book([
      { name: 'Données', data: titles + row(2, day, '><v>1</v>'), state: 'hidden' },
      { name: 'Notes', data: '' },
    ]),
    { refused: 'files/no-rows' },
  ),
  xlsx(
    'errors-and-formulas',
    oneSheet(
      row(2, day, ' t="e"><v>#REF!</v>') +
        row(3, day, '><f>C2*2</f>') +
        row(4, day, '><f>0.1+0.2</f><v>0.30000000000000004</v>') +
        row(5, day, '><f>2*2</f><v>4.4000000000000004</v>'),
    ),
    {
      ...sheet1,
      read: ['5 2025-04-01 4.40'],
      findings: [
        '2 C files/cell-error #REF!',
        '3 C files/formula-without-value ',
        '4 C files/number-inexact 0.30000000000000004',
      ],
    },
  ),
  xlsx(
    'dates-mangled',
    oneSheet(
      row(2, ' s="1"><v>60</v>', '><v>1</v>') +
        row(3, '><v>45748</v>', '><v>2</v>') +
        row(4, ' t="str"><v>2025-04-02</v>', ' s="1"><v>3</v>') +
        row(5, ' s="1"><v>45748.75</v>', ' t="str"><v>1 234,50</v>'),
    ),
    {
      ...sheet1,
      decimal: ',',
      read: ['5 2025-04-01 1234.50'],
      findings: [
        '2 B files/date-false-leap-day 60',
        '3 B files/no-date 45748',
        '4 C files/no-amount 1900-01-03',
      ],
    },
  ),
  xlsx(
    'values-under-merged-cells',
    oneSheet(row(2, day, '><v>1</v>') + row(3, day, '><v>2</v>'), {
      after: '<mergeCells><mergeCell ref="C2:C3"/></mergeCells>',
    }),
    {
      ...sheet1,
      read: ['2 2025-04-01 1.00'],
      findings: ['3 C files/value-covered 2'],
    },
  ),
  xlsx(
    '1904-and-a-gap',
    book([{ name: 'Feuil1', data: titles + row(9, ' s="1"><v>44286</v>', '><v>1</v>') }], true),
    {
      ...sheet1,
      read: ['9 2025-04-01 1.00'],
      leftOut: ['1-1 header', '2-8 blank'],
      findings: [],
    },
  ),
]

export const museumCases: readonly MuseumCase[] = [...csvCases, ...workbookCases]
