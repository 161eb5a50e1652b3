import { cellAddress } from '#core/grid.ts'
import type { Step } from '#platform/files/align-rows.ts'
import { formulaForm, readFormula } from '#platform/files/formula-form.ts'
import type { SheetLink } from '#platform/files/returned-sheet.ts'
import type { Difference } from './difference.ts'

/** Where a cell of the record leads. */
export interface RecordLink {
  readonly row: number
  readonly column: number
  readonly target: string
}

/** A link that leads elsewhere than the record's, is gone, or was not there. */
export function* compareLinks(
  sheet: string,
  { links, steps }: { readonly links: readonly RecordLink[]; readonly steps: readonly Step[] },
  inFile: readonly SheetLink[],
): Generator<Difference, void> {
  const theirs = new Map(inFile.map(({ ref, target }) => [ref, target]))
  const fileRows = new FileRows(steps)
  for (const { row, column, target: record } of links) {
    const fileRow = fileRows.of(row)
    // Of a row that is gone its cells were named.
    if (fileRow === null) {
      continue
    }
    const cell = cellAddress({ row: fileRow, column })
    const file = theirs.get(cell) ?? null
    theirs.delete(cell)
    if (file === null || placeOf(file) !== placeOf(record)) {
      yield { sheet, cell, kind: 'link', file, record }
    }
  }
  for (const [cell, file] of theirs) {
    yield { sheet, cell, kind: 'link', file, record: null }
  }
}

/** One form for a place inside the workbook, however it is spelled. */
const placeOf = (target: string): string =>
  target.startsWith('#')
    ? `#${formulaForm(readFormula(target.slice(1)), { row: 1, column: 0 })}`
    : target

/** Where in the file a row of the record stands; asked in the record's order. */
class FileRows {
  readonly #stayed: readonly Step[]
  readonly #moved: ReadonlyMap<number, number>
  readonly #removed: ReadonlySet<number>
  #at = 0

  constructor(steps: readonly Step[]) {
    this.#stayed = steps.filter(({ kind }) => kind === 'same' || kind === 'changed')
    this.#moved = new Map(
      steps.filter(({ kind }) => kind === 'moved').map(({ record, file }) => [record, file]),
    )
    this.#removed = new Set(
      steps.filter(({ kind }) => kind === 'removed').map(({ record }) => record),
    )
  }

  of(row: number): number | null {
    if (this.#removed.has(row)) {
      return null
    }
    while ((this.#stayed[this.#at + 1]?.record ?? Number.POSITIVE_INFINITY) <= row) {
      this.#at += 1
    }
    const { record, file } = this.#stayed[this.#at] ?? { record: 0, file: 0 }
    return this.#moved.get(row) ?? row + file - record
  }
}
