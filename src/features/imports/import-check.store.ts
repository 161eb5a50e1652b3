import { sql } from 'kysely'
import type { Handle } from '#platform/db/transaction.ts'
import type { ImportBatch } from './import.ts'
import { findImport } from './imports.store.ts'

/** Imports that made documents, each with its last event and the hash of its bytes as they are now. */
export async function listConfirmed(handle: Handle): Promise<
  readonly {
    readonly batch: ImportBatch
    readonly payload: string | null
    readonly sha256: string
  }[]
> {
  const { rows } = await sql<{ id: string; payload: string | null; sha256: string }>`
    select import_batch.id, encode(sha256(import_batch.content), 'hex') as sha256,
      (
        select event.payload from event
        where event.subject = 'import/' || import_batch.id
        order by event.sequence desc
        limit 1
      ) as payload
    from import_batch
    where import_batch.state <> 'previewed'
    order by import_batch.created_at, import_batch.id
  `.execute(handle)
  const found = []
  for (const { id, payload, sha256 } of rows) {
    const batch = await findImport(handle, id)
    if (batch !== null) {
      found.push({ batch, payload, sha256 })
    }
  }
  return found
}
