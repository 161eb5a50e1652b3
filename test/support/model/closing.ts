import { type Book, refuseIf } from './book.ts'
import { hasBegun, recordingSlot, type Slot, slotName } from './calendar.ts'

/** Periods: closed once nothing waits to be recorded in them, and reopened. */
export function closeSlot(book: Book, slot: Slot): void {
  const { today, closed, expenditures } = book
  const name = slotName(slot)
  refuseIf(closed.includes(name), 'periods/wrong-state')
  refuseIf(!hasBegun(slot, today), 'periods/not-begun')
  const isWaiting = expenditures.some(
    ({ state, place }) =>
      ['draft', 'submitted'].includes(state) && recordingSlot(place.day, today, closed) === name,
  )
  refuseIf(isWaiting, 'periods/documents-waiting')
  book.closed = [...closed, name]
}

export function reopenSlot(book: Book, slot: Slot): void {
  const name = slotName(slot)
  refuseIf(!book.closed.includes(name), 'periods/wrong-state')
  book.closed = book.closed.filter((one) => one !== name)
}
