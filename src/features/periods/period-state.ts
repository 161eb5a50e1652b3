import type { CalendarDate } from '#core/calendar-date.ts'
import {
  compareFiscalYears,
  type FiscalYear,
  fiscalYearOf,
  fiscalYearsBetween,
} from '#core/fiscal-year.ts'
import { isStarted, type Period, periodKey, periodsOf } from '#core/period.ts'

/**
 * A period of an organization as people see it: open from the day it begins until somebody closes
 * it; nothing closes by itself. Without a row it was never used, and is at version 1. A fiscal year
 * is closed when its thirteen periods are. Source: docs/words.md, Time.
 * Example: on 2026-03-31, 2025-2026-P12 is open and 2025-2026-P13 begins the next day.
 */
export const periodStates = ['not-started', 'open', 'closed'] as const
export type PeriodState = (typeof periodStates)[number]

/** What a list may be asked for: `to-close` is open, and its days are over. */
export const askedStates = [...periodStates, 'to-close'] as const
export type AskedState = (typeof askedStates)[number]

export interface Closing {
  readonly by: string
  /** ISO, in UTC. */
  readonly at: string
}

/** What is kept of a period that was used or closed. */
export interface KeptPeriod extends Period {
  readonly organization: string
  readonly isClosed: boolean
  readonly version: number
  readonly closing: Closing | null
}

export interface ListedPeriod extends KeptPeriod {
  readonly state: PeriodState
  readonly fiscalYearState: PeriodState
}

export const unused = (organization: string, period: Period): KeptPeriod => ({
  organization,
  ...period,
  isClosed: false,
  version: 1,
  closing: null,
})

export function stateOf(
  period: Period & { readonly isClosed: boolean },
  today: CalendarDate,
): PeriodState {
  if (period.isClosed) {
    return 'closed'
  }
  return isStarted(period, today) ? 'open' : 'not-started'
}

/** `2025-2026-P03 MSP`, as people name it. */
export const periodName = ({ organization, ...period }: KeptPeriod): string =>
  `${periodKey(period)} ${organization}`

/** The thirteen of a fiscal year, in order, whether they were used or not. */
export function yearOfPeriods(
  organization: string,
  fiscalYear: FiscalYear,
  kept: ReadonlyMap<string, KeptPeriod>,
  today: CalendarDate,
): readonly ListedPeriod[] {
  const periods = periodsOf(fiscalYear).map((period) => {
    const known = kept.get(`${organization} ${periodKey(period)}`) ?? unused(organization, period)
    return { ...known, state: stateOf(known, today) }
  })
  const [first] = periods
  const fiscalYearState = periods.every(({ state }) => state === 'closed')
    ? 'closed'
    : first?.state === 'not-started'
      ? 'not-started'
      : 'open'
  return periods.map((period) => ({ ...period, fiscalYearState }))
}

export const keptKey = ({ organization, ...period }: KeptPeriod): string =>
  `${organization} ${periodKey(period)}`

/** The years an organization is shown, unless one is asked for: to the one that contains today. */
export function shownYears(first: FiscalYear, today: CalendarDate): readonly FiscalYear[] {
  const last = fiscalYearOf(today)
  return fiscalYearsBetween(compareFiscalYears(first, last) > 0 ? last : first, last)
}

/** As API, terminal and event payload say it. */
export const periodFacts = ({ organization, fiscalYear, number, version }: KeptPeriod) => ({
  organization,
  fiscalYear,
  period: number,
  key: periodKey({ fiscalYear, number }),
  version,
})

export const listedFacts = (period: ListedPeriod) => ({
  ...periodFacts(period),
  state: period.state,
  fiscalYearState: period.fiscalYearState,
  closedBy: period.closing?.by ?? null,
  closedAt: period.closing?.at ?? null,
})
