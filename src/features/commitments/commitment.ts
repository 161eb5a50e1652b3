import type { Canonical } from '#core/canonical.ts'
import type { FiscalYear } from '#core/fiscal-year.ts'
import { type Money, subtract } from '#core/money.ts'
import type { Period } from '#core/period.ts'
import type { Cell } from '#features/journal/entry.ts'

/**
 * Money reserved for a supplier or a recipient. draft → submitted → approved → closed, or returned
 * from submitted to draft. Expenditures consume it and an approver releases what they leave; it is
 * closed once nothing remains, and stays so. Example: of 1 000.00, 600.00 consumed and 400.00
 * released leave 0.00. A year-end may carry what remains to the next year: `heldIn` says where it is.
 */
export const commitmentStates = ['draft', 'submitted', 'approved', 'closed'] as const
export type CommitmentState = (typeof commitmentStates)[number]

/** What a person states about a commitment; the rest follows from it. */
export interface CommitmentStatement {
  readonly organization: string
  readonly measure: string | null
  /** Null until it is placed: the measure may tell it. */
  readonly envelope: string | null
  readonly fiscalYear: FiscalYear
  readonly supplier: string
  readonly reference: string
  readonly description: string
  readonly amount: Money
}

export interface Commitment extends CommitmentStatement {
  readonly id: string
  readonly number: string
  readonly state: CommitmentState
  readonly version: number
  readonly envelope: string
  /** The year that holds its money now. */
  readonly heldIn: FiscalYear
  readonly consumed: Money
  readonly released: Money
  readonly flags: readonly string[]
  readonly preparedBy: string
  /** Who last changed the draft; may not approve it. */
  readonly changedBy: string
  readonly submittedBy: string | null
  readonly approvedBy: string | null
  /** Who released last. */
  readonly releasedBy: string | null
  readonly entry: string | null
  readonly recordedIn: Period | null
  /** Sequence of the event that approved it. */
  readonly position: number | null
}

export const remainingOf = ({ amount, consumed, released }: Commitment): Money =>
  subtract(subtract(amount, consumed), released)

/** What it holds committed; null before it is approved, when nothing is. */
export const heldOf = (commitment: Commitment): Money | null =>
  ['approved', 'closed'].includes(commitment.state) ? remainingOf(commitment) : null

/** Where its money stands. */
export const cellOf = ({ envelope, measure, organization, heldIn }: Commitment): Cell => ({
  envelope,
  measure,
  organization,
  fiscalYear: heldIn,
})

/** The document as API, terminal and event payload say it. */
export const commitmentFacts = (commitment: Commitment) => ({
  id: commitment.id,
  number: commitment.number,
  state: commitment.state,
  version: commitment.version,
  organization: commitment.organization,
  measure: commitment.measure,
  envelope: commitment.envelope,
  fiscalYear: commitment.fiscalYear,
  heldIn: commitment.heldIn,
  recordedIn:
    commitment.recordedIn === null
      ? null
      : { fiscalYear: commitment.recordedIn.fiscalYear, period: commitment.recordedIn.number },
  supplier: commitment.supplier,
  reference: commitment.reference,
  description: commitment.description,
  amount: commitment.amount.toString(),
  consumed: commitment.consumed.toString(),
  released: commitment.released.toString(),
  remaining: remainingOf(commitment).toString(),
  flags: [...commitment.flags],
  preparedBy: commitment.preparedBy,
  submittedBy: commitment.submittedBy,
  approvedBy: commitment.approvedBy,
  releasedBy: commitment.releasedBy,
  entry: commitment.entry,
  position: commitment.position,
})

/** For the chain: what is said, without the position that the chain itself is about to give. */
export const sealedFacts = (commitment: Commitment): Canonical => {
  const { position: _position, ...facts } = commitmentFacts(commitment)
  return facts
}
