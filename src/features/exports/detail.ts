import type { CalendarDate } from '#core/calendar-date.ts'
import { isZero, type Money, sum } from '#core/money.ts'
import { periodKey } from '#core/period.ts'
import type { SpentDocument } from '#features/expenditures/expenditure.ts'
import type { PostedEntry } from '#features/journal/entry.ts'
import { leadKey } from '#features/programmes/measure.ts'
import { type Facts, factsOf, type Question } from '#features/reconciliation/facts.ts'
import { selectPortions } from '#features/reconciliation/portion.ts'
import { isWithin } from '#features/reconciliation/range.ts'
import { cellOrder, type PlacedCell } from './workbook-cells.ts'

/**
 * What a total of spending is made of, a line each: the documents, or the cells of the journal
 * where the documents may not be opened or are too many. Both add up to the report's figures, so a
 * total never depends on who reads it. Spending without an envelope is own resources, not spent.
 * What took money back is a line of its own, since it may be recorded in another period than what
 * it corrects: 100.00 spent in P01 and reversed once P01 is closed is 100.00 in P01 and -100.00
 * in P05.
 * Example: 2 250 000.00 to 35 bodies is one document; for an analyst it is the cell QC-M11, QC-11,
 * MSP, 2022-2023, recorded in 2022-2023-P01, with the same amount.
 */
export const detailKinds = ['documents', 'cells'] as const
export type DetailKind = (typeof detailKinds)[number]

export interface DetailRow extends PlacedCell {
  readonly axis: string | null
  readonly lead: string | null
  readonly amount: Money
  readonly isOwnResources: boolean
  readonly flags: readonly string[]
  /** Null for a cell of the journal. */
  readonly document: DetailDocument | null
}

export const movements = ['expenditure', 'reversal', 'refund'] as const
export type Movement = (typeof movements)[number]

export interface DetailDocument {
  readonly movement: Movement
  readonly id: string
  readonly number: string
  readonly serviceDate: CalendarDate
  readonly documentNumber: string
  readonly supplier: string
  readonly description: string
  /** Null for one that somebody typed. */
  readonly origin: Origin | null
  readonly entry: string | null
  /** Sequence of the event that posted it. */
  readonly position: number | null
  readonly preparedBy: string
  readonly approvedBy: string | null
}

/** Where a document was read: a row of a file that was imported, or of a published one. */
export interface Origin {
  /** Id of the import; null for a published source. */
  readonly batch: string | null
  readonly file: string
  readonly row: number
}

/** The documents behind a report's spending, and what else is known of them. */
export interface Documents {
  readonly expenditures: readonly SpentDocument[]
  /** Entries that mirror or refund them. */
  readonly corrections?: readonly PostedEntry[]
  /** By id of the document, for those that were imported. */
  readonly origins?: ReadonlyMap<string, Origin>
}

/**
 * Of the documents given, those that the question's spending is made of, by service date. A
 * reversed document shows with its reversal, and without one not at all: the two are zero together.
 */
export const detailsOfDocuments = (
  documents: Documents,
  facts: Facts,
  question: Question,
): readonly DetailRow[] => detailing(facts, question)(documents)

/** The same for documents that come a lot at a time. */
export function detailing(
  facts: Facts,
  question: Question,
): (documents: Documents) => readonly DetailRow[] {
  const own = factsOf(facts, question.jurisdiction)
  const groupsOf = groups(own)
  const envelopes = new Set(own.envelopes.map(({ code }) => code))
  const measures = new Set(own.measures.map(({ code }) => code))
  const isAsked = ({ fiscalYear, envelope, measure }: SpentDocument): boolean =>
    isWithin(fiscalYear, question) &&
    (envelope === null ? measure !== null && measures.has(measure) : envelopes.has(envelope))
  return ({ expenditures, corrections = [], origins = new Map() }) => {
    const byDocument = Map.groupBy(corrections, ({ document }) => document.id)
    return expenditures
      .filter(isAsked)
      .toSorted(byServiceDate)
      .flatMap((expenditure) =>
        movementsOf(expenditure, {
          ...groupsOf(expenditure),
          corrections: byDocument.get(expenditure.id) ?? [],
          origin: originOf(expenditure, origins),
        }),
      )
  }
}

interface Around extends Groups {
  readonly corrections: readonly PostedEntry[]
  readonly origin: Origin | null
}

/** A document posted in another's place came from where that one did. */
function originOf(
  { id, source, reclassifiedFrom }: SpentDocument,
  origins: ReadonlyMap<string, Origin>,
): Origin | null {
  return source === null
    ? (origins.get(id) ?? origins.get(reclassifiedFrom ?? '') ?? null)
    : { batch: null, file: source.document, row: source.row }
}

function movementsOf(
  expenditure: SpentDocument,
  { axis, lead, corrections, origin }: Around,
): readonly DetailRow[] {
  const { state, reversedBy, envelope, measure, organization, fiscalYear } = expenditure
  const isShown =
    state === 'posted' || (state === 'reversed' && corrections.some(({ id }) => id === reversedBy))
  if (!isShown) {
    return []
  }
  const posting = {
    envelope,
    measure,
    organization,
    fiscalYear,
    recordedIn: expenditure.recordedIn,
    axis,
    lead,
    amount: expenditure.amount,
    isOwnResources: envelope === null,
    flags: expenditure.flags,
    document: documentOf(expenditure, origin),
  }
  return [posting, ...corrections.map((entry) => correctionOf(posting, expenditure, entry))]
}

/** Its flags are those of what it takes back, which has them on a line of its own. */
function correctionOf(
  posting: DetailRow & { readonly document: DetailDocument },
  expenditure: SpentDocument,
  entry: PostedEntry,
): DetailRow {
  const approved = expenditure.requests.filter(({ state }) => state === 'approved')
  // A refund is taken back by whoever took back what it refunds.
  const request =
    approved.find((each) => each.entry === entry.id) ??
    approved.find(({ kind }) => kind !== 'refund')
  const spent = entry.lines.filter(({ account }) => account === 'spent')
  return {
    ...posting,
    recordedIn: entry.recordedIn,
    amount: sum(spent.map(({ amount }) => amount)),
    flags: [],
    document: {
      ...posting.document,
      movement: entry.reverses === null ? 'refund' : 'reversal',
      entry: entry.id,
      position: null,
      preparedBy: request?.askedBy ?? expenditure.preparedBy,
      approvedBy: request?.decidedBy ?? null,
    },
  }
}

/**
 * The question's spending, a cell of the journal a line; a cell that came back to zero has none.
 */
export function detailsOfCells(facts: Facts, question: Question): readonly DetailRow[] {
  const own = factsOf(facts, question.jurisdiction)
  const groupsOf = groups(own)
  const flagsOf = flagsByCell(own)
  return selectPortions(own, question)
    .portions.toSorted(cellOrder(own))
    .flatMap(({ envelope, measure, organization, fiscalYear, recordedIn, columns }) => {
      const amount = envelope === null ? columns.ownResources : columns.spent
      const cell = { envelope, measure, organization, fiscalYear, recordedIn }
      return amount === null || isZero(amount)
        ? []
        : [
            {
              ...cell,
              ...groupsOf(cell),
              amount,
              isOwnResources: envelope === null,
              flags: flagsOf(cell),
              document: null,
            },
          ]
    })
}

type Grouped = Pick<PlacedCell, 'envelope' | 'measure'>

type Groups = Pick<DetailRow, 'axis' | 'lead'>

/** The lead as a list's filter knows it: the measure's, or who holds an envelope without one. */
function groups(facts: Facts): (cell: Grouped) => Groups {
  const measures = new Map(
    facts.measures.map((measure) => [measure.code, { axis: measure.axis, lead: leadKey(measure) }]),
  )
  const envelopes = new Map(
    facts.envelopes.map(({ code, organization }) => [code, { axis: null, lead: organization }]),
  )
  return ({ envelope, measure }) =>
    measures.get(measure ?? '') ?? envelopes.get(envelope ?? '') ?? { axis: null, lead: null }
}

function flagsByCell(facts: Facts): (cell: PlacedCell) => readonly string[] {
  const keyOf = (cell: PlacedCell): string => {
    const { envelope, measure, organization, fiscalYear, recordedIn } = cell
    const period = recordedIn === null ? null : periodKey(recordedIn)
    return JSON.stringify([envelope, measure, organization, fiscalYear, period])
  }
  const byCell = Map.groupBy(facts.flags, keyOf)
  return (cell) => (byCell.get(keyOf(cell)) ?? []).map(({ flag }) => flag).sort()
}

const documentOf = (expenditure: SpentDocument, origin: Origin | null): DetailDocument => ({
  movement: 'expenditure',
  id: expenditure.id,
  number: expenditure.number,
  serviceDate: expenditure.serviceDate,
  documentNumber: expenditure.documentNumber,
  supplier: expenditure.supplier,
  description: expenditure.description,
  origin,
  entry: expenditure.entry,
  position: expenditure.position,
  preparedBy: expenditure.preparedBy,
  approvedBy: expenditure.approvedBy,
})

/** Document numbers are unique, so the order is total. */
const byServiceDate = (a: SpentDocument, b: SpentDocument): number =>
  a.serviceDate === b.serviceDate
    ? isBefore(a.number, b.number)
    : isBefore(a.serviceDate, b.serviceDate)

const isBefore = (a: string, b: string): number => (a < b ? -1 : 1)
