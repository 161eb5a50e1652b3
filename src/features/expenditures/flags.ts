import { compareFiscalYears, type FiscalYear } from '#core/fiscal-year.ts'
import { add, compare, isNegative, Money, subtract } from '#core/money.ts'
import type { Period } from '#core/period.ts'
import { covers, type Envelope, isShared, termYears } from '#features/funding/envelope.ts'
import { type Headroom, headroom } from '#features/journal/headroom.ts'
import { type Measure, names } from '#features/programmes/measure.ts'
import type { Programme } from '#features/programmes/programme.ts'

/**
 * What is noticed about an expenditure without refusing it. Flags are values, not errors: a
 * reader sees them beside the amount, and two of them call for a justification: outside the term
 * (at submission) and above the headroom (at approval).
 */
export interface CellFacts {
  readonly measure: Measure | null
  readonly envelope: Envelope | null
  readonly programme: Programme | null
}

/** Known from the day it is entered. */
export function entryFlags(
  stated: { readonly organization: string; readonly fiscalYear: FiscalYear },
  cell: CellFacts,
  isRepeated: boolean,
): readonly string[] {
  return [
    ...(isOutsideTerm(stated.fiscalYear, cell) ? ['outside-term'] : []),
    ...(cell.measure !== null && !names(cell.measure, stated.organization) ? ['not-a-lead'] : []),
    ...(isRepeated ? ['possible-duplicate'] : []),
  ]
}

/** Self-funded spending has no envelope: the years of the programme stand for its term. */
export function isOutsideTerm(year: FiscalYear, cell: CellFacts): boolean {
  if (cell.envelope !== null) {
    return !covers(cell.envelope, year)
  }
  const { programme } = cell
  return (
    programme !== null &&
    (compareFiscalYears(year, programme.firstFiscalYear) < 0 ||
      (programme.lastFiscalYear !== null && compareFiscalYears(year, programme.lastFiscalYear) > 0))
  )
}

export interface Spending {
  readonly amount: Money
  readonly fiscalYear: FiscalYear
  readonly measure: string | null
}

export interface Balances {
  readonly byYear: ReadonlyMap<FiscalYear | null, Money>
  readonly byMeasure: ReadonlyMap<string | null, Money>
}

/** What is left for the next one in the same transaction: spending takes from its year and member. */
export function balancesAfter(
  { byYear, byMeasure }: Balances,
  { amount, fiscalYear, measure }: Spending,
): Balances {
  const less = <Key>(of: ReadonlyMap<Key, Money>, key: Key): ReadonlyMap<Key, Money> =>
    new Map(of).set(key, subtract(of.get(key) ?? Money.zero, amount))
  return { byYear: less(byYear, fiscalYear), byMeasure: less(byMeasure, measure) }
}

export const headroomOf = (envelope: Envelope, balances: Balances, year: FiscalYear): Headroom =>
  headroom({ termYears: termYears(envelope), byYear: balances.byYear }, year)

/** Known at posting, from the balances read under the envelope's lock. */
export function ceilingFlags(
  spending: Spending,
  envelope: Envelope,
  balances: Balances,
): readonly string[] {
  const { amount, fiscalYear, measure } = spending
  const ceiling = headroomOf(envelope, balances, fiscalYear)
  const common = balances.byMeasure.get(null)
  const own = measure === null ? undefined : balances.byMeasure.get(measure)
  const isOverShare =
    isShared(envelope) &&
    measure !== null &&
    common !== undefined &&
    isNegative(
      subtract(own === undefined ? common : isNegative(own) ? add(common, own) : own, amount),
    )
  return [
    ...(compare(amount, ceiling.amount) > 0 ? ['over-spent'] : []),
    ...(isOverShare ? ['over-share'] : []),
  ]
}

export const isLate = (recordedIn: Period, year: FiscalYear): boolean =>
  recordedIn.fiscalYear !== year
