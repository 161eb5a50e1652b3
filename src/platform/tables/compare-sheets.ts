import { setImmediate } from 'node:timers/promises'
import type { Language } from '#core/language.ts'
import { type Step, stepsOf } from '#platform/files/align-rows.ts'
import type { CellFace } from '#platform/files/cell-face.ts'
import type { ReturnedWorkbook } from '#platform/files/returned-workbook.ts'
import { DigestedRows, type RowDigests } from '#platform/files/row-digests.ts'
import { compareCells, type FileRow, shownValue } from './compare-cells.ts'
import { compareLinks, type RecordLink } from './compare-links.ts'
import { compareMarks } from './compare-marks.ts'
import {
  type DescribedCell,
  type DescribedRow,
  describedRows,
  flowingRows,
} from './described-rows.ts'
import type { DifferenceList } from './difference.ts'
import type { Row, RowFlow } from './long-sheet.ts'
import type { Sheet } from './workbook.ts'

/** A sheet of the record beside the one of the file that is to be the same. */
export interface SheetPair {
  readonly sheet: Sheet
  readonly language: Language
  /** Its place among the file's sheets, and its name there. */
  readonly at: number
  readonly name: string
  /** Of a long sheet; undefined where the sheet has its rows. */
  readonly flow: RowFlow | undefined
}

export async function compareSheets(
  pair: SheetPair,
  returned: ReturnedWorkbook,
  found: DifferenceList,
): Promise<void> {
  const { digests, links } = await digested(pair)
  const aligned = await returned.align(pair.at, digests)
  const steps = [...stepsOf(aligned.steps)]
  await compareRows(pair, steps, returned, found)
  for (const difference of compareLinks(pair.name, { links, steps }, aligned.marks.links)) {
    found.add(difference)
  }
  for (const difference of await compareMarks(pair, aligned)) {
    found.add(difference)
  }
}

/** Rows described at a time: what others ask meanwhile waits for one lot at most. */
const lot = 100

async function* lotsOfRows({ sheet, language }: SheetPair): AsyncGenerator<DescribedRow, void> {
  let inLot = 0
  for (const row of describedRows(sheet, language)) {
    yield row
    inLot += 1
    if (inLot === lot) {
      inLot = 0
      await setImmediate()
    }
  }
}

async function* flowOfRows(
  { sheet, language }: SheetPair,
  rowCount: number,
  rows: AsyncIterable<readonly Row[]>,
): AsyncGenerator<DescribedRow, void> {
  for await (const some of flowingRows({ sheet, rowCount }, rows, language)) {
    yield* some
    await setImmediate()
  }
}

const withRows = <T>(
  pair: SheetPair,
  use: (rows: AsyncGenerator<DescribedRow, void>) => Promise<T>,
): Promise<T> =>
  pair.flow === undefined
    ? use(lotsOfRows(pair))
    : pair.flow.look((rows) => use(flowOfRows(pair, pair.flow?.rowCount ?? 0, rows)))

const digested = (
  pair: SheetPair,
): Promise<{ digests: RowDigests; links: readonly RecordLink[] }> =>
  withRows(pair, async (described) => {
    const rows = new DigestedRows()
    const links: RecordLink[] = []
    for await (const { row, cells } of described) {
      rows.add(row, cells)
      for (const { column, link } of cells) {
        if (link !== null) {
          links.push({ row, column, target: link })
        }
      }
    }
    return { digests: rows.finish(), links }
  })

async function compareRows(
  pair: SheetPair,
  steps: readonly Step[],
  returned: ReturnedWorkbook,
  found: DifferenceList,
): Promise<void> {
  const inRecord = steps.some(({ kind }) => kind === 'changed' || kind === 'removed')
  await (inRecord
    ? withRows(pair, (record) => compareSteps({ pair, steps, record }, returned, found))
    : compareSteps({ pair, steps, record: noRows() }, returned, found))
}

/** For steps that ask the record for none: a long sheet is not read again. */
async function* noRows(): AsyncGenerator<DescribedRow, void> {
  yield* []
}

interface Stepping {
  readonly pair: SheetPair
  readonly steps: readonly Step[]
  readonly record: AsyncGenerator<DescribedRow, void>
}

async function compareSteps(
  { pair, steps, record }: Stepping,
  returned: ReturnedWorkbook,
  found: DifferenceList,
): Promise<void> {
  const inFile = steps.filter(({ kind }) => kind === 'changed' || kind === 'added')
  const file = oneByOne(
    returned.rows(
      pair.at,
      inFile.map(({ file }) => file),
    ),
  )
  const shifts = new Shifts()
  for (const step of steps) {
    if (shifts.isUnexplained(step)) {
      found.add(movedRow(pair.name, step))
    }
    if (step.kind === 'moved') {
      found.add(movedRow(pair.name, step))
    } else if (step.kind !== 'same' && step.kind !== 'left') {
      compareStep(pair.name, found, {
        record: step.kind === 'added' ? null : await nextOf(record, step.record),
        file: step.kind === 'removed' ? null : await nextOf(file, step.file),
      })
    }
  }
}

const movedRow = (sheet: string, { file, record }: Step) => ({
  ...{ sheet, cell: `${file}:${file}`, kind: 'row-moved' as const },
  ...{ file: String(file), record: String(record) },
})

/** The row of a number, which stands after those that were asked for before. */
async function nextOf<T extends { readonly row: number }>(
  rows: AsyncGenerator<T, void>,
  number: number,
): Promise<T> {
  for (let next = await rows.next(); next.done !== true; next = await rows.next()) {
    if (next.value.row === number) {
      return next.value
    }
  }
  throw new RangeError(`row ${number} was there a moment ago`)
}

async function* oneByOne(rows: AsyncGenerator<readonly FileRow[]>): AsyncGenerator<FileRow, void> {
  for await (const some of rows) {
    yield* some
  }
}

/** A row that only one side has is named as a row, unless it is one cell. */
function compareStep(
  sheet: string,
  found: DifferenceList,
  pair: { readonly record: DescribedRow | null; readonly file: FileRow | null },
): void {
  const { record, file } = pair
  const cells = (record === null ? file?.cells : file === null ? record.cells : []) ?? []
  if (cells.length > 1) {
    const row = record?.row ?? file?.row
    found.add({
      ...{ sheet, cell: `${row}:${row}`, kind: record === null ? 'row-added' : 'row-removed' },
      file: file === null ? null : shownRow(file),
      record: record === null ? null : shownRow(record),
    })
    return
  }
  for (const difference of compareCells(sheet, pair)) {
    found.add(difference)
  }
}

const cellsShown = 4

const shownRow = ({ cells }: { readonly cells: readonly ShownCell[] }): string =>
  cells
    .slice(0, cellsShown)
    .map((cell) => shownValue(cell, cell.look ?? 'text') ?? '')
    .join(' · ')

type ShownCell = CellFace & Partial<Pick<DescribedCell, 'look'>>

/** How far the file's rows stand from the record's, and whether rows that came or went say why. */
class Shifts {
  #shift = 0
  #arrived = 0

  isUnexplained({ kind, record, file }: Step): boolean {
    if (kind !== 'same' && kind !== 'changed') {
      this.#arrived += kind === 'added' || kind === 'moved' ? 1 : -1
      return false
    }
    const moved = file - record - this.#shift
    const isUnexplained = moved !== 0 && moved !== this.#arrived
    this.#shift = file - record
    this.#arrived = 0
    return isUnexplained
  }
}
