import { type Cell, type CellKind, cellKinds, type Row, type Sheet } from '#core/grid.ts'
import { FileFault } from './file-fault.ts'
import { readingLimits } from './reading-limits.ts'

/**
 * A sheet as a handful of arrays of numbers and one of text: 900 000 cells are some 20 MiB, they
 * cross from the worker without being copied, and a row becomes objects when it is looked at. As
 * objects they would take the main thread a second to receive.
 */
export interface PackedSheet extends Omit<Sheet, 'rows'> {
  /** For each row: its number, twice, plus 1 where it is hidden. */
  readonly rowNumbers: Uint32Array<ArrayBuffer>
  /** For each row: where its cells end. */
  readonly cellEnds: Uint32Array<ArrayBuffer>
  /** For each row: where its text ends, in bytes. */
  readonly byteEnds: Uint32Array<ArrayBuffer>
  readonly columns: Uint16Array<ArrayBuffer>
  /** For each cell: its place in `cellKinds`, plus 128 for a formula's result. */
  readonly kinds: Uint8Array<ArrayBuffer>
  /** For each cell: its text, in UTF-16 units. */
  readonly lengths: Uint16Array<ArrayBuffer>
  /** UTF-8. */
  readonly texts: Uint8Array<ArrayBuffer>
}

const formulaBit = 128
export const placeOfKind = new Map(cellKinds.map((kind, place) => [kind, place]))

export const buffersOf = (packed: PackedSheet): readonly ArrayBuffer[] =>
  [
    ...[packed.rowNumbers, packed.cellEnds, packed.byteEnds],
    ...[packed.columns, packed.kinds, packed.lengths, packed.texts],
  ].map(({ buffer }) => buffer)

export function unpacked(packed: PackedSheet): Sheet {
  const { name, isHidden, lastRow, cellsCount, formulasCount, hiddenRowsCount } = packed
  const { hiddenColumns, merged } = packed
  return {
    ...{ name, isHidden, lastRow, cellsCount, formulasCount, hiddenRowsCount },
    ...{ hiddenColumns, merged },
    rows: { [Symbol.iterator]: () => rowsOf(packed) },
  }
}

function* rowsOf(packed: PackedSheet): Generator<Row, void> {
  const texts = Buffer.from(packed.texts.buffer)
  let cell = 0
  let byte = 0
  for (const [place, number] of packed.rowNumbers.entries()) {
    const cellEnd = packed.cellEnds[place] ?? 0
    const byteEnd = packed.byteEnds[place] ?? 0
    const text = texts.toString('utf8', byte, byteEnd)
    const cells: Cell[] = []
    let from = 0
    for (; cell < cellEnd; cell += 1) {
      const kind = packed.kinds[cell] ?? 0
      const to = from + (packed.lengths[cell] ?? 0)
      cells.push({
        column: packed.columns[cell] ?? 0,
        kind: cellKinds[kind % formulaBit] ?? 'text',
        text: text.slice(from, to),
        isFormula: kind >= formulaBit,
      })
      from = to
    }
    byte = byteEnd
    yield { row: number >>> 1, isHidden: number % 2 === 1, cells }
  }
}

/** What all sheets of a file may take together. */
export interface ReadingBudget {
  cells: number
  textBytes: number
}

export const newBudget = (): ReadingBudget => ({
  cells: readingLimits.cellsMax,
  textBytes: readingLimits.textBytesMax,
})

/** Rows go in by number, their cells by column. */
export class SheetPacker {
  readonly #budget: ReadingBudget
  readonly #rowNumbers = new Growing(Uint32Array)
  readonly #cellEnds = new Growing(Uint32Array)
  readonly #byteEnds = new Growing(Uint32Array)
  readonly #columns = new Growing(Uint16Array)
  readonly #kinds = new Growing(Uint8Array)
  readonly #lengths = new Growing(Uint16Array)
  #texts = Buffer.allocUnsafeSlow(65_536)
  #bytes = 0
  #formulas = 0
  #hiddenRows = 0
  #lastRow = 0

  constructor(budget: ReadingBudget) {
    this.#budget = budget
  }

  /** @throws FileFault when the file holds more than is read */
  add(column: number, kind: CellKind, text: string, isFormula = false): void {
    const whole = text.isWellFormed() && !text.includes('\0')
    const kept = whole ? text : text.toWellFormed()
    this.#budget.cells -= 1
    const room = this.#bytes + kept.length * 3
    if (room > this.#texts.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(room, this.#texts.length * 2))
      this.#texts.copy(larger, 0, 0, this.#bytes)
      this.#texts = larger
    }
    const written = this.#texts.write(kept, this.#bytes)
    this.#budget.textBytes -= written
    if (this.#budget.cells < 0 || this.#budget.textBytes < 0) {
      throw new FileFault('files/too-many-cells')
    }
    this.#bytes += written
    this.#columns.push(column)
    this.#lengths.push(kept.length)
    const place = placeOfKind.get(whole ? kind : 'files/text-unstorable') ?? 0
    this.#kinds.push(place + (isFormula ? formulaBit : 0))
    this.#formulas += isFormula ? 1 : 0
  }

  /** Ends a row; one without a cell leaves nothing. */
  endRow(row: number, isHidden = false): void {
    if (this.#columns.length === this.#cellEnds.last) {
      return
    }
    this.#rowNumbers.push(row * 2 + (isHidden ? 1 : 0))
    this.#cellEnds.push(this.#columns.length)
    this.#byteEnds.push(this.#bytes)
    this.#hiddenRows += isHidden ? 1 : 0
    this.#lastRow = row
  }

  finish(sheet: Pick<Sheet, 'name' | 'isHidden' | 'hiddenColumns' | 'merged'>): PackedSheet {
    const texts = new Uint8Array(this.#bytes)
    texts.set(this.#texts.subarray(0, this.#bytes))
    return {
      ...sheet,
      lastRow: this.#lastRow,
      cellsCount: this.#columns.length,
      formulasCount: this.#formulas,
      hiddenRowsCount: this.#hiddenRows,
      rowNumbers: this.#rowNumbers.finish(),
      cellEnds: this.#cellEnds.finish(),
      byteEnds: this.#byteEnds.finish(),
      columns: this.#columns.finish(),
      kinds: this.#kinds.finish(),
      lengths: this.#lengths.finish(),
      texts,
    }
  }
}

type Numbers = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>

class Growing<T extends Numbers> {
  readonly #make: new (
    length: number,
  ) => T
  #numbers: T
  length = 0

  constructor(make: new (length: number) => T) {
    this.#make = make
    this.#numbers = new make(1024)
  }

  get last(): number {
    return this.length === 0 ? 0 : (this.#numbers[this.length - 1] ?? 0)
  }

  push(value: number): void {
    if (this.length === this.#numbers.length) {
      const larger = new this.#make(this.length * 2)
      larger.set(this.#numbers)
      this.#numbers = larger
    }
    this.#numbers[this.length] = value
    this.length += 1
  }

  finish(): T {
    const exact = new this.#make(this.length)
    exact.set(this.#numbers.subarray(0, this.length))
    return exact
  }
}
