import {
  added,
  type Book,
  type Expenditure,
  named,
  type Place,
  type Posting,
  post,
  type Refund,
  type Request,
  refuseIf,
} from './book.ts'
import { closeWhenUsedUp, slotFor } from './reserving.ts'
import { cellOf, isSameCell, outsideTerm, settledPlace, spend } from './spending.ts'

/** Refunds, reversals and reclassifications: asked by one person, decided by another. */
export function ask(book: Book, document: Expenditure, request: Request): void {
  refuseIf(document.state !== 'posted', 'expenditures/wrong-state')
  if (request.kind === 'refund') {
    requireRefundDay(book, request, document.place)
    requireRefundable(document, request)
  }
  const asked =
    request.kind === 'reclassify' ? { ...request, ...newPlace(book, document, request) } : request
  refuseIf(document.request !== null, 'expenditures/request-open')
  document.request = asked
}

function requireRefundDay({ today }: Book, { day }: Refund, place: Place): void {
  refuseIf(day > today, 'expenditures/refund-date-ahead')
  refuseIf(day < place.day, 'expenditures/refund-before-service')
}

const refundedOf = ({ refunds }: Expenditure): bigint => added(refunds.map(({ cents }) => cents))

function requireRefundable(document: Expenditure, { cents }: Refund): void {
  refuseIf(refundedOf(document) + cents > document.cents, 'expenditures/refund-above')
}

function newPlace(book: Book, document: Expenditure, asked: Place): Place {
  const place = settledPlace(book, asked)
  const { envelope, measure, day } = document.place
  const isSame = place.envelope === envelope && place.measure === measure && place.day === day
  refuseIf(isSame, 'expenditures/same-place')
  for (const refund of document.refunds) {
    requireRefundDay(book, refund, place)
  }
  return place
}

export interface Decision {
  readonly by: string
  readonly isJustified: boolean
  /** The key of the document that takes its place, if one does. */
  readonly key: string
}

export function decide(book: Book, document: Expenditure, decision: Decision): void {
  const { request, refunds } = document
  if (request === null) {
    throw new RangeError(`nothing was asked about ${document.key}`)
  }
  refuseIf(request.askedBy === decision.by, 'expenditures/own-request')
  document.request = null
  if (request.kind === 'refund') {
    requireRefundable(document, request)
    refund(book, document, request)
    return
  }
  const place = request.kind === 'reclassify' ? newPlace(book, document, request) : null
  reverse(book, document)
  if (place !== null) {
    moveTo(book, document, { ...decision, place, refunds, by: request.askedBy })
  }
}

export function refuseRequest(document: Expenditure, by: string): void {
  refuseIf(document.request?.askedBy === by, 'expenditures/own-request')
  document.request = null
}

/** Its day decides where it is recorded, not its cell. */
function refund(book: Book, document: Expenditure, { cents, day }: Refund): void {
  const cell = cellOf(document.place)
  const source = cell.envelope === null ? 'own_resources' : 'available'
  post(book, { kind: 'refund', slot: slotFor(book, day) }, [
    { ...cell, account: 'spent', cents: -cents },
    { ...cell, account: source, cents },
  ])
  document.refunds = [...document.refunds, { cents, day }]
}

/** Its refunds first. What came from a commitment goes back to it only where it is open. */
function reverse(book: Book, document: Expenditure): void {
  const { refunds, place, postings } = document
  const cell = cellOf(place)
  const source = cell.envelope === null ? 'own_resources' : 'available'
  for (const { cents, day } of refunds) {
    post(book, { kind: 'refund', slot: slotFor(book, day) }, [
      { ...cell, account: 'spent', cents },
      { ...cell, account: source, cents: -cents },
    ])
  }
  const commitment =
    document.commitment === null ? null : named(book.commitments, document.commitment)
  const isHeld = (line: Posting): boolean =>
    commitment?.state === 'approved' && isSameCell(commitment.cell, line)
  const mirror = postings.map((line) => ({
    ...line,
    cents: -line.cents,
    account: line.account === 'committed' && !isHeld(line) ? 'available' : line.account,
  }))
  const kind = postings[0]?.kind ?? ''
  post(book, { kind, slot: slotFor(book, place.day) }, mirror)
  const back = mirror.filter(({ account }) => account === 'committed')
  if (commitment !== null && back.length > 0) {
    commitment.consumed -= added(back.map(({ cents }) => cents))
    closeWhenUsedUp(commitment)
  }
  Object.assign(document, { state: 'reversed', refunds: [] })
}

interface Moving extends Decision {
  readonly place: Place
  readonly refunds: readonly Refund[]
}

/** The same facts where they belong; it takes its commitment along inside the envelope. */
function moveTo(book: Book, document: Expenditure, moving: Moving): void {
  const { place, refunds, by, isJustified, key } = moving
  const commitment = book.commitments.find((one) => one.key === document.commitment)
  const goesAlong = commitment?.state === 'approved' && commitment.cell.envelope === place.envelope
  const moved: Expenditure = {
    ...{ key, state: 'submitted', preparedBy: by, changedBy: by, submittedBy: by },
    ...{ place, cents: document.cents, commitment: goesAlong ? document.commitment : null },
    ...{ isJustified: isJustified || document.isJustified, flags: outsideTerm(book, place) },
    ...{ slot: null, postings: [], refunds: [], request: null, movedTo: null },
  }
  refuseIf(
    moved.flags.includes('outside-term') && !moved.isJustified,
    'expenditures/justification-needed',
  )
  spend(book, moved)
  for (const each of refunds) {
    refund(book, moved, each)
  }
  document.movedTo = key
  book.expenditures = [...book.expenditures, moved]
}
