import { type Reading, read, unread } from '#core/issues.ts'
import { compare, type Money, money } from '#core/money.ts'
import { readMoney } from '#core/money-reading.ts'
import { moneyWords } from '#core/money-words.ts'
import type { Problem } from '#core/problem.ts'
import { refuseField } from '#core/refusal.ts'

/**
 * What a run tolerates unless it is asked otherwise, and the most it may: beyond a dollar two
 * amounts are two amounts. Source: docs/decisions/0020-what-a-matching-tolerates.md.
 */
export const toleranceDefault = '0.05'
export const toleranceDaysDefault = 10
const toleranceMax = money('1.00')

/** @throws Problem `matching/tolerance` */
export function requireTolerance(tolerance: Money): void {
  if (compare(tolerance, money('0.00')) < 0 || compare(tolerance, toleranceMax) > 0) {
    const most = moneyWords(toleranceMax)
    throw refuseField(
      'tolerance',
      'matching/tolerance',
      {
        fr: `La tolérance va de 0 à ${most.fr}.`,
        en: `The tolerance goes from 0 to ${most.en}.`,
      },
      tolerance.toString(),
    )
  }
}

/** A part of a row that is split: of the row's sign, so negative too. */
export function readPart(text: string): Reading<Money> {
  const found = readMoney(text)
  return found.ok ? read(found.value.value) : found
}

const daysMax = 366

/** The days of a form, which sends texts. */
export function wholeDays(text: string): Reading<number> {
  const days = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN
  return days >= 0 && days <= daysMax
    ? read(days)
    : unread('matching/days', {
        fr: `Écrivez un nombre entier de jours, de 0 à ${daysMax}.`,
        en: `Write a whole number of days, from 0 to ${daysMax}.`,
      })
}

/** @see readMatchable: what one may not match is answered like what does not exist. */
export const extractUnknown = (): Problem =>
  refuseField('extract', 'matching/extract-unknown', {
    fr: 'Cet extrait n’existe pas ou ne compte plus. Choisissez-en un de la liste.',
    en: 'There is no such extract, or it counts no more. Choose one of the list.',
  })
