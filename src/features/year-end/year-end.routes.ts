import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Calls } from '#features/identity/calls.public.ts'
import type { Context } from '#features/identity/context.public.ts'
import { answerListFile, factsOf } from '#features/identity/list-files.public.ts'
import { described } from '#platform/http/answers.ts'
import { cursorForms, cursorParts } from '#platform/http/cursors.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { fileFields, fileMillisMax } from '#platform/http/list-file.ts'
import { pageOf, pageSchema } from '#platform/http/lists.ts'
import { etagOf, requireIfMatch } from '#platform/http/versions.ts'
import {
  approveYearEnd,
  everyYearEnd,
  prepareYearEnd,
  previewYearEnd,
  readYearEnd,
  readYearEnds,
  returnYearEnd,
  type Seen,
} from './year-end.actions.ts'
import { previewFacts, type ShownYearEnd, shownFacts, yearEndFacts } from './year-end.ts'
import {
  approvalBody,
  ofYearEnd,
  previewSchema,
  reasonBody,
  shownYearEndSchema,
  yearEndBody,
  yearEndQuery,
  yearEndSchema,
} from './year-end-input.routes.ts'
import { yearEndRecords } from './year-end-records.table.ts'

const tags = ['year-end']
const one = described({ 200: shownYearEndSchema })

/** What follows an approval, in a transaction of its own; it never fails the approval. */
export interface AfterApproval {
  readonly freeze: () => Promise<void>
}

/** Closing fiscal years over HTTP. */
export function registerYearEnd(server: HttpServer, calls: Calls, { freeze }: AfterApproval): void {
  registerReadings(server, calls)
  registerPreparation(server, calls)
  registerDecisions(server, calls, freeze)
}

const fileQuery = yearEndQuery.omit({ limit: true, cursor: true }).extend(fileFields)

function registerReadings(server: HttpServer, calls: Calls): void {
  const config = { act: 'proposal.read' } as const
  server.get(
    '/year-end',
    {
      config,
      schema: {
        tags,
        querystring: yearEndQuery,
        response: described({ 200: pageSchema(yearEndSchema) }),
      },
    },
    (request) =>
      calls.look(request, async (viewing) => {
        const { limit, cursor, ...filter } = request.query
        const after = cursorParts(cursor, [cursorForms.fiscalYear, cursorForms.uuid])
        const { rows, count } = await readYearEnds(viewing, filter, { limit, after })
        return pageOf(rows, {
          limit,
          count,
          total: null,
          cursorOf: ({ fiscalYear, id }) => [fiscalYear, id],
          itemOf: yearEndFacts,
        })
      }),
  )
  server.get(
    '/year-end.csv',
    { config, handlerTimeout: fileMillisMax, schema: { tags, querystring: fileQuery } },
    (request, reply) =>
      answerListFile(calls, [request, reply], yearEndRecords, (viewing) =>
        factsOf(everyYearEnd(viewing, request.query), yearEndFacts),
      ),
  )
  server.get(
    '/year-end/:id',
    { config, schema: { tags, params: ofYearEnd, response: one } },
    (request, reply) =>
      calls.look(request, async (viewing) => {
        const yearEnd = await readYearEnd(viewing, request.params.id)
        reply.header('etag', etagOf(yearEnd.version))
        return shownFacts(yearEnd)
      }),
  )
}

function registerPreparation(server: HttpServer, calls: Calls): void {
  server.post(
    '/year-end/preview',
    {
      config: { act: 'proposal.read' },
      schema: { tags, body: yearEndBody, response: described({ 200: previewSchema }) },
    },
    (request) =>
      calls.look(request, async (viewing) =>
        previewFacts(await previewYearEnd(viewing, request.body)),
      ),
  )
  server.post(
    '/year-end',
    {
      config: { act: 'proposal.prepare' },
      schema: { tags, body: yearEndBody, response: described({ 201: shownYearEndSchema }) },
    },
    (request, reply) =>
      calls.act(request, reply, async (context) => {
        const prepared = await prepareYearEnd(context, request.body)
        return { status: 201, version: prepared.version, body: shownFacts(prepared) }
      }),
  )
}

function registerDecisions(
  server: HttpServer,
  calls: Calls,
  freeze: AfterApproval['freeze'],
): void {
  const config = { act: 'proposal.decide' } as const
  const answer = (
    request: FastifyRequest,
    reply: FastifyReply,
    run: (context: Context) => Promise<ShownYearEnd>,
  ): Promise<FastifyReply> =>
    calls.act(request, reply, async (context) => {
      const decided = await run(context)
      return { status: 200, version: decided.version, body: shownFacts(decided) }
    })
  server.post(
    '/year-end/:id/approve',
    {
      config,
      schema: { tags, params: ofYearEnd, body: approvalBody, response: one },
      // Committed, and not yet answered: whoever hears of it finds the files.
      onSend: async (_request, reply) => {
        if (reply.statusCode === 200) {
          await freeze()
        }
      },
    },
    (request, reply) =>
      answer(request, reply, (context) =>
        approveYearEnd(context, seenBy(request, request.params.id, request.body?.version)),
      ),
  )
  server.post(
    '/year-end/:id/return',
    { config, schema: { tags, params: ofYearEnd, body: reasonBody, response: one } },
    (request, reply) =>
      answer(request, reply, (context) =>
        returnYearEnd(context, seenBy(request, request.params.id), request.body.reason),
      ),
  )
}

/**
 * The version is read only when the action asks for it, after it has found the actor allowed. An
 * approval may say it in its body, as those do that name several documents.
 */
const seenBy = (request: FastifyRequest, id: string, stated?: number): Seen => ({
  id,
  get version() {
    const { headers } = request
    return headers['if-match'] === undefined && stated !== undefined
      ? stated
      : requireIfMatch(headers)
  },
})
