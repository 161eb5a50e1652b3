import type { FiscalYear } from '#core/fiscal-year.ts'
import type { Bilingual } from '#core/language.ts'
import type { Money } from '#core/money.ts'

/**
 * Something to look at twice, with what it was held against and why. The same money may be in
 * several of them: they are not added up. An exception is no judgement of a person.
 */
export const exceptionFlags = [
  'over-spent',
  'over-committed',
  'over-share',
  'spent-without-plan',
  'nothing-recorded',
  'outside-term',
  'draws-on-undistributed',
  'ahead-of-time',
  'behind-time',
  'late-item',
  'possible-duplicate',
  'covers-two-years',
  'upper-bound',
  'not-a-lead',
  'late-source',
] as const
export type ExceptionFlag = (typeof exceptionFlags)[number]

export interface Exception {
  readonly flag: ExceptionFlag
  readonly kind: 'measure' | 'envelope' | 'organization'
  readonly key: string
  readonly label: Bilingual
  readonly envelope: string | null
  readonly organization: string | null
  /** Null: the whole range. */
  readonly fiscalYear: FiscalYear | null
  readonly planned: Money | null
  readonly committed: Money | null
  readonly spent: Money | null
  readonly available: Money | null
  readonly percentSpent: string | null
  /** Of the months of the term, or of the year, those that have ended. */
  readonly percentElapsed: string | null
  /** Entries that carry the flag, less those taken back. */
  readonly entries: number | null
  readonly threshold: Bilingual | null
  readonly why: Bilingual
  readonly href: string | null
}

/** An exception of which only some things are known. */
export const exception = (
  known: Pick<Exception, 'flag' | 'kind' | 'key' | 'label' | 'why'> & Partial<Exception>,
): Exception => ({
  envelope: null,
  organization: null,
  fiscalYear: null,
  planned: null,
  committed: null,
  spent: null,
  available: null,
  percentSpent: null,
  percentElapsed: null,
  entries: null,
  threshold: null,
  href: null,
  ...known,
})
