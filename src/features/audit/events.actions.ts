import { Problem } from '#core/problem.ts'
import type { Table } from '#core/table.ts'
import { authorize, type Viewing } from '#features/identity/context.public.ts'
import { countEvents, findEvent, findLastType, listEvents } from './audit.store.ts'
import type { EventFilter, RecordedEvent } from './event.ts'
import { eventsTable } from './events.table.ts'

export const tabledEventsMax = 10_000

/** What a filter finds, for a file or a screen. @throws Problem `audit/too-many-events` */
export async function drawEvents(viewing: Viewing, filter: EventFilter): Promise<Table> {
  authorize(viewing, 'event.read')
  const page = { after: null, limit: tabledEventsMax }
  const events = await listEvents(viewing.handle, filter, page)
  if (events.length > tabledEventsMax) {
    throw new Problem('refused', 'audit/too-many-events', {
      fr: `Plus de ${tabledEventsMax} événements : resserrez le filtre, ou prenez le dossier de preuve, qui les contient tous (vigie export evidence).`,
      en: `More than ${tabledEventsMax} events: narrow the filter, or take the evidence pack, which holds all of them (vigie export evidence).`,
    })
  }
  return eventsTable(events)
}

export interface EventList {
  /** One more than asked, where there are more. */
  readonly events: readonly RecordedEvent[]
  readonly count: number
}

export async function readEvents(
  viewing: Viewing,
  filter: EventFilter,
  page: { readonly after: number | null; readonly limit: number },
): Promise<EventList> {
  authorize(viewing, 'event.read')
  const { handle } = viewing
  return {
    events: await listEvents(handle, filter, page),
    count: await countEvents(handle, filter),
  }
}

export interface ReadEvent {
  readonly event: RecordedEvent
  /** Whether what it speaks of is still there to be opened. */
  readonly isThere: boolean
}

/** @throws Problem `audit/event-not-found` */
export async function readEvent(viewing: Viewing, position: number): Promise<ReadEvent> {
  authorize(viewing, 'event.read')
  const event = await findEvent(viewing.handle, position)
  if (event === null) {
    throw new Problem('not-found', 'audit/event-not-found', {
      fr: `Le registre n’a pas d’événement à la position ${position}.`,
      en: `The record has no event at position ${position}.`,
    })
  }
  const last = await findLastType(viewing.handle, event.subject)
  return { event, isThere: last?.endsWith('.deleted') !== true }
}
