import type { Money } from '#core/money.ts'
import type { Period } from '#core/period.ts'
import { type Expenditure, expenditureFacts, requestKinds } from './expenditure.ts'
import type { Reason } from './reasons.ts'

/**
 * What waits for somebody's decision: a submitted expenditure, or what was asked about a posted one.
 * A person is shown only what they may decide themself, so never their own work (docs/words.md,
 * Steps and requests). The total is what approving all of it would add to spending: a submitted
 * 100.00, an asked reversal of 30.00 and an asked refund of 5.00 are 65.00. A reclassification moves
 * spending and adds none.
 */
export const waitingKinds = ['expenditure', ...requestKinds] as const
export type WaitingKind = (typeof waitingKinds)[number]

export interface WaitingRow {
  readonly kind: WaitingKind
  readonly expenditure: string
  readonly request: string | null
  /** ISO; null for what waited before instants were kept, which comes first. */
  readonly since: string | null
  /** What its approval would add to spending. */
  readonly effect: Money
  /** Sort values: microseconds and id. */
  readonly cursor: readonly string[]
}

export interface Waiting extends WaitingRow {
  readonly document: Expenditure
  /** Those it has, and those that approving it now would give it. */
  readonly flags: readonly string[]
  readonly reasons: readonly Reason[]
  readonly recordsIn: Period | null
  readonly needsJustification: boolean
}

export const waitingFacts = (waiting: Waiting) => ({
  kind: waiting.kind,
  request: waiting.request,
  since: waiting.since,
  recordsIn:
    waiting.recordsIn === null
      ? null
      : { fiscalYear: waiting.recordsIn.fiscalYear, period: waiting.recordsIn.number },
  flags: [...waiting.flags],
  reasons: waiting.reasons.map(({ flag, text }) => ({ flag, text: { fr: text.fr, en: text.en } })),
  needsJustification: waiting.needsJustification,
  expenditure: expenditureFacts(waiting.document),
})
