import { positionOf } from '#features/audit/moment.public.ts'
import type { Calls } from '#features/identity/calls.public.ts'
import { authorize } from '#features/identity/context.public.ts'
import { cursorForms, cursorParts } from '#platform/http/cursors.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { cursorField, limitField } from '#platform/http/input.ts'
import { pageOf } from '#platform/http/lists.ts'
import type { PostedEntry } from './entry.ts'
import { countEntries, listEntries } from './journal.store.ts'
import { entriesAsked } from './journal-input.routes.ts'

const listQuery = entriesAsked.extend({ limit: limitField, cursor: cursorField })

export function registerJournal(server: HttpServer, calls: Calls): void {
  server.get(
    '/journal/entries',
    { config: { act: 'journal.read' }, schema: { tags: ['audit'], querystring: listQuery } },
    (request) =>
      calls.look(request, async (viewing) => {
        authorize(viewing, 'journal.read')
        const { limit, cursor, since, asOf, ...asked } = request.query
        const filter = {
          ...asked,
          since: await positionOf(viewing.handle, since),
          asOf: await positionOf(viewing.handle, asOf),
        }
        const after = cursorParts(cursor, [cursorForms.position])?.[0] ?? null
        const rows = await listEntries(viewing.handle, { ...filter, after, limit: limit + 1 })
        return pageOf(rows, {
          limit,
          count: await countEntries(viewing.handle, filter),
          total: null,
          cursorOf: ({ id }) => [id],
          itemOf: entryJson,
        })
      }),
  )
}

const entryJson = (entry: PostedEntry) => ({
  id: entry.id,
  kind: entry.kind,
  organization: entry.organization,
  effectiveOn: entry.effectiveOn,
  recordedIn:
    entry.recordedIn === null
      ? null
      : { fiscalYear: entry.recordedIn.fiscalYear, period: entry.recordedIn.number },
  document: entry.document,
  reverses: entry.reverses,
  flags: entry.flags,
  lines: entry.lines.map(({ account, cell, amount }) => ({
    account,
    ...cell,
    amount: amount.toString(),
  })),
})
