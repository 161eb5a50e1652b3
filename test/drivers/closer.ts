import type { Chance } from '#test/support/seed.ts'
import { Asker, type Step } from './client.ts'
import type { DecidedPeriod, Model } from './model.ts'
import type { Intent, RequestLog, Said } from './request-log.ts'

export interface CloserOptions {
  readonly name: string
  readonly chance: Chance
  readonly model: Model
  readonly log: RequestLog
  readonly administrator: string
  /** Where nobody enters anything: a period with drafts in it would not be closed. */
  readonly organization: string
  readonly fiscalYear: string
}

/** Closes and reopens the periods of a year of its own. */
export class Closer extends Asker {
  readonly #options: CloserOptions
  readonly #periods = new Map<number, DecidedPeriod>()

  constructor(options: CloserOptions) {
    super(options)
    this.#options = options
  }

  protected intend(): Step {
    const { administrator, chance, organization, fiscalYear } = this.#options
    const period = 1 + chance.below(12)
    const known = this.#periods.get(period)
    return {
      by: administrator,
      method: 'POST',
      path: known?.state === 'closed' ? '/periods/reopen' : '/periods/close',
      version: null,
      body: {
        organization,
        fiscalYear,
        period,
        version: known?.version ?? 1,
        reason: 'Rapprochement refait',
      },
    }
  }

  protected done(intent: Intent, said: Said): void {
    this.#options.model.apply(intent, said)
    const decided: DecidedPeriod = JSON.parse(said.text)
    this.#periods.set(decided.period, decided)
  }
}
