import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cachedValue, type ReadWorkbook, readWorkbook } from '#test/features/exports/recalculate.ts'
import {
  fetchBook,
  type GoldenRecord,
  goldenBooks,
  goldenRecord,
} from '#test/support/golden-record.ts'
import { editedFile, sendBack } from '#test/support/returned.ts'
import { recalculated } from './libreoffice.ts'

/** Every workbook, computed again by LibreOffice: each formula comes to its cached result. */
let record: GoldenRecord
let folder: string
let given: ReadonlyMap<string, Uint8Array>
let saved: ReadonlyMap<string, Uint8Array>

const says = goldenBooks(0).map((book) => book.says)
const wrong = 'with a result that is a cent off'

beforeAll(async () => {
  record = await goldenRecord()
  folder = await mkdtemp(join(tmpdir(), 'vigie-office-'))
  const files = new Map<string, Uint8Array>()
  for (const [at, book] of goldenBooks(record.since).entries()) {
    files.set(says[at] ?? '', await fetchBook(record, book))
  }
  files.set(wrong, editedFile(files.get(says[0] ?? '') ?? Buffer.of(), tamper))
  given = files
  saved = await recalculated(folder, files)
}, 600_000)
afterAll(async () => {
  await rm(folder, { recursive: true })
  await record.app.close()
})

/** The first sum of the summary. */
function tamper(parts: Map<string, string>): void {
  const name = 'xl/worksheets/sheet2.xml'
  const before = parts.get(name) ?? ''
  parts.set(name, before.replace(/(<f>ROUND\(SUMIFS.*?<\/f><v>)([^<]*)/s, '$1$299'))
}

interface Compared {
  readonly formulas: number
  readonly differences: readonly string[]
}

function compared(name: string): Compared {
  const [ours, theirs] = [given, saved].map((files) =>
    readWorkbook(files.get(name) ?? Buffer.of()),
  ) as [ReadWorkbook, ReadWorkbook]
  let formulas = 0
  const differences: string[] = []
  for (const sheet of ours.names) {
    const again = theirs.cells(sheet)
    for (const [address, cell] of ours.cells(sheet)) {
      if (cell.formula !== null) {
        formulas += 1
        const found = again.get(address)
        const value = found === undefined ? '' : cachedValue(found)
        if (value !== cachedValue(cell)) {
          differences.push(`${sheet}!${address}: ${cell.value}, ${found?.value}`)
        }
      }
    }
  }
  return { formulas, differences }
}

test.each(says)('LibreOffice computes the same: %s', (name) => {
  const { formulas, differences } = compared(name)
  expect(differences).toEqual([])
  expect(formulas).toBeGreaterThan(5)
})

const oneOfEach = goldenBooks(0)
  .filter(({ report }, at, all) => all.findIndex((each) => each.report === report) === at)
  .map((book) => book.says)

test.each(oneOfEach)('is unchanged once LibreOffice has saved it: %s', async (name) => {
  const { body } = await sendBack(record.auditor, saved.get(name) ?? Buffer.of())
  expect(body).toMatchObject({ unchanged: true, differences: [] })
})

test('LibreOffice does compute: it finds a result that was changed', () => {
  expect(compared(wrong).differences).toHaveLength(1)
})
