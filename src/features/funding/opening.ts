import { compareFiscalYears, type FiscalYear, fiscalYearsBetween } from '#core/fiscal-year.ts'
import type { FundingTerm } from './envelope.ts'

/**
 * What of a term is due to be posted by a given year: a fixed total once, undistributed (year
 * null); a recurring amount once for each year that has begun. Never a year that has not.
 * Example: 8.1 M$ a year from 2014-2015, asked in 2026-2027: thirteen openings.
 */
export function dueOpenings(
  term: FundingTerm,
  current: FiscalYear,
): readonly (FiscalYear | null)[] {
  if (term.kind === 'term') {
    return [null]
  }
  const { firstFiscalYear, lastFiscalYear } = term
  const last =
    lastFiscalYear !== null && compareFiscalYears(lastFiscalYear, current) < 0
      ? lastFiscalYear
      : current
  return compareFiscalYears(firstFiscalYear, last) > 0
    ? []
    : fiscalYearsBetween(firstFiscalYear, last)
}
