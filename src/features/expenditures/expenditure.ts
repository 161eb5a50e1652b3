import type { CalendarDate } from '#core/calendar-date.ts'
import type { Canonical } from '#core/canonical.ts'
import type { FiscalYear } from '#core/fiscal-year.ts'
import { Money, subtract } from '#core/money.ts'
import type { Period } from '#core/period.ts'

/**
 * Money spent, evidenced by a document. draft → submitted → posted → reversed, or returned from
 * submitted to draft. A posted one is settled: two people can refund it in part or whole, reverse it
 * once, or reclassify it, which reverses it and posts another in its right place. The service date decides the fiscal year; the period that recorded it is known once posted.
 */
export const expenditureStates = ['draft', 'submitted', 'posted', 'reversed'] as const
export type ExpenditureState = (typeof expenditureStates)[number]

/** Where a figure was published; only the system's own loads have one. */
export interface PublicSource {
  readonly document: string
  readonly row: number
  readonly url: string | null
}

/** What a person states about an expenditure; the rest follows from it. */
export interface ExpenditureStatement {
  readonly organization: string
  readonly measure: string | null
  readonly envelope: string | null
  readonly serviceDate: CalendarDate
  readonly documentDate: CalendarDate | null
  readonly documentNumber: string
  readonly supplier: string
  readonly description: string
  readonly amount: Money
  /** What it consumes first when it is posted. */
  readonly commitment: string | null
  readonly justification: string | null
}

export const requestKinds = ['reverse', 'refund', 'reclassify'] as const
export type RequestKind = (typeof requestKinds)[number]

export interface ExpenditureRequest {
  readonly id: string
  readonly kind: RequestKind
  readonly state: 'asked' | 'approved' | 'refused'
  /** Of a refund, with the day the money came back. */
  readonly amount: Money | null
  readonly date: CalendarDate | null
  /** Of a reclassification: where it should stand. */
  readonly measure: string | null
  readonly envelope: string | null
  readonly serviceDate: CalendarDate | null
  readonly reason: string
  readonly askedBy: string
  readonly decidedBy: string | null
  /** What its approval posted: the refund, or the mirror of the expenditure. */
  readonly entry: string | null
}

export interface Expenditure extends ExpenditureStatement {
  readonly id: string
  readonly number: string
  readonly state: ExpenditureState
  readonly version: number
  readonly fiscalYear: FiscalYear
  readonly flags: readonly string[]
  readonly source: PublicSource | null
  readonly preparedBy: string
  /** Who last changed the draft; may not approve it. */
  readonly changedBy: string
  readonly submittedBy: string | null
  readonly approvedBy: string | null
  readonly entry: string | null
  readonly recordedIn: Period | null
  readonly reversedBy: string | null
  /** What came back of it; nothing once it is reversed. */
  readonly refunded: Money
  /** The document it was posted for again. */
  readonly reclassifiedFrom: string | null
  /** The document that was posted in its place. */
  readonly reclassifiedTo: string | null
  /** Sequence of the event that posted it. */
  readonly position: number | null
  readonly requests: readonly ExpenditureRequest[]
}

/** What a line of a report's spending tells of its document. */
export type SpentDocument = Omit<
  Expenditure,
  | 'version'
  | 'documentDate'
  | 'commitment'
  | 'justification'
  | 'source'
  | 'changedBy'
  | 'submittedBy'
  | 'reclassifiedTo'
> & { readonly source: Omit<PublicSource, 'url'> | null }

/** What it counts: nothing once reversed, else its amount less what came back. */
export const netOf = ({ state, amount, refunded }: Expenditure): Money =>
  state === 'reversed' ? Money.zero : subtract(amount, refunded)

/** The document as API, terminal and event payload say it. */
export const expenditureFacts = (expenditure: Expenditure) => ({
  id: expenditure.id,
  number: expenditure.number,
  state: expenditure.state,
  version: expenditure.version,
  organization: expenditure.organization,
  measure: expenditure.measure,
  envelope: expenditure.envelope,
  fiscalYear: expenditure.fiscalYear,
  recordedIn:
    expenditure.recordedIn === null
      ? null
      : { fiscalYear: expenditure.recordedIn.fiscalYear, period: expenditure.recordedIn.number },
  serviceDate: expenditure.serviceDate,
  documentDate: expenditure.documentDate,
  documentNumber: expenditure.documentNumber,
  supplier: expenditure.supplier,
  description: expenditure.description,
  amount: expenditure.amount.toString(),
  commitment: expenditure.commitment,
  justification: expenditure.justification,
  source:
    expenditure.source === null
      ? null
      : {
          document: expenditure.source.document,
          row: expenditure.source.row,
          url: expenditure.source.url,
        },
  flags: [...expenditure.flags],
  preparedBy: expenditure.preparedBy,
  submittedBy: expenditure.submittedBy,
  approvedBy: expenditure.approvedBy,
  reversedBy: expenditure.reversedBy,
  refunded: expenditure.refunded.toString(),
  reclassifiedFrom: expenditure.reclassifiedFrom,
  reclassifiedTo: expenditure.reclassifiedTo,
  entry: expenditure.entry,
  position: expenditure.position,
  requests: expenditure.requests.map((request) => ({
    id: request.id,
    kind: request.kind,
    state: request.state,
    amount: request.amount?.toString() ?? null,
    date: request.date,
    measure: request.measure,
    envelope: request.envelope,
    serviceDate: request.serviceDate,
    reason: request.reason,
    askedBy: request.askedBy,
    decidedBy: request.decidedBy,
    entry: request.entry,
  })),
})

/** For the chain: what is said, without the position that the chain itself is about to give. */
export const sealedFacts = (expenditure: Expenditure): Canonical => {
  const { position: _position, ...facts } = expenditureFacts(expenditure)
  return facts
}
