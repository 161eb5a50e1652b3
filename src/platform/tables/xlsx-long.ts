import { setImmediate as turn } from 'node:timers/promises'
import type { StreamedPart } from '#platform/files/deterministic-zip.ts'
import { zipLarge } from '#platform/files/large-zip.ts'
import type { LongSheet } from './long-sheet.ts'
import { cellAddress, layoutOf, rangeAddress, type SheetLayout } from './sheet-layout.ts'
import { Utf8Pieces } from './utf8-pieces.ts'
import type { Sheet, Workbook } from './workbook.ts'
import { type DrawnWorkbook, drawWorkbook, tableName } from './xlsx.ts'
import { longLooks, type RowDrawing, rowWriter } from './xlsx-long-rows.ts'
import { widthsOf } from './xlsx-sheet.ts'

/**
 * Writes a workbook some of whose sheets are long, in memory that does not grow with them. exceljs
 * draws all of it with the first rows of each long sheet; then the rows of these are replaced by
 * their own, read and written a lot at a time, and the reach of their tables by the true one. What
 * a sheet is besides its rows — widths, frozen headers, protection, print — is what exceljs drew.
 * The same rows give the same bytes.
 */
export async function* writeLongWorkbook(
  workbook: Workbook,
  long: readonly LongSheet[],
): AsyncGenerator<Uint8Array, void> {
  const drawn = await drawWorkbook(workbook, longLooks(workbook.language))
  const opened = new Map(long.map((sheet) => openLong(workbook, drawn, sheet)))
  for (const { table } of opened.values()) {
    mendTable(drawn.parts, table)
  }
  yield* zipLarge(partsOf(drawn.parts, opened))
}

interface OpenedSheet {
  /** What comes before and after the rows. */
  readonly head: string
  readonly tail: string
  readonly layout: SheetLayout
  readonly drawing: RowDrawing
  readonly rows: LongSheet
  readonly table: TableReach
}

interface TableReach {
  readonly name: string
  readonly drawn: string
  readonly real: string
}

/** By the name of its part. @throws RangeError for a sheet that the workbook does not have */
function openLong(
  { sheets, language }: Workbook,
  { parts, file, styleIds }: DrawnWorkbook,
  rows: LongSheet,
): [string, OpenedSheet] {
  const at = sheets.findIndex(({ name }) => name === rows.name)
  const sheet = sheets[at]
  const worksheet = file.getWorksheet(rows.name)
  const part = `xl/worksheets/sheet${at + 1}.xml`
  const xml = parts.get(part)
  if (sheet?.kind !== 'table' || worksheet === undefined || xml === undefined) {
    throw new RangeError(`no table ${rows.name} in the workbook`)
  }
  const drawnLayout = layoutOf(sheet)
  const layout = layoutOf({ ...sheet, rows: { length: rows.rowCount } })
  const { head, tail } = aroundRows(xml, drawnLayout)
  const widths = widthsOf(worksheet, sheet.columns.length)
  return [
    part,
    {
      head: head.replace(/<dimension ref="[^"]*"\/>/, `<dimension ref="${reach(sheet, layout)}"/>`),
      tail,
      layout,
      drawing: { sheet, language, letters: layout.letters, widths, styleIds },
      rows,
      table: {
        name: tableName(sheet.name, at),
        drawn: tableReach(sheet, drawnLayout),
        real: tableReach(sheet, layout),
      },
    },
  ]
}

function aroundRows(xml: string, { firstDataRow }: SheetLayout): { head: string; tail: string } {
  const end = xml.indexOf('</sheetData>')
  const first = xml.indexOf(`<row r="${firstDataRow}"`)
  if (end === -1) {
    throw new Error('a sheet was drawn without rows')
  }
  return { head: xml.slice(0, first === -1 ? end : first), tail: xml.slice(end) }
}

const reach = ({ columns }: Sheet, { lastRow }: SheetLayout): string =>
  rangeAddress('A1', cellAddress(columns.length, lastRow))

const tableReach = ({ columns }: Sheet, { headerRow, lastDataRow }: SheetLayout): string =>
  rangeAddress(cellAddress(1, headerRow), cellAddress(columns.length, lastDataRow))

function mendTable(parts: Map<string, string>, { name, drawn, real }: TableReach): void {
  const part = [...parts].find(
    ([path, xml]) => path.startsWith('xl/tables/') && xml.includes(` name="${name}"`),
  )
  if (part === undefined) {
    throw new Error(`${name}: no such table was drawn`)
  }
  parts.set(part[0], part[1].replaceAll(` ref="${drawn}"`, ` ref="${real}"`))
}

/** The long sheets last and in the order they were given: one may tell what it read for the next. */
async function* partsOf(
  parts: ReadonlyMap<string, string>,
  opened: ReadonlyMap<string, OpenedSheet>,
): AsyncGenerator<StreamedPart, void> {
  const short = [...parts].filter(([name]) => !opened.has(name))
  for (const [name, xml] of short.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    yield { name, content: whole(xml) }
  }
  for (const [name, sheet] of opened) {
    yield { name, content: sheetBytes(sheet) }
  }
}

async function* whole(xml: string): AsyncGenerator<Uint8Array, void> {
  yield Buffer.from(xml, 'utf8')
}

async function* sheetBytes(sheet: OpenedSheet): AsyncGenerator<Uint8Array, void> {
  const { head, tail, layout, drawing, rows } = sheet
  const pieces = new Utf8Pieces()
  const write = rowWriter(drawing, pieces)
  pieces.add(head)
  let next = layout.firstDataRow
  for await (const lot of rows.rows) {
    for (const row of lot) {
      write(row, next, 'data')
      next += 1
    }
    yield* pieces.takeFull()
    // What arrives meanwhile, the next rows among it, is not kept waiting until all are written.
    await turn()
  }
  if (next - layout.firstDataRow !== rows.rowCount) {
    throw new RangeError(`${rows.name}: not the ${rows.rowCount} rows that were announced`)
  }
  const { totalRow } = drawing.sheet
  if (totalRow !== undefined && layout.totalRow !== null) {
    write(totalRow, layout.totalRow, 'total')
  }
  pieces.add(tail)
  yield* pieces.takeFull()
  yield pieces.takeRest()
}
