import { compareFiscalYears, type FiscalYear } from '#core/fiscal-year.ts'
import { fixedTerm } from '#features/funding/envelope.ts'
import type { Facts, Range } from './facts.ts'

/**
 * Which fiscal years a report speaks of when nobody says: all years of any term, recurring money
 * up to the last year opened, and every year with an entry.
 * Example: the Quebec plan alone gives 2021-2022 … 2025-2026.
 */
export function defaultRange(facts: Facts): Range | null {
  const found = new Set<FiscalYear>()
  for (const envelope of facts.envelopes) {
    const term = fixedTerm(envelope)
    if (term?.lastFiscalYear != null) {
      found.add(term.firstFiscalYear).add(term.lastFiscalYear)
    }
  }
  for (const { fiscalYear } of facts.balances) {
    if (fiscalYear !== null) {
      found.add(fiscalYear)
    }
  }
  const years = [...found].sort(compareFiscalYears)
  const from = years[0]
  const to = years.at(-1)
  return from === undefined || to === undefined ? null : { from, to }
}

export const isWithin = (year: FiscalYear, { from, to }: Range): boolean =>
  compareFiscalYears(from, year) <= 0 && compareFiscalYears(year, to) <= 0

export const intersect = (a: Range, b: Range): Range => ({
  from: compareFiscalYears(a.from, b.from) >= 0 ? a.from : b.from,
  to: compareFiscalYears(a.to, b.to) <= 0 ? a.to : b.to,
})
