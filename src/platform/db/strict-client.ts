import { Client, type ClientConfig } from 'pg'
import { isPlanOutdated, naming } from './prepared.ts'
import { refuseUnstorable } from './storable.ts'

export interface StrictClientConfig extends ClientConfig {
  /** After so long without an answer the connection is given up; 0: never. */
  readonly stallMillis?: number
}

type Callback = (error: unknown, result?: unknown) => void

const isCallback = (part: unknown): part is Callback => typeof part === 'function'

/**
 * The client of every pool, kysely's too: the one place all parameters pass through.
 *
 * - A backend may die under a checked-out client, where nobody listens: an `error` event without
 *   a listener ends the process. The query in hand is rejected all the same.
 * - The server's timeouts cannot speak through a connection that stalls. `pg`'s query_timeout
 *   would give the client back with the statement still running; here the connection is closed.
 * - Statements are prepared, until a migration has changed what one of them answers.
 * - `pg` is always given a callback: of the promises that it makes itself each keeps the rows of its
 *   answer until the next full collection, a pause of 40 ms every fifteen pages.
 */
export class StrictClient extends Client {
  constructor({ stallMillis = 0, ...config }: StrictClientConfig = {}) {
    super(config)
    this.on('error', () => undefined)
    const send = this.query.bind(this) as (...parts: unknown[]) => unknown
    const named = naming()
    let arePlansOutdated = false
    const guarded = (...parts: unknown[]): unknown => {
      const callback = parts.at(-1)
      if (!isCallback(callback)) {
        return new Promise((resolve, reject) => {
          const settle: Callback = (error, result) => (error ? reject(error) : resolve(result))
          guarded(...parts, settle)
        })
      }
      try {
        refuseUnstorable(parts)
      } catch (problem) {
        process.nextTick(callback, problem)
        return undefined
      }
      const stopWatching = this.#watch(stallMillis)
      const query = arePlansOutdated ? parts : named(parts)
      return send(...query.slice(0, -1), (error: unknown, result: unknown) => {
        stopWatching()
        arePlansOutdated ||= isPlanOutdated(error)
        callback(error, result)
      })
    }
    this.query = guarded as unknown as Client['query']
  }

  #watch(stallMillis: number): () => void {
    if (stallMillis === 0) return () => undefined
    const timer = setTimeout(
      () => this.connection.stream.destroy(stalled(stallMillis)),
      stallMillis,
    )
    return () => clearTimeout(timer)
  }
}

const stalled = (millis: number): Error =>
  Object.assign(new Error(`no answer within ${millis} ms`), { code: 'ETIMEDOUT' })
