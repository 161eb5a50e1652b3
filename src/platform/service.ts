import type { Pool } from 'pg'
import type { Bilingual } from '#core/language.ts'
import type { Problem } from '#core/problem.ts'
import { type Clock, systemClock } from './clock.ts'
import { createPool, type PoolOptions, type SocketConnection } from './db/connect.ts'
import { type HeldLock, tryLock } from './db/held-lock.ts'
import { migrate } from './db/migrate.ts'
import { joinOwnServer } from './db/own-server.ts'
import { checkDurability } from './db/self-check.ts'
import { briefTimeouts, noTimeouts } from './db/startup-options.ts'
import { type Handle, handleOf } from './db/transaction.ts'
import type { PoolState } from './metrics.ts'

/** What every use case stands on: the database as the working role, and the day. */
export interface Service {
  readonly handle: Handle
  readonly clock: Clock
  /** Why nothing may be written now; null or absent: everything may. Reading goes on. */
  readonly refusal?: () => Problem | null
  /** Where people reach the pages, `https://…`; null or absent: nobody knows. */
  readonly site?: string | null
}

export interface OpenService extends Service {
  /** As the owner of the schema: migrations only. */
  readonly ownerPool: Pool
  /** Whether the database is there, asked of it and not remembered: within seconds, even of a dead line. */
  answers(): Promise<boolean>
  /** Of the working role's connections. */
  poolState(): PoolState
  /** As the working role, for readings that may rightly take minutes. */
  readonly patientHandle: Handle
  /** How the working role connects: a value that a thread can be given. */
  readonly working: WorkingConnection
  /** From now on actions are refused with this; null: they are done again. */
  refuseWrites(problem: Problem | null): void
  /** Null when another process holds it. */
  tryLock(key: string): Promise<HeldLock | null>
  /** Migrates and checks; may be called again after the database was away. */
  prepare(): Promise<readonly string[]>
  /** Starts Vigie's own server again when it died; nothing to do for somebody else's. */
  revive(): Promise<void>
  /** May be called twice: the second call waits for the first. */
  close(): Promise<void>
}

export type WorkingConnection = Pick<PoolOptions, 'connection'> & { readonly role: string }

export interface ServiceOptions {
  readonly databaseUrl: string | null
  readonly dataFolder: string
  /** Where people reach the pages. */
  readonly site?: string | null
  readonly clock?: Clock
  readonly poolMax?: number
  readonly say: (sentence: Bilingual) => void
}

export const workingRole = 'vigie_service'

/** Opens the pools; connects to nothing yet but Vigie's own server, which it starts or joins. */
export async function openService(options: ServiceOptions): Promise<OpenService> {
  const { databaseUrl, dataFolder, clock = systemClock, poolMax = 16, say } = options
  const { site = null } = options
  const own = databaseUrl === null ? await joinOwnServer({ dataFolder, say }) : null
  const connection = own?.connection ?? databaseUrl ?? ''
  const working = { connection: asWorkingRole(connection), role: workingRole }
  const { ownerPool, workingPool, patientPool, briefPool } = poolsOn(connection, working, poolMax)
  const state: { refusal: Problem | null } = { refusal: null }
  let closed: Promise<void> | null = null
  const close = async (): Promise<void> => {
    await workingPool.end()
    await patientPool.end()
    await briefPool.end()
    await ownerPool.end()
    await own?.leave()
  }
  return {
    handle: handleOf(workingPool),
    clock,
    site,
    ownerPool,
    answers: () =>
      briefPool.query('select').then(
        () => true,
        () => false,
      ),
    poolState: () => ({
      total: workingPool.totalCount,
      idle: workingPool.idleCount,
      waiting: workingPool.waitingCount,
    }),
    patientHandle: handleOf(patientPool),
    working,
    refusal: () => state.refusal,
    refuseWrites(problem) {
      state.refusal = problem
    },
    tryLock: (key) =>
      tryLock(createPool({ connection, applicationName: 'vigie lock', ...brief }), key),
    async prepare() {
      await checkDurability(ownerPool)
      const applied = await migrate(ownerPool)
      if (own !== null) {
        await ownerPool.query(`alter role ${workingRole} login`)
      }
      return applied
    },
    async revive() {
      await own?.revive()
    },
    close() {
      closed ??= close()
      return closed
    },
  }
}

/** Whoever waits on these must not wait for a line that has died without a word. */
const brief = { max: 1, timeouts: briefTimeouts, graceMillis: 1_000 }

function poolsOn(
  connection: string | SocketConnection,
  working: WorkingConnection,
  poolMax: number,
) {
  return {
    ownerPool: createPool({
      connection,
      max: 2,
      applicationName: 'vigie owner',
      timeouts: noTimeouts,
    }),
    briefPool: createPool({ connection, applicationName: 'vigie probe', ...brief }),
    workingPool: createPool({ ...working, max: poolMax, applicationName: 'vigie' }),
    // Connects only when it is asked.
    patientPool: createPool({
      ...working,
      max: 2,
      applicationName: 'vigie verify',
      timeouts: noTimeouts,
    }),
  }
}

/**
 * On Vigie's own server the service signs in as the working role, which cannot become another. On
 * somebody else's it signs in as the user of the address and takes the role at once.
 */
const asWorkingRole = (connection: string | SocketConnection): string | SocketConnection =>
  typeof connection === 'string' ? connection : { ...connection, user: workingRole }
