import type { Calls } from '#features/identity/calls.public.ts'
import { answerListFile, factsOf } from '#features/identity/list-files.public.ts'
import { described } from '#platform/http/answers.ts'
import { cursorForms, cursorParts } from '#platform/http/cursors.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { noBody } from '#platform/http/input.ts'
import { fileFields, fileMillisMax } from '#platform/http/list-file.ts'
import { pageOf, pageSchema } from '#platform/http/lists.ts'
import { etagOf } from '#platform/http/versions.ts'
import { revisionRecords } from './planned-records.table.ts'
import { reasonBody, seenBy, step } from './proposal-input.routes.ts'
import { returnProposal, submitProposal } from './proposal-steps.actions.ts'
import { type Revision, revisionFacts } from './revision.ts'
import { ofRevision, revisionBody, revisionQuery, revisionSchema } from './revision-input.routes.ts'
import {
  approveRevision,
  changeRevision,
  enterRevision,
  everyRevision,
  readRevision,
  readRevisions,
  removeRevision,
  revisions,
} from './revisions.actions.ts'

const tags = ['revisions']
const one = described({ 200: revisionSchema })
const prepares = { act: 'proposal.prepare' } as const
const decides = { act: 'proposal.decide' } as const
const reads = { act: 'proposal.read' } as const

/** Budget revisions over HTTP: documents and their steps. */
export function registerRevisions(server: HttpServer, calls: Calls): void {
  registerReadings(server, calls)
  registerDrafts(server, calls)
  registerSteps(server, calls)
}

const fileQuery = revisionQuery.omit({ limit: true, cursor: true }).extend(fileFields)

function registerReadings(server: HttpServer, calls: Calls): void {
  server.get(
    '/revisions',
    {
      config: reads,
      schema: {
        tags,
        querystring: revisionQuery,
        response: described({ 200: pageSchema(revisionSchema) }),
      },
    },
    (request) =>
      calls.look(request, async (viewing) => {
        const { limit, cursor, ...filter } = request.query
        const after = cursorParts(cursor, [cursorForms.day, cursorForms.uuid])
        const { rows, count } = await readRevisions(viewing, filter, { limit, after })
        return pageOf(rows, {
          limit,
          count,
          total: null,
          cursorOf: ({ effectiveOn, id }) => [effectiveOn, id],
          itemOf: revisionFacts,
        })
      }),
  )
  server.get(
    '/revisions.csv',
    {
      config: reads,
      handlerTimeout: fileMillisMax,
      schema: { tags, querystring: fileQuery },
    },
    (request, reply) =>
      answerListFile(calls, [request, reply], revisionRecords, (viewing) =>
        factsOf(everyRevision(viewing, request.query), revisionFacts),
      ),
  )
  server.get(
    '/revisions/:id',
    { config: reads, schema: { tags, params: ofRevision, response: one } },
    (request, reply) =>
      calls.look(request, async (viewing) => {
        const revision = await readRevision(viewing, request.params.id)
        reply.header('etag', etagOf(revision.version))
        return revisionFacts(revision)
      }),
  )
}

function registerDrafts(server: HttpServer, calls: Calls): void {
  const answer = step<Revision>(calls, revisionFacts)
  server.post(
    '/revisions',
    {
      config: prepares,
      schema: { tags, body: revisionBody, response: described({ 201: revisionSchema }) },
    },
    (request, reply) =>
      answer(request, reply, (context) => enterRevision(context, request.body), 201),
  )
  server.put(
    '/revisions/:id',
    {
      config: prepares,
      schema: { tags, params: ofRevision, body: revisionBody, response: one },
    },
    (request, reply) =>
      answer(request, reply, (context) =>
        changeRevision(context, seenBy(request, request.params.id), request.body),
      ),
  )
  server.delete(
    '/revisions/:id',
    { config: prepares, schema: { tags, params: ofRevision } },
    (request, reply) =>
      calls.act(request, reply, async (context) => {
        await removeRevision(context, seenBy(request, request.params.id))
        return { status: 204, body: null }
      }),
  )
}

function registerSteps(server: HttpServer, calls: Calls): void {
  const answer = step<Revision>(calls, revisionFacts)
  server.post(
    '/revisions/:id/submit',
    { config: prepares, schema: { tags, params: ofRevision, body: noBody, response: one } },
    (request, reply) =>
      answer(request, reply, (context) =>
        submitProposal(context, revisions, seenBy(request, request.params.id)),
      ),
  )
  server.post(
    '/revisions/:id/approve',
    { config: decides, schema: { tags, params: ofRevision, body: noBody, response: one } },
    (request, reply) =>
      answer(request, reply, (context) =>
        approveRevision(context, seenBy(request, request.params.id)),
      ),
  )
  server.post(
    '/revisions/:id/return',
    { config: decides, schema: { tags, params: ofRevision, body: reasonBody, response: one } },
    (request, reply) =>
      answer(request, reply, (context) =>
        returnProposal(context, revisions, seenBy(request, request.params.id), request.body.reason),
      ),
  )
}
