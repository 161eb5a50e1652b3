import type { Canonical } from '#core/canonical.ts'
import type { Bilingual } from '#core/language.ts'
import type { CellValue, Column, Table, TableRow } from '#core/table.ts'
import type { Note } from '#features/reconciliation/reconcile.ts'

/**
 * A report: a table, where it stands in the record, and what a reader must know. JSON, terminal,
 * CSV and workbook print the same one. Nothing in it depends on who asks or when.
 */
export interface Report {
  readonly name: string
  readonly title: Bilingual
  readonly parameters: Readonly<Record<string, string>>
  readonly position: number
  readonly positionAt: string
  readonly seal: string
  /** Last fiscal year the figures reach. */
  readonly horizon: string
  readonly formulas: Readonly<Record<string, string>>
  readonly table: Table
  /** Named parts beside the table: proof, tieOut, assumptions. */
  readonly extras: Readonly<Record<string, Canonical>>
  readonly notes: readonly Note[]
}

/** A row as JSON says it: the columns' keys, nested where a key has a dot. Missing is null. */
export function rowJson(columns: readonly Column[], row: TableRow): Record<string, Canonical> {
  const json: Record<string, Canonical> = {}
  columns.forEach(({ key }, index) => {
    const cell = row.cells[index]
    const [outer = key, inner] = key.split('.')
    const value = cell === undefined ? null : cellJson(cell)
    json[outer] = inner === undefined ? value : { ...(json[outer] as object), [inner]: value }
  })
  return json
}

function cellJson(cell: CellValue): Canonical {
  switch (cell.type) {
    case 'missing':
      return null
    case 'amount':
      return cell.value.toString()
    case 'words':
      return [...cell.value]
    case 'text':
      return typeof cell.value === 'string' ? cell.value : { ...cell.value }
    default:
      return cell.value
  }
}

/** The figures themselves, without position or words: what the data digest is taken of. */
export function reportData(report: Report): Record<string, Canonical> {
  const { columns, rows } = report.table
  const ofRole = (isTotal: boolean) => rows.filter(({ role }) => (role === 'total') === isTotal)
  const [total] = ofRole(true)
  // The last row of a comparison or a bridge is a row of its own, `cumulated` or `closing`.
  const isOwnRow = total !== undefined && rowJson(columns, total).key !== 'total'
  return {
    rows: (isOwnRow ? rows : ofRole(false)).map((row) => rowJson(columns, row)),
    ...(isOwnRow || total === undefined ? {} : { totals: totalsJson(columns, total, report) }),
  }
}

function totalsJson(columns: readonly Column[], total: TableRow, report: Report): Canonical {
  const amounts = columns.filter(({ type }) => type === 'amount')
  const row = rowJson(columns, total)
  const more = report.extras.totals
  return {
    ...Object.fromEntries(amounts.map(({ key }) => [key, row[key] ?? null])),
    ...(typeof more === 'object' ? more : {}),
  }
}

export function reportJson(report: Report, dataDigest: string): Record<string, Canonical> {
  const { totals: _totals, ...extras } = report.extras
  return {
    report: report.name,
    title: { ...report.title },
    parameters: { ...report.parameters },
    position: report.position,
    positionAt: report.positionAt,
    seal: report.seal,
    dataDigest,
    horizon: report.horizon,
    formulas: { ...report.formulas },
    ...reportData(report),
    ...extras,
    notes: report.notes.map(({ code, text }) => ({ code, text: { ...text } })),
  }
}
