import { z } from 'zod'
import { Problem } from '#core/problem.ts'
import type { Calls } from '#features/identity/calls.public.ts'
import { authorize, type Viewing } from '#features/identity/context.public.ts'
import { listNotes } from '#features/programmes/programmes.public.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { cursorField, limitField, textField } from '#platform/http/input.ts'
import { slicePage } from '#platform/http/lists.ts'
import { etagOf } from '#platform/http/versions.ts'
import { envelopeJson, relationJson } from './envelope-json.ts'
import { listEnvelopes, listRelations } from './funding.store.ts'

const tags = ['plan']
const listQuery = z.strictObject({ limit: limitField, cursor: cursorField })
const ofCode = z.strictObject({ code: textField(60) })

const now = Number.MAX_SAFE_INTEGER

export function registerFunding(server: HttpServer, calls: Calls): void {
  server.get('/envelopes', { schema: { tags, querystring: listQuery } }, (request) =>
    calls.look(request, async (viewing) => {
      authorize(viewing, 'plan.read')
      const { relations, notes } = await readBeside(viewing)
      return slicePage(await listEnvelopes(viewing.handle), request.query, {
        codeOf: ({ code }) => code,
        itemOf: (envelope) => envelopeJson(envelope, relations, notes.get(envelope.code) ?? []),
      })
    }),
  )
  server.get('/envelopes/:code', { schema: { tags, params: ofCode } }, (request, reply) =>
    calls.look(request, async (viewing) => {
      authorize(viewing, 'plan.read')
      const { relations, notes } = await readBeside(viewing)
      const [envelope] = await listEnvelopes(viewing.handle, [request.params.code])
      if (envelope === undefined) {
        throw new Problem('not-found', 'funding/envelope-not-found', {
          fr: `L’enveloppe « ${request.params.code} » n’existe pas.`,
          en: `There is no envelope “${request.params.code}”.`,
        })
      }
      const json = envelopeJson(envelope, relations, notes.get(envelope.code) ?? [])
      reply.header('etag', etagOf(json.version))
      return json
    }),
  )
  server.get('/relations', { schema: { tags, querystring: listQuery } }, (request) =>
    calls.look(request, async (viewing) => {
      authorize(viewing, 'plan.read')
      return slicePage(await listRelations(viewing.handle, now), request.query, {
        codeOf: ({ from, to }) => `${from} ${to}`,
        itemOf: relationJson,
      })
    }),
  )
}

async function readBeside(viewing: Viewing) {
  const relations = await listRelations(viewing.handle, now)
  return { relations, notes: await listNotes(viewing.handle) }
}
