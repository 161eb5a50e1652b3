import {
  added,
  type Book,
  type Envelope,
  envelopeNamed,
  type Movement,
  type Proposal,
  post,
  type Revision,
  refuseIf,
} from './book.ts'
import {
  byMember,
  byYear,
  type Holding,
  holdingsOf,
  openedYears,
  reaches,
  roomIn,
  termYears,
} from './ceiling.ts'
import { newlySigned, requireDecidable } from './signing.ts'

/** Planned money: envelopes that people propose, and revisions of what is planned. */
export const sharedMeasures = ['QC-3', 'QC-4', 'QC-5', 'QC-7', 'QC-A1', 'QC-A2']

export function enterEnvelope(book: Book, envelope: Envelope, by: string): void {
  const { code, term, recurring, measures } = envelope
  const isTaken =
    book.envelopes.some((one) => one.code === code) ||
    book.proposals.some(({ key }) => key === code)
  refuseIf(isTaken, 'funding/code-taken')
  refuseIf(
    measures.some((measure) => sharedMeasures.includes(measure) !== measures.length > 1),
    'funding/measure-paid-otherwise',
  )
  refuseIf(term !== null && term.last !== null && term.last < term.first, 'funding/term-backwards')
  refuseIf(
    term !== null && recurring !== null && recurring.first <= (term.last ?? recurring.first),
    'funding/terms-overlap',
  )
  requireMoneyAfter(book, envelope)
  book.proposals = [...book.proposals, { ...newlySigned(code, by), envelope }]
}

/** None for a year that is closed, and none that ends with one. */
function requireMoneyAfter({ closedYears, today }: Book, envelope: Envelope): void {
  const years = [...termYears(envelope).slice(-1), ...openedYears(envelope, today)]
  refuseIf(
    years.some((year) => closedYears.includes(year)),
    'funding/year-closed',
  )
}

export function approveEnvelope(book: Book, proposal: Proposal, by: string): void {
  requireDecidable(proposal, { family: 'funding', state: 'submitted', by })
  const { envelope } = proposal
  requireMoneyAfter(book, envelope)
  const { code, organization, measures, term, recurring, total } = envelope
  const measure = measures.length === 1 ? (measures[0] ?? null) : null
  const openings = [
    ...(term === null ? [] : [{ year: null, cents: total }]),
    ...openedYears(envelope, book.today).map((year) => ({ year, cents: recurring?.cents ?? 0n })),
  ]
  for (const { year, cents } of openings) {
    const cell = { envelope: code, measure, organization, year }
    post(book, { kind: 'appropriation', slot: null }, [
      { ...cell, account: 'authority', cents: -cents },
      { ...cell, account: 'available', cents },
    ])
  }
  book.envelopes = [...book.envelopes, envelope]
  proposal.state = 'approved'
}

export interface AskedRevision {
  readonly key: string
  readonly kind: string
  readonly lines: readonly Movement[]
  readonly day: string
}

const isZeroSum = (kind: string): boolean => kind === 'transfer' || kind === 'distribution'

export function enterRevision(book: Book, asked: AskedRevision, by: string): void {
  const { key, kind, day } = asked
  refuseIf(day > book.today, 'funding/effective-date-ahead')
  const lines = asked.lines.map((line) => placed(book, line))
  lines.forEach((line, place) => {
    requireLine(book, kind, line)
    const isRepeated = lines
      .slice(0, place)
      .some(
        (other) =>
          other.envelope === line.envelope &&
          other.measure === line.measure &&
          other.year === line.year,
      )
    refuseIf(isRepeated, 'funding/line-repeated')
  })
  requireOpenYears(book, lines)
  requireWhole(book, kind, lines)
  book.revisions = [...book.revisions, { ...newlySigned(key, by), kind, lines }]
}

const requireOpenYears = ({ closedYears }: Book, lines: readonly Movement[]): void =>
  refuseIf(
    lines.some(({ year }) => year !== null && closedYears.includes(year)),
    'funding/year-closed',
  )

function placed({ envelopes }: Book, line: Movement): Movement {
  const measures = envelopes.find(({ code }) => code === line.envelope)?.measures ?? []
  return {
    ...line,
    measure: line.measure ?? (measures.length === 1 ? (measures[0] ?? null) : null),
  }
}

function requireLine(book: Book, kind: string, { envelope: code, measure, year, cents }: Movement) {
  refuseIf(isZeroSum(kind) && cents === 0n, 'funding/line-moves-nothing')
  refuseIf(!isZeroSum(kind) && cents <= 0n, 'funding/line-not-positive')
  const envelope = book.envelopes.find((one) => one.code === code)
  if (envelope === undefined) {
    return refuseIf(true, 'funding/envelope-unknown')
  }
  refuseIf(measure !== null && !envelope.measures.includes(measure), 'funding/not-a-member')
  if (year === null) {
    return refuseIf(envelope.term === null, 'funding/fiscal-year-needed')
  }
  const isThere =
    termYears(envelope).includes(year) || openedYears(envelope, book.today).includes(year)
  refuseIf(!isThere && reaches(envelope, year), 'funding/year-not-open')
  refuseIf(!isThere, 'funding/outside-term')
}

function requireWhole(book: Book, kind: string, lines: readonly Movement[]): void {
  if (!isZeroSum(kind)) {
    return
  }
  refuseIf(added(lines.map(({ cents }) => cents)) !== 0n, 'funding/unbalanced')
  const codes = [...new Set(lines.map(({ envelope }) => envelope))]
  if (kind === 'transfer') {
    refuseIf(codes.length < 2, 'funding/one-envelope')
    const isBoth = codes.some((code) => {
      const own = lines.filter(({ envelope }) => envelope === code)
      return own.some(({ cents }) => cents < 0n) && own.some(({ cents }) => cents > 0n)
    })
    refuseIf(isBoth, 'funding/gives-and-receives')
    return
  }
  refuseIf(codes.length > 1, 'funding/several-envelopes')
  const years = termYears(envelopeNamed(book, codes[0] ?? ''))
  // Money of the fixed total stays in its years, and recurring money in its own.
  for (const year of new Set(lines.map((line) => line.year))) {
    const isApart = year !== null && !years.includes(year)
    const left = added(lines.filter((line) => line.year === year).map(({ cents }) => cents))
    refuseIf(isApart && left !== 0n, 'funding/outside-term')
  }
}

export function approveRevision(book: Book, revision: Revision, by: string): void {
  requireDecidable(revision, { family: 'funding', state: 'submitted', by })
  const { kind, lines } = revision
  requireOpenYears(book, lines)
  const moved = lines.map((line) => (kind === 'reduction' ? { ...line, cents: -line.cents } : line))
  if (kind !== 'supplement') {
    for (const code of new Set(lines.map(({ envelope }) => envelope))) {
      const own = moved.filter(({ envelope }) => envelope === code)
      requireRoom(envelopeNamed(book, code), own, holdingsOf(book.postings, code))
      if (kind === 'distribution') {
        requireHeld(own, holdingsOf(book.postings, code))
      }
    }
  }
  for (const { envelope, measure, year, cents } of moved) {
    const { organization } = envelopeNamed(book, envelope)
    const cell = { envelope, measure, organization, year }
    post(book, { kind, slot: null }, [
      ...(isZeroSum(kind) ? [] : [{ ...cell, account: 'authority', cents: -cents }]),
      { ...cell, account: 'available', cents },
    ])
  }
  revision.state = 'approved'
}

/** What it brings is there before what it takes; each part gives no more than the ceiling. */
function requireRoom(
  envelope: Envelope,
  moved: readonly Movement[],
  holdings: readonly Holding[],
): void {
  const there = [...holdings, ...moved.filter(({ cents }) => cents > 0n)]
  const taken = moved.filter(({ cents }) => cents < 0n)
  requirePart(byYear(there), byYear(taken), termYears(envelope))
  if (envelope.measures.length > 1) {
    requirePart(byMember(there), byMember(taken), envelope.measures)
  }
}

interface PartHeld<Part> {
  readonly part: Part | null
  readonly cents: bigint
}

function requirePart<Part>(
  there: readonly PartHeld<Part>[],
  taken: readonly PartHeld<Part>[],
  parts: readonly Part[],
): void {
  const left = [...there]
  for (const part of new Set(taken.map((one) => one.part))) {
    const mine = taken.filter((one) => one.part === part)
    const wanted = -added(mine.map(({ cents }) => cents))
    refuseIf(wanted > roomIn(left, parts, part), 'funding/above-headroom')
    left.push(...mine)
  }
}

function requireHeld(moved: readonly Movement[], holdings: readonly Holding[]): void {
  for (const { measure, year, cents } of moved) {
    const held = added(
      holdings
        .filter((one) => one.measure === measure && one.year === year)
        .map((one) => one.cents),
    )
    refuseIf(cents < 0n && -cents > held, 'funding/cell-holds-less')
  }
}
