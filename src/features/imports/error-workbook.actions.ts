import { readAmount } from '#core/amount-column.ts'
import { readDay } from '#core/date-column.ts'
import { cellAt, columnName, type Row } from '#core/grid.ts'
import type { Language } from '#core/language.ts'
import { Problem } from '#core/problem.ts'
import { type Heading, tableParts } from '#core/table-in-sheet.ts'
import { authorize, type Viewing } from '#features/identity/context.public.ts'
import type { CellScalar } from '#platform/tables/workbook.ts'
import { writeWorkbook } from '#platform/tables/xlsx.ts'
import { errorWorkbook, type RejectedRow } from './error-workbook.views.ts'
import type { ImportBatch, ImportRow } from './import.ts'
import { isProblemColumn } from './import-columns.ts'
import { readImport } from './import-list.actions.ts'
import { listRows } from './import-rows.store.ts'
import type { ImportTable } from './import-table.ts'
import { readContent } from './imports.store.ts'
import { readImportFile } from './preview.actions.ts'

/** More than a person corrects by hand; the next import of the file tells the others. */
const rowsMax = 5_000

export interface RejectedRows {
  readonly batch: ImportBatch
  readonly bytes: Uint8Array
  readonly rows: readonly ImportRow[]
}

/** What the workbook is made of; the file is read again outside of any snapshot. */
export async function readRejectedRows(viewing: Viewing, id: string): Promise<RejectedRows> {
  authorize(viewing, 'import.read')
  const batch = await readImport(viewing, id)
  if (batch.tallies.rejected.rows === 0) {
    throw new Problem('not-found', 'imports/no-errors', {
      fr: `Aucune ligne de « ${batch.file.name} » n’est rejetée : il n’y a pas de classeur d’anomalies.`,
      en: `No row of “${batch.file.name}” is rejected: there is no error workbook.`,
    })
  }
  const { handle } = viewing
  return {
    batch,
    bytes: await readContent(handle, id),
    rows: await listRows(handle, { batch: id, states: ['rejected'], after: 0, limit: rowsMax }),
  }
}

export async function writeErrorWorkbook(
  { batch, bytes, rows }: RejectedRows,
  language: Language,
): Promise<Uint8Array> {
  const { table } = await readImportFile({ name: batch.file.name, bytes, asked: batch.asked })
  const headings = table.header.headings.filter(({ name }) => !isProblemColumn(name))
  const rejected = new Map(rows.map((row) => [row.place, row]))
  const shown: RejectedRow[] = []
  for (const part of tableParts(table.sheet, table.header)) {
    const found = part.kind === 'data' ? rejected.get(part.row.row) : undefined
    if (part.kind === 'data' && found !== undefined) {
      const cells = headings.map(({ column }) => scalarOf(part.row, column, table))
      shown.push({ place: found.place, cells, issues: found.issues })
    }
  }
  return writeWorkbook(
    errorWorkbook(batch, { headings: headersOf(headings), rows: shown }, language),
  )
}

const headerMax = 200

/** What the columns of a table may be called: one plain line each, distinct whatever the capitals. */
function headersOf(headings: readonly Heading[]): readonly string[] {
  const taken = new Set<string>()
  return headings.map(({ name, column }) => {
    const plain = name
      .replaceAll(/[\s\p{Cc}\uFFFE\uFFFF]+|_(?=x[\dA-Fa-f]{4}_)/gu, ' ')
      .slice(0, headerMax)
      .toWellFormed()
    const header = taken.has(plain.toLowerCase()) ? `${plain} (${columnName(column)})` : plain
    taken.add(header.toLowerCase())
    return header
  })
}

/** Amounts and days that were read are written as such: alone, their text could say another form. */
function scalarOf(row: Row, column: number, table: ImportTable): CellScalar {
  const cell = cellAt(row, column)
  if (cell === undefined) {
    return { text: '' }
  }
  const { fields } = table.columns
  if (column === fields.amount) {
    const amount = readAmount(cell, row.row, table.decimal?.value ?? null)
    return amount.ok ? { amount: amount.value } : { text: cell.text }
  }
  if (column === fields.date) {
    const day = readDay(cell, row.row, table.dateOrder?.value ?? null)
    return day.ok ? { date: day.value } : { text: cell.text }
  }
  return { text: cell.text }
}
