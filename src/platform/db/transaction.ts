import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import type { Pool } from 'pg'
import { isTransient } from './connect.ts'
import type { Database } from './schema.ts'

/** A handle on the database: the pool's, or a transaction's. Stores take it first and hold nothing. */
export type Handle = Kysely<Database>
export type Work = Transaction<Database>

/**
 * Who a transaction is of, and what it may see and write: the database itself holds it to that
 * (migrations/0011_row_level_security.sql), whatever the queries forget.
 */
export interface Bounds {
  /** Whose names the rows it signs may carry. */
  readonly actor: string
  /** Whose documents it reaches; `*` for all, empty for none. */
  readonly organizations: readonly string[]
  /** The one event it may write; null for a reading. */
  readonly event: string | null
}

const attemptsMax = 5

export function handleOf(pool: Pool): Handle {
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
}

/**
 * Runs a whole action in one READ COMMITTED transaction. Deadlocks and serialization failures
 * start the action again, at most five times: they left nothing behind.
 */
export function inTransaction<T>(
  handle: Handle,
  bounds: Bounds,
  action: (work: Work) => Promise<T>,
): Promise<T> {
  return attempted(() => handle.transaction().execute(bounded(bounds, action)))
}

async function attempted<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run()
    } catch (error) {
      if (!isTransient(error) || attempt === attemptsMax) {
        throw error
      }
    }
  }
}

/** One snapshot for everything a report reads: REPEATABLE READ, READ ONLY. */
export function inSnapshot<T>(
  handle: Handle,
  bounds: Bounds,
  reading: (work: Work) => Promise<T>,
): Promise<T> {
  return attempted(() =>
    handle
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(bounded(bounds, reading)),
  )
}

/**
 * Said first, and for this transaction alone: for the session, the connection would carry one
 * person's reach over to the next.
 */
const bounded =
  <T>({ actor, organizations, event }: Bounds, run: (work: Work) => Promise<T>) =>
  async (work: Work): Promise<T> => {
    await sql`select
      set_config('vigie.actor', ${actor}, true),
      set_config('vigie.organizations', ${[...organizations]}::text[]::text, true),
      set_config('vigie.event', ${event ?? ''}, true)
    `.execute(work)
    return run(work)
  }
