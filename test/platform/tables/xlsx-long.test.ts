import { createHash } from 'node:crypto'
import { Unzip, UnzipInflate, unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { calendarDate } from '#core/calendar-date.ts'
import { fromCents, type Money, sum } from '#core/money.ts'
import { type LongSheet, type Row, shared, sheetsOf } from '#platform/tables/long-sheet.ts'
import { layoutOf, rowsMax, sheetReference } from '#platform/tables/sheet-layout.ts'
import type { Sheet, SheetCell, Workbook } from '#platform/tables/workbook.ts'
import { writeWorkbook } from '#platform/tables/xlsx.ts'
import { writeLongWorkbook } from '#platform/tables/xlsx-long.ts'
import { runs } from '#test/support/tier.ts'
import { readParts } from './read-parts.ts'

/** What a long sheet says is what the same rows say on a short one. */
const columns = [
  { key: 'line', header: 'Rang' },
  { key: 'text', header: 'Texte' },
  { key: 'amount', header: 'Montant' },
  { key: 'day', header: 'Date' },
  { key: 'own', header: 'Propre' },
  { key: 'double', header: 'Double' },
]

const texts = [
  '=1+1',
  ' deux espaces ',
  'a < b & "c"',
  'ligne\nsuivante',
  '_x003D_',
  'é 🜚 漢',
  '',
  'long '.repeat(40),
]

const amountAt = (index: number): Money => fromCents(BigInt(index * 37 - 500))

const row = (index: number): Row => [
  { count: index + 1 },
  { text: texts[index % texts.length] ?? '' },
  index % 7 === 3 ? { missing: 'not-applicable' } : { amount: amountAt(index) },
  { date: calendarDate(`2025-04-${String(1 + (index % 28)).padStart(2, '0')}`) },
  { boolean: index % 2 === 0 },
  {
    formula: `C${index + 4}*2`,
    result: index % 7 === 3 ? { text: 'n/a' } : { amount: fromCents(BigInt(index * 74 - 1000)) },
    as: 'amount',
  },
]

const rowsOf = (count: number): readonly Row[] => Array.from({ length: count }, (_, at) => row(at))

async function* lotsOf(rows: readonly Row[], size: number): AsyncGenerator<readonly Row[]> {
  for (let at = 0; at < rows.length; at += size) {
    yield rows.slice(at, at + size)
  }
}

function workbookOf(rows: readonly Row[], count: number): Workbook {
  const at = layoutOf({ columns, rows: { length: count }, totalRow: true })
  const total: Sheet['totalRow'] = columns.map(({ key }) =>
    key === 'amount'
      ? { formula: `ROUND(SUM(${at.range('amount')}),2)`, result: { amount: totalOf(count) } }
      : { empty: true },
  )
  const long: Sheet = {
    name: 'Dépenses',
    kind: 'table',
    title: 'Dépenses',
    columns,
    rows,
    totalRow: total,
  }
  return {
    language: 'fr',
    title: 'Essai',
    creator: 'Vigie',
    instant: '2026-04-01T03:59:59Z',
    sheets: [
      {
        name: 'Sommaire',
        kind: 'facts',
        title: 'Sommaire',
        columns: [{ key: 'total', header: 'Total' }],
        rows: [
          [
            {
              formula: sheetReference('Dépenses', at.total('amount')),
              result: { amount: totalOf(count) },
            },
          ],
        ],
      },
      long,
    ],
  }
}

const totalOf = (count: number): Money =>
  sum(
    rowsOf(count).flatMap(([, , cell]) =>
      cell !== undefined && 'amount' in cell ? [cell.amount] : [],
    ),
  )

async function written(workbook: Workbook, long: readonly LongSheet[]): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of writeLongWorkbook(workbook, long)) {
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const long = (count: number, size = 7): Promise<Uint8Array> =>
  written(workbookOf(rowsOf(20), count), [
    { name: 'Dépenses', rowCount: count, rows: lotsOf(rowsOf(count), size) },
  ])

/** One column on one sheet. */
function writtenOne(cells: readonly SheetCell[]): Promise<Uint8Array> {
  const rows = cells.map((cell): Row => [cell])
  const sheet: Sheet = {
    name: 'Dépenses',
    kind: 'table',
    title: 'Dépenses',
    columns: columns.slice(1, 2),
    rows: rows.slice(0, 1),
  }
  const rowCount = rows.length
  return written({ ...workbookOf([], 0), sheets: [sheet] }, [
    { name: sheet.name, rowCount, rows: lotsOf(rows, 50) },
  ])
}

const textsOf = (bytes: Uint8Array): readonly (string | undefined)[] =>
  [
    ...readParts(bytes)
      .text('xl/worksheets/sheet1.xml')
      .matchAll(/<row r="(\d+)".*?<(?:t|v)[^>]*>([^<]*)</g),
  ].flatMap(([, number, text]) => (Number(number) > 3 ? [text] : []))

/** As they read, wherever the file keeps its texts. */
const cellsOf = (bytes: Uint8Array, number: number) =>
  [...readParts(bytes).sheet(number).cells].map(([address, { type, ...cell }]) => [
    address,
    type === 'inlineStr' ? 's' : type,
    cell,
  ])

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

describe('a long sheet', () => {
  test('says cell for cell, format for format, what a short one says', async () => {
    const [short, written] = [await writeWorkbook(workbookOf(rowsOf(200), 200)), await long(200)]
    expect(cellsOf(written, 2)).toEqual(cellsOf(short, 2))
    expect(cellsOf(written, 1)).toEqual(cellsOf(short, 1))
  })

  test('is as high, as far as its table reaches, and protected like a short one', async () => {
    const parts = [await writeWorkbook(workbookOf(rowsOf(200), 200)), await long(200)].map(
      readParts,
    )
    const [short, written] = parts.map((part) => {
      const sheet = part.text('xl/worksheets/sheet2.xml')
      return {
        heights: [...sheet.matchAll(/<row r="(\d+)"[^>]* ht="(\d+)"/g)].map(([, r, ht]) => [r, ht]),
        around: sheet.replace(/<sheetData>.*<\/sheetData>/s, ''),
        table: part.text('xl/tables/table1.xml'),
      }
    })
    expect(written).toEqual(short)
  })

  test('has the same bytes whatever the lots its rows come in', async () => {
    expect(sha256(await long(200, 1))).toBe(sha256(await long(200, 200)))
  })

  test('says each value of a column whose values hardly ever come again', async () => {
    const numbers = Array.from({ length: 4_500 }, (_, at) => `D-${at} é`)
    const bytes = await writtenOne(numbers.map((number) => ({ text: number })))
    expect(textsOf(bytes)).toEqual(numbers)
  })

  test('keeps apart a day and a text that reads like it', async () => {
    const day = calendarDate('2025-04-01')
    const bytes = await writtenOne([{ text: day }, { date: day }, { text: day }])
    expect(textsOf(bytes)).toEqual([day, '45748', day])
  })

  test('without rows is the same as an empty short one', async () => {
    const empty = workbookOf([], 0)
    const none: LongSheet = { name: 'Dépenses', rowCount: 0, rows: lotsOf([], 1) }
    expect(cellsOf(await written(empty, [none]), 2)).toEqual(cellsOf(await writeWorkbook(empty), 2))
  })

  test('whose rows are not as many as announced is not written to its end', async () => {
    const rows = lotsOf(rowsOf(10), 3)
    const workbook = workbookOf(rowsOf(10), 12)
    await expect(written(workbook, [{ name: 'Dépenses', rowCount: 12, rows }])).rejects.toThrow(
      'not the 12 rows',
    )
  })

  test('fails as its rows fail', async () => {
    async function* broken(): AsyncGenerator<readonly Row[]> {
      yield rowsOf(3)
      throw new Error('the database went away')
    }
    const sheet = { name: 'Dépenses', rowCount: 9, rows: broken() }
    await expect(written(workbookOf(rowsOf(3), 9), [sheet])).rejects.toThrow('went away')
  })
})

describe('rows that do not fit on a sheet', () => {
  test('go on on the next one', () => {
    expect(sheetsOf(1_100_000, 1)).toEqual([rowsMax - 5, 1_100_000 - rowsMax + 5])
    expect(sheetsOf(0, 1)).toEqual([0])
    expect(sheetsOf(10, 0, 14)).toEqual([10])
    expect(sheetsOf(11, 0, 14)).toEqual([10, 1])
  })

  test('come as one flow, and stop everything when they are too few or too many', async () => {
    const flow = (count: number) => lotsOf(rowsOf(count), 4)
    const taken = async (parts: readonly AsyncIterable<readonly Row[]>[]) => {
      const counts: number[] = []
      for (const part of parts) {
        let count = 0
        for await (const lot of part) {
          count += lot.length
        }
        counts.push(count)
      }
      return counts
    }
    expect(await taken(shared(flow(25), [10, 10, 5]))).toEqual([10, 10, 5])
    await expect(taken(shared(flow(24), [10, 10, 5]))).rejects.toThrow('did not come')
    await expect(taken(shared(flow(26), [10, 10, 5]))).rejects.toThrow('more rows came')
  })

  test('are all there, the first in the row where the sheet before could take no more', async () => {
    const [count, sheetRows] = runs([1_100, 1_000], [1_100_000, rowsMax])
    const counts = sheetsOf(count, 0, sheetRows)
    expect(counts.length).toBe(2)
    const bytes = await written(...spread(counts))
    const found = counts.map((_, at) => scan(bytes, `xl/worksheets/sheet${at + 1}.xml`))
    expect(found.map(({ data }) => data)).toEqual(counts)
    expect(found.map(({ last }) => last)).toEqual(counts.map((rows) => rows + 3))
    expect(found.map(({ cents }) => cents).reduce((a, b) => a + b)).toBe((count * (count + 1)) / 2)
    expect(found.at(0)?.last).toBe(sheetRows - 1)
  })
})

/** Cents from 1 up, over as many sheets as it takes. */
function spread(counts: readonly number[]): [Workbook, readonly LongSheet[]] {
  const total = counts.reduce((a, b) => a + b)
  async function* flow(): AsyncGenerator<readonly Row[]> {
    for (let at = 0; at < total; at += 500) {
      yield Array.from(
        { length: Math.min(500, total - at) },
        (_, place): Row => [{ count: at + place + 1 }],
      )
    }
  }
  const name = (at: number): string => (at === 0 ? 'Dépenses' : `Dépenses ${at + 1}`)
  const sheets = counts.map(
    (_, at): Sheet => ({
      name: name(at),
      kind: 'table',
      title: 'Dépenses',
      columns: columns.slice(0, 1),
      rows: [[{ count: 1 }]],
    }),
  )
  const parts = shared(flow(), counts)
  const long = counts.map((rowCount, at) => ({
    name: name(at),
    rowCount,
    rows: parts[at] ?? lotsOf([], 1),
  }))
  return [{ ...workbookOf([], 0), sheets }, long]
}

/** Read as it is inflated: the XML of a million rows would not fit in a text. */
function scan(bytes: Uint8Array, part: string): { data: number; last: number; cents: number } {
  let rest = ''
  const found = { data: 0, last: 0, cents: 0 }
  const decoder = new TextDecoder()
  const look = (text: string): void => {
    for (const [, number, value] of text.matchAll(/<row r="(\d+)"[^>]*><c [^>]*><v>(\d+)<\/v>/g)) {
      if (Number(number) > 3) {
        found.data += 1
        found.last = Number(number)
        found.cents += Number(value)
      }
    }
  }
  const unzip = new Unzip((file) => {
    if (file.name === part) {
      file.ondata = (error, chunk) => {
        expect(error).toBeNull()
        const text = rest + decoder.decode(chunk, { stream: true })
        const end = text.lastIndexOf('<row ')
        look(text.slice(0, end))
        rest = text.slice(end)
      }
      file.start()
    }
  })
  unzip.register(UnzipInflate)
  for (let at = 0; at < bytes.length; at += 65_536) {
    unzip.push(bytes.subarray(at, at + 65_536), at + 65_536 >= bytes.length)
  }
  look(rest)
  return found
}

test('the archive of a long workbook is one that others open', async () => {
  const parts = unzipSync(await long(50))
  expect(Object.keys(parts)[0]).toBe('[Content_Types].xml')
  expect(Object.keys(parts).at(-1)).toBe('xl/worksheets/sheet2.xml')
})
