import type { Pool } from 'pg'
import type { Bilingual } from '#core/language.ts'
import { type Clock, systemClock } from './clock.ts'
import { createPool, type SocketConnection } from './db/connect.ts'
import { migrate } from './db/migrate.ts'
import { joinOwnServer } from './db/own-server.ts'
import { checkDurability } from './db/self-check.ts'
import { noTimeouts } from './db/startup-options.ts'
import { type Handle, handleOf } from './db/transaction.ts'

/** What every use case stands on: the database as the working role, and the day. */
export interface Service {
  readonly handle: Handle
  readonly clock: Clock
}

export interface OpenService extends Service {
  /** As the owner of the schema: migrations only. */
  readonly ownerPool: Pool
  /** Migrates and checks; may be called again after the database was away. */
  prepare(): Promise<readonly string[]>
  /** Starts Vigie's own server again when it died; nothing to do for somebody else's. */
  revive(): Promise<void>
  /** May be called twice: the second call waits for the first. */
  close(): Promise<void>
}

export interface ServiceOptions {
  readonly databaseUrl: string | null
  readonly dataFolder: string
  readonly clock?: Clock
  readonly poolMax?: number
  readonly say: (sentence: Bilingual) => void
}

export const workingRole = 'vigie_service'

/** Opens the pools; connects to nothing yet but Vigie's own server, which it starts or joins. */
export async function openService(options: ServiceOptions): Promise<OpenService> {
  const { databaseUrl, dataFolder, clock = systemClock, poolMax = 16, say } = options
  const own = databaseUrl === null ? await joinOwnServer({ dataFolder, say }) : null
  const connection = own?.connection ?? databaseUrl ?? ''
  const ownerPool = createPool({
    connection,
    max: 2,
    applicationName: 'vigie owner',
    timeouts: noTimeouts,
  })
  const workingPool = createPool({
    connection: asWorkingRole(connection),
    max: poolMax,
    role: workingRole,
    applicationName: 'vigie',
  })
  let closed: Promise<void> | null = null
  const close = async (): Promise<void> => {
    await workingPool.end()
    await ownerPool.end()
    await own?.leave()
  }
  return {
    handle: handleOf(workingPool),
    clock,
    ownerPool,
    async prepare() {
      const applied = await migrate(ownerPool)
      await checkDurability(ownerPool)
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

/**
 * On Vigie's own server the service signs in as the working role, which cannot become another. On
 * somebody else's it signs in as the user of the address and takes the role at once.
 */
const asWorkingRole = (connection: string | SocketConnection): string | SocketConnection =>
  typeof connection === 'string' ? connection : { ...connection, user: workingRole }
