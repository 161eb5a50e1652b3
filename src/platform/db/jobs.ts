import { type Pool, types } from 'pg'
import { type Db, fromKysely, PgBoss } from 'pg-boss'
import type { Work } from './transaction.ts'

/**
 * Work that waits its turn (pg-boss, in the schema `pgboss` that it makes for itself, as the owner).
 * A job is put in line by the transaction that makes what it is about, so there is neither without
 * the other, and it is named by that id alone. A process that dies or stops loses its job, which is
 * handed out again.
 */
export interface JobWorker {
  /** What is under way is given back to the queue. */
  stop(): Promise<void>
}

/** The schema is the owner's: the working role only takes and gives jobs. */
const asWorkingRole = { migrate: false, createSchema: false, schedule: false, reindex: false }
const asOwner = { supervise: false, schedule: false, reindex: false }
const passing = { ...asWorkingRole, supervise: false }

/** A process that has not been heard of for ten seconds has lost its job. */
const policy = {
  heartbeatSeconds: 10,
  expireInSeconds: 7_200,
  retryLimit: 1_000,
  retryDelay: 1,
  deleteAfterSeconds: 86_400,
}

/** Queues, schedules and the schema itself stay the owner's. */
const granted = (role: string): string => `
  select pg_advisory_xact_lock(5027381964410233);
  grant usage on schema pgboss to ${role};
  grant select on all tables in schema pgboss to ${role};
  grant insert, update, delete on pgboss.job, pgboss.job_common to ${role};
  grant update on pgboss.queue, pgboss.version to ${role};
  grant update, delete on pgboss.job_dependency to ${role}`

/** Makes the schema, or brings it up to date, and the queue; nothing where they are there already. */
export async function prepareJobs(owner: Pool, queue: string, role: string): Promise<void> {
  await during(new PgBoss({ ...asOwner, db: databaseOf(owner) }), (boss) =>
    boss.createQueue(queue, policy),
  )
  await owner.query(granted(role))
}

export const enqueue = (work: Work, queue: string, id: string): Promise<void> =>
  within(work, async (boss) => {
    await boss.send(queue, null, { id })
  })

export const dropJob = (work: Work, queue: string, id: string): Promise<void> =>
  within(work, async (boss) => {
    await boss.cancel(queue, id)
  })

/** A queue that knows no connection but the transaction’s. */
const within = (work: Work, use: (boss: PgBoss) => Promise<void>): Promise<void> =>
  during(new PgBoss({ ...passing, db: fromKysely(work) }), use)

async function during(boss: PgBoss, use: (boss: PgBoss) => Promise<void>): Promise<void> {
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
  // A database that can't be told that a job is given back notices by its silence.
  const stop = (): Promise<void> => boss.stop({ graceful: false }).catch(complain)
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

/**
 * Several statements in one text are sent as they are, which parameters would forbid. Values come
 * back as `pg` reads them and not as ours do: of a list of ids that stays a text pg-boss would find
 * none, and take every job for lost at its first sign of life.
 */
const databaseOf = (pool: Pool): Db => ({
  executeSql: (text, values = []) =>
    pool.query({ text, types, ...(values.length === 0 ? {} : { values: [...values] }) }),
})
