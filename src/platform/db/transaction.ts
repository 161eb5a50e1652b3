import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import type { Pool } from 'pg'
import { isTransient } from './connect.ts'
import type { Database } from './schema.ts'

/** A handle on the database: the pool's, or a transaction's. Stores take it first and hold nothing. */
export type Handle = Kysely<Database>
export type Work = Transaction<Database>

const attemptsMax = 5

export function handleOf(pool: Pool): Handle {
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
}

/**
 * Runs a whole action in one READ COMMITTED transaction. Deadlocks and serialization failures
 * start the action again, at most five times: they left nothing behind.
 */
export function inTransaction<T>(handle: Handle, action: (work: Work) => Promise<T>): Promise<T> {
  return attempted(() => handle.transaction().execute(action))
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
export function inSnapshot<T>(handle: Handle, reading: (work: Work) => Promise<T>): Promise<T> {
  return attempted(() =>
    handle
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(reading),
  )
}
