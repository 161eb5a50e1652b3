import { sql } from 'kysely'
import { payloadOf } from '#features/audit/event.ts'
import type { Handle } from '#platform/db/transaction.ts'
import type { HistoryLine } from './history.ts'

interface Row {
  readonly sequence: string
  readonly at: string
  readonly type: string
  readonly actor: string
  readonly payload: string | null
}

/** The oldest first; nothing of a document that the reader does not reach. */
export async function listHistory(handle: Handle, id: string): Promise<readonly HistoryLine[]> {
  const { rows } = await sql<Row>`
    select told.sequence, told.at, told.type, told.actor, told.payload
    from expenditure_history(${id}::uuid) as told
  `.execute(handle)
  return rows.map(({ sequence, at, type, actor, payload }) => {
    const { reason } = payload === null ? {} : payloadOf(payload)
    return {
      position: Number(sequence),
      at: new Date(at).toISOString(),
      type,
      actor,
      reason: typeof reason === 'string' ? reason : null,
    }
  })
}
