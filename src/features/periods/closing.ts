import { type CalendarDate, compareDates, endOfMonth } from '#core/calendar-date.ts'
import { lastDay } from '#core/fiscal-year.ts'
import type { Issue } from '#core/issues.ts'
import { comparePeriods, isStarted, type Period, periodFirstDay } from '#core/period.ts'
import { Problem } from '#core/problem.ts'
import { chooseRecordedPeriod } from '#core/recorded-period.ts'
import { refuseField } from '#core/refusal.ts'
import { type KeptPeriod, periodName, stateOf } from './period-state.ts'

/**
 * When a period may be closed or reopened. It is closed only once nothing waits to be recorded in
 * it: no draft and no submitted expenditure that an approval of today would put there. Period 13
 * waits for what is late for the closed months of its year. A document entered after the closing is
 * a late item. Source: docs/words.md, Time. Example: with 2025-2026-P03 closed, a draft of
 * 2025-06-15 stands in the way of 2025-2026-P13.
 */
export interface UnpostedDocument {
  readonly id: string
  readonly number: string
  readonly state: 'draft' | 'submitted'
  readonly serviceDate: CalendarDate
}

/** The last service date that the period could record. */
export const lastServiceDay = (period: Period): CalendarDate =>
  period.number === 13 ? lastDay(period.fiscalYear) : endOfMonth(periodFirstDay(period))

/** Its days are over and nobody closed it. */
export const isToClose = (
  period: Period & { readonly isClosed: boolean },
  today: CalendarDate,
): boolean => stateOf(period, today) === 'open' && compareDates(lastServiceDay(period), today) < 0

/** @throws Problem `periods/stale` when somebody closed or reopened it since it was shown. */
export function requireShown(period: KeptPeriod, shown: number): void {
  if (period.version !== shown) {
    const sentence = {
      fr: `La période ${periodName(period)} a changé depuis que vous l’avez vue (version ${shown}, maintenant ${period.version}). Relisez-la.`,
      en: `Period ${periodName(period)} has changed since you saw it (version ${shown}, now ${period.version}). Read it again.`,
    }
    throw new Problem('stale', 'periods/stale', sentence, {
      issues: [{ pointer: '/version', code: 'periods/stale', detail: sentence }],
    })
  }
}

export function requireBegun(period: KeptPeriod, today: CalendarDate): void {
  if (!isStarted(period, today)) {
    const first = periodFirstDay(period)
    throw refuseField('period', 'periods/not-begun', {
      fr: `La période ${periodName(period)} commence le ${first} : elle ne peut pas encore être fermée.`,
      en: `Period ${periodName(period)} begins on ${first}: it cannot be closed yet.`,
    })
  }
}

export function requireState(period: KeptPeriod, isClosed: boolean): void {
  if (period.isClosed !== isClosed) {
    throw new Problem('conflict', 'periods/wrong-state', {
      fr: `La période ${periodName(period)} est déjà ${period.isClosed ? 'fermée' : 'ouverte'}.`,
      en: `Period ${periodName(period)} is already ${period.isClosed ? 'closed' : 'open'}.`,
    })
  }
}

export function requireReason(reason: string | null): string {
  if (reason === null) {
    throw refuseField('reason', 'periods/reason-needed', {
      fr: 'La réouverture d’une période demande un motif.',
      en: 'Reopening a period needs a reason.',
    })
  }
  return reason
}

/** How the tie-out of a period with its ledger stands. */
export interface TieOutStanding {
  readonly hasExtract: boolean
  readonly isSigned: boolean
  /** It holds what the extract and the journal hold now. */
  readonly isCurrent: boolean
}

/**
 * A period whose extract was loaded is closed once its tie-out is signed; one without an extract has
 * nothing to tie to.
 * @throws Problem `periods/not-tied-out`
 */
export function requireTiedOut(period: KeptPeriod, standing: TieOutStanding): void {
  const { hasExtract, isSigned, isCurrent } = standing
  if (hasExtract && !(isSigned && isCurrent)) {
    throw new Problem('refused', 'periods/not-tied-out', {
      fr: `Le rapprochement de ${periodName(period)} avec son extrait ${isSigned ? 'n’est plus à jour' : 'n’est pas signé'} : la période ne peut pas être fermée.`,
      en: `The tie-out of ${periodName(period)} with its extract is ${isSigned ? 'no longer current' : 'not signed'}: the period cannot be closed.`,
    })
  }
}

export interface Standing {
  readonly today: CalendarDate
  /** Closed periods of the organization. */
  readonly closed: readonly Period[]
  readonly unposted: readonly UnpostedDocument[]
}

/** @throws Problem `periods/documents-waiting`, with each document that stands in the way. */
export function requireNothingWaiting(period: KeptPeriod, standing: Standing): void {
  const waiting = standing.unposted.filter((document) => wouldBeIn(period, document, standing))
  if (waiting.length === 0) {
    return
  }
  throw new Problem(
    'refused',
    'periods/documents-waiting',
    {
      fr: `La période ${periodName(period)} contient encore des documents à comptabiliser, à déplacer ou à supprimer : ${waiting.length}.`,
      en: `Period ${periodName(period)} still holds documents to be posted, moved or deleted: ${waiting.length}.`,
    },
    { issues: waiting.map(issueOf) },
  )
}

function wouldBeIn(period: Period, { serviceDate }: UnpostedDocument, standing: Standing): boolean {
  const { today, closed } = standing
  const isClosed = (candidate: Period): boolean =>
    closed.some((other) => comparePeriods(candidate, other) === 0)
  const recording = chooseRecordedPeriod({ serviceDate, today, isClosed })
  return recording !== null && comparePeriods(recording, period) === 0
}

const issueOf = ({ id, number, state, serviceDate }: UnpostedDocument): Issue => ({
  pointer: '/period',
  code: 'periods/documents-waiting',
  detail: {
    fr: `${number} (${state === 'draft' ? 'brouillon' : 'soumise'}, ${serviceDate})`,
    en: `${number} (${state === 'draft' ? 'draft' : 'submitted'}, ${serviceDate})`,
  },
  value: id,
})
