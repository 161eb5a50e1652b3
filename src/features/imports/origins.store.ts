import { sql } from 'kysely'
import type { Handle } from '#platform/db/transaction.ts'

export interface StoredOrigin {
  readonly expenditure: string
  readonly batch: string
  readonly file: string
  readonly row: number
}

/** Of documents that were imported, the row of the file that each was read from. */
export async function listImportedRows(
  handle: Handle,
  expenditures: readonly string[],
): Promise<readonly StoredOrigin[]> {
  return handle
    .selectFrom('import_row')
    .innerJoin('import_batch', 'import_batch.id', 'import_row.batch')
    .select([
      sql<string>`import_row.expenditure`.as('expenditure'),
      'import_row.batch',
      'import_batch.file_name as file',
      'import_row.place as row',
    ])
    .where(sql<boolean>`import_row.expenditure = any(${[...expenditures]}::uuid[])`)
    .execute()
}
