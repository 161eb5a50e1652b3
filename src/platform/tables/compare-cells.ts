import { type CellPlace, cellAddress } from '#core/grid.ts'
import { type CellFace, hiddenFormat, valueText } from '#platform/files/cell-face.ts'
import { formatOfForm } from '#platform/files/format-form.ts'
import { formulaOfForm } from '#platform/files/formula-form.ts'
import type { DescribedCell, DescribedRow } from './described-rows.ts'
import type { Difference, DifferenceKind } from './difference.ts'

/** A row of the record and what the file has in its place, cell by cell. */
export function* compareCells(
  sheet: string,
  { record, file }: { readonly record: DescribedRow | null; readonly file: FileRow | null },
): Generator<Difference, void> {
  const ours = new Map((record?.cells ?? []).map((cell) => [cell.column, cell]))
  const theirs = new Map((file?.cells ?? []).map((cell) => [cell.column, cell]))
  const columns = [...new Set([...ours.keys(), ...theirs.keys()])].sort((a, b) => a - b)
  for (const column of columns) {
    const pair = { record: ours.get(column), file: theirs.get(column) }
    const kind = kindOf(pair)
    if (kind !== null) {
      const place = { row: file?.row ?? record?.row ?? 1, column }
      const recordPlace = { row: record?.row ?? place.row, column }
      yield {
        sheet,
        cell: cellAddress(place),
        kind,
        ...shownPair(kind, pair, { place, recordPlace }),
      }
    }
  }
}

export interface FileRow {
  readonly row: number
  readonly cells: readonly CellFace[]
}

interface Cells {
  readonly record: DescribedCell | undefined
  readonly file: CellFace | undefined
}

/** Null where both say the same. */
function kindOf({ record, file }: Cells): DifferenceKind | null {
  const [ours = null, theirs = null] = [record?.formula, file?.formula]
  if (ours === null) {
    return theirs !== null ? 'formula-added' : valueKind({ record, file }, 'value')
  }
  if (theirs === null) {
    return 'formula-removed'
  }
  if (ours !== theirs) {
    return 'formula'
  }
  return valueKind({ record, file }, 'result')
}

/** Of a value that differs its format says no more. */
function valueKind({ record, file }: Cells, kind: 'value' | 'result'): DifferenceKind | null {
  if (record?.value !== file?.value) {
    return kind
  }
  if (record?.format === file?.format) {
    return null
  }
  return file?.format === hiddenFormat ? 'cell-hidden' : 'format'
}

function shownPair(
  kind: DifferenceKind,
  { record, file }: Cells,
  { place, recordPlace }: { readonly place: CellPlace; readonly recordPlace: CellPlace },
): Pick<Difference, 'file' | 'record'> {
  if (kind === 'cell-hidden') {
    return hiddenHere
  }
  if (kind === 'format') {
    return {
      file: formatOfForm(file?.format ?? ''),
      record: formatOfForm(record?.format ?? ''),
    }
  }
  const look = record?.look ?? 'text'
  const value = (cell: CellFace | undefined) => (cell === undefined ? null : shownValue(cell, look))
  const whole = (cell: CellFace | undefined, at: CellPlace) =>
    cell === undefined || cell.formula === null
      ? value(cell)
      : `=${formulaOfForm(cell.formula, at)}`
  const shown =
    kind === 'result'
      ? { file: value(file), record: value(record) }
      : { file: whole(file, place), record: whole(record, recordPlace) }
  // 12 typed as text beside the number 12.
  return shown.file === shown.record && shown.file !== null
    ? { file: quotedText(file, shown.file), record: quotedText(record, shown.record) }
    : shown
}

const quotedText = (cell: CellFace | undefined, text: string | null): string | null =>
  cell?.value.startsWith('t') === true ? `"${text}"` : text

export const hiddenHere = { file: 'hidden', record: 'visible' } as const

const dayOfEpoch = 25_569
const dayMillis = 86_400_000
const lastDay = 2_958_465

/** As the record shows such a cell: a day as a day, a count without cents. */
export function shownValue(
  { value }: Pick<CellFace, 'value'>,
  look: DescribedCell['look'],
): string | null {
  const [, whole = ''] = /^n(\d+)\.00$/.exec(value) ?? []
  if (look === 'date' && whole !== '' && Number(whole) <= lastDay) {
    return new Date((Number(whole) - dayOfEpoch) * dayMillis).toISOString().slice(0, 10)
  }
  return look === 'count' && whole !== '' ? whole : valueText(value)
}
