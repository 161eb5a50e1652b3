import { z } from 'zod'
import { described } from '#platform/http/answers.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { cursorField, limitField } from '#platform/http/input.ts'
import { fileFields, fileMillisMax } from '#platform/http/list-file.ts'
import { pageSchema, slicePage } from '#platform/http/lists.ts'
import { requireIfMatch } from '#platform/http/versions.ts'
import type { Calls } from './calls.public.ts'
import { ofId, ownSessionSchema } from './identity-input.routes.ts'
import { answerListFile } from './list-files.public.ts'
import { ownSessionFacts } from './own-session.ts'
import { endOtherSessions, endOwnSession, readOwnSessions } from './own-sessions.actions.ts'
import { sessionRecords } from './people-records.table.ts'

const tags = ['session']
const config = { act: 'session.own' } as const
const listQuery = z.strictObject({ limit: limitField, cursor: cursorField })

/** One's own sessions: where one is signed in, and the end of what one does not know. */
export function registerOwnSessions(server: HttpServer, calls: Calls): void {
  server.get(
    '/sessions',
    {
      config,
      schema: {
        tags,
        querystring: listQuery,
        response: described({ 200: pageSchema(ownSessionSchema) }),
      },
    },
    (request) =>
      calls.look(request, async (viewing) =>
        slicePage(await readOwnSessions(viewing, request.session), request.query, {
          codeOf: ({ id }) => id,
          itemOf: ownSessionFacts,
        }),
      ),
  )
  server.get(
    '/sessions.csv',
    {
      config,
      handlerTimeout: fileMillisMax,
      schema: { tags, querystring: z.strictObject(fileFields) },
    },
    (request, reply) =>
      answerListFile(calls, [request, reply], sessionRecords, async function* (viewing) {
        yield (await readOwnSessions(viewing, request.session)).map(ownSessionFacts)
      }),
  )
  server.delete('/sessions', { config, schema: { tags } }, (request, reply) =>
    calls.act(request, reply, async (context) => {
      await endOtherSessions(context, request.session)
      return { status: 204, body: null }
    }),
  )
  server.delete('/sessions/:id', { config, schema: { tags, params: ofId } }, (request, reply) =>
    calls.act(request, reply, async (context) => {
      await endOwnSession(context, {
        id: request.params.id,
        get version() {
          return requireIfMatch(request.headers)
        },
      })
      return { status: 204, body: null }
    }),
  )
}
