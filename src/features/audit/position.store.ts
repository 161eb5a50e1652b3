import { sql } from 'kysely'
import { readStanding } from '#platform/db/standing.ts'
import type { Handle } from '#platform/db/transaction.ts'

/** Positions that have one of these seals, in no order. */
export async function findPositions(
  handle: Handle,
  seals: readonly string[],
): Promise<readonly number[]> {
  const rows = await handle
    .selectFrom('event')
    .select('event.sequence')
    .where('event.hash', 'in', seals.length === 0 ? [''] : [...seals])
    .execute()
  return rows.map(({ sequence }) => Number(sequence))
}

/** Of the last event that speaks of a subject; null for none. */
export async function findLastPosition(handle: Handle, subject: string): Promise<number | null> {
  const { last } = await handle
    .selectFrom('event')
    .select(({ fn }) => fn.max('event.sequence').as('last'))
    .where('event.subject', '=', subject)
    .executeTakeFirstOrThrow()
  return last === null ? null : Number(last)
}

export interface PositionAt {
  /** The last one recorded by the instant; null before the first event. */
  readonly position: number | null
  /** Whether the instant is still to come. */
  readonly isAhead: boolean
}

export async function findPositionAt(handle: Handle, instant: string): Promise<PositionAt> {
  const { rows } = await sql<{ position: string | null; is_ahead: boolean }>`
    select position_at(asked.instant) as position, asked.instant > clock_timestamp() as is_ahead
    from (values (${instant}::timestamptz)) as asked (instant)
  `.execute(handle)
  const { position = null, is_ahead: isAhead = false } = rows[0] ?? {}
  return { position: position === null ? null : Number(position), isAhead }
}

/** Where the chain stands, and how many journal entries came after a position; null: none asked. */
export async function readProgress(
  handle: Handle,
  after: number | null,
): Promise<{ readonly position: number; readonly entries: number }> {
  const { position } = await readStanding(handle, null)
  const { entries } = await handle
    .selectFrom('event')
    .where('event.sequence', '>', String(after ?? position))
    .select(({ fn }) =>
      fn.coalesce(fn.sum<string>('event.entry_count'), sql<string>`0`).as('entries'),
    )
    .executeTakeFirstOrThrow()
  return { position, entries: Number(entries) }
}
