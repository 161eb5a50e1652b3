import type { FiscalYear } from '#core/fiscal-year.ts'
import type { Bilingual } from '#core/language.ts'
import type { Money } from '#core/money.ts'

/**
 * What an officer sees before saving: how the amount is read, and what is left in the envelope for
 * the year of the service date, whoever spent from it. With 1 000.00 of headroom, an amount of
 * 1 234.50 leaves -234.50: it can be entered, and its approval will ask for a justification.
 */
export interface EntryStanding {
  /** As it was read; null where nothing was typed, or nothing could be read. */
  readonly amount: Money | null
  /** What keeps the amount, the day or the place from being read. */
  readonly refused: readonly Bilingual[]
  readonly place: EntryPlace | null
}

export interface EntryPlace {
  readonly measure: string | null
  /** Null where the measure is self-funded: nothing is left, since nothing was granted. */
  readonly envelope: EntryEnvelope | null
  readonly fiscalYear: FiscalYear
}

export interface EntryEnvelope {
  readonly code: string
  readonly headroom: Money
  /** Less the amount; null without one. */
  readonly after: Money | null
  readonly isOverShare: boolean
  readonly isOutsideTerm: boolean
  /** Entered and not posted yet, of the organizations whose documents the reader opens. */
  readonly drafts: Money
  readonly submitted: Money
}

/** What was typed so far, each as text. */
export interface EntryTyped {
  readonly measure?: string | undefined
  readonly envelope?: string | undefined
  readonly serviceDate?: string | undefined
  readonly amount?: string | undefined
}
