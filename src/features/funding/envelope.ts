import type { FiscalYear } from '#core/fiscal-year.ts'
import { compareFiscalYears, fiscalYearsBetween } from '#core/fiscal-year.ts'
import type { Bilingual } from '#core/language.ts'
import type { Money } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { Source } from '#features/programmes/measure.ts'

/**
 * An envelope is money granted for a purpose; its terms say how the money comes. A `term` is a
 * fixed total over a run of years, posted once and not distributed over them. A `recurring` amount
 * is opened one fiscal year at a time, from its first year to the one that contains today.
 * Example: CA-2009 is 41 M$ over 2009-2010 … 2013-2014, then 8.1 M$ a year from 2014-2015.
 */
export interface FundingTerm {
  readonly kind: 'term' | 'recurring'
  readonly amount: Money
  readonly asStated: string
  readonly precision: Money
  readonly firstFiscalYear: FiscalYear
  readonly lastFiscalYear: FiscalYear | null
  /** False when the first fiscal year is inferred. */
  readonly stated: boolean
}

export interface Envelope {
  readonly code: string
  readonly programme: string
  readonly title: Bilingual
  readonly organization: string
  readonly organizationStated: boolean
  readonly measures: readonly string[]
  readonly terms: readonly FundingTerm[]
  readonly financing: 'current' | 'previous' | null
  readonly source: Source
  readonly version: number
}

/** An envelope has at most one. */
export const fixedTerm = ({ terms }: Pick<Envelope, 'terms'>): FundingTerm | undefined =>
  terms.find(({ kind }) => kind === 'term')

/** Years of the fixed total, empty when there is none. */
export function termYears(envelope: Pick<Envelope, 'terms'>): readonly FiscalYear[] {
  const term = fixedTerm(envelope)
  return term?.lastFiscalYear == null
    ? []
    : fiscalYearsBetween(term.firstFiscalYear, term.lastFiscalYear)
}

/** Whether any term of the envelope reaches this year. */
export const covers = (envelope: Pick<Envelope, 'terms'>, year: FiscalYear): boolean =>
  envelope.terms.some(
    ({ firstFiscalYear, lastFiscalYear }) =>
      compareFiscalYears(firstFiscalYear, year) <= 0 &&
      (lastFiscalYear === null || compareFiscalYears(year, lastFiscalYear) <= 0),
  )

export const isShared = (envelope: Pick<Envelope, 'measures'>): boolean =>
  envelope.measures.length > 1

/** The measure that every line of the envelope bears: its only one, if it serves exactly one. */
export const soleMeasure = (envelope: Pick<Envelope, 'measures'>): string | null =>
  envelope.measures.length === 1 ? (envelope.measures[0] ?? null) : null

/** A published figure beside the spending of an envelope and year; never planned money. */
export interface PublishedAuthority {
  readonly envelope: string
  readonly fiscalYear: FiscalYear
  readonly amount: Money
  readonly document: string
  readonly row: number
  readonly note: Bilingual | null
}

export const envelopeNotFound = (code: string): Problem =>
  new Problem('not-found', 'funding/envelope-not-found', {
    fr: `L’enveloppe « ${code} » n’existe pas.`,
    en: `There is no envelope “${code}”.`,
  })
