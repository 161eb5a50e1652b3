import { compareFiscalYears, type FiscalYear } from '#core/fiscal-year.ts'
import type { Facts } from './facts.ts'

/** First fiscal year of any term of each envelope: from then on it can stand for another's money. */
export function firstYears(facts: Facts): ReadonlyMap<string, FiscalYear> {
  const first = new Map<string, FiscalYear>()
  for (const { code, terms } of facts.envelopes) {
    const [year] = terms.map(({ firstFiscalYear }) => firstFiscalYear).sort(compareFiscalYears)
    if (year !== undefined) {
      first.set(code, year)
    }
  }
  return first
}
