import { rowsMax } from './sheet-layout.ts'
import type { SheetCell } from './workbook.ts'

/**
 * A sheet whose rows are too many to hold: they are written as they are read. Of the workbook's own
 * description of it the first rows tell the widths of the columns; they come again among its rows.
 * Rows that do not fit on a sheet go on on the next: 1 048 576 with the headers and the total.
 */
export interface LongSheet {
  /** Of a sheet of the workbook. */
  readonly name: string
  readonly rowCount: number
  readonly rows: AsyncIterable<readonly Row[]>
}

export type Row = readonly SheetCell[]

/** The rows of a long sheet, read anew each time somebody looks at them. */
export interface RowFlow {
  readonly rowCount: number
  look<T>(use: (rows: AsyncIterable<readonly Row[]>) => Promise<T>): Promise<T>
}

/** By the name of the sheet. */
export type RowFlows = ReadonlyMap<string, RowFlow>

/** What a long sheet's rows take besides: title, blank line, headers and total. */
const besidesMin = 4

/** How many rows each sheet takes, one at least. `introLines` stand under the title of each. */
export function sheetsOf(rowCount: number, introLines: number, sheetRows = rowsMax): number[] {
  const most = sheetRows - besidesMin - introLines
  const counts: number[] = []
  for (let rest = rowCount; rest > 0 || counts.length === 0; rest -= most) {
    counts.push(Math.min(rest, most))
  }
  return counts
}

/**
 * Rows that come as one flow, for several sheets that are written one after the other.
 * @throws RangeError when they are not as many as the counts say
 */
export function shared<T>(
  flow: AsyncIterable<readonly T[]>,
  counts: readonly number[],
): readonly AsyncIterable<readonly T[]>[] {
  const lots = flow[Symbol.asyncIterator]()
  let held: readonly T[] = []
  async function* part(count: number, isLast: boolean): AsyncGenerator<readonly T[]> {
    let rest = count
    while (rest > 0) {
      if (held.length === 0) {
        const next = await lots.next()
        if (next.done === true) {
          throw new RangeError(`${rest} rows of a sheet did not come`)
        }
        held = next.value
      }
      const lot = held.slice(0, rest)
      held = held.slice(lot.length)
      rest -= lot.length
      yield lot
    }
    if (isLast && (held.length > 0 || !(await lots.next()).done)) {
      throw new RangeError('more rows came than the sheets were planned for')
    }
  }
  return counts.map((count, at) => part(count, at === counts.length - 1))
}

/** Of sheets that share a flow, one: those before it are read past. */
export async function* rowsOnly(
  sheets: readonly LongSheet[],
  name: string,
): AsyncGenerator<readonly Row[], void> {
  for (const sheet of sheets) {
    for await (const lot of sheet.rows) {
      if (sheet.name === name) {
        yield lot
      }
    }
    if (sheet.name === name) {
      return
    }
  }
}
