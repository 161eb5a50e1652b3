import type { CellPlace } from '#core/grid.ts'
import type { Language } from '#core/language.ts'
import {
  type CellFace,
  type FaceValue,
  faceOf,
  isNothing,
  numberValue,
} from '#platform/files/cell-face.ts'
import { formatForm } from '#platform/files/format-form.ts'
import { formulaForm, readFormula } from '#platform/files/formula-form.ts'
import { unescaped } from '#platform/files/spreadsheet-values.ts'
import type { Row } from './long-sheet.ts'
import { layoutOf, type SheetLayout } from './sheet-layout.ts'
import type { Sheet, SheetCell } from './workbook.ts'
import { type FileScalar, fileCell } from './xlsx-cells.ts'
import { type CellLook, numberFormat } from './xlsx-styles.ts'
import { escapeText } from './xlsx-text.ts'

/**
 * A described sheet as the rows that its file has: what `drawSheet` writes where `layoutOf` puts it,
 * as the faces that a reader of the file finds there.
 */
export interface DescribedRow {
  readonly row: number
  /** By column, those that say something. */
  readonly cells: readonly DescribedCell[]
}

export interface DescribedCell extends CellFace {
  readonly look: CellLook
  readonly link: string | null
}

export function* describedRows(sheet: Sheet, language: Language): Generator<DescribedRow, void> {
  const layout = layoutOf(sheet)
  yield* rowsAbove(sheet, layout)
  yield* drawnRows(sheet.rows, layout.firstDataRow, language)
  yield* rowBelow(sheet, layout, language)
}

/** The same of a long sheet, whose rows come some at a time; a lot of them at once. */
export async function* flowingRows(
  { sheet, rowCount }: { readonly sheet: Sheet; readonly rowCount: number },
  rows: AsyncIterable<readonly Row[]>,
  language: Language,
): AsyncGenerator<readonly DescribedRow[], void> {
  const layout = layoutOf({ ...sheet, rows: { length: rowCount } })
  yield [...rowsAbove(sheet, layout)]
  let next = layout.firstDataRow
  for await (const lot of rows) {
    yield [...drawnRows(lot, next, language)]
    next += lot.length
  }
  yield [...rowBelow(sheet, layout, language)]
}

function* rowsAbove(
  { title, intro = [], columns }: Sheet,
  { headerRow }: SheetLayout,
): Generator<DescribedRow, void> {
  for (const [at, line] of [title, ...intro].entries()) {
    yield* saying(at + 1, [textCell(0, line)])
  }
  yield* saying(
    headerRow,
    columns.map(({ header }, column) => textCell(column, header)),
  )
}

function* drawnRows(
  rows: readonly Row[],
  first: number,
  language: Language,
): Generator<DescribedRow, void> {
  for (const [at, cells] of rows.entries()) {
    yield* drawnRow(first + at, cells, language)
  }
}

function* rowBelow(
  { totalRow }: Sheet,
  layout: SheetLayout,
  language: Language,
): Generator<DescribedRow, void> {
  if (totalRow !== undefined && layout.totalRow !== null) {
    yield* drawnRow(layout.totalRow, totalRow, language)
  }
}

const drawnRow = (
  row: number,
  cells: readonly SheetCell[],
  language: Language,
): Generator<DescribedRow, void> =>
  saying(
    row,
    cells.map((cell, column) => drawnCell({ row, column }, cell, language)),
  )

function* saying(row: number, drawn: readonly DescribedCell[]): Generator<DescribedRow, void> {
  const cells = drawn.filter((cell) => !isNothing(cell))
  if (cells.length > 0) {
    yield { row, cells }
  }
}

const textCell = (column: number, text: string): DescribedCell => ({
  ...{ column, formula: null, format: '', look: 'text', link: null },
  value: textValue(escapeText(text)),
})

function drawnCell(place: CellPlace, cell: SheetCell, language: Language): DescribedCell {
  const { value, look } = fileCell(cell, language)
  const face = { column: place.column, formula: null, format: formatOf(look, language) }
  if (value === null || typeof value !== 'object') {
    return { ...faceOf({ ...face, value: scalarValue(value) }), look, link: null }
  }
  if ('hyperlink' in value) {
    const { text, hyperlink } = value
    return { ...faceOf({ ...face, value: textValue(text) }), look, link: hyperlink }
  }
  const formula = formulaForm(readFormula(value.formula), place)
  return { ...faceOf({ ...face, formula, value: scalarValue(value.result) }), look, link: null }
}

const forms = new Map<string, string>()

function formatOf(look: CellLook, language: Language): string {
  const code = numberFormat(look, language) ?? ''
  const form = forms.get(code) ?? formatForm(code)
  forms.set(code, form)
  return form
}

function scalarValue(value: FileScalar | null): FaceValue {
  if (value === null) {
    return ''
  }
  if (typeof value === 'string') {
    return textValue(value)
  }
  return typeof value === 'boolean' ? `b${value ? 1 : 0}` : numberValue(String(value))
}

/** As a reader of the file finds it, whose escapes are undone. */
const textValue = (escaped: string): FaceValue => `t${unescaped(escaped)}`
