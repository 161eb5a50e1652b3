import { added, type Book, type Commitment, type Envelope, type Posting } from './book.ts'
import { termYears } from './ceiling.ts'
import { leftOf } from './reserving.ts'
import { availableOf, centsOf, least, most, partsOf, type Share, toppingUp } from './topping.ts'

/**
 * What closing a year does to one envelope. What the year lacks comes from what is not distributed;
 * open commitments go to the next open year; a policy says what of the rest goes along, and what
 * does not lapses. Where money ends only commitments go. Below zero nothing moves.
 */
export interface Policy {
  readonly envelope: string
  readonly policy: 'carry-all' | 'carry-percent' | 'lapse'
  /** In hundredths of a percent. */
  readonly percent: bigint | null
}

export const percentText = (percent: bigint | null): string | null =>
  percent === null ? null : `${percent / 100n}.${String(percent % 100n).padStart(2, '0')}`

type Line = Omit<Posting, 'slot'>

/** The figures as a finance person reads them, and what is posted. */
export interface Ended {
  readonly envelope: string
  readonly stated: Policy | null
  readonly isLastYear: boolean
  readonly planned: bigint | null
  readonly topped: bigint
  readonly commitments: bigint
  readonly carried: bigint
  readonly lapsed: bigint
  readonly left: bigint
  readonly lines: readonly Line[]
}

export interface Ending {
  readonly envelope: Envelope
  readonly year: number
  readonly stated: Policy | null
}

export function ended(book: Book, ending: Ending): Ended {
  const { envelope, year, stated } = ending
  const next = nextOpen(book, year)
  const topping = toppingUp(book, envelope, year)
  const topped = added(topping.map(({ cents }) => cents))
  const has = partsOf(envelope).map((part) => {
    const came = topping.filter(({ to }) => to === part).map(({ cents }) => cents)
    const own = book.postings.filter((posting) => posting.envelope === envelope.code)
    return { part, cents: availableOf(own, part, year) + added(came) }
  })
  const left = added(has.map(({ cents }) => cents))
  const planned = plannedIn(book, ending)
  const isLastYear = endsBefore(envelope, year, next)
  const whole = most(0n, left)
  const carried = isLastYear ? 0n : goingAlong(stated, whole, most(0n, (planned ?? 0n) + topped))
  const going = inProportion(carried, has)
  const staying = has.map(({ part, cents }) => ({ part, cents: cents - centsOf(going, part) }))
  const lapsing = inProportion(whole - carried, staying)
  const held = book.commitments.filter(
    (one) => one.cell.envelope === envelope.code && isOpenIn(one, year),
  )
  return {
    ...{ envelope: envelope.code, stated, isLastYear, planned, topped, carried },
    ...{ commitments: added(held.map(leftOf)), lapsed: whole - carried, left: left - whole },
    lines: joined(linesOf(ending, { topping, held, going, lapsing, next })),
  }
}

interface Moved {
  readonly topping: ReturnType<typeof toppingUp>
  readonly held: readonly Commitment[]
  readonly going: readonly Share[]
  readonly lapsing: readonly Share[]
  readonly next: number
}

function linesOf(ending: Ending, moved: Moved): readonly Line[] {
  const { topping, held, going, lapsing, next } = moved
  const { year } = ending
  return [
    ...topping.flatMap(({ from, to, cents }) => [
      lineOf(ending, { part: from, cents: -cents }, { kind: 'distribution', year: null }),
      lineOf(ending, { part: to, cents }, { kind: 'distribution', year }),
    ]),
    ...held.flatMap((commitment) => movedAlong(commitment, next)),
    ...going.flatMap(({ part, cents }) => [
      lineOf(ending, { part, cents: -cents }, { kind: 'carry-forward', year }),
      lineOf(ending, { part, cents }, { kind: 'carry-forward', year: next }),
    ]),
    ...lapsing.flatMap(({ part, cents }) => [
      lineOf(ending, { part, cents: -cents }, { kind: 'lapse', year }),
      { ...lineOf(ending, { part, cents }, { kind: 'lapse', year }), account: 'authority' },
    ]),
  ]
}

/** The first year after it that can still receive money. */
export function nextOpen({ closedYears }: Pick<Book, 'closedYears'>, year: number): number {
  const next = year + 1
  return closedYears.includes(next) ? nextOpen({ closedYears }, next) : next
}

export const isOpenIn = ({ state, cell }: Commitment, year: number): boolean =>
  state === 'approved' && cell.year === year

const lineOf = (
  { envelope: { code, organization } }: Ending,
  { part, cents }: Share,
  { kind, year }: Pick<Line, 'kind' | 'year'>,
): Line => ({
  ...{ kind, account: 'available', envelope: code, measure: part, organization, year, cents },
})

const movedAlong = (commitment: Commitment, next: number): readonly Line[] => {
  const line = { ...commitment.cell, kind: 'carry-forward', account: 'committed' }
  const cents = leftOf(commitment)
  return [
    { ...line, cents: -cents },
    { ...line, year: next, cents },
  ]
}

const plannedKinds = [
  ...['appropriation', 'supplement', 'reduction', 'transfer', 'distribution', 'carry-forward'],
]

/** Before it is closed: what earlier years left to it is there. Null where nothing was decided. */
function plannedIn({ postings }: Book, { envelope, year }: Ending): bigint | null {
  const decided = postings.filter(
    (one) =>
      one.envelope === envelope.code &&
      one.year === year &&
      ['available', 'committed'].includes(one.account) &&
      plannedKinds.includes(one.kind),
  )
  return decided.length === 0 ? null : added(decided.map(({ cents }) => cents))
}

/** The fixed total ends on the way, or nothing of the envelope reaches the year to come. */
function endsBefore(envelope: Envelope, year: number, next: number): boolean {
  const { term, recurring } = envelope
  const end = termYears(envelope).at(-1)
  const reachesNext = [term, recurring].some(
    (span) => span !== null && (span.last === null || span.last >= next),
  )
  return !reachesNext || (end !== undefined && year <= end && end < next)
}

/** Nothing said: all. Of a percentage cents are rounded down. */
function goingAlong(stated: Policy | null, whole: bigint, planned: bigint): bigint {
  switch (stated?.policy) {
    case 'lapse':
      return 0n
    case 'carry-percent':
      return least(whole, (planned * (stated.percent ?? 0n)) / 10_000n)
    default:
      return whole
  }
}

/** Largest remainder, ties to the earlier; what is below zero gives nothing. */
function inProportion(whole: bigint, shares: readonly Share[]): readonly Share[] {
  if (whole === 0n) {
    return []
  }
  const giving = shares.filter(({ cents }) => cents > 0n)
  const total = added(giving.map(({ cents }) => cents))
  const parts = giving.map(({ part, cents }) => ({
    ...{ part, cents: (whole * cents) / total, over: (whole * cents) % total },
  }))
  const missing = whole - added(parts.map(({ cents }) => cents))
  const raised = parts
    .toSorted((a, b) => Number(b.over > a.over) - Number(b.over < a.over))
    .slice(0, Number(missing))
  return parts.map((one) => ({
    ...{ part: one.part, cents: one.cents + (raised.includes(one) ? 1n : 0n) },
  }))
}

/** A line a cell, so that the same money is the same text. */
function joined(lines: readonly Line[]): readonly Line[] {
  const cells = new Map<string, Line>()
  for (const line of lines) {
    const { kind, account, measure, organization, year } = line
    const key = [kind, account, measure, organization, year].join(' ')
    const cents = (cells.get(key)?.cents ?? 0n) + line.cents
    cells.set(key, { ...line, cents })
  }
  return [...cells]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, line]) => line)
    .filter(({ cents }) => cents !== 0n)
}
