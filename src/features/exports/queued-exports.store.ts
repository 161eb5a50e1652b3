import { type Selectable, sql } from 'kysely'
import { languages } from '#core/language.ts'
import { dropJob, enqueue } from '#platform/db/jobs.ts'
import type { QueuedExportTable } from '#platform/db/schema-exports.ts'
import type { Handle, Work } from '#platform/db/transaction.ts'
import { exportQueue, exportStates, type QueuedExport } from './queued-export.ts'

export interface NewExport {
  readonly askedBy: string
  readonly report: string
  readonly language: string
  readonly command: string
  readonly position: number
  readonly showsDocuments: boolean
  readonly event: string
}

/** The row and its place in line, in one transaction. */
export async function insertExport(work: Work, asked: NewExport): Promise<QueuedExport> {
  const { askedBy, report, language, command, position, showsDocuments, event } = asked
  const row = await work
    .insertInto('queued_export')
    .values({
      ...{ asked_by: askedBy, report, language, command, event },
      position: String(position),
      shows_documents: showsDocuments,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await enqueue(work, exportQueue, row.id)
  return exportOf(row)
}

/** For its asker to decide on. */
export async function findExportForUpdate(work: Work, id: string): Promise<QueuedExport | null> {
  const row = await matching(work, id).forUpdate().executeTakeFirst()
  return row === undefined ? null : exportOf(row)
}

export async function findExport(handle: Handle, id: string): Promise<QueuedExport | null> {
  const row = await matching(handle, id).executeTakeFirst()
  return row === undefined ? null : exportOf(row)
}

const matching = (handle: Handle, id: string) =>
  handle.selectFrom('queued_export').selectAll().where('queued_export.id', '=', id)

/** Of one person, the last one first, one more than asked. */
export async function listExports(
  handle: Handle,
  askedBy: string,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<readonly QueuedExport[]> {
  const rows = await handle
    .selectFrom('queued_export')
    .selectAll()
    .where('queued_export.asked_by', '=', askedBy)
    .$if(after !== null, (query) => query.where('queued_export.place', '<', after ?? ''))
    .orderBy('queued_export.place', 'desc')
    .limit(limit + 1)
    .execute()
  return rows.map(exportOf)
}

export async function countExports(
  handle: Handle,
  askedBy: string,
): Promise<{ readonly all: number; readonly pending: number }> {
  const { all, pending } = await handle
    .selectFrom('queued_export')
    .where('queued_export.asked_by', '=', askedBy)
    .select(({ fn }) => [
      fn.countAll<string>().as('all'),
      fn
        .countAll<string>()
        .filterWhere('queued_export.state', 'in', ['waiting', 'running'])
        .as('pending'),
    ])
    .executeTakeFirstOrThrow()
  return { all: Number(all), pending: Number(pending) }
}

/** No longer in line; whoever draws it finds out at the next piece. */
export async function saveCancelled(work: Work, id: string): Promise<QueuedExport> {
  const row = await work
    .updateTable('queued_export')
    .set({ state: 'cancelled', version: sql<number>`queued_export.version + 1` })
    .where('queued_export.id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await dropJob(work, exportQueue, id)
  await deleteParts(work, id)
  return exportOf(row)
}

export async function deleteParts(work: Work, id: string): Promise<void> {
  await work.deleteFrom('queued_export_part').where('queued_export_part.export', '=', id).execute()
}

/** One piece after the other; none, and it is at its end. */
export async function findPart(
  handle: Handle,
  id: string,
  place: number,
): Promise<Uint8Array | null> {
  const row = await handle
    .selectFrom('queued_export_part')
    .select('queued_export_part.content')
    .where('queued_export_part.export', '=', id)
    .where('queued_export_part.place', '=', place)
    .executeTakeFirst()
  return row?.content ?? null
}

function exportOf(row: Selectable<QueuedExportTable>): QueuedExport {
  const instant = (text: string): string => new Date(text).toISOString()
  const isOver = row.state === 'ready' && Date.parse(row.expires_at ?? '') <= Date.now()
  return {
    id: row.id,
    place: row.place,
    // Gone at its hour, whenever it is cleared away.
    state: isOver ? 'expired' : (exportStates.find((each) => each === row.state) ?? 'failed'),
    version: row.version,
    askedBy: row.asked_by,
    askedAt: instant(row.asked_at),
    report: row.report,
    language: languages.find((each) => each === row.language) ?? 'fr',
    command: row.command,
    position: Number(row.position),
    rowsDone: row.rows_done,
    rowsTotal: row.rows_total,
    failure: row.failure,
    bytes: row.bytes === null ? null : Number(row.bytes),
    sha256: row.sha256,
    expiresAt: row.expires_at === null ? null : instant(row.expires_at),
  }
}
