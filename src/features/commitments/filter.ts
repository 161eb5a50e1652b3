import type { FiscalYear } from '#core/fiscal-year.ts'
import type { Money } from '#core/money.ts'
import type { CommitmentState } from './commitment.ts'

/** Which commitments a list shows, in the order of their numbers. */
export interface CommitmentFilter {
  readonly organization?: string | undefined
  readonly measure?: string | undefined
  readonly envelope?: string | undefined
  /** The year it was asked on. */
  readonly fiscalYear?: FiscalYear | undefined
  readonly state?: CommitmentState | undefined
  /** Any part of the supplier's name. */
  readonly supplier?: string | undefined
}

export interface PageAsked {
  readonly limit: number
  /** Number of the last one already seen. */
  readonly after: string | null
}

/** What a whole list adds up to. */
export interface CommitmentTotals {
  /** What was asked for. */
  readonly total: Money
  readonly consumed: Money
  readonly released: Money
  /** Of what was approved alone: nothing is committed before. */
  readonly remaining: Money
}
