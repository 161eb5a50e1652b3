import type { Table } from '#core/table.ts'
import type { Report } from '#features/reports/report.ts'

/** The rows of a report that a page of the plan shows, as they stand there, without its total. */
export const rowsOf = ({ table }: Report, keys: readonly string[]): Table => ({
  ...table,
  rows: table.rows.filter(({ cells: [key] }) => key?.type === 'text' && isOne(key.value, keys)),
})

const isOne = (value: unknown, keys: readonly string[]): boolean =>
  typeof value === 'string' && keys.includes(value)

/** `QC-8.csv` is a measure's page as a file. */
export interface PlanAddress {
  readonly code: string
  readonly format: 'page' | 'csv' | 'xlsx'
}

export function readPlanAddress(address: string): PlanAddress {
  const [, code = address, ending] = /^(.*)\.(csv|xlsx)$/.exec(address) ?? []
  return { code, format: ending === 'csv' || ending === 'xlsx' ? ending : 'page' }
}
