import type { AskedYearEnd, Figures } from './year-end.ts'

/**
 * The reference model of the budgetary journal: arrays of plain postings and documents, in cents.
 * Nothing is kept beside them: what a cell, a year or an envelope holds is added up when it is
 * asked. Its rules stand in the files beside this one.
 */
export interface Cell {
  readonly envelope: string | null
  readonly measure: string | null
  readonly organization: string
  /** Null: not distributed over the term. */
  readonly year: number | null
}

export interface Posting extends Cell {
  readonly kind: string
  readonly account: string
  readonly slot: string | null
  readonly cents: bigint
}

export interface Envelope {
  readonly code: string
  readonly organization: string
  readonly measures: readonly string[]
  /** The fixed total: first and last year. */
  readonly term: Span | null
  /** An amount a year; without a last year it never ends. */
  readonly recurring: (Span & { readonly cents: bigint }) | null
  readonly total: bigint
}

export interface Span {
  readonly first: number
  readonly last: number | null
}

/** Who had a hand in a document that waits for somebody else. */
export interface Signed {
  readonly key: string
  state: string
  readonly preparedBy: string
  changedBy: string
  submittedBy: string | null
}

export interface Proposal extends Signed {
  readonly envelope: Envelope
}

export interface Movement {
  readonly envelope: string
  readonly measure: string | null
  readonly year: number | null
  readonly cents: bigint
}

export interface Revision extends Signed {
  readonly kind: string
  readonly lines: readonly Movement[]
}

export interface Commitment extends Signed {
  /** Its year is the one that holds its money: a year-end moves it. */
  cell: Cell & { readonly envelope: string; readonly year: number }
  readonly cents: bigint
  consumed: bigint
  released: bigint
  flags: readonly string[]
}

export interface Refund {
  readonly cents: bigint
  readonly day: string
}

export interface Place {
  readonly envelope: string | null
  readonly measure: string | null
  readonly day: string
}

export type Request = { readonly askedBy: string } & (
  | { readonly kind: 'reverse' }
  | ({ readonly kind: 'refund' } & Refund)
  | ({ readonly kind: 'reclassify' } & Place)
)

export interface Expenditure extends Signed {
  place: Place
  cents: bigint
  commitment: string | null
  isJustified: boolean
  flags: readonly string[]
  slot: string | null
  /** What its approval moved. */
  postings: readonly Posting[]
  refunds: readonly Refund[]
  request: Request | null
  /** The document that took its place. */
  movedTo: string | null
}

export interface YearEnd extends Signed {
  readonly asked: AskedYearEnd
  readonly prepared: Figures
}

export interface Book {
  readonly today: string
  postings: readonly Posting[]
  envelopes: readonly Envelope[]
  /** Envelopes of the plan in which nobody plays: a year-end closes them too. */
  aside: readonly Envelope[]
  proposals: readonly Proposal[]
  revisions: readonly Revision[]
  commitments: readonly Commitment[]
  expenditures: readonly Expenditure[]
  yearEnds: readonly YearEnd[]
  /** Periods. */
  closed: readonly string[]
  closedYears: readonly number[]
}

export const newBook = (today: string): Book => ({
  today,
  postings: [],
  envelopes: [],
  aside: [],
  proposals: [],
  revisions: [],
  commitments: [],
  expenditures: [],
  yearEnds: [],
  closed: [],
  closedYears: [],
})

class Refused extends Error {
  readonly code: string

  constructor(code: string) {
    super(code)
    this.code = code
  }
}

export function refuseIf(isSo: boolean, code: string): void {
  if (isSo) {
    throw new Refused(code)
  }
}

/** Does it, and answers null; or answers the code of its refusal and leaves the book as it was. */
export function foretell(book: Book, act: (book: Book) => void): string | null {
  const { postings, ...documents } = book
  const before = { ...structuredClone(documents), postings }
  try {
    act(book)
    return null
  } catch (error) {
    if (error instanceof Refused) {
      Object.assign(book, before)
      return error.code
    }
    throw error
  }
}

export const added = (amounts: readonly bigint[]): bigint =>
  amounts.reduce((total, amount) => total + amount, 0n)

export const heldBy = (
  postings: readonly Posting[],
  isMeant: (posting: Posting) => boolean,
): bigint => added(postings.filter(isMeant).map(({ cents }) => cents))

export function post(
  book: Book,
  { kind, slot }: Pick<Posting, 'kind' | 'slot'>,
  lines: readonly (Cell & { readonly account: string; readonly cents: bigint })[],
): readonly Posting[] {
  const postings = lines.map((line) => ({ ...line, kind, slot }))
  book.postings = [...book.postings, ...postings]
  return postings
}

export function named<T extends { readonly key: string }>(list: readonly T[], key: string): T {
  const found = list.find((one) => one.key === key)
  if (found === undefined) {
    throw new RangeError(`the model has no ${key}`)
  }
  return found
}

export function envelopeNamed({ envelopes }: Book, code: string): Envelope {
  const found = envelopes.find((one) => one.code === code)
  if (found === undefined) {
    throw new RangeError(`the model has no envelope ${code}`)
  }
  return found
}

export const textOf = (cents: bigint): string => {
  const size = cents < 0n ? -cents : cents
  return `${cents < 0n ? '-' : ''}${size / 100n}.${String(size % 100n).padStart(2, '0')}`
}
