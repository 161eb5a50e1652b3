import { type HandWorkbook, workbookBytes } from './workbook-bytes.ts'

/**
 * Cells that spreadsheets are known to mangle, each as it stands in a workbook and as it must be
 * read: kind and text, or the code of its refusal. Written from ECMA-376 and from what Excel,
 * LibreOffice and openpyxl write; a second reader (test/office/cells.test.ts) agrees on all that are
 * read.
 */
export interface CorpusCell {
  readonly says: string
  /** The element, without its address: `<c t="b"><v>1</v></c>`. */
  readonly xml: string
  /** A format code, or the number of a built-in format. */
  readonly format?: string | number
  readonly is1904?: boolean
  /** 'number 1234.5', 'date 2025-04-01', 'files/cell-error'. Null where the cell is empty. */
  readonly read: string | null
}

const value = (text: string): string => `<c><v>${text}</v></c>`

const numbers: readonly (readonly [string, string])[] = [
  ['0', '0'],
  ['-0', '0'],
  ['0.0', '0'],
  ['1', '1'],
  ['007', '7'],
  ['+5', '5'],
  ['-5', '-5'],
  ['.5', '0.5'],
  ['5.', '5'],
  ['1234.5', '1234.5'],
  ['1234.50', '1234.5'],
  ['1.2345E3', '1234.5'],
  ['1.2345e+3', '1234.5'],
  ['1E-3', '0.001'],
  ['1E2', '100'],
  ['12E1', '120'],
  ['-1.5E-2', '-0.015'],
  ['0.1', '0.1'],
  ['0.10000000000000001', '0.1'],
  ['4.4000000000000004', '4.4'],
  ['1.1000000000000001', '1.1'],
  ['1234.5599999999999', '1234.56'],
  ['2.2999999999999998', '2.3'],
  ['147106925', '147106925'],
  ['1.47106925E8', '147106925'],
  ['9999999999999.99', '9999999999999.99'],
  ['9999999999999.9902', '9999999999999.99'],
  ['-9999999999999.99', '-9999999999999.99'],
  ['123456789012345', '123456789012345'],
  ['999999999999999', '999999999999999'],
  ['1E15', '1000000000000000'],
  ['1E20', '100000000000000000000'],
  ['1E-20', '0.00000000000000000001'],
  ['0E300', '0'],
]

const refusedNumbers: readonly (readonly [string, string])[] = [
  ['0.30000000000000004', 'files/number-inexact'],
  ['1234.5600000000001', 'files/number-inexact'],
  ['0.33333333333333331', 'files/number-inexact'],
  ['12345678901234567', 'files/number-inexact'],
  ['1234567890123456', 'files/number-inexact'],
  ['3.1415926535897931', 'files/number-inexact'],
  ['1E300', 'files/number-malformed'],
  ['1E-300', 'files/number-malformed'],
  ['1E400', 'files/number-malformed'],
  ['12,50', 'files/number-malformed'],
  ['1 234', 'files/number-malformed'],
  ['abc', 'files/number-malformed'],
  ['NaN', 'files/number-malformed'],
  ['INF', 'files/number-malformed'],
  ['0x10', 'files/number-malformed'],
  ['1_000', 'files/number-malformed'],
  ['1e', 'files/number-malformed'],
  ['--1', 'files/number-malformed'],
  ['.', 'files/number-malformed'],
  ['\u0661', 'files/number-malformed'],
]

/** Each shows 45748, or 45748.5 where the second is a time of day too. */
const formats: readonly (readonly [string | number, string])[] = [
  [0, 'number 45748'],
  [1, 'number 45748'],
  [2, 'number 45748'],
  [3, 'number 45748'],
  [4, 'number 45748'],
  [9, 'number 45748'],
  [10, 'number 45748'],
  [11, 'number 45748'],
  [12, 'number 45748'],
  [37, 'number 45748'],
  [44, 'number 45748'],
  [48, 'number 45748'],
  [49, 'number 45748'],
  [14, 'date 2025-04-01'],
  [15, 'date 2025-04-01'],
  [16, 'date 2025-04-01'],
  [17, 'date 2025-04-01'],
  [22, 'date 2025-04-01'],
  ['yyyy-mm-dd', 'date 2025-04-01'],
  ['YYYY-MM-DD', 'date 2025-04-01'],
  ['dd/mm/yyyy', 'date 2025-04-01'],
  ['d/m/yy;@', 'date 2025-04-01'],
  ['[$-C0C]d mmmm yyyy', 'date 2025-04-01'],
  ['[$-409]mmm-yy;@', 'date 2025-04-01'],
  ['[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', 'date 2025-04-01'],
  ['mmmm', 'date 2025-04-01'],
  ['ddd', 'date 2025-04-01'],
  ['"le "d" "mmmm" "yyyy', 'date 2025-04-01'],
  ['[Red]yyyy-mm-dd', 'date 2025-04-01'],
  ['yyyy\\-mm\\-dd\\ hh:mm', 'date 2025-04-01'],
  ['yyyy-mm-dd hh:mm:ss.000', 'date 2025-04-01'],
  ['m/d/yyyy h:mm AM/PM', 'date 2025-04-01'],
  ['0', 'number 45748'],
  ['0.00', 'number 45748'],
  ['#,##0.00', 'number 45748'],
  ['# ##0,00', 'number 45748'],
  ['#,##0.00\\ "$"', 'number 45748'],
  ['#,##0.00\\ _$;[Red]\\(#,##0.00\\ _$\\)', 'number 45748'],
  ['_-* #,##0.00\\ "$"_-;\\-* #,##0.00\\ "$"_-;_-* "-"??\\ "$"_-;_-@_-', 'number 45748'],
  ['#,##0.00,,"M"', 'number 45748'],
  ['0.0,,\\M', 'number 45748'],
  ['0" jours"', 'number 45748'],
  ['0"d"', 'number 45748'],
  ['0\\h', 'number 45748'],
  ['0.00E+00', 'number 45748'],
  ['##0.0E+0', 'number 45748'],
  ['# ?/?', 'number 45748'],
  ['0%', 'number 45748'],
  ['[>=1000]#,##0;0', 'number 45748'],
  ['[Blue]0', 'number 45748'],
  ['[$$-C0C]#,##0.00', 'number 45748'],
  ['[$USD] 0.00', 'number 45748'],
  ['General', 'number 45748'],
  ['GENERAL', 'number 45748'],
  ['"Exercice "General', 'number 45748'],
  ['@', 'number 45748'],
  [';;;', 'number 45748'],
  ['00000', 'number 45748'],
]

const refusedFormats: readonly string[] = [
  '0.0,, M',
  '#,##0.00 dollars',
  '0 d',
  'yyyy-mm-dd;0',
  '0;yyyy',
  'h:mm',
  'hh:mm:ss',
]

const serials: readonly (readonly [string, string | number, string, string])[] = [
  ['1', 14, 'date 1900-01-01', 'date 1904-01-02'],
  ['31', 14, 'date 1900-01-31', 'date 1904-02-01'],
  ['59', 14, 'date 1900-02-28', 'date 1904-02-29'],
  ['60', 14, 'files/date-false-leap-day', 'date 1904-03-01'],
  ['61', 14, 'date 1900-03-01', 'date 1904-03-02'],
  ['0', 14, 'files/date-outside', 'files/date-outside'],
  ['-1', 14, 'files/date-outside', 'files/date-outside'],
  ['44286', 14, 'date 2021-03-31', 'date 2025-04-01'],
  ['45748', 14, 'date 2025-04-01', 'date 2029-04-02'],
  ['45748.5', 22, 'date 2025-04-01 12:00:00', 'date 2029-04-02 12:00:00'],
  ['45747.958333333336', 22, 'date 2025-03-31 23:00:00', 'date 2029-04-01 23:00:00'],
  ['45748.25', 'yyyy-mm-dd', 'date 2025-04-01 06:00:00', 'date 2029-04-02 06:00:00'],
  ['2958465', 14, 'date 9999-12-31', 'files/date-outside'],
  ['2958466', 14, 'files/date-outside', 'files/date-outside'],
  ['45748.999999999993', 14, 'files/date-outside', 'files/date-outside'],
  ['0.5', 20, 'time 12:00:00', 'time 12:00:00'],
  ['0.75', 'h:mm AM/PM', 'time 18:00:00', 'time 18:00:00'],
  ['1.5', 46, 'time 36:00:00', 'time 36:00:00'],
  ['1.5', '[h]:mm', 'time 36:00:00', 'time 36:00:00'],
  ['abc', 14, 'files/number-malformed', 'files/number-malformed'],
  ['1E999', 14, 'files/number-malformed', 'files/number-malformed'],
  ['45,5', 14, 'files/number-malformed', 'files/number-malformed'],
]

const inline = (text: string): string =>
  `<c t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`

const others: readonly (readonly [string, string, string | null])[] = [
  ['leading zeros', inline('00123'), 'text 00123'],
  ['a document number of 20 digits', inline('12345678901234567890'), 'text 12345678901234567890'],
  ['a number as text', inline('1 234,50'), 'text 1 234,50'],
  ['a narrow no-break space', inline('1\u202f234,50\u00a0$'), 'text 1\u202f234,50\u00a0$'],
  ['a date as text', inline('01/04/2025'), 'text 01/04/2025'],
  ['a gene that looks like a date', inline('MARCH1'), 'text MARCH1'],
  ['a scientific lookalike', inline('2E5'), 'text 2E5'],
  ['accents', inline('Éducation'), 'text Éducation'],
  ['accents of two characters', inline('E\u0301ducation'), 'text E\u0301ducation'],
  ['an emoji', inline('😀'), 'text 😀'],
  ['space around', inline('  x '), 'text   x '],
  ['a line break', inline('a\nb'), 'text a\nb'],
  ['a carriage return as an escape', inline('a_x000D_\nb'), 'text a\r\nb'],
  ['an escaped underscore', inline('_x005F_x0041_'), 'text _x0041_'],
  ['a capital as an escape', inline('_x0041_'), 'text A'],
  ['an escape that is none', inline('_x41_'), 'text _x41_'],
  ['five entities', inline('&lt;&gt;&amp;&quot;&apos;'), 'text <>&"\''],
  ['a character reference', inline('&#233;&#x1F600;'), 'text é😀'],
  ['a formula as text', inline('=1+1'), 'text =1+1'],
  ['a truth value as text', inline('TRUE'), 'text TRUE'],
  ['the text of an error', inline('#N/A'), 'text #N/A'],
  ['right to left', inline('\u05d0\u05d1'), 'text \u05d0\u05d1'],
  [
    'runs of rich text',
    '<c t="inlineStr"><is><r><t>1 2</t></r><r><rPr><b/></rPr><t>34,50</t></r></is></c>',
    'text 1 234,50',
  ],
  [
    'how to pronounce it',
    '<c t="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></is></c>',
    'text 東京',
  ],
  ['a null character', inline('a_x0000_b'), 'files/text-unstorable'],
  ['half a character', inline('a_xD800_b'), 'files/text-unstorable'],
  ['an empty text', inline(''), null],
  ['a shared text', '<c t="s"><v>0</v></c>', 'text Ministère'],
  ['a shared text with space', '<c t="s"><v>1</v></c>', 'text  0012 '],
  ['a shared rich text', '<c t="s"><v>2</v></c>', 'text QC-12'],
  ['a shared text with an escape', '<c t="s"><v>3</v></c>', 'text a\tb'],
  ['a shared text that is empty', '<c t="s"><v>4</v></c>', null],
  ['true', '<c t="b"><v>1</v></c>', 'boolean true'],
  ['false', '<c t="b"><v>0</v></c>', 'boolean false'],
  ['not available', '<c t="e"><v>#N/A</v></c>', 'files/cell-error'],
  ['a broken reference', '<c t="e"><v>#REF!</v></c>', 'files/cell-error'],
  ['a division by zero', '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', 'files/cell-error'],
  ['a spill', '<c t="e"><f>A1:A2</f><v>#SPILL!</v></c>', 'files/cell-error'],
  ['the result of a formula', '<c><f>1+1</f><v>2</v></c>', 'number 2'],
  ['a text result', '<c t="str"><f>"a"</f><v>a</v></c>', 'text a'],
  ['an empty result', '<c t="str"><f>""</f><v></v></c>', null],
  ['a truth result', '<c t="b"><f>1=1</f><v>1</v></c>', 'boolean true'],
  ['an inexact result', '<c><f>0.1+0.2</f><v>0.30000000000000004</v></c>', 'files/number-inexact'],
  ['a shared formula', '<c><f t="shared" si="0"/><v>7</v></c>', 'number 7'],
  ['a formula without result', '<c><f>SUM(B1:B9)</f></c>', 'files/formula-without-value'],
  [
    'a formula with an empty result',
    '<c><f>SUM(B1:B9)</f><v></v></c>',
    'files/formula-without-value',
  ],
  ['nothing', '<c/>', null],
  ['an empty value', '<c><v></v></c>', null],
  ['space around a number', '<c><v> 12.5 </v></c>', 'number 12.5'],
  ['the type of a number written out', '<c t="n"><v>12.5</v></c>', 'number 12.5'],
  ['a date of ISO 8601', '<c t="d"><v>2025-04-01</v></c>', 'date 2025-04-01'],
  ['an instant of ISO 8601', '<c t="d"><v>2025-04-01T13:45:00</v></c>', 'date 2025-04-01 13:45:00'],
  ['midnight of ISO 8601', '<c t="d"><v>2025-04-01T00:00:00</v></c>', 'date 2025-04-01'],
  ['a day that never was', '<c t="d"><v>2025-02-30</v></c>', 'files/date-malformed'],
  ['a day of another form', '<c t="d"><v>01/04/2025</v></c>', 'files/date-malformed'],
  [
    'an instant of another zone',
    '<c t="d"><v>2025-04-01T00:00:00+14:00</v></c>',
    'files/date-malformed',
  ],
]

export const corpus: readonly CorpusCell[] = [
  ...numbers.map(([text, read]) => ({ says: text, xml: value(text), read: `number ${read}` })),
  ...refusedNumbers.map(([text, read]) => ({ says: text, xml: value(text), read })),
  ...formats.map(([format, read]) => ({
    says: `45748 as ${format}`,
    xml: value('45748'),
    format,
    read,
  })),
  ...refusedFormats.map((format) => ({
    says: `45748 as ${format}`,
    xml: value('45748'),
    format,
    read: 'files/format-unclear',
  })),
  ...serials.flatMap(([text, format, read, read1904]) => [
    { says: `day ${text} as ${format}`, xml: value(text), format, read },
    {
      says: `day ${text} as ${format}, 1904`,
      xml: value(text),
      format,
      read: read1904,
      is1904: true,
    },
  ]),
  ...others.map(([says, xml, read]) => ({ says, xml, read })),
]

const texts = [
  '<t>Ministère</t>',
  '<t xml:space="preserve"> 0012 </t>',
  '<r><t>QC</t></r><r><t>-12</t></r>',
  '<t>a_x0009_b</t>',
  '<t/>',
]

/** The cells in column A, one a row, with a style of its own each. */
export function corpusBytes(cells: readonly CorpusCell[], is1904: boolean): Uint8Array {
  const codes = cells.flatMap(({ format }) => (typeof format === 'string' ? [format] : []))
  const builtins = cells.flatMap(({ format }) => (typeof format === 'number' ? [format] : []))
  const styleOf = ({ format }: CorpusCell): number => {
    if (format === undefined) {
      return 0
    }
    return typeof format === 'string'
      ? codes.indexOf(format) + 1
      : codes.length + builtins.indexOf(format) + 1
  }
  const rows = cells.map(
    (cell, at) =>
      `<row r="${at + 1}">${cell.xml.replace('<c', `<c r="A${at + 1}" s="${styleOf(cell)}"`)}</row>`,
  )
  const book: HandWorkbook = {
    sheets: [{ name: 'Cellules', data: rows.join('') }],
    ...{ formats: codes, builtins, texts, is1904 },
  }
  return workbookBytes(book)
}
