import { open, readFile } from 'node:fs/promises'
import { alignRows } from './align-rows.ts'
import { FileFault } from './file-fault.ts'
import { formatOf } from './file-format.ts'
import { type ReturnedBook, readReturnedBook } from './returned-book.ts'
import type { ReturnedRow } from './returned-cells.ts'
import { returnedLimits } from './returned-limits.ts'
import { readReturnedSheet, type SheetMarks } from './returned-sheet.ts'
import type { AlignedSheet, Answer, Asked, Opened, OpenedSheet } from './returned-workbook.ts'
import { DigestedRows, type RowDigests } from './row-digests.ts'
import { type GuardedZip, openZip } from './zip-guard.ts'

/** What the thread of `withReturned` does: one workbook, read question by question. */
export class ReturnedReading {
  static async open(path: string): Promise<ReturnedReading> {
    const zip = await openZip(await pathOfArchive(path), returnedLimits)
    return new ReturnedReading(zip, await readReturnedBook(zip))
  }

  readonly #zip: GuardedZip
  readonly #book: ReturnedBook
  #rows: AsyncGenerator<readonly ReturnedRow[]> = nothing()

  constructor(zip: GuardedZip, book: ReturnedBook) {
    this.#zip = zip
    this.#book = book
  }

  async opened(): Promise<Opened> {
    const { sheets, is1904, names, description } = this.#book
    const opened: OpenedSheet[] = []
    for (const [at, { name, isHidden, part }] of sheets.entries()) {
      const head = part === null ? [] : await this.#head(at)
      opened.push({ name, isHidden, hasCells: part !== null, head })
    }
    return { is1904, names, description, sheets: opened }
  }

  async answer(asked: Asked): Promise<Answer> {
    switch (asked.kind) {
      case 'align':
        return { kind: 'aligned', aligned: await this.#align(asked.sheet, asked.record) }
      case 'rows':
        this.#rows = wantedRows(this.#sheet(asked.sheet), asked.wanted)
        return this.answer({ kind: 'more' })
      case 'more': {
        const next = await this.#rows.next()
        return { kind: 'rows', rows: next.done === true ? null : next.value }
      }
    }
  }

  #sheet(at: number): AsyncGenerator<readonly ReturnedRow[], SheetMarks> {
    const { name = '', part = null } = this.#book.sheets[at] ?? {}
    if (part === null) {
      throw new RangeError(`no cells on sheet ${at}`)
    }
    return readReturnedSheet(this.#zip, this.#book, { name, part })
  }

  async #head(at: number): Promise<readonly string[]> {
    const texts: string[] = []
    for await (const rows of this.#sheet(at)) {
      for (const { row, cells } of rows) {
        if (row > headRows) {
          return texts
        }
        const found = cells.filter(({ column, value }) => column < headColumns && value[0] === 't')
        texts.push(...found.map(({ value }) => value.slice(1, headTextMax)))
      }
    }
    return texts
  }

  async #align(at: number, record: RowDigests): Promise<AlignedSheet> {
    const digested = new DigestedRows()
    const hidden: number[] = []
    const sheet = this.#sheet(at)
    let next = await sheet.next()
    for (; next.done !== true; next = await sheet.next()) {
      for (const { row, isHidden, cells } of next.value) {
        digested.add(row, cells)
        if (isHidden) {
          hidden.push(row)
        }
      }
    }
    return { steps: alignRows(record, digested.finish()), hidden, marks: next.value }
  }
}

async function* nothing(): AsyncGenerator<readonly ReturnedRow[]> {}

/** @param wanted row numbers, the least first */
async function* wantedRows(
  sheet: AsyncGenerator<readonly ReturnedRow[], SheetMarks>,
  wanted: Uint32Array,
): AsyncGenerator<readonly ReturnedRow[]> {
  let at = 0
  for await (const rows of sheet) {
    const found = rows.filter(({ row }) => {
      while (at < wanted.length && (wanted[at] ?? 0) < row) {
        at += 1
      }
      return wanted[at] === row
    })
    if (found.length > 0) {
      yield found
    }
    if (at >= wanted.length) {
      return
    }
  }
}

const { headRows, headColumns, headTextMax } = returnedLimits
const archiveMark = 'PK'

/** @throws FileFault for a file that is no archive, and says what it is */
async function pathOfArchive(path: string): Promise<string> {
  const file = await open(path)
  const head = Buffer.alloc(512)
  const { bytesRead } = await file.read(head, 0, head.length, 0).finally(() => file.close())
  if (head.toString('latin1', 0, 2) !== archiveMark) {
    const isOle = head[0] === 0xd0 && head[1] === 0xcf
    formatOf(isOle ? await readFile(path) : head.subarray(0, bytesRead), '')
    throw new FileFault('files/type-unknown')
  }
  return path
}
