import { type CalendarDate, torontoDay } from '#core/calendar-date.ts'

/** Where "today" comes from. Only tests use another one than the system's. */
export interface Clock {
  /** The calendar day in America/Toronto. */
  today(): CalendarDate
}

export const systemClock: Clock = { today: () => torontoDay(new Date()) }
