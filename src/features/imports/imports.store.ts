import { sql } from 'kysely'
import type { Canonical } from '#core/canonical.ts'
import { money } from '#core/money.ts'
import type { Handle, Work } from '#platform/db/transaction.ts'
import type { FileAsked } from './file-asked.ts'
import { type ImportBatch, importStates, type RowState, type RowTally } from './import.ts'

/** Files of expenditures, without their bytes unless these are asked for. */
const select = (handle: Handle) =>
  handle
    .selectFrom('import_batch')
    .select([
      'import_batch.id',
      'import_batch.state',
      'import_batch.version',
      'import_batch.organizations',
      'import_batch.file_name',
      'import_batch.sha256',
      'import_batch.asked',
      'import_batch.understood',
      'import_batch.lines',
      'import_batch.ignored',
      'import_batch.new_rows',
      'import_batch.duplicate_rows',
      'import_batch.changed_rows',
      'import_batch.rejected_rows',
      'import_batch.unreadable_amounts',
      'import_batch.new_amount',
      'import_batch.duplicate_amount',
      'import_batch.changed_amount',
      'import_batch.rejected_amount',
      'import_batch.findings',
      'import_batch.created_at',
      'import_batch.prepared_by',
      'import_batch.confirmed_by',
      'import_batch.confirmed_event',
      'import_batch.confirmed_rows',
      'import_batch.confirmed_amount',
      'import_batch.submitted_by',
      'import_batch.approved_by',
      'import_batch.reversal_asked_by',
      'import_batch.reversal_reason',
      'import_batch.reversed_by',
      sql<number>`octet_length(import_batch.content)`.as('bytes'),
    ])

type Row = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>

const batchOf = (row: Row): ImportBatch => ({
  id: row.id,
  state: importStates.find((state) => state === row.state) ?? 'previewed',
  version: row.version,
  organizations: row.organizations,
  file: { name: row.file_name, bytes: row.bytes, sha256: row.sha256 },
  asked: JSON.parse(row.asked) as FileAsked,
  understood: JSON.parse(row.understood) as Canonical,
  lines: row.lines,
  ignored: row.ignored,
  tallies: {
    new: { rows: row.new_rows, amount: money(row.new_amount) },
    duplicate: { rows: row.duplicate_rows, amount: money(row.duplicate_amount) },
    changed: { rows: row.changed_rows, amount: money(row.changed_amount) },
    rejected: { rows: row.rejected_rows, amount: money(row.rejected_amount) },
  },
  unreadableAmounts: row.unreadable_amounts,
  findings: JSON.parse(row.findings) as ImportBatch['findings'],
  createdAt: new Date(row.created_at).toISOString(),
  preparedBy: row.prepared_by,
  confirmed:
    row.confirmed_by === null || row.confirmed_event === null
      ? null
      : {
          by: row.confirmed_by,
          event: row.confirmed_event,
          rows: row.confirmed_rows ?? 0,
          amount: money(row.confirmed_amount ?? '0.00'),
        },
  submittedBy: row.submitted_by,
  approvedBy: row.approved_by,
  reversal:
    row.reversal_asked_by === null
      ? null
      : {
          askedBy: row.reversal_asked_by,
          reason: row.reversal_reason ?? '',
          approvedBy: row.reversed_by,
        },
})

export async function findImport(handle: Handle, id: string): Promise<ImportBatch | null> {
  const row = await select(handle).where('import_batch.id', '=', id).executeTakeFirst()
  return row === undefined ? null : batchOf(row)
}

/** Locks its row, so that of two who confirm at once one sees a preview. */
export async function lockImport(work: Work, id: string): Promise<ImportBatch | null> {
  await work
    .selectFrom('import_batch')
    .select('import_batch.id')
    .where('import_batch.id', '=', id)
    .forUpdate()
    .execute()
  return findImport(work, id)
}

export interface ImportPage {
  readonly limit: number
  /** Instant in microseconds and id of the last one shown. */
  readonly after: readonly string[] | null
}

/** The newest first, one more than asked. */
export async function listImports(
  handle: Handle,
  { limit, after }: ImportPage,
): Promise<readonly (ImportBatch & { readonly cursor: readonly string[] })[]> {
  const place = sql<string>`(extract(epoch from import_batch.created_at) * 1000000)::bigint`
  const rows = await select(handle)
    .select(place.as('place'))
    .$if(after !== null, (query) =>
      query.where(
        sql<boolean>`(${place}, import_batch.id)
          < (${after?.[0] ?? '0'}::bigint, ${after?.[1] ?? ''}::uuid)`,
      ),
    )
    .orderBy('import_batch.created_at', 'desc')
    .orderBy('import_batch.id', 'desc')
    .limit(limit + 1)
    .execute()
  return rows.map((row) => ({ ...batchOf(row), cursor: [row.place, row.id] }))
}

export async function countImports(handle: Handle): Promise<number> {
  const { count } = await handle
    .selectFrom('import_batch')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Imports of the same bytes that made documents, and still stand. */
export async function listOfSameBytes(
  handle: Handle,
  sha256: string,
): Promise<readonly ImportBatch[]> {
  const rows = await select(handle)
    .where('import_batch.sha256', '=', sha256)
    .where('import_batch.state', 'not in', ['previewed', 'reversed'])
    .orderBy('import_batch.created_at')
    .execute()
  return rows.map(batchOf)
}

export async function insertImport(
  work: Work,
  file: {
    readonly name: string
    readonly sha256: string
    readonly content: Uint8Array
    readonly asked: FileAsked
    readonly preparedBy: string
  },
): Promise<string> {
  const { id } = await work
    .insertInto('import_batch')
    .values({
      file_name: file.name,
      sha256: file.sha256,
      content: Buffer.from(file.content),
      asked: JSON.stringify(file.asked),
      prepared_by: file.preparedBy,
    })
    .returning('import_batch.id')
    .executeTakeFirstOrThrow()
  return id
}

export interface ImportRead {
  readonly organizations: readonly string[]
  readonly understood: Canonical
  readonly lines: number
  readonly ignored: number
  readonly tallies: Readonly<Record<RowState, RowTally>>
  readonly unreadableAmounts: number
  readonly findings: ImportBatch['findings']
}

export async function saveRead(work: Work, id: string, found: ImportRead): Promise<void> {
  const { tallies } = found
  await work
    .updateTable('import_batch')
    .set({
      organizations: [...found.organizations],
      understood: JSON.stringify(found.understood),
      lines: found.lines,
      ignored: found.ignored,
      new_rows: tallies.new.rows,
      duplicate_rows: tallies.duplicate.rows,
      changed_rows: tallies.changed.rows,
      rejected_rows: tallies.rejected.rows,
      unreadable_amounts: found.unreadableAmounts,
      new_amount: tallies.new.amount.toString(),
      duplicate_amount: tallies.duplicate.amount.toString(),
      changed_amount: tallies.changed.amount.toString(),
      rejected_amount: tallies.rejected.amount.toString(),
      findings: JSON.stringify(found.findings),
    })
    .where('import_batch.id', '=', id)
    .execute()
}

export interface ImportStep {
  readonly state: ImportBatch['state']
  readonly confirmed?: {
    readonly by: string
    readonly event: string
    readonly rows: number
    readonly amount: string
  }
  readonly submittedBy?: string | null
  readonly approvedBy?: string
  readonly reversal?: { readonly askedBy: string; readonly reason: string } | null
  readonly reversedBy?: string
}

export async function saveStep(work: Work, id: string, step: ImportStep): Promise<void> {
  const { confirmed, reversal } = step
  await work
    .updateTable('import_batch')
    .set({
      state: step.state,
      ...(confirmed === undefined
        ? {}
        : {
            confirmed_by: confirmed.by,
            confirmed_event: confirmed.event,
            confirmed_rows: confirmed.rows,
            confirmed_amount: confirmed.amount,
          }),
      ...(step.submittedBy === undefined ? {} : { submitted_by: step.submittedBy }),
      ...(step.approvedBy === undefined ? {} : { approved_by: step.approvedBy }),
      ...(reversal === undefined
        ? {}
        : {
            reversal_asked_by: reversal?.askedBy ?? null,
            reversal_reason: reversal?.reason ?? null,
          }),
      ...(step.reversedBy === undefined ? {} : { reversed_by: step.reversedBy }),
    })
    .set(({ eb }) => ({ version: eb('import_batch.version', '+', 1) }))
    .where('import_batch.id', '=', id)
    .execute()
}

export async function readContent(handle: Handle, id: string): Promise<Uint8Array> {
  const { content } = await handle
    .selectFrom('import_batch')
    .select('import_batch.content')
    .where('import_batch.id', '=', id)
    .executeTakeFirstOrThrow()
  return content
}

/** Of a preview: the database keeps what was confirmed. */
export async function deleteImport(work: Work, id: string): Promise<void> {
  await work.deleteFrom('import_row').where('import_row.batch', '=', id).execute()
  await work.deleteFrom('import_batch').where('import_batch.id', '=', id).execute()
}
