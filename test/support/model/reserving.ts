import { type Book, type Commitment, envelopeNamed, type Place, post, refuseIf } from './book.ts'
import { recordingSlot } from './calendar.ts'
import { isOverShare, openedYears, roomOfYear, termYears } from './ceiling.ts'
import { newlySigned, requireDecidable } from './signing.ts'

/** Money reserved: committed from what is available, and released to it. */
export const selfFundedMeasures = ['QC-6', 'QC-9', 'QC-14', 'QC-19', 'QC-23', 'QC-29', 'QC-31']

/** Where a document stands: the sole measure of an envelope is filled in. */
export function placeOf(
  book: Book,
  { measure, envelope }: Pick<Place, 'measure' | 'envelope'>,
): Pick<Place, 'measure' | 'envelope'> {
  if (measure !== null && selfFundedMeasures.includes(measure)) {
    refuseIf(envelope !== null, 'expenditures/self-funded-takes-no-envelope')
    return { measure, envelope: null }
  }
  const { measures } = envelopeNamed(book, envelope ?? '')
  refuseIf(measure !== null && !measures.includes(measure), 'expenditures/envelope-not-of-measure')
  const sole = measures.length === 1 ? (measures[0] ?? null) : null
  return { measure: measure ?? sole, envelope }
}

export function slotToday({ today, closed }: Book): string {
  return slotFor({ today, closed }, today)
}

export function slotFor({ today, closed }: Pick<Book, 'today' | 'closed'>, day: string): string {
  const slot = recordingSlot(day, today, closed)
  refuseIf(slot === null, 'periods/none-open')
  return slot ?? ''
}

export interface AskedCommitment {
  readonly key: string
  readonly organization: string
  readonly place: Pick<Place, 'measure' | 'envelope'>
  readonly year: number
  readonly cents: bigint
}

export function enterCommitment(book: Book, asked: AskedCommitment, by: string): void {
  const { key, organization, year, cents } = asked
  const isSelfFunded = selfFundedMeasures.includes(asked.place.measure ?? '')
  refuseIf(isSelfFunded, 'commitments/self-funded')
  const { measure, envelope: code } = placeOf(book, asked.place)
  const envelope = envelopeNamed(book, code ?? '')
  const isOpened =
    termYears(envelope).includes(year) || openedYears(envelope, book.today).includes(year)
  refuseIf(!isOpened, 'commitments/year-not-opened')
  refuseIf(book.closedYears.includes(year), 'commitments/year-closed')
  const cell = { envelope: envelope.code, measure, organization, year }
  const document = { ...newlySigned(key, by), cell, cents }
  book.commitments = [...book.commitments, { ...document, consumed: 0n, released: 0n, flags: [] }]
}

export const leftOf = ({ cents, consumed, released }: Commitment): bigint =>
  cents - consumed - released

export function approveCommitment(book: Book, commitment: Commitment, by: string): void {
  requireDecidable(commitment, { family: 'commitments', state: 'submitted', by })
  const { cell, cents } = commitment
  const slot = slotToday(book)
  refuseIf(book.closedYears.includes(cell.year), 'commitments/year-closed')
  const room = roomOfYear(book, cell.envelope, cell.year)
  refuseIf(cents > room, 'commitments/above-headroom')
  const { measure } = cell
  const isOver = isOverShare(book.postings, envelopeNamed(book, cell.envelope), { measure, cents })
  commitment.flags = isOver ? ['over-share'] : []
  commitment.state = 'approved'
  post(book, { kind: 'commitment', slot }, [
    { ...cell, account: 'available', cents: -cents },
    { ...cell, account: 'committed', cents },
  ])
}

/** All that is left, unless a part is asked. */
export function release(
  book: Book,
  commitment: Commitment,
  { cents: asked, by }: { readonly cents: bigint | null; readonly by: string },
): void {
  requireDecidable(commitment, { family: 'commitments', state: 'approved', by })
  const { cell } = commitment
  const cents = asked ?? leftOf(commitment)
  refuseIf(cents > leftOf(commitment), 'commitments/above-remaining')
  post(book, { kind: 'release', slot: slotToday(book) }, [
    { ...cell, account: 'committed', cents: -cents },
    { ...cell, account: 'available', cents },
  ])
  commitment.released += cents
  closeWhenUsedUp(commitment)
}

export function closeWhenUsedUp(commitment: Commitment): void {
  commitment.state = leftOf(commitment) === 0n ? 'closed' : 'approved'
}
