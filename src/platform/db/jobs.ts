import type { Pool } from 'pg'
import { type Db, fromKysely, PgBoss } from 'pg-boss'
import type { Work } from './transaction.ts'

/**
 * Work that waits its turn (pg-boss, in the schema `pgboss` that migrations make). A job is put in
 * line by the transaction that makes what it is about, so there is neither without the other, and
 * it is named by that id alone. A process that dies or stops loses its job, which is handed out again.
 */
export interface JobWorker {
  /** What is under way is given back to the queue. */
  stop(): Promise<void>
}

/** The schema is the owner's: the working role only takes and gives jobs. */
const asWorkingRole = { migrate: false, createSchema: false, schedule: false, reindex: false }
const passing = { ...asWorkingRole, supervise: false }

export const enqueue = (work: Work, queue: string, id: string): Promise<void> =>
  within(work, async (boss) => {
    await boss.send(queue, null, { id })
  })

export const dropJob = (work: Work, queue: string, id: string): Promise<void> =>
  within(work, async (boss) => {
    await boss.cancel(queue, id)
  })

/** A queue that knows no connection but the transaction’s. */
async function within(work: Work, use: (boss: PgBoss) => Promise<void>): Promise<void> {
  const boss = new PgBoss({ ...passing, db: fromKysely(work) })
  const failures: unknown[] = []
  boss.on('error', (error) => failures.push(error))
  try {
    await boss.start()
    await use(boss)
  } finally {
    await boss.stop({ graceful: false })
  }
  if (failures.length > 0) {
    throw failures[0]
  }
}

export interface WorkedOff {
  readonly queue: string
  /** Settled: the job is done with. Thrown: it is handed out again. */
  readonly run: (id: string, signal: AbortSignal) => Promise<void>
  readonly complain: (error: unknown) => void
}

const lookSeconds = 1
const superviseSeconds = 5

/** One job at a time. @throws when the database is away */
export async function workOff(pool: Pool, { queue, run, complain }: WorkedOff): Promise<JobWorker> {
  const boss = new PgBoss({
    ...asWorkingRole,
    db: databaseOf(pool),
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
    monitorVacuum: false,
  })
  boss.on('error', complain)
  const stop = (): Promise<void> => boss.stop({ graceful: false })
  try {
    await boss.start()
    await boss.work(queue, { pollingIntervalSeconds: lookSeconds }, async (jobs) => {
      for (const { id, signal } of jobs) {
        await run(id, signal)
      }
    })
  } catch (error) {
    await stop()
    throw error
  }
  return { stop }
}

/** Several statements in one text are sent as they are, which parameters would forbid. */
const databaseOf = (pool: Pool): Db => ({
  executeSql: (text, values = []) =>
    values.length === 0 ? pool.query(text) : pool.query(text, [...values]),
})
