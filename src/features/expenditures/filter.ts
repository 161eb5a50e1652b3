import type { CalendarDate } from '#core/calendar-date.ts'
import type { FiscalYear } from '#core/fiscal-year.ts'
import type { Period } from '#core/period.ts'
import type { Jurisdiction } from '#features/programmes/programme.ts'
import type { ExpenditureState } from './expenditure.ts'

/**
 * Which expenditures a list shows. Funding is told by the envelope: `self_funded` without one,
 * `shared` when it serves several measures, `own` otherwise. A report's total links to a list with
 * the same filters, whose total is the same.
 */
export const expenditureFundings = ['own', 'shared', 'self_funded'] as const
export type ExpenditureFunding = (typeof expenditureFundings)[number]

export interface ExpenditureFilter {
  readonly organization?: string | undefined
  readonly measure?: string | undefined
  readonly axis?: string | undefined
  readonly lead?: string | undefined
  readonly envelope?: string | undefined
  readonly jurisdiction?: Jurisdiction | undefined
  readonly funding?: readonly ExpenditureFunding[] | undefined
  readonly fiscalYear?: FiscalYear | undefined
  /** Where it was recorded, not where its service date falls. */
  readonly period?: Period | undefined
  readonly state?: ExpenditureState | undefined
  readonly from?: CalendarDate | undefined
  readonly to?: CalendarDate | undefined
  readonly text?: string | undefined
  /** Who entered it. */
  readonly preparedBy?: string | undefined
  /** Only drafts that somebody submitted and somebody else returned. */
  readonly returned?: true | undefined
  /** Posted by that position; null is now. */
  readonly postedBy?: number | null | undefined
}

export interface PageAsked {
  readonly limit: number
  /** Service date and id of the last one already seen. */
  readonly after: readonly string[] | null
}
