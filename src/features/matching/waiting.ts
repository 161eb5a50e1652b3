import type { Period } from '#core/period.ts'

/** A matching, or an extract that has none yet, that waits for somebody. */
export interface WaitingLedger {
  readonly organization: string
  readonly period: Period
  /** Of the extract where nobody has run its matching, else of the last matching of its period. */
  readonly kind: 'extract' | 'run'
  readonly id: string
  /** Rows of the extract; or lines and residuals without a cause, as the tie-out counts them. */
  readonly count: number
  /** Who made the matching or last changed it: they do not sign it. */
  readonly workers: readonly string[]
}
