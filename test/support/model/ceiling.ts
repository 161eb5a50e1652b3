import { added, type Book, type Envelope, envelopeNamed, heldBy, type Posting } from './book.ts'
import { yearOf } from './calendar.ts'

/** What an envelope can bear: the ceiling of the specification, from postings alone. */
export const termYears = ({ term }: Envelope): readonly number[] =>
  term === null || term.last === null
    ? []
    : Array.from({ length: term.last - term.first + 1 }, (_, place) => term.first + place)

/** Years of recurring money that have begun. */
export const openedYears = ({ recurring }: Envelope, today: string): readonly number[] => {
  if (recurring === null) {
    return []
  }
  const { first, last } = recurring
  const end = last === null || last > yearOf(today) ? yearOf(today) : last
  return Array.from({ length: Math.max(0, end - first + 1) }, (_, place) => first + place)
}

export const reaches = ({ term, recurring }: Envelope, year: number): boolean =>
  [term, recurring].some(
    (span) => span !== null && span.first <= year && (span.last === null || year <= span.last),
  )

/** What is available somewhere in an envelope: a part of it is a year or a member measure. */
export interface Holding {
  readonly year: number | null
  readonly measure: string | null
  readonly cents: bigint
}

export const holdingsOf = (postings: readonly Posting[], code: string): readonly Holding[] =>
  postings.filter(({ envelope, account }) => envelope === code && account === 'available')

/** `parts` are the years of the term, or the members; null is what is given to none of them. */
export function roomIn<Part>(
  holdings: readonly { readonly part: Part | null; readonly cents: bigint }[],
  parts: readonly Part[],
  asked: Part | null,
): bigint {
  const of = (part: Part | null): bigint =>
    added(holdings.filter((held) => held.part === part).map(({ cents }) => cents))
  if (asked !== null && !parts.includes(asked)) {
    return of(asked)
  }
  const shortfalls = added(
    parts
      .filter((part) => part !== asked)
      .map(of)
      .filter((cents) => cents < 0n),
  )
  const common = of(null) + shortfalls
  const own = asked === null ? common : of(asked) + (common > 0n ? common : 0n)
  const whole = added([of(null), ...parts.map(of)])
  return whole < own ? whole : own
}

export const byYear = (holdings: readonly Holding[]) =>
  holdings.map(({ year, cents }) => ({ part: year, cents }))

export const byMember = (holdings: readonly Holding[]) =>
  holdings.map(({ measure, cents }) => ({ part: measure, cents }))

export const roomOfYear = (book: Book, code: string, year: number): bigint =>
  roomIn(byYear(holdingsOf(book.postings, code)), termYears(envelopeNamed(book, code)), year)

const plannedKinds = ['appropriation', 'supplement', 'reduction', 'transfer', 'distribution']

/** Beyond its own share; or, without one, beyond what is distributed to no member. */
export function isOverShare(
  postings: readonly Posting[],
  { code, measures }: Envelope,
  { measure, cents }: { readonly measure: string | null; readonly cents: bigint },
): boolean {
  if (measures.length < 2 || measure === null) {
    return false
  }
  const available = (member: string | null): bigint =>
    heldBy(
      postings,
      (each) => each.envelope === code && each.account === 'available' && each.measure === member,
    )
  const share = heldBy(
    postings,
    (each) =>
      each.envelope === code &&
      each.measure === measure &&
      each.account === 'available' &&
      plannedKinds.includes(each.kind),
  )
  return available(measure) + (share > 0n ? 0n : available(null)) < cents
}
