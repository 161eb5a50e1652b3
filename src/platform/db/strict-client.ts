import { Client, type ClientConfig } from 'pg'
import { isPlanOutdated, naming } from './prepared.ts'
import { refuseUnstorable } from './storable.ts'

export interface StrictClientConfig extends ClientConfig {
  /** After so long without an answer the connection is given up; 0: never. */
  readonly stallMillis?: number
}

type Callback = (error: unknown, ...rest: unknown[]) => void

/**
 * The client of every pool, kysely's too: the one place all parameters pass through.
 *
 * - A backend may die under a checked-out client, where nobody listens: an `error` event without
 *   a listener ends the process. The query in hand is rejected all the same.
 * - The server's timeouts cannot speak through a connection that stalls. `pg`'s query_timeout
 *   would give the client back with the statement still running; here the connection is closed.
 * - Statements are prepared, until a migration has changed what one of them answers.
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
      const hasCallback = typeof callback === 'function'
      try {
        refuseUnstorable(parts)
      } catch (problem) {
        if (!hasCallback) return Promise.reject(problem)
        process.nextTick(callback as Callback, problem)
        return undefined
      }
      const stopWatching = this.#watch(stallMillis)
      const settle = (error: unknown): void => {
        stopWatching()
        arePlansOutdated ||= isPlanOutdated(error)
      }
      const query = arePlansOutdated ? parts : named(parts)
      if (!hasCallback) {
        const answer = send(...query) as Promise<unknown>
        answer.then(() => settle(null), settle)
        return answer
      }
      return send(...query.slice(0, -1), (...answer: unknown[]) => {
        settle(answer[0])
        return (callback as (...answer: unknown[]) => unknown)(...answer)
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
