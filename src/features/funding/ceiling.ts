import type { FiscalYear } from '#core/fiscal-year.ts'
import type { Bilingual } from '#core/language.ts'
import { add, compare, isPositive, Money, subtract } from '#core/money.ts'
import { moneyWords } from '#core/money-words.ts'
import { type Headroom, headroom } from '#features/journal/headroom.ts'
import { type Envelope, isShared, termYears } from './envelope.ts'

/**
 * What an envelope can still bear, and how that is said. The formula is in journal/headroom.ts; a
 * member of a shared envelope has its own share besides or, without one, what is distributed to no
 * member. Read the balances under the envelope's lock: without it two can take the same dollar.
 */
export interface Balances {
  readonly byYear: ReadonlyMap<FiscalYear | null, Money>
  readonly byMeasure: ReadonlyMap<string | null, Money>
  /** What is planned for each member, whatever is left of it. */
  readonly shares: ReadonlyMap<string | null, Money>
}

/** Money that leaves, or with a negative amount comes back to, what is available. */
export interface Taking {
  readonly amount: Money
  readonly fiscalYear: FiscalYear
  readonly measure: string | null
}

export const headroomOf = (envelope: Envelope, balances: Balances, year: FiscalYear): Headroom =>
  headroom({ termYears: termYears(envelope), byYear: balances.byYear }, year)

/** What is left for the next one in the same transaction: it takes from its year and member. */
export function balancesAfter(
  { byYear, byMeasure, shares }: Balances,
  { amount, fiscalYear, measure }: Taking,
): Balances {
  const less = <Key>(of: ReadonlyMap<Key, Money>, key: Key): ReadonlyMap<Key, Money> =>
    new Map(of).set(key, subtract(of.get(key) ?? Money.zero, amount))
  return { byYear: less(byYear, fiscalYear), byMeasure: less(byMeasure, measure), shares }
}

export function isOverShare(
  envelope: Envelope,
  { byMeasure, shares }: Balances,
  { amount, measure }: Taking,
): boolean {
  if (!isShared(envelope) || measure === null) {
    return false
  }
  const of = (key: string | null): Money => byMeasure.get(key) ?? Money.zero
  const hasShare = isPositive(shares.get(measure) ?? Money.zero)
  return compare(amount, hasShare ? of(measure) : add(of(null), of(measure))) > 0
}

/** What asks for more than the headroom. */
export interface Exceeding {
  readonly amount: Money
  readonly envelope: string | null
  readonly fiscalYear: FiscalYear
}

/** Every operand of the formula, for the refusal, the approver and the auditor. */
export function headroomWords(
  { amount, envelope, fiscalYear }: Exceeding,
  ceiling: Headroom,
): Bilingual {
  const [asked, headroomLeft, inYear, undistributed, shortfall, overTerm] = [
    amount,
    ceiling.amount,
    ceiling.availableInYear,
    ceiling.undistributed,
    ceiling.otherYearsShortfall,
    ceiling.availableOverTerm,
  ].map(moneyWords)
  return {
    fr: `${asked?.fr} dépasse la marge de ${envelope} pour ${fiscalYear}, ${headroomLeft?.fr} (disponible de l’exercice ${inYear?.fr}, non réparti ${undistributed?.fr}, insuffisance des autres exercices ${shortfall?.fr}, disponible de toute la durée ${overTerm?.fr}).`,
    en: `${asked?.en} is above the headroom of ${envelope} for ${fiscalYear}, ${headroomLeft?.en} (available in the year ${inYear?.en}, undistributed ${undistributed?.en}, shortfall of the other years ${shortfall?.en}, available over the whole term ${overTerm?.en}).`,
  }
}
