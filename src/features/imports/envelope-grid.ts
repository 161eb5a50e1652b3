import { refusalOf } from '#core/cell-refusals.ts'
import type { Grid, Row } from '#core/grid.ts'
import type { Issue, Reading } from '#core/issues.ts'
import { read } from '#core/issues.ts'
import { findTable } from '#core/table-in-grid.ts'
import { type Heading, tableParts } from '#core/table-in-sheet.ts'
import { envelopeColumns, type FileRow } from './envelope-file.ts'

/**
 * The table of a file of envelopes, as texts by the names of their columns. Names are told apart
 * without their case. Cells that cannot be read, and those under no name, are findings.
 */
export interface EnvelopeRows {
  readonly columns: readonly string[]
  readonly rows: readonly FileRow[]
  readonly issues: readonly Issue[]
}

const known: readonly string[] = [...envelopeColumns.required, ...envelopeColumns.optional]

export function envelopeRows(grid: Grid): Reading<EnvelopeRows> {
  const table = findTable(grid, { isKnown: (name) => known.includes(name.toLowerCase()) })
  if (!table.ok) {
    return table
  }
  const { sheet, header } = table.value
  const data = [...tableParts(sheet, header)].flatMap((part) =>
    part.kind === 'data' ? [part] : [],
  )
  return read({
    columns: header.headings.map(({ name }) => name.toLowerCase()),
    rows: data.map(({ row }) => rowByName(row, header.headings)),
    issues: data.flatMap(({ row, issues }) => [
      ...issues,
      ...row.cells.flatMap((cell) => refusalOf(cell, row.row) ?? []),
    ]),
  })
}

const rowByName = ({ row, cells }: Row, headings: readonly Heading[]): FileRow => ({
  row,
  cells: Object.fromEntries(
    headings.map(({ name, column }) => [
      name.toLowerCase(),
      cells.find((cell) => cell.column === column)?.text.trim() ?? '',
    ]),
  ),
})
