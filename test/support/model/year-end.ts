import { type Book, type Commitment, post, refuseIf, type YearEnd } from './book.ts'
import { yearOf } from './calendar.ts'
import { requireDecidable } from './signing.ts'
import { type Ended, ended, isOpenIn, nextOpen, type Policy } from './year-end-money.ts'

/**
 * Closing a fiscal year of the plan: once, after it has ended, in any order. Prepared by one person
 * and approved by another, and only while the figures are those that were prepared.
 */
export interface AskedYearEnd {
  readonly year: number
  readonly policies: readonly Policy[]
}

export interface Figures {
  readonly carriedTo: number
  readonly envelopes: readonly Ended[]
}

const firstYear = 2021

export function preview(book: Book, asked: AskedYearEnd): Figures {
  const { year, policies } = asked
  refuseIf(year >= yearOf(book.today), 'year-end/not-ended')
  refuseIf(year < firstYear, 'year-end/before-programme')
  refuseIf(book.closedYears.includes(year), 'year-end/already-closed')
  policies.forEach(({ envelope, policy, percent }, place) => {
    const isTwice = policies.slice(0, place).some((other) => other.envelope === envelope)
    refuseIf(isTwice, 'year-end/envelope-twice')
    refuseIf(policy === 'carry-percent' && percent === null, 'year-end/percent-missing')
    refuseIf(policy !== 'carry-percent' && percent !== null, 'year-end/percent-unused')
  })
  return figuresOf(book, asked)
}

/** Every envelope of the plan, also those in which nobody plays. */
const figuresOf = (book: Book, { year, policies }: AskedYearEnd): Figures => ({
  carriedTo: nextOpen(book, year),
  envelopes: [...book.aside, ...book.envelopes].map((envelope) => {
    const stated = policies.find((policy) => policy.envelope === envelope.code)
    return ended(book, { envelope, year, stated: stated ?? null })
  }),
})

export const yearEndKey = (year: number): string => `Y${year}`

/** Takes the place of what was prepared before for the same year. */
export function prepareYearEnd(book: Book, asked: AskedYearEnd, by: string): void {
  const prepared = preview(book, asked)
  const key = yearEndKey(asked.year)
  const signed = { key, state: 'submitted', preparedBy: by, changedBy: by, submittedBy: by }
  const others = book.yearEnds.filter((other) => other.key !== key)
  book.yearEnds = [...others, { ...signed, asked, prepared }]
}

export function approveYearEnd(book: Book, yearEnd: YearEnd, by: string): void {
  requireDecidable(yearEnd, { family: 'funding', state: 'submitted', by })
  const { asked, prepared } = yearEnd
  const now = figuresOf(book, asked)
  refuseIf(textOfAll(now) !== textOfAll(prepared), 'year-end/figures-changed')
  for (const { kind, ...line } of now.envelopes.flatMap(({ lines }) => lines)) {
    post(book, { kind, slot: null }, [line])
  }
  const carried = book.commitments.filter((commitment) => isOpenIn(commitment, asked.year))
  for (const commitment of carried) {
    carry(commitment, now.carriedTo)
  }
  book.closedYears = [...book.closedYears, asked.year]
  yearEnd.state = 'approved'
}

function carry(commitment: Commitment, year: number): void {
  commitment.cell = { ...commitment.cell, year }
}

const textOfAll = (figures: Figures): string =>
  JSON.stringify(figures, (_, value) => (typeof value === 'bigint' ? `${value}` : value))
