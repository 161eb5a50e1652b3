import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { coverOf, readWorkbook } from '#test/features/exports/recalculate.ts'
import { post } from '#test/support/drafts.ts'
import {
  fetchBook,
  fewerBooks,
  type GoldenRecord,
  goldenRecord,
} from '#test/support/golden-record.ts'
import { runVigie } from '#test/support/processes.ts'
import { sendBack } from '#test/support/returned.ts'

/** The command on a workbook's cover makes the same file, at the terminal, whoever it was made for. */
const asked = ['reconciliation', 'comparison', 'year-end', 'exceptions', 'bridge', 'forecast']
const says = fewerBooks(0)
  .filter(({ report, language, query, reader }) => {
    const isFirst = query === '' || /^since=\d+$/.test(query) || query.startsWith('by=axis')
    return asked.includes(report) && (isFirst || reader === 'analyst') && language === 'fr'
  })
  .map((book) => book.says)

let record: GoldenRecord
let folder: string
const files = new Map<string, Buffer>()

beforeAll(async () => {
  record = await goldenRecord()
  folder = await mkdtemp(join(tmpdir(), 'vigie-again-'))
  const books = fewerBooks(record.since)
  for (const [at, { says: name }] of fewerBooks(0).entries()) {
    const book = books[at]
    if (book !== undefined && says.includes(name)) {
      files.set(name, await fetchBook(record, book))
    }
  }
  // The record goes on: what was drawn stands where it stood.
  await post(record.two.officer, record.two.approver, { documentNumber: 'F-99' })
}, 600_000)
afterAll(async () => {
  await rm(folder, { recursive: true })
  await record.app.close()
})

const fileOf = (name: string): Buffer => files.get(name) ?? Buffer.of()

test('a line of a reconciliation says the import, the file and the row it came from', () => {
  const read = readWorkbook(fileOf(says.find((name) => name.includes('jurisdiction=QC')) ?? ''))
  const cells = read.cells('Dépenses')
  const columns = new Map(
    [...cells].flatMap(([address, { value }]) => {
      const letters = /^([A-Z]+)4$/.exec(address)?.[1]
      return letters === undefined ? [] : [[value, letters] as const]
    }),
  )
  const column = (header: string): readonly (string | null)[] => {
    const letters = columns.get(header)
    return [...cells].flatMap(([address, { value }]) =>
      address.replace(/\d+$/, '') === letters ? [value] : [],
    )
  }
  expect(column('Fichier')).toContain('depenses.csv')
  expect(column('Fichier')).toContain('PUBLISHED-QC')
  expect(column('Lot importé').filter((id) => /^[0-9a-f-]{36}$/.test(id ?? ''))).toHaveLength(3)
  expect(column('Rangée')).toEqual(expect.arrayContaining(['2', '3', '4']))
  expect(
    column('Page').some((path) => /^\/fr\/expenditures\/[0-9a-f-]{36}$/.test(path ?? '')),
  ).toBe(true)
})

describe('the command on the cover', () => {
  test('is there for an auditor, by document, and for an analyst, by cell', () => {
    const kinds = [...files.values()].flatMap((bytes) => {
      const command = coverOf(readWorkbook(bytes)).get('Commande qui refait ce fichier') ?? ''
      return command.match(/--detail \w+/g) ?? []
    })
    expect(new Set(kinds)).toEqual(new Set(['--detail documents', '--detail cells']))
  })

  test.each(says)('makes the same bytes again: %s', { timeout: 120_000 }, async (name) => {
    const cover = coverOf(readWorkbook(fileOf(name)))
    const [vigie, ...args] = (cover.get('Commande qui refait ce fichier') ?? '').split(' ')
    expect(vigie).toBe('vigie')
    const path = join(folder, `${says.indexOf(name)}.xlsx`)
    const { code, stderr } = await runVigie([...args, '-o', path], {
      cwd: folder,
      env: { DATABASE_URL: record.app.database.url, PORT: '0' },
    })
    expect({ code, stderr }).toEqual({ code: 0, stderr: `${path}\n` })
    expect((await readFile(path)).equals(fileOf(name))).toBe(true)
  })

  test.each(says)('is believed by whoever verifies the file: %s', async (name) => {
    const { body } = await sendBack(record.auditor, fileOf(name))
    expect(body).toMatchObject({ unchanged: true, differences: [] })
  })
})
