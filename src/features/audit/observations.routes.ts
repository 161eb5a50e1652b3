import type { Calls } from '#features/identity/calls.public.ts'
import { authorize } from '#features/identity/context.public.ts'
import { answerListFile, factsOf } from '#features/identity/list-files.public.ts'
import { cursorForms, cursorParts } from '#platform/http/cursors.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { cursorField, limitField } from '#platform/http/input.ts'
import { fileFields, fileMillisMax } from '#platform/http/list-file.ts'
import { pageOf } from '#platform/http/lists.ts'
import type { Observation } from './observation.ts'
import { observationBody, ofSubject } from './observation-input.routes.ts'
import { everyObservation, writeObservation } from './observations.actions.ts'
import { countObservations, listObservations } from './observations.store.ts'
import { observationRecords } from './record-lists.table.ts'

const tags = ['audit']
const query = ofSubject.extend({ limit: limitField, cursor: cursorField })

export function registerObservations(server: HttpServer, calls: Calls): void {
  server.post(
    '/observations',
    { config: { act: 'observation.write' }, schema: { tags, body: observationBody } },
    (request, reply) =>
      calls.act(request, reply, async (context) => ({
        status: 201,
        body: { ...(await writeObservation(context, request.body)) },
      })),
  )
  server.get(
    '/observations',
    { config: { act: 'observation.read' }, schema: { tags, querystring: query } },
    (request) =>
      calls.look(request, async (viewing) => {
        authorize(viewing, 'observation.read')
        const { limit, cursor, ...filter } = request.query
        const after = cursorParts(cursor, [cursorForms.position])?.[0] ?? null
        return pageOf(await listObservations(viewing.handle, filter, { after, limit }), {
          limit,
          count: await countObservations(viewing.handle, filter),
          total: null,
          cursorOf: ({ place }) => [place],
          itemOf: observationJson,
        })
      }),
  )
  server.get(
    '/observations.csv',
    {
      config: { act: 'observation.read' },
      handlerTimeout: fileMillisMax,
      schema: { tags, querystring: ofSubject.extend(fileFields) },
    },
    (request, reply) =>
      answerListFile(calls, [request, reply], observationRecords, (viewing) =>
        factsOf(everyObservation(viewing, request.query), observationJson),
      ),
  )
}

const observationJson = ({
  place: _place,
  ...observation
}: Observation & { readonly place: string }) => observation
