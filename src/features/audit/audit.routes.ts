import { z } from 'zod'
import type { Calls } from '#features/identity/calls.public.ts'
import { authorize } from '#features/identity/context.public.ts'
import { cursorForms, cursorParts } from '#platform/http/cursors.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { cursorField, limitField, textField } from '#platform/http/input.ts'
import { pageOf } from '#platform/http/lists.ts'
import { verifyRecord } from './audit.actions.ts'
import type { RecordCheck } from './audit.public.ts'
import { countEvents, listEvents } from './audit.store.ts'

const tags = ['audit']
const eventQuery = z.strictObject({
  type: textField(100).optional(),
  subject: textField(200).optional(),
  actor: textField(254).optional(),
  limit: limitField,
  cursor: cursorField,
})

export function registerAudit(
  server: HttpServer,
  calls: Calls,
  checks: readonly RecordCheck[],
): void {
  server.get('/events', { schema: { tags, querystring: eventQuery } }, (request) =>
    calls.look(request, async (viewing) => {
      authorize(viewing, 'event.read')
      const { limit, cursor, ...asked } = request.query
      const filter = {
        ...asked,
        limit,
        after: Number(cursorParts(cursor, [cursorForms.position])?.[0] ?? 0),
      }
      return pageOf(await listEvents(viewing.handle, filter), {
        limit,
        count: await countEvents(viewing.handle, filter),
        total: null,
        cursorOf: ({ position }) => [String(position)],
        itemOf: (event) => event,
      })
    }),
  )
  server.get('/verify', { schema: { tags } }, (request) =>
    calls.look(request, async (viewing) => {
      const results = await verifyRecord(viewing, checks)
      return { isIntact: results.every(({ breaks }) => breaks.length === 0), checks: results }
    }),
  )
}
