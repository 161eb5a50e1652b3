import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type FileDelimiter, type FileEncoding, fileDelimiters } from '#core/grid.ts'
import { readCsv } from '#platform/files/csv-reader.ts'
import { FileFault } from '#platform/files/file-fault.ts'
import { unpacked } from '#platform/files/packed-sheet.ts'
import { runs } from '#test/support/tier.ts'

interface Asked {
  readonly encoding?: FileEncoding
  readonly delimiter?: FileDelimiter
}

async function rowsOf(bytes: string | Uint8Array, asked: Asked = {}) {
  const { sheets } = await readCsv(Buffer.from(bytes as string), asked)
  return sheets.flatMap((sheet) =>
    [...unpacked(sheet).rows].map(({ row, cells }) => [row, ...cells.map(({ text }) => text)]),
  )
}

const faultOf = (bytes: string | Uint8Array, asked: Asked = {}) =>
  rowsOf(bytes, asked).then(
    () => 'read',
    (error: unknown) => (error instanceof FileFault ? [error.code, error.place] : error),
  )

const understood = async (bytes: string | Uint8Array, asked: Asked = {}) => {
  const { encoding, delimiter } = (await readCsv(Buffer.from(bytes as string), asked)).understood
  return [encoding?.value, delimiter?.value, encoding?.isAsked, delimiter?.isAsked]
}

describe('a CSV file', () => {
  test('is numbered as a spreadsheet would: an empty line is a row, a quoted line break is none', async () => {
    expect(await rowsOf('a;b\r\n\r\n"x\r\ny";2\r\n;\r\nz;3')).toEqual([
      [1, 'a', 'b'],
      [3, 'x\r\ny', '2'],
      [5, 'z', '3'],
    ])
  })

  test.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['a lone CR', '\r'],
  ])('lines may end with %s, also where a piece of the file ends', async (_, end) => {
    for (const length of [65_529, 65_530, 65_531, 65_532, 65_533]) {
      const long = Array.from({ length: 3 }, () => 'é'.repeat(10_921)).join(';')
      const filler = 'x'.repeat(length - 65_529)
      const rows = await rowsOf(`a;b;c;d${end}${long};${filler}${end}1;2;3;4${end}`)
      expect(rows.map(([row, first]) => [row, String(first).length])).toEqual([
        [1, 1],
        [2, 10_921],
        [3, 1],
      ])
    }
  })

  test('keeps text as it is: zeros in front, space around, an apostrophe', async () => {
    expect(await rowsOf("a;b;c\n007; x ;'=1")).toEqual([
      [1, 'a', 'b', 'c'],
      [2, '007', ' x ', "'=1"],
    ])
  })

  test.each([
    ['a;b\n1;"2\n3;4', 2],
    ['a;b\n1;2\n3;x"4', 3],
    ['a;b\n1;"2"x\n', 2],
    ['a;b\n1;="007"\n', 2],
  ])('%j is refused with the row of its quotes', async (text, row) => {
    expect(await faultOf(text)).toEqual(['files/csv-quotes', { row }])
  })

  test('a null character is refused with its row', async () => {
    expect(await faultOf('a;b\r\n1;2\r3;\0')).toEqual(['files/null-character', { row: 3 }])
  })
})

describe('the encoding', () => {
  const text = 'Ministère;été\n1;2\n'

  test.each<[string, Uint8Array, FileEncoding]>([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${text}`), 'utf-8'],
    ['Windows-1252', Buffer.from(text, 'latin1'), 'windows-1252'],
    ['UTF-16 with its mark', Buffer.from(`\ufeff${text}`, 'utf16le'), 'utf-16le'],
    ['UTF-16 the other way round', Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), 'utf-16be'],
  ])('%s is found and read', async (_, bytes, encoding) => {
    expect(await understood(bytes)).toEqual([encoding, ';', false, false])
    expect((await rowsOf(bytes))[0]).toEqual([1, 'Ministère', 'été'])
  })

  test('a person may say another; bytes that do not fit it are refused', async () => {
    expect(await understood(text, { encoding: 'windows-1252' })).toEqual([
      'windows-1252',
      ';',
      true,
      false,
    ])
    expect((await rowsOf(text, { encoding: 'windows-1252' }))[0]).toEqual([
      1,
      'MinistÃ¨re',
      'Ã©tÃ©',
    ])
    const latin = Buffer.from(text, 'latin1')
    expect(await faultOf(latin, { encoding: 'utf-8' })).toEqual(['files/encoding-unclear', {}])
    expect(await faultOf(Buffer.from('\ufeffa;\ud800', 'utf16le'))).toEqual([
      'files/encoding-unclear',
      {},
    ])
  })
})

describe('the delimiter', () => {
  test.each([
    ['decimal commas outnumber it', 'a;b\n1,5;2,5\n1,5;2,5\n1,5;2,5', ';'],
    ['a title has commas', 'Dépenses, avril, 2025\na;b;c\n1;2;3\n', ';'],
    ['a description has many commas', 'a;b\nx, y, z, t, u;1\nv;2\nw;3', ';'],
    ['it is a comma', 'a,b\n1,2', ','],
    ['it is a tab', 'a\tb,c\n1\t2', '\t'],
    ['names are quoted and hold another', '"a,1";"b,2"\n1;2', ';'],
    ['there is none', 'montant\n12\n', ';'],
  ])('is found where %s', async (_, text, delimiter) => {
    expect((await understood(text))[1]).toBe(delimiter)
  })

  test('is asked for where the names can be split in two ways', async () => {
    expect(await faultOf('a,b;c\n1,2;3')).toEqual(['files/delimiter-unclear', { value: 'a,b;c' }])
    expect(await understood('a,b;c\n1,2;3', { delimiter: ',' })).toEqual([
      'utf-8',
      ',',
      false,
      true,
    ])
  })
})

describe('what is written is read', () => {
  const cell = fc
    .string({ unit: 'binary', maxLength: 12 })
    .filter((text) => !/[\0\ufeff]/.test(text))
  const shape = fc.integer({ min: 1, max: 5 }).chain((width) =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
      minLength: 1,
      maxLength: 8,
    }),
  )
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

  test('any grid of texts, in each dialect', async () => {
    await fc.assert(
      fc.asyncProperty(
        shape,
        fc.constantFrom(...fileDelimiters),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.constantFrom<[FileEncoding, string]>(
          ['utf-8', ''],
          ['utf-8', '\ufeff'],
          ['utf-16le', '\ufeff'],
        ),
        async (rows, delimiter, end, [encoding, mark]) => {
          const text = mark + rows.map((cells) => cells.map(quoted).join(delimiter)).join(end)
          const bytes = Buffer.from(text, encoding === 'utf-8' ? 'utf8' : 'utf16le')
          const { sheets } = await readCsv(bytes, { encoding, delimiter })
          const read = sheets.flatMap((sheet) =>
            [...unpacked(sheet).rows].flatMap(({ row, cells }) =>
              cells.map(({ column, text: said }) => [row, column, said]),
            ),
          )
          const written = rows.flatMap((cells, row) =>
            cells
              .map((said, column) => [row + 1, column, said])
              .filter(([, , said]) => said !== ''),
          )
          expect(read).toEqual(written)
        },
      ),
      { numRuns: runs(300, 5000), seed: Number(process.env.TEST_SEED ?? 20_261_121) },
    )
  })
})
