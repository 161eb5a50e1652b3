import type { Handle } from '#platform/db/transaction.ts'
import { listImportedRows, type StoredOrigin } from './origins.store.ts'

/** By id of the document; one that nobody imported has none. */
export async function readOrigins(
  handle: Handle,
  expenditures: readonly string[],
): Promise<ReadonlyMap<string, StoredOrigin>> {
  const rows = await listImportedRows(handle, expenditures)
  return new Map(rows.map((row) => [row.expenditure, row]))
}
