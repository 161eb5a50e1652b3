import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  coverOf,
  type ReadWorkbook,
  readWorkbook,
  recalculate,
} from '#test/features/exports/recalculate.ts'
import { type ReadParts, readParts } from '#test/platform/tables/read-parts.ts'
import { faultsOf } from '#test/platform/tables/sound-parts.ts'
import {
  fetchBook,
  fewerBooks,
  type GoldenBook,
  type GoldenRecord,
  goldenRecord,
} from '#test/support/golden-record.ts'

/** Every workbook of a record in which all of them have something to say, opened again. */
interface Opened {
  readonly book: GoldenBook
  readonly bytes: Uint8Array
  readonly parts: ReadParts
  readonly read: ReadWorkbook
  readonly cover: ReadonlyMap<string, string>
  readonly json: Answer
}

interface Answer {
  readonly position: number
  readonly positionAt: string
  readonly seal: string
  readonly dataDigest: string
  readonly rows: readonly { readonly key: string }[]
  readonly totals?: Readonly<Record<string, string | null>>
}

let record: GoldenRecord
const opened = new Map<string, Opened>()
const names = fewerBooks(0).map(({ says }) => says)

beforeAll(async () => {
  record = await goldenRecord()
  for (const [at, book] of fewerBooks(record.since).entries()) {
    const bytes = await fetchBook(record, book)
    const read = readWorkbook(bytes)
    const { report, query, reader } = book
    const { body: json } = await record[reader].get(`/reports/${report}?${query}`)
    const parts = readParts(bytes)
    opened.set(names[at] ?? '', { book, bytes, parts, read, cover: coverOf(read), json })
  }
}, 600_000)
afterAll(() => record.app.close())

function openedAs(says: string): Opened {
  const found = opened.get(says)
  if (found === undefined) {
    throw new Error(`no book ${says}`)
  }
  return found
}

describe.each(names)('%s', (says) => {
  test('is opened without a repair, every formula with its result', () => {
    const { parts, read } = openedAs(says)
    expect(faultsOf(parts)).toEqual([])
    const formulas = read.names.flatMap((name) =>
      [...read.cells(name).values()].filter(({ formula }) => formula !== null),
    )
    expect(formulas.length).toBeGreaterThan(5)
    expect(formulas.filter(({ value }) => value === null)).toEqual([])
    expect(JSON.stringify(formulas)).not.toMatch(/#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!)/)
  })

  test('is computed to the same by a second engine', { timeout: 120_000 }, async () => {
    const { bytes, read } = openedAs(says)
    const { differences, formulas } = await recalculate(bytes, read)
    expect(differences).toEqual([])
    expect(formulas).toBeGreaterThan(5)
  })

  test('has checks that are all zero, and says so', () => {
    const { book, read } = openedAs(says)
    const name = read.names.find((each) => each === 'Contrôles' || each === 'Checks') ?? ''
    const column = (letter: string) =>
      [...read.cells(name)].filter(([address]) => new RegExp(`^${letter}\\d+$`).test(address))
    const differences = column('E').filter(([, { type }]) => type === 'n')
    expect(differences.length).toBeGreaterThan(0)
    expect(differences.filter(([, { value }]) => Number(value) !== 0)).toEqual([])
    const verdicts = new Set(
      column('F')
        .slice(1)
        .map(([, { value }]) => value),
    )
    expect(verdicts).toEqual(new Set([book.language === 'fr' ? 'conforme' : 'agrees']))
  })

  test('says on its cover the position, the seal and the digest that the API says', () => {
    const { cover, json } = openedAs(says)
    const position = cover.get('Position au registre') ?? cover.get('Position in the record')
    expect(position).toBe(String(json.position))
    expect([...cover.values()]).toEqual(
      expect.arrayContaining([json.seal, json.dataDigest, json.positionAt]),
    )
  })

  test('has the totals and the rows that the API has', () => {
    const { book, cover, read, json } = openedAs(says)
    const { rows, totals = {} } = json
    const sheet = read.names[book.report === 'exceptions' ? 2 : 1] ?? ''
    const outside = /^(?:closing|cumulated)$/
    const own = rows.filter(({ key }) => !outside.test(key))
    // Money that no year has stands on a row of its own, so that the years add up.
    const more = book.report === 'comparison' && book.query !== '' ? 1 : 0
    expect(Number(cover.get(sheet))).toBe(own.length + more)
    const amounts = new Set([...cover.values()].map((value) => Number(value).toFixed(2)))
    const typed = ['planned', 'spent', 'available', 'carried', 'lapsed', 'byCommitments']
    for (const key of typed.filter((each) => totals[each] != null)) {
      expect(amounts, key).toContain(totals[key])
    }
  })

  test('is in its language, titled, with words for each chart, protected, and merges nothing', () => {
    const { book, parts } = openedAs(says)
    const core = parts.text('docProps/core.xml')
    expect(core).toContain(`<dc:language>${book.language}-CA</dc:language>`)
    expect(core).toMatch(/<dc:title>[^<]{5,}<\/dc:title>/)
    const drawings = parts.names.filter((name) => /^xl\/drawings\/[^/]+$/.test(name))
    const words = drawings.flatMap((name) => [...parts.text(name).matchAll(/descr="([^"]*)"/g)])
    const charts = parts.names.filter((name) => name.startsWith('xl/charts/'))
    expect(words).toHaveLength(charts.length)
    expect(words.every(([, descr = '']) => descr.length > 20)).toBe(true)
    for (const name of parts.names.filter((each) => each.startsWith('xl/worksheets/sheet'))) {
      expect(parts.text(name)).not.toContain('<mergeCell')
      expect(parts.text(name)).toContain('<sheetProtection sheet="1"')
    }
  })
})
