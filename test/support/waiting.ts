import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import type { Answered } from './app.ts'

/** Until so many statements of this database stand waiting for a lock. */
export async function untilWaiting(owner: Pool, count: number): Promise<void> {
  const deadline = Date.now() + 10_000
  for (;;) {
    const { rows } = await owner.query(`
      select count(*)::integer as waiting from pg_stat_activity
      where pg_stat_activity.datname = current_database()
        and pg_stat_activity.wait_event_type = 'Lock'`)
    if (rows[0].waiting >= count) {
      return
    }
    if (Date.now() > deadline) {
      throw new Error(`waited in vain for ${count} statements to wait, saw ${rows[0].waiting}`)
    }
    await sleep(5)
  }
}

/** Asked again while a lock or a connection took too long, as a client does: nothing was done. */
export async function untilTaken(ask: () => Promise<Answered>): Promise<Answered> {
  const answer = await ask()
  const isBusy = ['http/busy', 'http/unavailable'].includes(answer.body?.code)
  return isBusy ? untilTaken(ask) : answer
}
