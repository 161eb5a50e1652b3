import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import type { Bilingual } from '#core/language.ts'
import { isUnavailable, type SocketConnection } from './connect.ts'
import { ensureCluster, superuser } from './own-server-cluster.ts'
import { enter, isLastOut, servedDatabase } from './own-server-entry.ts'
import { type Place, settleSite } from './own-server-place.ts'
import { stopServer } from './own-server-process.ts'

/**
 * Vigie's own PostgreSQL, for who names none: in the data folder, reached by a socket only its
 * owner can open. The first process starts it, others join it, the last one out stops it; what a
 * killed process left running is joined by the next one.
 */
export interface OwnServer {
  readonly connection: SocketConnection
  /** Makes sure that the server answers, and starts it again if need be. Cheap when it does. */
  revive(): Promise<void>
  /** Close the pools first: the last one out stops the server, which cuts off whoever is left. */
  leave(): Promise<void>
}

export interface OwnServerOptions {
  readonly dataFolder: string
  /** Told, once, where the data is when it cannot be where it was asked for. */
  readonly say: (sentence: Bilingual) => void
}

/** @throws Problem `database/…` when the server cannot be started or must not be used. */
export async function joinOwnServer(options: OwnServerOptions): Promise<OwnServer> {
  const site = await settleSite(options)
  const place = await ensureCluster(site)
  await site.note()
  const presence = new Presence(place)
  await presence.revive()
  return {
    connection: {
      host: place.socket,
      port: place.port,
      user: superuser,
      database: servedDatabase,
    },
    revive: () => presence.revive(),
    leave: () => presence.leave(),
  }
}

const retryMillisMin = 100
const retryMillisMax = 5_000

/** Being in: a connection that holds the shared lock, found again whenever it is lost. */
class Presence {
  readonly #place: Place
  readonly #leaving = new AbortController()
  #client: Client | null = null
  #reviving: Promise<void> | null = null
  #left: Promise<void> | null = null

  constructor(place: Place) {
    this.#place = place
  }

  revive(): Promise<void> {
    if (this.#leaving.signal.aborted) return Promise.resolve()
    this.#reviving ??= this.#enterAgain().finally(() => {
      this.#reviving = null
    })
    return this.#reviving
  }

  leave(): Promise<void> {
    this.#left ??= this.#leave()
    return this.#left
  }

  async #enterAgain(): Promise<void> {
    if (this.#client !== null && (await answers(this.#client))) return
    const client = await enter(this.#place, this.#leaving.signal)
    this.#client = client
    client.once('end', () => {
      if (this.#client !== client) return
      this.#client = null
      void this.#keepTrying()
    })
  }

  /** In silence: whoever needs the database meanwhile is told by its own connection. */
  async #keepTrying(): Promise<void> {
    const { signal } = this.#leaving
    let pause = retryMillisMin
    while (!signal.aborted && this.#client === null) {
      await this.revive().catch(() => sleep(pause, undefined, { ref: false }))
      pause = Math.min(pause * 2, retryMillisMax)
    }
  }

  async #leave(): Promise<void> {
    this.#leaving.abort()
    await this.#reviving?.catch(() => undefined)
    const client = this.#client
    this.#client = null
    if (client === null) return
    try {
      if (await isLastOut(client)) await stopServer(this.#place)
    } catch (error) {
      if (!isUnavailable(error)) throw error
    } finally {
      await client.end()
    }
  }
}

const answers = (client: Client): Promise<boolean> =>
  client.query('select').then(
    () => true,
    () => false,
  )
