import { sql } from 'kysely'
import type { Handle } from '#platform/db/transaction.ts'
import { noHash } from './anchor.ts'

/** A position and its seal. */
export interface Standing {
  readonly sequence: number
  readonly hash: string
}

/** The last event, as the events themselves say it. */
export async function readLastEvent(handle: Handle): Promise<Standing> {
  const row = await handle
    .selectFrom('event')
    .select(['event.sequence', 'event.hash'])
    .orderBy('event.sequence', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined
    ? { sequence: 0, hash: noHash }
    : { sequence: Number(row.sequence), hash: row.hash }
}

/** Seals by position; a position without an event is not in it, 0 always is. */
export async function readHashes(
  handle: Handle,
  sequences: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const { rows } = await sql<{ sequence: string; hash: string }>`
    select event.sequence, event.hash
    from event
    where event.sequence = any(${sequences.map(String)}::bigint[])
  `.execute(handle)
  return new Map([
    [0, noHash],
    ...rows.map(({ sequence, hash }) => [Number(sequence), hash] as const),
  ])
}
