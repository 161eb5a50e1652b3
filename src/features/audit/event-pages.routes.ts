import { z } from 'zod'
import { addDays, torontoMidnight } from '#core/calendar-date.ts'
import { limitDefault } from '#core/page.ts'
import type { Pages } from '#features/identity/pages.public.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { dateField, textField } from '#platform/http/input.ts'
import { askedIn } from '#platform/http/page-address.ts'
import { languageOfPage } from '#platform/http/page-answer.ts'
import { dialectField, sendTable, tableEndings } from '#platform/http/table-answer.ts'
import { filterLines } from '#platform/tables/table-workbook.ts'
import { readStanding } from './audit.public.ts'
import { type EventFilter, eventOrders } from './event.ts'
import { eventPage } from './event.views.tsx'
import type { CodeWords } from './event-codes.ts'
import { drawEvents, readEvent, readEvents } from './events.actions.ts'
import { eventFilters, eventsAgain, eventsPage } from './events.views.tsx'
import { readObservations } from './observations.actions.ts'

const read = { act: 'event.read' } as const

/** Days in Toronto, both included. */
const filter = z.strictObject({
  type: textField(100).optional(),
  subject: textField(200).optional(),
  actor: textField(254).optional(),
  request: textField(100).optional(),
  from: dateField.optional(),
  to: dateField.optional(),
  text: textField(200).optional(),
  order: z.enum(eventOrders).default('newest'),
})

const positionField = z
  .string()
  .regex(/^[1-9]\d{0,14}$/)
  .transform(Number)
const listQuery = filter.extend({ after: positionField.optional() })
const ofEvent = z.strictObject({ position: positionField })

/** After the last day that is read there is none, and nothing. */
const endOfDays = '2199-12-31'

const filterOf = ({ from, to, ...asked }: z.output<typeof filter>): EventFilter => ({
  ...asked,
  ...(from === undefined ? {} : { from: torontoMidnight(from) }),
  ...(to === undefined || to === endOfDays ? {} : { to: torontoMidnight(addDays(to, 1)) }),
})

/** The audit trail: searched, taken away as a file, and read one event at a time. */
export function registerEventPages(server: HttpServer, pages: Pages, codes: CodeWords): void {
  registerList(server, pages)
  server.get('/events/:position', { config: read, schema: { params: ofEvent } }, (request, reply) =>
    pages.show(request, reply, async (viewing, screen) => {
      const { position } = request.params
      const found = await readEvent(viewing, position)
      const about = { subject: `event/${position}` }
      const page = { after: null, limit: limitDefault }
      const { observations } = await readObservations(viewing, about, page)
      const shown = observations.slice(0, limitDefault)
      return eventPage({ ...found, observations: shown, codes }, screen)
    }),
  )
}

function registerList(server: HttpServer, pages: Pages): void {
  server.get(
    '/events',
    { config: read, attachValidation: true, schema: { querystring: listQuery } },
    (request, reply) =>
      pages.show(
        request,
        reply,
        async (viewing, screen) => {
          const { after = null, ...asked } = request.query
          const limit = limitDefault
          const { events, count } = await readEvents(viewing, filterOf(asked), { after, limit })
          const last = events.length > limit ? events[limit - 1] : undefined
          const facts = { events: events.slice(0, limit), count, next: last?.position ?? null }
          return eventsPage(facts, screen)
        },
        async (_viewing, screen) => eventsAgain(screen),
      ),
  )
  for (const ending of tableEndings) {
    server.get(
      `/events.${ending}`,
      { config: read, schema: { querystring: filter.extend({ dialect: dialectField }) } },
      async (request, reply) => {
        const { dialect, ...asked } = request.query
        const language = languageOfPage(request)
        const file = await pages.look(request, async (viewing) => ({
          table: await drawEvents(viewing, filterOf(asked)),
          filters: filterLines(askedIn(request.url), eventFilters, language),
          standing: await readStanding(viewing.handle, null),
          isSum: false,
        }))
        return sendTable(reply, file, { ending, language, dialect })
      },
    )
  }
}
