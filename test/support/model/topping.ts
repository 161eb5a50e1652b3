import { added, type Book, type Envelope, type Posting } from './book.ts'
import { termYears } from './ceiling.ts'

/**
 * What a year that is closed takes from the undistributed part of its fixed total: each part of it
 * that is below zero what it lacks, a member from its own share first, then from the common part.
 * The last year of the total takes all that is left there, but for what other open years drew on.
 */
export type Part = string | null

export interface Share {
  readonly part: Part
  readonly cents: bigint
}

interface Taken {
  readonly from: Part
  readonly to: Part
  readonly cents: bigint
}

export const partsOf = ({ measures }: Envelope): readonly Part[] => [...measures, null]

export function toppingUp(book: Book, envelope: Envelope, year: number): readonly Taken[] {
  const years = termYears(envelope)
  if (!years.includes(year)) {
    return []
  }
  const own = book.postings.filter((one) => one.envelope === envelope.code)
  const parts = partsOf(envelope)
  const lacking = (of: number): readonly Share[] =>
    parts.map((part) => ({ part, cents: most(0n, -availableOf(own, part, of)) }))
  const undistributed = parts.map((part) => ({ part, cents: availableOf(own, part, null) }))
  const first = drawn(undistributed, lacking(year))
  if (years.at(-1) !== year) {
    return first.taken
  }
  const others = years.filter((one) => one !== year && !book.closedYears.includes(one))
  const rest = others.reduce((left, other) => drawn(left, lacking(other)).left, first.left)
  const follows = rest.map(({ part, cents }) => ({ from: part, to: part, cents }))
  return [...first.taken, ...follows]
}

/** The common part has no more than what members who drew beyond their shares left of it. */
function drawn(
  undistributed: readonly Share[],
  lacking: readonly Share[],
): { readonly taken: readonly Taken[]; readonly left: readonly Share[] } {
  let left = undistributed
  const taken: Taken[] = []
  const take = ({ from, to, cents: wanted }: Taken): bigint => {
    const owed = left.filter(({ part, cents }) => from === null && part !== null && cents < 0n)
    const there = centsOf(left, from) + added(owed.map(({ cents }) => cents))
    const cents = least(wanted, most(0n, there))
    left = left.map((one) => (one.part === from ? { ...one, cents: one.cents - cents } : one))
    taken.push({ from, to, cents })
    return cents
  }
  for (const { part, cents } of lacking) {
    const own = part === null ? 0n : take({ from: part, to: part, cents })
    take({ from: null, to: part, cents: cents - own })
  }
  return { taken, left }
}

export const availableOf = (
  postings: readonly Posting[],
  part: Part,
  year: number | null,
): bigint =>
  added(
    postings
      .filter((one) => one.account === 'available' && one.measure === part && one.year === year)
      .map(({ cents }) => cents),
  )

export const centsOf = (shares: readonly Share[], part: Part): bigint =>
  added(shares.filter((one) => one.part === part).map(({ cents }) => cents))

export const least = (a: bigint, b: bigint): bigint => (a < b ? a : b)
export const most = (a: bigint, b: bigint): bigint => (a > b ? a : b)
