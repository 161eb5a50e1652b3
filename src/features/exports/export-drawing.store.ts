import { sql } from 'kysely'
import type { Work } from '#platform/db/transaction.ts'
import { exportLimits } from './queued-export.ts'
import { deleteParts } from './queued-exports.store.ts'

/** One attempt at one export: what another attempt does to it fails. */
export interface Attempt {
  readonly id: string
  readonly attempt: number
}

/** Whatever an earlier attempt left is gone. */
export async function saveBegun(work: Work, id: string): Promise<Attempt> {
  const { attempt } = await work
    .updateTable('queued_export')
    .set({
      state: 'running',
      attempt: sql<number>`queued_export.attempt + 1`,
      rows_done: 0,
      rows_total: null,
    })
    .where('queued_export.id', '=', id)
    .returning('queued_export.attempt')
    .executeTakeFirstOrThrow()
  await deleteParts(work, id)
  return { id, attempt }
}

const underWay = (work: Work, { id, attempt }: Attempt) =>
  work
    .updateTable('queued_export')
    .where('queued_export.id', '=', id)
    .where('queued_export.state', '=', 'running')
    .where('queued_export.attempt', '=', attempt)

/** False where the attempt is no longer the one that counts. */
export async function saveProgress(
  work: Work,
  attempt: Attempt,
  { done, total }: { readonly done: number; readonly total: number },
): Promise<boolean> {
  const { numUpdatedRows } = await underWay(work, attempt)
    .set({ rows_done: done, rows_total: total })
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** False where the attempt is no longer the one that counts. */
export async function savePart(
  work: Work,
  { id, attempt }: Attempt,
  { place, content }: { readonly place: number; readonly content: Buffer },
): Promise<boolean> {
  const { rows } = await sql<{ place: number }>`
    insert into queued_export_part (export, place, content)
    select queued_export.id, ${place}::integer, ${content}::bytea
    from queued_export
    where queued_export.id = ${id}::uuid
      and queued_export.state = 'running'
      and queued_export.attempt = ${attempt}::integer
    for share
    returning place
  `.execute(work)
  return rows.length === 1
}

export interface Finished {
  readonly bytes: number
  readonly sha256: string
}

/** False where the attempt is no longer the one that counts. */
export async function saveFinished(
  work: Work,
  attempt: Attempt,
  { bytes, sha256, event }: Finished & { readonly event: string },
): Promise<boolean> {
  const { numUpdatedRows } = await underWay(work, attempt)
    .set({
      state: 'ready',
      rows_done: sql<number>`coalesce(queued_export.rows_total, 0)`,
      bytes: String(bytes),
      sha256,
      finished_event: event,
      expires_at: sql<string>`now() + make_interval(days => ${exportLimits.keptDays}::integer)`,
    })
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** What is ready or over stays as it is. */
export async function saveFailed(work: Work, id: string, failure: string): Promise<void> {
  await work
    .updateTable('queued_export')
    .set({ state: 'failed', failure })
    .where('queued_export.id', '=', id)
    .where('queued_export.state', 'in', ['waiting', 'running'])
    .execute()
  await deleteParts(work, id)
}

/** Files whose time is over. */
export async function clearExpired(work: Work): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    update queued_export set state = 'expired'
    where queued_export.state = 'ready' and queued_export.expires_at <= now()
    returning queued_export.id
  `.execute(work)
  for (const { id } of rows) {
    await deleteParts(work, id)
  }
  return rows.length
}
