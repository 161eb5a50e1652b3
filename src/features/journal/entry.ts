import type { CalendarDate } from '#core/calendar-date.ts'
import type { FiscalYear } from '#core/fiscal-year.ts'
import { type Money, negate } from '#core/money.ts'
import type { Period } from '#core/period.ts'

/**
 * One movement of money between accounts. Every entry sums to zero in each envelope and year.
 * Reversal: the mirror of one entry, of the same kind, naming it. Source: docs/architecture.md,
 * journal. Example: 1 234.50 spent on QC-M12 in 2025-2026 is available −1234.50, spent +1234.50.
 */
export const accounts = ['authority', 'available', 'committed', 'spent', 'own_resources'] as const
export type Account = (typeof accounts)[number]

export const entryKinds = [
  'appropriation',
  'supplement',
  'reduction',
  'transfer',
  'distribution',
  'commitment',
  'release',
  'expenditure',
  'self-funded',
  'refund',
  'carry-forward',
  'lapse',
] as const
export type EntryKind = (typeof entryKinds)[number]

export const entryOrders = ['oldest', 'newest'] as const
export type EntryOrder = (typeof entryOrders)[number]

/** Where money stands. No envelope: self-funded. No fiscal year: not distributed over the term. */
export interface Cell {
  readonly envelope: string | null
  readonly measure: string | null
  readonly organization: string
  readonly fiscalYear: FiscalYear | null
}

export interface Line {
  readonly account: Account
  readonly cell: Cell
  readonly amount: Money
}

export interface DocumentReference {
  readonly type: 'envelope' | 'revision' | 'commitment' | 'expenditure' | 'year-end'
  readonly id: string
}

export interface Entry {
  readonly kind: EntryKind
  readonly organization: string
  readonly effectiveOn: CalendarDate
  /** Null for planned money of the official plan, which no period recorded. */
  readonly recordedIn: Period | null
  readonly document: DocumentReference
  readonly reverses: string | null
  readonly flags: readonly string[]
  readonly lines: readonly Line[]
}

export interface PostedEntry extends Entry {
  readonly id: string
}

const move = (from: Account, to: Account, cell: Cell, amount: Money): readonly Line[] => [
  { account: from, cell, amount: negate(amount) },
  { account: to, cell, amount },
]

export const appropriationLines = (cell: Cell, amount: Money): readonly Line[] =>
  move('authority', 'available', cell, amount)

/** From what is available, or from the organization's own resources when there is no envelope. */
export const spendingLines = (cell: Cell, amount: Money): readonly Line[] =>
  move(cell.envelope === null ? 'own_resources' : 'available', 'spent', cell, amount)

export const commitmentLines = (cell: Cell, amount: Money): readonly Line[] =>
  move('available', 'committed', cell, amount)

export const releaseLines = (cell: Cell, amount: Money): readonly Line[] =>
  move('committed', 'available', cell, amount)

/** Back to where the spending of the cell came from. */
export const refundLines = (cell: Cell, amount: Money): readonly Line[] =>
  move('spent', cell.envelope === null ? 'own_resources' : 'available', cell, amount)

export const reversalOf = (entry: PostedEntry, recordedIn: Period | null): Entry => ({
  kind: entry.kind,
  organization: entry.organization,
  effectiveOn: entry.effectiveOn,
  recordedIn,
  document: entry.document,
  reverses: entry.id,
  flags: entry.flags,
  lines: entry.lines.map((line) => ({ ...line, amount: negate(line.amount) })),
})
