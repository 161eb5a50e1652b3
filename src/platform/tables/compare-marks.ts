import { columnName } from '#core/grid.ts'
import type { Language } from '#core/language.ts'
import { chartWords, type Drawn } from '#platform/files/returned-drawings.ts'
import type { AlignedSheet } from '#platform/files/returned-workbook.ts'
import { hiddenHere } from './compare-cells.ts'
import type { Difference } from './difference.ts'
import { layoutOf } from './sheet-layout.ts'
import type { Sheet } from './workbook.ts'
import { chartXml } from './xlsx-chart-xml.ts'

/** A sheet of the record, and how the file calls it. */
interface Marked {
  readonly sheet: Sheet
  readonly language: Language
  readonly name: string
}

/** What hides, covers or pictures the cells of a sheet otherwise than the record. */
export async function compareMarks(
  { sheet, language, name }: Marked,
  { hidden, marks }: AlignedSheet,
): Promise<readonly Difference[]> {
  const on = (cell: string | null, kind: Difference['kind']) => ({ sheet: name, cell, kind })
  const columns = marks.hiddenColumns.filter((each) => each < sheet.columns.length)
  return [
    ...(marks.isHiddenByDefault ? [{ ...on(null, 'row-hidden'), ...hiddenHere }] : []),
    ...hidden.map((row) => ({ ...on(`${row}:${row}`, 'row-hidden'), ...hiddenHere })),
    ...columns.map(columnName).map((letters) => ({
      ...on(`${letters}:${letters}`, 'column-hidden'),
      ...hiddenHere,
    })),
    ...marks.merged.map((cell) => ({ ...on(cell, 'merged'), file: cell, record: null })),
    ...marks.comments.map(({ ref, text }) => ({
      ...on(ref, 'comment'),
      file: text,
      record: null,
    })),
    ...marks.conditional.map((ref) => ({
      ...on(ref === '' ? null : ref, 'conditional-format'),
      file: ref,
      record: null,
    })),
    ...marks.view.map((file) => ({ ...on(null, 'view'), file, record: null })),
    ...[...chartDifferences(await chartsOf(sheet, language), marks.drawn)].map((difference) => ({
      sheet: name,
      ...difference,
    })),
  ]
}

async function chartsOf(sheet: Sheet, language: Language): Promise<readonly Drawn[]> {
  const layout = layoutOf(sheet)
  return Promise.all(
    (sheet.charts ?? []).map(async (chart, at) => ({
      cell: `B${layout.chartRow(at)}`,
      chart: await chartWords(chart.title, once(chartXml(chart, sheet, layout, language))),
    })),
  )
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

/** Charts that are alike belong together, then those that are left, in their order. */
function* chartDifferences(
  inRecord: readonly Drawn[],
  inFile: readonly Drawn[],
): Generator<Omit<Difference, 'sheet'>, void> {
  const free = [...inFile]
  const take = (matches: (drawn: Drawn) => boolean): Drawn | undefined => {
    const at = free.findIndex(matches)
    return at < 0 ? undefined : free.splice(at, 1)[0]
  }
  const changed = inRecord.filter(
    (ours) => take((theirs) => saidOf(theirs) === saidOf(ours)) === undefined,
  )
  for (const { cell, chart } of changed) {
    const theirs = take((drawn) => drawn.chart !== null)
    const [file, record] = parted(theirs?.chart ?? [], chart ?? [])
    const isMoved = theirs !== undefined && file === record
    yield {
      cell: theirs?.cell ?? cell,
      kind: 'chart',
      ...(isMoved ? { file: theirs.cell, record: cell } : { file, record }),
    }
  }
  for (const { cell, chart } of free) {
    const file = chart?.[0] ?? cell
    yield { cell, kind: chart === null ? 'drawing' : 'chart', file, record: null }
  }
}

const saidOf = ({ cell, chart }: Drawn): string => JSON.stringify([cell, chart])

/** The first words that are not the same; nothing where there are none. */
function parted(
  file: readonly string[],
  record: readonly string[],
): readonly [file: string | null, record: string | null] {
  const at = record.findIndex((word, place) => word !== file[place])
  const from = at < 0 ? record.length : at
  return [file[from] ?? null, record[from] ?? null]
}
