import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { cellKinds } from '#core/grid.ts'
import { Problem } from '#core/problem.ts'
import { zipParts } from '#platform/files/deterministic-zip.ts'
import { newBudget, SheetPacker, unpacked } from '#platform/files/packed-sheet.ts'
import { readUpload } from '#platform/files/read-upload.ts'
import { readingLimits } from '#platform/files/reading-limits.ts'
import { bentWorkbook, workbookBytes, workbookParts } from '#test/support/workbook-bytes.ts'

const sentenceOf = (name: string, bytes: Uint8Array) =>
  readUpload(bytes, { name }).then(
    () => 'read',
    (error: unknown) => (error instanceof Problem ? error.sentence.fr : String(error)),
  )

const firstRow = async (bytes: Uint8Array) => {
  const { sheets } = await readUpload(bytes, { name: 'essai.xlsx' })
  return sheets.flatMap(({ rows }) =>
    [...rows].flatMap(({ cells }) => cells.map(({ text }) => text)),
  )
}

describe('a file that is brought', () => {
  test('is told by its name, its length and the SHA-256 of its bytes, which stay the caller’s', async () => {
    const bytes = Buffer.from('a;b\n1;2')
    const grid = await readUpload(bytes, { name: 'dépenses.csv' })
    expect(grid).toMatchObject({
      name: 'dépenses.csv',
      bytes: 7,
      sha256: createHash('sha256').update('a;b\n1;2').digest('hex'),
    })
    expect(bytes.toString()).toBe('a;b\n1;2')
  })

  test('a refusal names file, sheet, place, value, reason and what to do', async () => {
    const wrong = workbookBytes({
      sheets: [{ name: 'Avril', data: '<row r="7"><c r="B8"><v>1</v></c></row>' }],
    })
    expect(await sentenceOf('dépenses.xlsx', wrong)).toBe(
      'Fichier «\u00a0dépenses.xlsx\u00a0», feuille «\u00a0Avril\u00a0», ligne 7, valeur «\u00a0B8\u00a0»\u00a0: le classeur est endommagé ou incomplet. Ouvrez-le dans un tableur, laissez-le réparer et enregistrez-le de nouveau.',
    )
  })

  test('20 MiB are read, a byte more is not', async () => {
    const most = Buffer.alloc(readingLimits.fileBytesMax, `${'x'.repeat(1023)}\n`)
    await expect(readUpload(most, { name: 'plein.csv' })).resolves.toMatchObject({
      bytes: readingLimits.fileBytesMax,
    })
    await expect(
      readUpload(Buffer.concat([most, most.subarray(0, 1)]), { name: 'trop.csv' }),
    ).rejects.toMatchObject({
      code: 'files/too-large',
      kind: 'too-large',
    })
  })

  test('is no longer read once its reader has gone', async () => {
    const gone = new AbortController()
    const reading = readUpload(Buffer.from('a;b'), { name: 'a.csv' }, gone.signal)
    gone.abort(new Error('gone'))
    await expect(reading).rejects.toThrow('gone')
    await expect(readUpload(Buffer.from('a;b'), { name: 'a.csv' }, gone.signal)).rejects.toThrow(
      'gone',
    )
  })

  test('waits its turn; whoever finds the line full is told to come back', async () => {
    const all = readingLimits.runningMax + readingLimits.waitingMax
    const gone = new AbortController()
    const readings = Array.from({ length: all + 1 }, () =>
      readUpload(Buffer.from('a;b'), { name: 'a.csv' }, gone.signal),
    )
    await expect(readings.at(-1)).rejects.toMatchObject({ code: 'files/busy', retrySeconds: 5 })
    await expect(readings[0]).resolves.toMatchObject({ bytes: 3 })
    gone.abort(new Error('gone'))
    const stopped = (await Promise.allSettled(readings.slice(1, -1))).flatMap((reading) =>
      reading.status === 'rejected' ? [String(reading.reason)] : [],
    )
    expect(new Set(stopped)).toEqual(new Set(['Error: gone']))
    await expect(readUpload(Buffer.from('a;b'), { name: 'a.csv' })).resolves.toMatchObject({
      bytes: 3,
    })
  })
})

describe('a workbook', () => {
  const parts = (): Map<string, string> =>
    workbookParts({
      texts: ['<t>un</t>'],
      sheets: [{ name: 'Feuil1', data: '<row><c t="s"><v>0</v></c><c><v>2</v></c></row>' }],
    })

  test('may have a prefix on every element', async () => {
    const prefixed = [...parts()].map(([name, xml]): [string, string] =>
      /^xl\/[^_]/.test(name)
        ? [name, xml.replaceAll(/<(\/?)(?=[a-z])/gi, '<$1x:').replace('xmlns="', 'xmlns:x="')]
        : [name, xml],
    )
    expect(await firstRow(zipParts(new Map(prefixed)))).toEqual(['un', '2'])
  })

  test('may be of the strict kind', async () => {
    const strict = [...parts()].map(([name, xml]): [string, string] => [
      name,
      xml
        .replaceAll(
          'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
          'http://purl.oclc.org/ooxml/spreadsheetml/main',
        )
        .replaceAll(
          'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
          'http://purl.oclc.org/ooxml/officeDocument/relationships',
        ),
    ])
    expect(await firstRow(zipParts(new Map(strict)))).toEqual(['un', '2'])
  })

  test('may keep its parts elsewhere, name them from the root, and have neither styles nor texts', async () => {
    const moved = new Map(
      [...parts()].map(([name, xml]): [string, string] => [
        name,
        xml
          .replaceAll('Target="xl/', 'Target="/xl/')
          .replaceAll('Target="worksheets/', 'Target="/xl/worksheets/')
          .replaceAll(/<Relationship Id="rId[12]" Type="[^"]*(?:styles|sharedStrings)"[^>]*>/g, ''),
      ]),
    )
    moved.delete('xl/styles.xml')
    moved.delete('xl/sharedStrings.xml')
    moved.set(
      'xl/worksheets/sheet1.xml',
      parts()
        .get('xl/worksheets/sheet1.xml')
        ?.replace(/<c t="s">.*?<\/c>/, '') ?? '',
    )
    expect(await firstRow(zipParts(moved))).toEqual(['2'])
  })

  test('tells what is hidden, merged and computed', async () => {
    const bytes = workbookBytes({
      sheets: [
        {
          name: 'R&amp;D',
          state: 'veryHidden',
          before: '<cols><col min="2" max="16384" hidden="1"/></cols>',
          data: '<row r="1"><c r="A1"><v>1</v></c><c r="C1"><f>A1</f><v>1</v></c></row><row r="4" hidden="1"><c r="A4"><v>2</v></c></row>',
          after: '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>',
        },
      ],
    })
    const { sheets } = await readUpload(bytes, { name: 'essai.xlsx' })
    expect(sheets).toMatchObject([
      {
        ...{ name: 'R&D', isHidden: true, hiddenColumns: [2], merged: ['A1:B2'] },
        ...{ lastRow: 4, cellsCount: 3, formulasCount: 1, hiddenRowsCount: 1 },
      },
    ])
    expect([...(sheets[0]?.rows ?? [])].map(({ row, isHidden }) => [row, isHidden])).toEqual([
      [1, false],
      [4, true],
    ])
  })

  test('may hold what spreadsheets put beside the sheets', async () => {
    const beside = [
      'xl/theme/theme1.xml',
      'xl/calcChain.xml',
      'xl/printerSettings/printerSettings1.bin',
    ]
    const more = [
      'docProps/app.xml',
      'xl/drawings/vmlDrawing1.vml',
      'xl/comments1.xml',
      'customXml/item1.xml',
    ]
    const sheets = [
      'xl/worksheets/_rels/sheet1.xml.rels',
      'xl/persons/person.xml',
      'xl/media/image1.png',
    ]
    const added = Object.fromEntries([...beside, ...more, ...sheets].map((name) => [name, '<x/>']))
    expect(await firstRow(bentWorkbook(added))).toEqual(['1'])
  })
})

describe('a packed sheet', () => {
  test('gives back every kind, place and text, as often as it is asked', () => {
    const packer = new SheetPacker(newBudget())
    for (const [column, kind] of cellKinds.entries()) {
      packer.add(column * 100, kind, `é😀${'x'.repeat(column * 1000)}`, column % 2 === 1)
    }
    packer.endRow(1_048_576, true)
    packer.endRow(1_048_577)
    const sheet = unpacked(
      packer.finish({ name: 'x', isHidden: false, hiddenColumns: [], merged: [] }),
    )
    const expected = cellKinds.map((kind, column) => ({
      column: column * 100,
      kind,
      text: `é😀${'x'.repeat(column * 1000)}`,
      isFormula: column % 2 === 1,
    }))
    for (const _ of ['once', 'again']) {
      expect([...sheet.rows]).toEqual([{ row: 1_048_576, isHidden: true, cells: expected }])
    }
  })
})
