import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Answer, Calls } from '#features/identity/calls.public.ts'
import type { Context } from '#features/identity/context.public.ts'
import { answerListFile, factsOf } from '#features/identity/list-files.public.ts'
import { measureCode } from '#features/programmes/measure.ts'
import { described } from '#platform/http/answers.ts'
import { cursorForms, cursorParts } from '#platform/http/cursors.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { noBody } from '#platform/http/input.ts'
import { fileFields, fileMillisMax } from '#platform/http/list-file.ts'
import { pageOf } from '#platform/http/lists.ts'
import { etagOf, requireIfMatch } from '#platform/http/versions.ts'
import { approveExpenditures, returnExpenditure } from './decisions.actions.ts'
import {
  changeExpenditure,
  enterExpenditure,
  removeDraft,
  type Seen,
  submitExpenditure,
} from './drafts.actions.ts'
import { type Expenditure, expenditureFacts } from './expenditure.ts'
import {
  expenditurePageSchema,
  expenditureSchema,
  expendituresSchema,
} from './expenditure-answer.routes.ts'
import {
  approvalBody,
  bulkApprovalBody,
  expenditureChange,
  expenditureQuery,
  filterOf,
  newExpenditure,
  ofExpenditure,
  reasonBody,
} from './expenditure-input.routes.ts'
import { everyExpenditure, readExpenditure, readExpenditures } from './expenditure-list.actions.ts'
import { expenditureRecords } from './expenditure-records.table.ts'

/** Expenditures over HTTP: documents and their steps. */
export function registerExpenditures(server: HttpServer, calls: Calls): void {
  registerDocuments(server, calls)
  registerFile(server, calls)
  registerChanges(server, calls)
  registerSteps(server, calls)
}

const tags = ['expenditures']
const one = described({ 200: expenditureSchema })

export const documentAnswer = (status: 200 | 201, expenditure: Expenditure): Answer => ({
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

const fileQuery = expenditureQuery.omit({ limit: true, cursor: true }).extend(fileFields)

function registerDocuments(server: HttpServer, calls: Calls): void {
  server.post(
    '/expenditures',
    {
      config: { act: 'expenditure.enter' },
      schema: { tags, body: newExpenditure, response: described({ 201: expenditureSchema }) },
    },
    (request, reply) =>
      calls.act(request, reply, async (context) =>
        documentAnswer(201, await enterExpenditure(context, request.body)),
      ),
  )
  server.get(
    '/expenditures',
    {
      config: { act: 'expenditure.read' },
      schema: {
        tags,
        querystring: expenditureQuery,
        response: described({ 200: expenditurePageSchema }),
      },
    },
    (request) =>
      calls.look(request, async (viewing) => {
        const { limit, cursor } = request.query
        const asked = filterOf(request.query)
        const { rows, count, total, gross } = await readExpenditures(viewing, asked, {
          limit,
          after: cursorParts(cursor, [cursorForms.day, cursorForms.uuid]),
        })
        const page = pageOf(rows, {
          limit,
          count,
          total,
          cursorOf: ({ serviceDate, id }) => [serviceDate, id],
          itemOf: expenditureFacts,
        })
        return { ...page, total: total.toString(), gross: gross.toString() }
      }),
  )
  server.get(
    '/expenditures/:id',
    { config: { act: 'expenditure.read' }, schema: { tags, params: ofExpenditure, response: one } },
    (request, reply) =>
      calls.look(request, async (viewing) => {
        const expenditure = await readExpenditure(viewing, request.params.id)
        reply.header('etag', etagOf(expenditure.version))
        return expenditureFacts(expenditure)
      }),
  )
}

function registerFile(server: HttpServer, calls: Calls): void {
  server.get(
    '/expenditures.csv',
    {
      config: { act: 'expenditure.read' },
      handlerTimeout: fileMillisMax,
      schema: { tags, querystring: fileQuery },
    },
    (request, reply) => {
      const { measure, ...filter } = request.query
      const asked = {
        ...filter,
        ...(measure === undefined ? {} : { measure: measureCode(measure) }),
      }
      return answerListFile(calls, [request, reply], expenditureRecords, (viewing) =>
        factsOf(everyExpenditure(viewing, asked), expenditureFacts),
      )
    },
  )
}

function registerChanges(server: HttpServer, calls: Calls): void {
  server.patch(
    '/expenditures/:id',
    {
      config: { act: 'expenditure.enter' },
      schema: { tags, params: ofExpenditure, body: expenditureChange, response: one },
    },
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
    { config: { act: 'expenditure.enter' }, schema: { tags, params: ofExpenditure } },
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
    {
      config: { act: 'expenditure.enter' },
      schema: { tags, params: ofExpenditure, body: noBody, response: one },
    },
    (request, reply) =>
      step(calls, request, reply, (context) =>
        submitExpenditure(context, seenBy(request, request.params.id)),
      ),
  )
  server.post(
    '/expenditures/:id/approve',
    {
      config: { act: 'expenditure.decide' },
      schema: { tags, params: ofExpenditure, body: approvalBody, response: one },
    },
    (request, reply) =>
      calls.act(request, reply, async (context) => {
        const seen = seenBy(request, request.params.id)
        const justification = request.body?.justification ?? null
        const [posted] = await approveExpenditures(context, [
          Object.assign(seen, { justification }),
        ])
        if (posted === undefined) {
          throw new RangeError('an approval answered nothing')
        }
        return documentAnswer(200, posted)
      }),
  )
  server.post(
    '/expenditures/approve',
    {
      config: { act: 'expenditure.decide' },
      schema: { tags, body: bulkApprovalBody, response: described({ 200: expendituresSchema }) },
    },
    (request, reply) =>
      calls.act(request, reply, async (context) => {
        const items = request.body.items.map(({ justification, ...item }, place) => ({
          ...item,
          justification: justification ?? null,
          pointer: `/items/${place}`,
        }))
        const posted = await approveExpenditures(context, items)
        return { status: 200, body: { items: posted.map(expenditureFacts) } }
      }),
  )
  server.post(
    '/expenditures/:id/return',
    {
      config: { act: 'expenditure.decide' },
      schema: { tags, params: ofExpenditure, body: reasonBody, response: one },
    },
    (request, reply) =>
      step(calls, request, reply, (context) =>
        returnExpenditure(context, seenBy(request, request.params.id), request.body.reason),
      ),
  )
}

export const step = (
  calls: Calls,
  request: FastifyRequest,
  reply: FastifyReply,
  run: (context: Context) => Promise<Expenditure>,
): Promise<FastifyReply> =>
  calls.act(request, reply, async (context) => documentAnswer(200, await run(context)))
