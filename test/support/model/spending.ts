import {
  type Book,
  type Cell,
  type Commitment,
  type Expenditure,
  envelopeNamed,
  named,
  type Place,
  post,
  refuseIf,
} from './book.ts'
import { yearOf } from './calendar.ts'
import { isOverShare, reaches, roomOfYear } from './ceiling.ts'
import { closeWhenUsedUp, leftOf, placeOf, slotFor } from './reserving.ts'
import { newlySigned, requireDecidable, submit } from './signing.ts'

/** Money spent: from draft to posted, with a commitment or without, above it or above all. */
const organization = 'MSP'
const programme = { first: 2021, last: 2025 }

export interface AskedExpenditure {
  readonly place: Place
  readonly cents: bigint
  readonly commitment: string | null
  readonly isJustified: boolean
}

export function enterExpenditure(
  book: Book,
  key: string,
  asked: AskedExpenditure,
  by: string,
): void {
  const { place, flags } = settle(book, asked)
  const document: Expenditure = {
    ...newlySigned(key, by),
    ...{ ...asked, place, flags, slot: null, postings: [], refunds: [] },
    ...{ request: null, movedTo: null },
  }
  book.expenditures = [...book.expenditures, document]
}

export function changeExpenditure(
  book: Book,
  document: Expenditure,
  asked: AskedExpenditure,
  by: string,
): void {
  refuseIf(document.state !== 'draft', 'expenditures/wrong-state')
  Object.assign(document, { ...asked, ...settle(book, asked), changedBy: by })
}

function settle(book: Book, { place: asked, commitment }: AskedExpenditure) {
  const place = settledPlace(book, asked)
  if (commitment !== null) {
    requireUsable(named(book.commitments, commitment), place)
  }
  return { place, flags: outsideTerm(book, place) }
}

export function settledPlace(book: Book, asked: Place): Place {
  refuseIf(asked.day > book.today, 'expenditures/service-date-ahead')
  return { ...placeOf(book, asked), day: asked.day }
}

export function outsideTerm(book: Book, { envelope, day }: Place): readonly string[] {
  const year = yearOf(day)
  const isInside =
    envelope === null
      ? programme.first <= year && year <= programme.last
      : reaches(envelopeNamed(book, envelope), year)
  return isInside ? [] : ['outside-term']
}

function requireUsable({ cell, state }: Commitment, { envelope }: Place): void {
  refuseIf(cell.envelope !== envelope, 'commitments/of-another-envelope')
  refuseIf(state !== 'approved', 'commitments/not-open')
}

export function submitExpenditure(document: Expenditure, by: string): void {
  const isUnjustified =
    document.state === 'draft' && document.flags.includes('outside-term') && !document.isJustified
  refuseIf(isUnjustified, 'expenditures/justification-needed')
  submit(document, 'expenditures', by)
}

export function approveExpenditure(
  book: Book,
  document: Expenditure,
  { isJustified, by }: { readonly isJustified: boolean; readonly by: string },
): void {
  requireDecidable(document, { family: 'expenditures', state: 'submitted', by })
  document.isJustified = document.isJustified || isJustified
  spend(book, document)
}

export const cellOf = ({ measure, envelope, day }: Place): Cell & { readonly year: number } => ({
  ...{ envelope, measure, organization, year: yearOf(day) },
})

/** The commitment's cell is where it stands; the expenditure's is where it is spent. */
export function spend(book: Book, document: Expenditure): void {
  const { place, cents } = document
  const slot = slotFor(book, place.day)
  const commitment =
    document.commitment === null ? null : named(book.commitments, document.commitment)
  if (commitment !== null) {
    requireUsable(commitment, place)
  }
  const cell = cellOf(place)
  const taken = commitment === null ? 0n : least(leftOf(commitment), cents)
  const isThere = commitment !== null && isSameCell(commitment.cell, cell)
  const freed =
    commitment === null || isThere
      ? []
      : [{ ...commitment.cell, account: 'available', cents: taken }]
  const rest = isThere ? cents - taken : cents
  const ceiling = place.envelope === null ? [] : heldAgainst(book, { cell, rest, freed })
  refuseIf(ceiling.includes('over-spent') && !document.isJustified, 'expenditures/above-headroom')
  const source = place.envelope === null ? 'own_resources' : 'available'
  const kind = place.envelope === null ? 'self-funded' : 'expenditure'
  document.postings = post(book, { kind, slot }, [
    ...(commitment === null ? [] : [{ ...commitment.cell, account: 'committed', cents: -taken }]),
    ...freed,
    ...(rest === 0n ? [] : [{ ...cell, account: source, cents: -rest }]),
    { ...cell, account: 'spent', cents },
  ])
  if (commitment !== null) {
    commitment.consumed += taken
    closeWhenUsedUp(commitment)
  }
  const isLate = !slot.startsWith(`${cell.year}-`) || book.closedYears.includes(cell.year)
  document.flags = [...document.flags, ...ceiling, ...(isLate ? ['late-item'] : [])]
  document.slot = slot
  document.state = 'posted'
}

interface Taken {
  readonly cell: ReturnType<typeof cellOf>
  readonly rest: bigint
  readonly freed: readonly (Cell & { readonly account: string; readonly cents: bigint })[]
}

/** What is not from a commitment is held against the ceiling, once what it frees is back. */
function heldAgainst(book: Book, { cell, rest, freed }: Taken): readonly string[] {
  if (rest === 0n) {
    return []
  }
  const code = cell.envelope ?? ''
  const back = freed.map((line) => ({ ...line, kind: 'release', slot: null }))
  const then = { ...book, postings: [...book.postings, ...back] }
  const { measure, year } = cell
  return [
    ...(rest > roomOfYear(then, code, year) ? ['over-spent'] : []),
    ...(isOverShare(then.postings, envelopeNamed(book, code), { measure, cents: rest })
      ? ['over-share']
      : []),
  ]
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b)

export const isSameCell = (a: Cell, b: Cell): boolean =>
  a.envelope === b.envelope &&
  a.measure === b.measure &&
  a.organization === b.organization &&
  a.year === b.year
