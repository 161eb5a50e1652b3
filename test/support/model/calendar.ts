/**
 * Days, years and periods of the reference model, without the core's: a fiscal year is the calendar
 * year it begins in, so 2025 is 2025-2026; a day is its text. 31 March 2026 is of 2025, in slot 12.
 */
export interface Slot {
  readonly year: number
  readonly number: number
}

export const yearName = (year: number): string => `${year}-${year + 1}`

const monthOf = (day: string): number => Number(day.slice(5, 7))

export const yearOf = (day: string): number => Number(day.slice(0, 4)) - (monthOf(day) < 4 ? 1 : 0)

export const slotName = ({ year, number }: Slot): string =>
  `${yearName(year)}-P${String(number).padStart(2, '0')}`

const slotOf = (day: string): Slot => ({ year: yearOf(day), number: ((monthOf(day) + 8) % 12) + 1 })

/** The supplementary period begins when its year has ended. */
export function hasBegun({ year, number }: Slot, today: string): boolean {
  const month = number + 3
  const first = month > 12 ? [year + 1, number === 13 ? 4 : month - 12] : [year, month]
  return `${first[0]}-${String(first[1]).padStart(2, '0')}-01` <= today
}

const slotsOf = (year: number): readonly Slot[] =>
  Array.from({ length: 13 }, (_, place) => ({ year, number: place + 1 }))

/** Its own period if open, else its year's thirteenth, else the earliest open one after its own. */
export function recordingSlot(
  day: string,
  today: string,
  closed: readonly string[],
): string | null {
  const own = slotOf(day)
  const years = Array.from({ length: yearOf(today) - own.year + 1 }, (_, place) => own.year + place)
  const after = years
    .flatMap(slotsOf)
    .filter(({ year, number }) => year > own.year || number > own.number)
  const open = [own, { year: own.year, number: 13 }, ...after].find(
    (slot) => hasBegun(slot, today) && !closed.includes(slotName(slot)),
  )
  return open === undefined ? null : slotName(open)
}
