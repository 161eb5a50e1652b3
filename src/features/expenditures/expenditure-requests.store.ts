import { sql } from 'kysely'
import { type CalendarDate, calendarDate } from '#core/calendar-date.ts'
import { type Money, money } from '#core/money.ts'
import type { Work } from '#platform/db/transaction.ts'
import { type ExpenditureRequest, type RequestKind, requestKinds } from './expenditure.ts'

/** What was asked about an expenditure, in the order it was asked. Amounts travel as text. */
export const requestsOf = sql<string | null>`(
  select jsonb_agg(jsonb_build_object(
    'id', expenditure_request.id, 'kind', expenditure_request.kind,
    'state', expenditure_request.state, 'amount', expenditure_request.amount::text,
    'date', expenditure_request.day, 'measure', expenditure_request.measure,
    'envelope', expenditure_request.envelope, 'serviceDate', expenditure_request.service_date,
    'reason', expenditure_request.reason, 'askedBy', expenditure_request.asked_by,
    'decidedBy', expenditure_request.decided_by, 'entry', expenditure_request.entry::text
  ) order by expenditure_request.place)
  from expenditure_request where expenditure_request.expenditure = expenditure.id
)`

type Texts<T> = { readonly [Key in keyof T]: null extends T[Key] ? string | null : string }
type StoredRequest = Texts<ExpenditureRequest>

export function readRequests(stored: string | null): readonly ExpenditureRequest[] {
  const requests: StoredRequest[] = stored === null ? [] : JSON.parse(stored)
  return requests.map((request) => ({
    ...request,
    kind: requestKinds.find((kind) => kind === request.kind) ?? 'reverse',
    state: request.state === 'approved' || request.state === 'refused' ? request.state : 'asked',
    amount: request.amount === null ? null : money(request.amount),
    date: request.date === null ? null : calendarDate(request.date),
    serviceDate: request.serviceDate === null ? null : calendarDate(request.serviceDate),
  }))
}

export interface NewRequest {
  readonly expenditure: string
  readonly kind: RequestKind
  readonly reason: string
  readonly askedBy: string
  readonly amount?: Money
  readonly date?: CalendarDate
  readonly measure?: string | null
  readonly envelope?: string | null
  readonly serviceDate?: CalendarDate
  /** A refund that moves with its expenditure was decided before it is written. */
  readonly approved?: { readonly by: string; readonly entry: string }
}

export async function insertRequest(work: Work, request: NewRequest): Promise<void> {
  const { expenditure, kind, reason, askedBy, approved } = request
  await work
    .insertInto('expenditure_request')
    .values({
      expenditure,
      kind,
      reason,
      asked_by: askedBy,
      amount: request.amount?.toString() ?? null,
      day: request.date ?? null,
      measure: request.measure ?? null,
      envelope: request.envelope ?? null,
      service_date: request.serviceDate ?? null,
      ...(approved === undefined
        ? {}
        : { state: 'approved', decided_by: approved.by, entry: approved.entry }),
    })
    .execute()
}

/** Approved with the entry that did it, or refused without any. */
export async function decideRequest(
  work: Work,
  id: string,
  decision: { entry: string | null; decidedBy: string; reason: string | null },
): Promise<void> {
  await work
    .updateTable('expenditure_request')
    .set({
      state: decision.entry === null ? 'refused' : 'approved',
      entry: decision.entry,
      decided_by: decision.decidedBy,
      decision_reason: decision.reason,
    })
    .where('expenditure_request.id', '=', id)
    .execute()
}
