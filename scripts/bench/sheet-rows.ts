import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { SaxesParser } from 'saxes'
import { openPromise } from 'yauzl'

/** One sheet of a workbook as a file of lines, each a row as a JSON list of texts and numbers. */
export async function writeRowsOf(workbook: string, part: string, to: string): Promise<number> {
  const file = createWriteStream(to)
  let rows = 0
  for await (const row of rowsOf(workbook, part)) {
    rows += 1
    if (!file.write(`${JSON.stringify(row)}\n`)) {
      await once(file, 'drain')
    }
  }
  file.end()
  await once(file, 'close')
  return rows
}

type Cell = string | number | null

async function* rowsOf(workbook: string, part: string): AsyncGenerator<readonly Cell[]> {
  const reader = new SheetReader()
  for await (const text of textOf(workbook, part)) {
    yield* reader.read(text)
  }
}

async function* textOf(workbook: string, part: string): AsyncGenerator<string> {
  const zip = await openPromise(workbook, { autoClose: true })
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName === part) {
      const stream = await zip.openReadStreamPromise(entry)
      stream.setEncoding('utf8')
      yield* stream as AsyncIterable<string>
    }
  }
}

class SheetReader {
  readonly #parser = new SaxesParser()
  #rows: (readonly Cell[])[] = []
  #row: Cell[] = []
  #type = ''
  #text: string | null = null

  constructor() {
    this.#parser.on('opentag', ({ name, attributes }) => {
      if (name === 'row') {
        this.#row = []
      } else if (name === 'c') {
        this.#type = String(attributes.t ?? 'n')
        this.#row.push(null)
      } else if (name === 'v' || name === 't') {
        this.#text = ''
      }
    })
    this.#parser.on('text', (text) => {
      this.#text = this.#text === null ? null : this.#text + text
    })
    this.#parser.on('closetag', ({ name }) => {
      if (name === 'row') {
        this.#rows.push(this.#row)
      } else if (this.#text !== null) {
        this.#row[this.#row.length - 1] = this.#type === 'n' ? Number(this.#text) : this.#text
        this.#text = null
      }
    })
  }

  read(text: string): readonly (readonly Cell[])[] {
    this.#rows = []
    this.#parser.write(text)
    return this.#rows
  }
}
