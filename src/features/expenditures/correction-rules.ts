import type { CalendarDate } from '#core/calendar-date.ts'
import { add, compare, type Money, subtract } from '#core/money.ts'
import { moneyWords } from '#core/money-words.ts'
import { refuseField } from '#core/refusal.ts'
import { measureCode } from '#features/programmes/measure.ts'
import type { Expenditure, ExpenditureRequest, ExpenditureStatement } from './expenditure.ts'

/**
 * What a posted expenditure can bear. Refunds never come to more than it, and none is dated before
 * the service or after today; its date decides where it is recorded, not its cell. A
 * reclassification changes where it stands: measure, envelope or service date, and nothing it says.
 * Example: of 1 000.00, refunds of 300.00 and 700.00 are the last; one more cent is refused.
 */
export function requireRefundable(expenditure: Expenditure, amount: Money): void {
  if (compare(add(expenditure.refunded, amount), expenditure.amount) > 0) {
    const [asked, left] = [amount, subtract(expenditure.amount, expenditure.refunded)].map(
      moneyWords,
    )
    throw refuseField(
      'amount',
      'expenditures/refund-above',
      {
        fr: `${expenditure.number} : un remboursement de ${asked?.fr} dépasse ce qui peut encore être remboursé, ${left?.fr}.`,
        en: `${expenditure.number}: a refund of ${asked?.en} is above what can still be refunded, ${left?.en}.`,
      },
      amount.toString(),
    )
  }
}

export function requireRefundDate(
  date: CalendarDate,
  serviceDate: CalendarDate,
  today: CalendarDate,
): void {
  if (date > today) {
    throw refuseField('date', 'expenditures/refund-date-ahead', {
      fr: `La date du remboursement ${date} est postérieure à aujourd’hui (${today}).`,
      en: `The date of the refund ${date} is after today (${today}).`,
    })
  }
  if (date < serviceDate) {
    throw refuseField('date', 'expenditures/refund-before-service', {
      fr: `La date du remboursement ${date} précède la date de service ${serviceDate}.`,
      en: `The date of the refund ${date} is before the service date ${serviceDate}.`,
    })
  }
}

/** Refunds that were approved; of a posted expenditure each of them still stands. */
export const refundsOf = ({ requests }: Expenditure): readonly ExpenditureRequest[] =>
  requests.filter(({ kind, state }) => kind === 'refund' && state === 'approved')

export interface NewPlace {
  readonly measure?: string | null | undefined
  readonly envelope?: string | null | undefined
  readonly serviceDate?: CalendarDate | undefined
}

/**
 * The same facts in another place. What is not said stays; but of measure and envelope, one said
 * alone decides the other anew. The commitment is looked at apart: it may be used up.
 */
export function restated(expenditure: Expenditure, asked: NewPlace): ExpenditureStatement {
  const measure = asked.measure == null ? asked.measure : measureCode(asked.measure)
  const isOtherMeasure = measure != null && measure !== expenditure.measure
  const isOtherEnvelope = asked.envelope != null && asked.envelope !== expenditure.envelope
  return {
    ...expenditure,
    measure: measure !== undefined ? measure : isOtherEnvelope ? null : expenditure.measure,
    envelope:
      asked.envelope !== undefined ? asked.envelope : isOtherMeasure ? null : expenditure.envelope,
    serviceDate: asked.serviceDate ?? expenditure.serviceDate,
    commitment: null,
  }
}

type Place = Pick<ExpenditureStatement, 'measure' | 'envelope' | 'serviceDate'>

export function requireOtherPlace(before: Expenditure, { measure, envelope, serviceDate }: Place) {
  const isSame =
    measure === before.measure && envelope === before.envelope && serviceDate === before.serviceDate
  if (isSame) {
    throw refuseField('measure', 'expenditures/same-place', {
      fr: `${before.number} y est déjà : indiquez une autre mesure, enveloppe ou date de service.`,
      en: `${before.number} stands there already: give another measure, envelope or service date.`,
    })
  }
}

/** Flags that a place or a posting gives; the others are facts of the document and move with it. */
const flagsOfPlace = [
  'outside-term',
  'not-a-lead',
  'possible-duplicate',
  'over-spent',
  'over-share',
  'late-item',
]

export const flagsThatMove = ({ flags }: Expenditure): readonly string[] =>
  flags.filter((flag) => !flagsOfPlace.includes(flag))
