import { z } from 'zod'
import type { Calls } from '#features/identity/calls.public.ts'
import { authorize, type Viewing } from '#features/identity/context.public.ts'
import { answerListFile, wholeList } from '#features/identity/list-files.public.ts'
import { listNotes } from '#features/programmes/programmes.public.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { cursorField, limitField } from '#platform/http/input.ts'
import { fileFields, fileMillisMax } from '#platform/http/list-file.ts'
import { slicePage } from '#platform/http/lists.ts'
import { etagOf } from '#platform/http/versions.ts'
import { ofCode } from './envelope-input.routes.ts'
import { envelopeJson, relationJson } from './envelope-json.ts'
import { envelopeProposalFacts } from './envelope-proposal.ts'
import { readEnvelopeProposal, readEnvelopeProposals } from './envelope-proposals.actions.ts'
import { listEnvelopes, listRelations } from './funding.store.ts'
import { envelopeRecords, relationRecords } from './planned-records.table.ts'
import { relationProposalFacts } from './relation-proposal.ts'
import { readRelationProposals } from './relation-proposals.actions.ts'

const tags = ['plan']
const config = { act: 'plan.read' } as const
const listQuery = z.strictObject({ limit: limitField, cursor: cursorField })
const listed = { config, schema: { tags, querystring: listQuery } }
const filed = {
  config,
  handlerTimeout: fileMillisMax,
  schema: { tags, querystring: z.strictObject(fileFields) },
}

export function registerFunding(server: HttpServer, calls: Calls): void {
  server.get('/envelopes', listed, (request) =>
    calls.look(request, async (viewing) =>
      slicePage(await readEnvelopes(viewing), request.query, {
        codeOf: ({ code }) => code,
        itemOf: (item) => item,
      }),
    ),
  )
  server.get('/envelopes.csv', filed, (request, reply) =>
    answerListFile(calls, [request, reply], envelopeRecords, (viewing) =>
      wholeList(readEnvelopes(viewing)),
    ),
  )
  server.get('/envelopes/:code', { config, schema: { tags, params: ofCode } }, (request, reply) =>
    calls.look(request, async (viewing) => {
      authorize(viewing, 'plan.read')
      const { relations, notes } = await readBeside(viewing)
      const [envelope] = await listEnvelopes(viewing.handle, {
        codes: [request.params.code],
      })
      const json =
        envelope === undefined
          ? envelopeProposalFacts(await readEnvelopeProposal(viewing, request.params.code))
          : envelopeJson(envelope, relations, notes.get(envelope.code) ?? [])
      reply.header('etag', etagOf(json.version))
      return json
    }),
  )
  server.get('/relations', listed, (request) =>
    calls.look(request, async (viewing) =>
      slicePage(await readRelations(viewing), request.query, {
        codeOf: ({ code }) => code,
        itemOf: ({ json }) => json,
      }),
    ),
  )
  server.get('/relations.csv', filed, (request, reply) =>
    answerListFile(calls, [request, reply], relationRecords, async function* (viewing) {
      yield (await readRelations(viewing)).map(({ json }) => json)
    }),
  )
}

async function readEnvelopes(viewing: Viewing) {
  authorize(viewing, 'plan.read')
  const { relations, notes } = await readBeside(viewing)
  const envelopes = await listEnvelopes(viewing.handle)
  return [
    ...envelopes.map((each) => envelopeJson(each, relations, notes.get(each.code) ?? [])),
    ...(await readEnvelopeProposals(viewing)).map(envelopeProposalFacts),
  ]
}

async function readRelations(viewing: Viewing) {
  authorize(viewing, 'plan.read')
  const proposals = await readRelationProposals(viewing)
  return [
    ...(await listRelations(viewing.handle)).map((relation) => ({
      code: `${relation.from} ${relation.to}`,
      json: relationJson(relation),
    })),
    ...proposals.map((each) => ({ code: each.id, json: relationProposalFacts(each) })),
  ]
}

async function readBeside(viewing: Viewing) {
  const relations = await listRelations(viewing.handle)
  return { relations, notes: await listNotes(viewing.handle) }
}
