import { sql } from 'kysely'
import type { Handle } from '#platform/db/transaction.ts'
import { type HistoryLine, type HistoryRow, historyLine } from './history.ts'

export type DocumentKind = 'commitment' | 'revision' | 'year-end' | 'relation' | 'envelope'

/**
 * The oldest first; nothing of a document that the reader does not reach.
 * @param key the id of the document, or the code of an envelope
 */
export async function listDocumentHistory(
  handle: Handle,
  kind: DocumentKind,
  key: string,
): Promise<readonly HistoryLine[]> {
  const { rows } = await sql<HistoryRow>`
    select told.sequence, told.at, told.type, told.actor, told.payload
    from document_history(${kind}, ${key}) as told
  `.execute(handle)
  return rows.map(historyLine)
}
