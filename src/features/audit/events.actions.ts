import { Problem } from '#core/problem.ts'
import type { Table } from '#core/table.ts'
import { authorize, type Viewing } from '#features/identity/context.public.ts'
import { listEvents } from './audit.store.ts'
import type { EventFilter } from './event.ts'
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
