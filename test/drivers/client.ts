import type { Chance } from '#test/support/seed.ts'
import { amountOf, type Document, type Model } from './model.ts'
import type { Intent, RequestLog, Said } from './request-log.ts'

/** Sends it, and throws when no answer comes. */
export type Ask = (intent: Intent) => Promise<Said>

/** One thing after the other, each under a key of its own until it is done. */
export abstract class Asker {
  /** Answers that are neither right nor "come back later". */
  readonly strange: string[] = []
  readonly #name: string
  readonly #log: RequestLog
  #pending: Intent | null = null
  #asked = 0

  constructor({ name, log }: { readonly name: string; readonly log: RequestLog }) {
    this.#name = name
    this.#log = log
  }

  /** What was asked and not answered yet. */
  get pending(): Intent | null {
    return this.#pending
  }

  /** Asks what is pending, or the next thing. Answers whether it is done. */
  async step(ask: Ask): Promise<boolean> {
    if (this.#pending === null) {
      this.#asked += 1
      this.#pending = { key: `${this.#name}-${this.#asked}`, ...this.intend(this.#asked) }
      this.#log.asks(this.#pending)
    }
    const said = await ask(this.#pending)
    this.#log.answers(this.#pending.key, said)
    if (said.status === 503 && said.retryAfter !== null) {
      return false
    }
    this.#settle(this.#pending, said)
    return true
  }

  #settle(intent: Intent, said: Said): void {
    this.#pending = null
    if (said.status >= 200 && said.status <= 299) {
      this.done(intent, said)
    } else {
      this.strange.push(`${intent.method} ${intent.path}: ${said.status} ${said.text}`)
    }
  }

  protected abstract intend(count: number): Step
  protected abstract done(intent: Intent, said: Said): void
}

export type Step = Omit<Intent, 'key'>

export interface ClientOptions {
  readonly name: string
  readonly chance: Chance
  readonly model: Model
  readonly log: RequestLog
  readonly officer: string
  readonly approver: string
  /** Where the money is: what a draft says besides its number and amount. */
  readonly cell?: Readonly<Record<string, unknown>>
}

/**
 * Enters, corrects, deletes, submits, returns, approves one by one and several at a time, asks for
 * reversals and decides them, in an order that chance chooses. Its documents are its own, so each
 * thing it asks must be done; envelope, numbers, people, balances and the chain's head it shares
 * with the others.
 */
export class Client extends Asker {
  readonly #options: ClientOptions
  readonly #own = new Map<string, Document>()

  constructor(options: ClientOptions) {
    super(options)
    this.#options = options
  }

  protected done(intent: Intent, said: Said): void {
    if (intent.method === 'DELETE') {
      this.#own.delete(intent.path.split('/').at(-1) ?? '')
    }
    for (const document of this.#options.model.apply(intent, said)) {
      this.#own.set(document.id, document)
    }
  }

  protected intend(count: number): Step {
    return this.#options.chance.of(this.#possible(count))()
  }

  /** Each as often as it should be chosen. */
  #possible(count: number): readonly (() => Step)[] {
    const { officer, approver } = this.#options
    const possible: (() => Step)[] = [() => this.#enter(count)]
    for (const document of this.#own.values()) {
      const to = (by: string, step: string, body: unknown = undefined): (() => Step) =>
        stepOf(document, by, step, body)
      if (document.state === 'draft') {
        const submit = to(officer, 'submit')
        possible.push(submit, submit, this.#change(document), remove(document, officer))
      } else if (document.state === 'submitted') {
        const several = () => this.#approveSeveral()
        possible.push(several, several, to(approver, 'approve'), to(approver, 'return', reason))
      } else if (document.state === 'posted') {
        possible.push(...this.#reversal(document))
      }
    }
    return possible
  }

  #reversal(document: Document): readonly (() => Step)[] {
    const { officer, approver } = this.#options
    const open = document.requests.find(({ state }) => state === 'asked')
    if (open === undefined) {
      // Most stay posted, or there would be no sum to be wrong.
      return document.requests.length === 0 && this.#options.chance.below(3) === 0
        ? [stepOf(document, officer, 'reverse', reason)]
        : []
    }
    const request = `requests/${open.id}`
    return [
      stepOf(document, approver, `${request}/approve`),
      stepOf(document, approver, `${request}/approve`),
      stepOf(document, approver, `${request}/refuse`, reason),
    ]
  }

  #enter(count: number): Step {
    const { name, chance, officer, cell } = this.#options
    const body = {
      organization: 'MSP',
      measure: 'QC-12',
      serviceDate: chance.of(['2023-06-15', '2024-11-30', '2025-06-15']),
      documentNumber: `${name}-${count}`,
      supplier: 'PIPQ',
      description: 'Projet pilote',
      amount: amountOf(BigInt(1 + chance.below(99_999))),
      justification: 'Entente signée',
      ...cell,
    }
    return { by: officer, method: 'POST', path: '/expenditures', version: null, body }
  }

  #change({ id, version }: Document): () => Step {
    const { officer, chance } = this.#options
    return () => ({
      by: officer,
      method: 'PATCH',
      path: `/expenditures/${id}`,
      version,
      body: { amount: amountOf(BigInt(1 + chance.below(99_999))) },
    })
  }

  #approveSeveral(): Step {
    const submitted = [...this.#own.values()].filter(({ state }) => state === 'submitted')
    const items = submitted.slice(0, 5).map(({ id, version }) => ({ id, version }))
    return {
      by: this.#options.approver,
      method: 'POST',
      path: '/expenditures/approve',
      version: null,
      body: { items },
    }
  }
}

const reason = { reason: 'À revoir' }

const stepOf =
  ({ id, version }: Document, by: string, step: string, body: unknown = undefined): (() => Step) =>
  () => ({ by, method: 'POST', path: `/expenditures/${id}/${step}`, version, body })

const remove =
  ({ id, version }: Document, by: string): (() => Step) =>
  () => ({ by, method: 'DELETE', path: `/expenditures/${id}`, version, body: undefined })
