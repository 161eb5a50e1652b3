import { compareFiscalYears, type FiscalYear } from '#core/fiscal-year.ts'
import { compare, isZero } from '#core/money.ts'
import type { Period } from '#core/period.ts'
import { type Balances, headroomOf, isOverShare, type Taking } from '#features/funding/ceiling.ts'
import { covers, type Envelope } from '#features/funding/envelope.ts'
import type { CellFacts } from '#features/funding/placement.ts'
import { names } from '#features/programmes/measure.ts'

/**
 * What is noticed about an expenditure without refusing it. Flags are values, not errors: a
 * reader sees them beside the amount, and two of them call for a justification: outside the term
 * (at submission) and above the headroom (at approval).
 */

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

/**
 * Known at posting, from the balances read under the envelope's lock. What a commitment holds was
 * below the ceiling when it was committed.
 */
export function ceilingFlags(
  taking: Taking,
  envelope: Envelope,
  balances: Balances,
): readonly string[] {
  if (isZero(taking.amount)) {
    return []
  }
  const ceiling = headroomOf(envelope, balances, taking.fiscalYear)
  return [
    ...(compare(taking.amount, ceiling.amount) > 0 ? ['over-spent'] : []),
    ...(isOverShare(envelope, balances, taking) ? ['over-share'] : []),
  ]
}

export const isLate = (recordedIn: Period, year: FiscalYear): boolean =>
  recordedIn.fiscalYear !== year
