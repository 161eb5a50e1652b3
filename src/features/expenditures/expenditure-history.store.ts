import { sql } from 'kysely'
import { type HistoryLine, type HistoryRow, historyLine } from '#features/audit/history.ts'
import type { Handle } from '#platform/db/transaction.ts'

/** The oldest first; nothing of a document that the reader does not reach. */
export async function listHistory(handle: Handle, id: string): Promise<readonly HistoryLine[]> {
  const { rows } = await sql<HistoryRow>`
    select told.sequence, told.at, told.type, told.actor, told.payload
    from expenditure_history(${id}::uuid) as told
  `.execute(handle)
  return rows.map(historyLine)
}
