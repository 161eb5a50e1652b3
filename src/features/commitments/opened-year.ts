import type { FiscalYear } from '#core/fiscal-year.ts'
import { refuseField } from '#core/refusal.ts'
import { type ClosedYear, isClosedYear, yearClosedWords } from '#features/funding/closed-year.ts'
import { type Envelope, termYears } from '#features/funding/envelope.ts'
import { dueOpenings } from '#features/funding/opening.ts'

/**
 * The years that money can be committed on: each year of the envelope's fixed total, begun or not,
 * and each year of a recurring amount that has been opened. Example: CA-2022 in 2026-2027 is opened
 * for 2022-2023 … 2026-2027 by its term, and not yet for 2027-2028. A year that was closed is over.
 */
export function requireOpenedYear(envelope: Envelope, year: FiscalYear, current: FiscalYear): void {
  const isOpened =
    termYears(envelope).includes(year) ||
    envelope.terms.some((term) => dueOpenings(term, current).includes(year))
  if (!isOpened) {
    throw refuseField(
      'fiscalYear',
      'commitments/year-not-opened',
      {
        fr: `L’enveloppe ${envelope.code} n’a pas d’argent ouvert pour ${year} : rien ne peut y être engagé.`,
        en: `Envelope ${envelope.code} has no money opened for ${year}: nothing can be committed on it.`,
      },
      year,
    )
  }
}

/** Asked again at approval, under the envelope's lock. */
export function requireNotClosed(
  { programme }: Pick<Envelope, 'programme'>,
  year: FiscalYear,
  closed: readonly ClosedYear[],
): void {
  if (isClosedYear(closed, programme, year)) {
    const sentence = yearClosedWords(programme, year)
    throw refuseField('fiscalYear', 'commitments/year-closed', sentence, year)
  }
}
