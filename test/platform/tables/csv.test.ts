import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromCents, money } from '#core/money.ts'
import { amount, type Table, table, text } from '#core/table.ts'
import {
  type CsvDialect,
  csvDialects,
  neutralise,
  printCsv,
  restoreNeutralised,
  snakeCase,
} from '#platform/tables/csv.ts'
import { runs } from '#test/support/tier.ts'
import { sampleTable } from './sample-table.ts'

const byteOrderMark = '\uFEFF'
const replay = { seed: 20260331, numRuns: runs(2_000, 50_000) }

/** A second program reads the file: csv-parse, told no more than the dialect. */
const readBack = (csv: string, dialect: CsvDialect): string[][] =>
  parse(csv, {
    bom: true,
    delimiter: dialect === 'open' ? ',' : ';',
    record_delimiter: dialect === 'open' ? '\n' : '\r\n',
  })

const texts = (contents: readonly string[]): Table =>
  table({
    name: 'texts',
    title: { fr: 'Textes', en: 'Texts' },
    columns: [
      { key: 'first', label: { fr: 'Un', en: 'One' }, type: 'text', brief: true },
      { key: 'second', label: { fr: 'Deux', en: 'Two' }, type: 'text', brief: true },
    ],
    rows: contents.map((content) => ({ role: 'data', cells: [text(content), text('fin')] })),
  })

describe('a CSV file', () => {
  test('for Excel in French has a BOM, semicolons, decimal commas and CRLF', () => {
    expect(printCsv(sampleTable, { language: 'fr', dialect: 'excel-fr' })).toBe(
      byteOrderMark +
        [
          'Code;Intitulé;Prévu;Dépensé;% dépensé;Signaux;Depuis;Dérivé;Lignes',
          'A-1;Soutenir les élèves;2903063,00;126000,00;4,34;over-spent derived;2025-04-01;non;1230',
          'A-2;Former les équipes;2903063,00;;;;;oui;0',
          `'=A-3;"'-Équipement; ""neuf""";250,00;-12,50;-5,00;derived;;oui;4`,
          'total;Total;2903313,00;125987,50;4,34;;;non;1234',
          '',
        ].join('\r\n'),
    )
  })

  test('for Excel in English keeps the dialect and says the words in English', () => {
    const [header, , second] = printCsv(sampleTable, {
      language: 'en',
      dialect: 'excel-fr',
    }).split('\r\n')
    expect(header).toBe(`${byteOrderMark}Code;Title;Planned;Spent;% spent;Flags;Since;Derived;Rows`)
    expect(second).toBe('A-2;Train the teams;2903063,00;;;;;yes;0')
  })

  test('for programs is plain UTF-8 with snake_case headers, points and LF', () => {
    expect(printCsv(sampleTable, { language: 'fr', dialect: 'open' })).toBe(
      [
        'key,label,planned,qc_spent,percent_spent,flags,since,derived,row_count',
        'A-1,Soutenir les élèves,2903063.00,126000.00,4.34,over-spent derived,2025-04-01,false,1230',
        'A-2,Former les équipes,2903063.00,,,,,true,0',
        '=A-3,"-Équipement; ""neuf""",250.00,-12.50,-5.00,derived,,true,4',
        'total,Total,2903313.00,125987.50,4.34,,,false,1234',
        '',
      ].join('\n'),
    )
  })

  test.each([
    ['percentSpent', 'percent_spent'],
    ['qc.planned', 'qc_planned'],
    ['ca.plannedLow', 'ca_planned_low'],
    ['key', 'key'],
  ])('names the field %s %s', (key, name) => {
    expect(snakeCase(key)).toBe(name)
  })

  test.each(csvDialects)('in %s never touches an amount, negative ones included', (dialect) => {
    const cents = fc.bigInt({ min: -999_999_999_999_999n, max: 999_999_999_999_999n })
    fc.assert(
      fc.property(cents, (value) => {
        const exact = fromCents(value)
        const one = table({
          name: 'one',
          title: { fr: 'Un', en: 'One' },
          columns: [{ key: 'a', label: { fr: 'a', en: 'a' }, type: 'amount', brief: true }],
          rows: [{ role: 'data', cells: [amount(exact)] }],
        })
        const [, [field = ''] = []] = readBack(printCsv(one, { language: 'fr', dialect }), dialect)
        expect(money(field.replace(',', '.'))).toEqual(exact)
      }),
      replay,
    )
  })
})

describe('text in a CSV file', () => {
  const anyText = fc.string({ unit: 'binary' }).map((value) => value.replaceAll('\0', ''))
  const nastyText = fc.string({
    unit: fc.constantFrom(...'=+-@＝＋－＠\t\r\n\'";, \u00A0,é漢', '\r\n', byteOrderMark, '🙂'),
  })

  test.each(csvDialects)('in %s reads back as it was, whatever it is', (dialect) => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anyText, nastyText), { minLength: 1 }), (contents) => {
        const printed = printCsv(texts(contents), { language: 'fr', dialect })
        const restore = dialect === 'open' ? (value: string) => value : restoreNeutralised
        const rows = readBack(printed, dialect).slice(1)
        expect(rows.map(([first = '']) => restore(first))).toEqual(contents)
      }),
      { ...replay, numRuns: runs(500, 10_000) },
    )
  })

  test('is restored exactly after it was neutralised, apostrophes included', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, nastyText), (value) => {
        expect(restoreNeutralised(neutralise(value))).toBe(value)
        expect(neutralise(value)).not.toMatch(/^[=+\-@\t\r＝＋－＠]/)
      }),
      replay,
    )
  })

  test.each([
    ['=1+1', "'=1+1"],
    ['+1 418 555-0100', "'+1 418 555-0100"],
    ['-12,50', "'-12,50"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', "'\r=1"],
    ['＝1+1', "'＝1+1"],
    ['＠SUM(1)', "'＠SUM(1)"],
    ["=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"],
    ['=HYPERLINK("http://x","y")', '\'=HYPERLINK("http://x","y")'],
    ["'=1", "''=1"],
    ["''-", "'''-"],
  ])('%j cannot act as a formula: %j', (content, expected) => {
    expect(neutralise(content)).toBe(expected)
    expect(restoreNeutralised(expected)).toBe(content)
    const printed = printCsv(texts([content]), { language: 'fr', dialect: 'excel-fr' })
    expect(readBack(printed, 'excel-fr')[1]).toEqual([expected, 'fin'])
    const open = printCsv(texts([content]), { language: 'fr', dialect: 'open' })
    expect(readBack(open, 'open')[1]).toEqual([content, 'fin'])
  })

  test.each(["l'été", "'tis", "''", "'", '', '— tiret', '1=1', ' =1'])(
    '%j is no formula and stays as it is',
    (content) => {
      expect(neutralise(content)).toBe(content)
      expect(restoreNeutralised(content)).toBe(content)
    },
  )

  test('never runs into the next field or the next row', () => {
    const printed = printCsv(texts(['a;b', 'a\nb', 'a\rb', '"', 'a,b']), {
      language: 'fr',
      dialect: 'excel-fr',
    })
    expect(printed).toBe(
      `${byteOrderMark}Un;Deux\r\n"a;b";fin\r\n"a\nb";fin\r\n"a\rb";fin\r\n"""";fin\r\na,b;fin\r\n`,
    )
  })
})
