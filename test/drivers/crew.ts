import type { Pool } from 'pg'
import type { Chance } from '#test/support/seed.ts'
import { type Ask, type Asker, Client } from './client.ts'
import { Model } from './model.ts'
import type { Intent, RequestLog, Said } from './request-log.ts'

export interface CrewOptions {
  readonly size: number
  readonly chance: Chance
  readonly log: RequestLog
  readonly officer: string
  readonly approver: string
}

/** Clients at work, each asking one thing after the other until told to stop. */
export class Crew {
  readonly model = new Model()
  readonly #clients: Asker[]
  #isStopped = false

  constructor({ size, chance, log, officer, approver }: CrewOptions) {
    this.#clients = Array.from({ length: size }, (_, place) => {
      const name = `client-${place}`
      return new Client({
        name,
        chance: chance.branch(place),
        model: this.model,
        log,
        officer,
        approver,
      })
    })
  }

  add(asker: Asker): void {
    this.#clients.push(asker)
  }

  get done(): number {
    return this.model.answers.size
  }

  /** Answers that should not have been given, or not twice in two ways. */
  get strange(): readonly string[] {
    return [...this.#clients.flatMap(({ strange }) => strange), ...this.model.contradictions]
  }

  get pending(): readonly Intent[] {
    return this.#clients.flatMap(({ pending }) => pending ?? [])
  }

  stop(): void {
    this.#isStopped = true
  }

  /**
   * Until `stop`, or until no answer comes; answers how many clients got none. What is told to come
   * back later is asked again.
   */
  async work(ask: Ask): Promise<number> {
    this.#isStopped = false
    const ends = await Promise.all(this.#clients.map((client) => this.#keepAsking(client, ask)))
    return ends.filter((end) => end === 'broken').length
  }

  async #keepAsking(client: Asker, ask: Ask): Promise<Step> {
    let step: Step = 'done'
    while (!this.#isStopped && step !== 'broken') {
      step = await stepped(client, ask)
    }
    return step
  }

  /** Every answer that is due: the same request under the same key, until it is done. */
  async settle(ask: Ask): Promise<void> {
    for (const client of this.#clients) {
      while (client.pending !== null) {
        if ((await stepped(client, ask)) === 'broken') {
          throw new Error('no answer came to a request that was sent again')
        }
      }
    }
  }
}

const pauseMillis = 20

type Step = 'done' | 'later' | 'broken'

async function stepped(client: Asker, ask: Ask): Promise<Step> {
  try {
    if (await client.step(ask)) {
      return 'done'
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMillis))
    return 'later'
  } catch (error) {
    if (error instanceof TypeError) {
      // What fetch throws when the connection breaks.
      return 'broken'
    }
    throw error
  }
}

/** What the record says it answered to requests whose answers never arrived. */
export async function answersKept(
  owner: Pool,
  pending: readonly Intent[],
): Promise<ReadonlyMap<Intent, Said>> {
  const { rows } = await owner.query(
    'select key, status, etag, answer from idempotency_key where key = any ($1)',
    [pending.map(({ key }) => key)],
  )
  const kept = new Map(rows.map(({ key, ...said }) => [key, said]))
  return new Map(
    pending.flatMap((intent) => {
      const { status, etag, answer: text } = kept.get(intent.key) ?? {}
      return status === undefined ? [] : [[intent, { status, etag, text, retryAfter: null }]]
    }),
  )
}
