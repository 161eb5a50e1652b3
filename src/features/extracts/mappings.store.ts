import type { Handle, Work } from '#platform/db/transaction.ts'
import { type SavedMapping, spendingSigns } from './mapping.ts'

const selectMappings = (handle: Handle) => handle.selectFrom('extract_mapping').selectAll()

type Row = Awaited<ReturnType<ReturnType<typeof selectMappings>['executeTakeFirstOrThrow']>>

const mappingOf = (row: Row): SavedMapping => ({
  organization: row.organization,
  system: row.system,
  version: row.version,
  date: row.date_column,
  account: row.account_column,
  document: row.document_column,
  description: row.description_column,
  supplier: row.supplier_column,
  amount: row.amount_column,
  debit: row.debit_column,
  credit: row.credit_column,
  spendingSign: spendingSigns.find((sign) => sign === row.spending_sign) ?? 'positive',
  changedBy: row.changed_by,
})

export async function listMappings(handle: Handle): Promise<readonly SavedMapping[]> {
  const rows = await selectMappings(handle)
    .orderBy('extract_mapping.organization')
    .orderBy('extract_mapping.system')
    .execute()
  return rows.map(mappingOf)
}

export async function findMapping(
  handle: Handle,
  organization: string,
  system: string,
): Promise<SavedMapping | null> {
  const row = await selectMappings(handle)
    .where('extract_mapping.organization', '=', organization)
    .where('extract_mapping.system', '=', system)
    .executeTakeFirst()
  return row === undefined ? null : mappingOf(row)
}

/** Locked, so that its version is that of the change. */
export async function lockMapping(
  work: Work,
  organization: string,
  system: string,
): Promise<SavedMapping | null> {
  const row = await selectMappings(work)
    .where('extract_mapping.organization', '=', organization)
    .where('extract_mapping.system', '=', system)
    .forUpdate()
    .executeTakeFirst()
  return row === undefined ? null : mappingOf(row)
}

type StatedColumns = Omit<SavedMapping, 'version'>

const columnsOf = (mapping: StatedColumns) => ({
  date_column: mapping.date,
  account_column: mapping.account,
  document_column: mapping.document,
  description_column: mapping.description,
  supplier_column: mapping.supplier,
  amount_column: mapping.amount,
  debit_column: mapping.debit,
  credit_column: mapping.credit,
  spending_sign: mapping.spendingSign,
  changed_by: mapping.changedBy,
})

/** Two new ones at once meet in the key of the table. */
export async function insertMapping(work: Work, mapping: StatedColumns): Promise<void> {
  const { organization, system } = mapping
  await work
    .insertInto('extract_mapping')
    .values({ organization, system, ...columnsOf(mapping) })
    .execute()
}

export async function updateMapping(work: Work, mapping: StatedColumns): Promise<void> {
  await work
    .updateTable('extract_mapping')
    .set(columnsOf(mapping))
    .set(({ eb }) => ({ version: eb('extract_mapping.version', '+', 1) }))
    .where('extract_mapping.organization', '=', mapping.organization)
    .where('extract_mapping.system', '=', mapping.system)
    .execute()
}
