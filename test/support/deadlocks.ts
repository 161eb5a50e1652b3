import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'

/**
 * How many deadlocks the server had to resolve in this database. An action starts again after one,
 * so that nobody sees it: it costs a second each. A connection tells its count when it ends.
 */
export async function deadlocksResolved(owner: Pool): Promise<number> {
  const deadline = Date.now() + 10_000
  for (;;) {
    const { rows } = await owner.query(`
      select count(pg_terminate_backend(pg_stat_activity.pid))::integer as ended,
        (select deadlocks::integer from pg_stat_database where datname = current_database())
          as deadlocks
      from pg_stat_activity
      where pg_stat_activity.datname = current_database()
        and pg_stat_activity.application_name = 'vigie'`)
    if (rows[0].ended === 0) {
      return rows[0].deadlocks
    }
    if (Date.now() > deadline) {
      throw new Error('connections do not end')
    }
    await sleep(20)
  }
}
