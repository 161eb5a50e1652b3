import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Answer, Calls } from '#features/identity/calls.public.ts'
import type { Context } from '#features/identity/context.public.ts'
import { measureCode } from '#features/programmes/measure.ts'
import { described } from '#platform/http/answers.ts'
import { cursorForms, cursorParts } from '#platform/http/cursors.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { noBody } from '#platform/http/input.ts'
import { pageOf, pageSchema } from '#platform/http/lists.ts'
import { etagOf, requireIfMatch } from '#platform/http/versions.ts'
import {
  approveExpenditures,
  askReversal,
  decideReversal,
  returnExpenditure,
} from './decisions.actions.ts'
import {
  changeExpenditure,
  enterExpenditure,
  removeDraft,
  type Seen,
  submitExpenditure,
} from './drafts.actions.ts'
import { type Expenditure, expenditureFacts } from './expenditure.ts'
import { expenditureSchema, expendituresSchema } from './expenditure-answer.routes.ts'
import {
  approvalBody,
  bulkApprovalBody,
  expenditureChange,
  expenditureQuery,
  newExpenditure,
  ofExpenditure,
  ofRequest,
  reasonBody,
} from './expenditure-input.routes.ts'
import { readExpenditure, readExpenditures } from './expenditure-list.actions.ts'

/** Expenditures over HTTP: documents, their steps, and the requests about posted ones. */
export function registerExpenditures(server: HttpServer, calls: Calls): void {
  registerDocuments(server, calls)
  registerChanges(server, calls)
  registerSteps(server, calls)
  registerRequests(server, calls)
}

const tags = ['expenditures']
const one = described({ 200: expenditureSchema })

const documentAnswer = (status: 200 | 201, expenditure: Expenditure): Answer => ({
  status,
  version: expenditure.version,
  body: expenditureFacts(expenditure),
})

/** The version is read only when the action asks for it, after it has found the actor allowed. */
export const seenBy = (request: FastifyRequest, id: string): Seen => ({
  id,
  get version() {
    return requireIfMatch(request.headers)
  },
})

function registerDocuments(server: HttpServer, calls: Calls): void {
  server.post(
    '/expenditures',
    { schema: { tags, body: newExpenditure, response: described({ 201: expenditureSchema }) } },
    (request, reply) =>
      calls.act(request, reply, async (context) =>
        documentAnswer(201, await enterExpenditure(context, request.body)),
      ),
  )
  server.get(
    '/expenditures',
    {
      schema: {
        tags,
        querystring: expenditureQuery,
        response: described({ 200: pageSchema(expenditureSchema) }),
      },
    },
    (request) =>
      calls.look(request, async (viewing) => {
        const { limit, cursor, measure, ...filter } = request.query
        const asked = {
          ...filter,
          measure: measure === undefined ? undefined : measureCode(measure),
        }
        const { rows, count, total } = await readExpenditures(viewing, asked, {
          limit,
          after: cursorParts(cursor, [cursorForms.day, cursorForms.uuid]),
        })
        return pageOf(rows, {
          limit,
          count,
          total,
          cursorOf: ({ serviceDate, id }) => [serviceDate, id],
          itemOf: expenditureFacts,
        })
      }),
  )
  server.get(
    '/expenditures/:id',
    { schema: { tags, params: ofExpenditure, response: one } },
    (request, reply) =>
      calls.look(request, async (viewing) => {
        const expenditure = await readExpenditure(viewing, request.params.id)
        reply.header('etag', etagOf(expenditure.version))
        return expenditureFacts(expenditure)
      }),
  )
}

function registerChanges(server: HttpServer, calls: Calls): void {
  server.patch(
    '/expenditures/:id',
    { schema: { tags, params: ofExpenditure, body: expenditureChange, response: one } },
    (request, reply) =>
      calls.act(request, reply, async (context) => {
        const change = Object.fromEntries(
          Object.entries(request.body).filter(([, value]) => value !== undefined),
        )
        const seen = seenBy(request, request.params.id)
        return documentAnswer(200, await changeExpenditure(context, seen, change))
      }),
  )
  server.delete(
    '/expenditures/:id',
    { schema: { tags, params: ofExpenditure } },
    (request, reply) =>
      calls.act(request, reply, async (context) => {
        await removeDraft(context, seenBy(request, request.params.id))
        return { status: 204, body: null }
      }),
  )
}

function registerSteps(server: HttpServer, calls: Calls): void {
  server.post(
    '/expenditures/:id/submit',
    { schema: { tags, params: ofExpenditure, body: noBody, response: one } },
    (request, reply) =>
      step(calls, request, reply, (context) =>
        submitExpenditure(context, seenBy(request, request.params.id)),
      ),
  )
  server.post(
    '/expenditures/:id/approve',
    { schema: { tags, params: ofExpenditure, body: approvalBody, response: one } },
    (request, reply) =>
      calls.act(request, reply, async (context) => {
        const seen = seenBy(request, request.params.id)
        const justification = request.body?.justification ?? null
        const [posted] = await approveExpenditures(context, [seen], justification)
        if (posted === undefined) {
          throw new RangeError('an approval answered nothing')
        }
        return documentAnswer(200, posted)
      }),
  )
  server.post(
    '/expenditures/approve',
    { schema: { tags, body: bulkApprovalBody, response: described({ 200: expendituresSchema }) } },
    (request, reply) =>
      calls.act(request, reply, async (context) => {
        const items = request.body.items.map((item, place) => ({
          ...item,
          pointer: `/items/${place}`,
        }))
        const posted = await approveExpenditures(context, items)
        return { status: 200, body: { items: posted.map(expenditureFacts) } }
      }),
  )
  server.post(
    '/expenditures/:id/return',
    { schema: { tags, params: ofExpenditure, body: reasonBody, response: one } },
    (request, reply) =>
      step(calls, request, reply, (context) =>
        returnExpenditure(context, seenBy(request, request.params.id), request.body.reason),
      ),
  )
}

function registerRequests(server: HttpServer, calls: Calls): void {
  server.post(
    '/expenditures/:id/reverse',
    { schema: { tags, params: ofExpenditure, body: reasonBody, response: one } },
    (request, reply) =>
      step(calls, request, reply, (context) =>
        askReversal(context, seenBy(request, request.params.id), request.body.reason),
      ),
  )
  server.post(
    '/expenditures/:id/requests/:requestId/approve',
    { schema: { tags, params: ofRequest, body: noBody, response: one } },
    (request, reply) =>
      step(calls, request, reply, (context) =>
        decideReversal(context, seenBy(request, request.params.id), {
          request: request.params.requestId,
          isApproved: true,
          reason: null,
        }),
      ),
  )
  server.post(
    '/expenditures/:id/requests/:requestId/refuse',
    { schema: { tags, params: ofRequest, body: reasonBody, response: one } },
    (request, reply) =>
      step(calls, request, reply, (context) =>
        decideReversal(context, seenBy(request, request.params.id), {
          request: request.params.requestId,
          isApproved: false,
          reason: request.body.reason,
        }),
      ),
  )
}

const step = (
  calls: Calls,
  request: FastifyRequest,
  reply: FastifyReply,
  run: (context: Context) => Promise<Expenditure>,
): Promise<FastifyReply> =>
  calls.act(request, reply, async (context) => documentAnswer(200, await run(context)))
