import type { CalendarDate } from '#core/calendar-date.ts'
import { hasFiscalYear } from '#core/fiscal-year.ts'
import { refuseField } from '#core/refusal.ts'

/**
 * When a service can have been given: never after today, for money is not spent before it is, and in
 * a fiscal year that Vigie knows. On 15 June 2025 a service of 16 June 2025 is refused.
 * @throws Problem `expenditures/service-date-ahead`, `expenditures/service-date-too-early`
 */
export function requireServiceDate(serviceDate: CalendarDate, today: CalendarDate): void {
  if (serviceDate > today) {
    throw refuseField('serviceDate', 'expenditures/service-date-ahead', {
      fr: `La date de service ${serviceDate} est postérieure à aujourd’hui (${today}).`,
      en: `The service date ${serviceDate} is after today (${today}).`,
    })
  }
  if (!hasFiscalYear(serviceDate)) {
    throw refuseField('serviceDate', 'expenditures/service-date-too-early', {
      fr: `La date de service ${serviceDate} précède le premier exercice connu (1990-1991).`,
      en: `The service date ${serviceDate} is before the first known fiscal year (1990-91).`,
    })
  }
}
