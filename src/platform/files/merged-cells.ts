import { type CellPlace, readCellAddress } from '#core/grid.ts'
import { FileFault } from './file-fault.ts'
import { type PackedSheet, placeOfKind } from './packed-sheet.ts'
import { readingLimits } from './reading-limits.ts'

/** A merged range: its value is in its first cell (ECMA-376 part 1, 18.3.1.55). */
export interface MergedRange {
  readonly first: CellPlace
  readonly last: CellPlace
}

/** 'A1:C1'; null when it is none. */
export function readMergedRange(text: string): MergedRange | null {
  const [from = '', to = '', ...others] = text.split(':')
  const first = readCellAddress(from)
  const last = readCellAddress(to)
  return first === null || last === null || others.length > 0 ? null : { first, last }
}

/** What stands under merged cells is seen by nobody: such values become refusals. */
export function coverValues(packed: PackedSheet, ranges: readonly MergedRange[]): void {
  const covered = placeOfKind.get('files/value-covered') ?? 0
  const { rowNumbers, cellEnds, columns, kinds } = packed
  let stepsLeft: number = readingLimits.mergedStepsMax
  for (const { first, last } of ranges) {
    for (let at = firstRowFrom(packed, first.row); at < rowNumbers.length; at += 1) {
      const row = (rowNumbers[at] ?? 0) >>> 1
      if (row > last.row) {
        break
      }
      const end = cellEnds[at] ?? 0
      for (let cell = at === 0 ? 0 : (cellEnds[at - 1] ?? 0); cell < end; cell += 1) {
        stepsLeft -= 1
        const column = columns[cell] ?? 0
        const isFirst = row === first.row && column === first.column
        if (column >= first.column && column <= last.column && !isFirst) {
          kinds[cell] = covered
        }
      }
      if (stepsLeft < 0) {
        throw new FileFault('files/too-demanding')
      }
    }
  }
}

function firstRowFrom({ rowNumbers }: PackedSheet, row: number): number {
  let low = 0
  let high = rowNumbers.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((rowNumbers[middle] ?? 0) >>> 1 < row) {
      low = middle + 1
    } else {
      high = middle
    }
  }
  return low
}
