import type { Table, TableRow } from '#core/table.ts'

/**
 * A total is read after what it adds up, whatever place the table's author gave it: every printer
 * takes its rows from here, so that no two of them disagree on which line is the last.
 */
export interface OrderedRows {
  readonly body: readonly TableRow[]
  readonly totals: readonly TableRow[]
}

export const orderedRows = (table: Table): OrderedRows => ({
  body: table.rows.filter((row) => row.role !== 'total'),
  totals: table.rows.filter((row) => row.role === 'total'),
})
