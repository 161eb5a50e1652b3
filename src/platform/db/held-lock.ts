import type { Pool } from 'pg'

/** A lock of the whole database that lasts as long as a connection of its own. */
export interface HeldLock {
  /** False once the connection is lost, and the lock with it. */
  isHeld(): Promise<boolean>
  release(): Promise<void>
}

/** Null when another process holds it. The pool is the lock's own and ends with it. */
export async function tryLock(pool: Pool, key: string): Promise<HeldLock | null> {
  try {
    const client = await pool.connect()
    const { rows } = await client.query<{ got: boolean }>(
      'select pg_try_advisory_lock($1) as got',
      [key],
    )
    if (rows[0]?.got === true) {
      return {
        isHeld: () =>
          client.query('select').then(
            () => true,
            () => false,
          ),
        async release() {
          client.release(true)
          await pool.end()
        },
      }
    }
    client.release()
  } catch (error) {
    await pool.end()
    throw error
  }
  await pool.end()
  return null
}
