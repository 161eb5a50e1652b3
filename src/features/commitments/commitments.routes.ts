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
import { type Commitment, commitmentFacts } from './commitment.ts'
import { commitmentSchema, commitmentsSchema } from './commitment-answer.routes.ts'
import {
  commitmentChange,
  commitmentQuery,
  newCommitment,
  ofCommitment,
  reasonBody,
  releaseBody,
} from './commitment-input.routes.ts'
import { everyCommitment, readCommitment, readCommitments } from './commitment-list.actions.ts'
import { commitmentRecords } from './commitment-records.table.ts'
import { approveCommitment, releaseCommitment, returnCommitment } from './decisions.actions.ts'
import {
  changeCommitment,
  enterCommitment,
  removeDraft,
  type Seen,
  submitCommitment,
} from './drafts.actions.ts'

/** Commitments over HTTP: documents and their steps. */
export function registerCommitments(server: HttpServer, calls: Calls): void {
  registerDocuments(server, calls)
  registerFile(server, calls)
  registerChanges(server, calls)
  registerSteps(server, calls)
}

const tags = ['commitments']
const one = described({ 200: commitmentSchema })

const documentAnswer = (status: 200 | 201, commitment: Commitment): Answer => ({
  status,
  version: commitment.version,
  body: commitmentFacts(commitment),
})

/** The version is read only when the action asks for it, after it has found the actor allowed. */
const seenBy = (request: FastifyRequest, id: string): Seen => ({
  id,
  get version() {
    return requireIfMatch(request.headers)
  },
})

const fileQuery = commitmentQuery.omit({ limit: true, cursor: true }).extend(fileFields)

function registerDocuments(server: HttpServer, calls: Calls): void {
  server.post(
    '/commitments',
    {
      config: { act: 'commitment.enter' },
      schema: { tags, body: newCommitment, response: described({ 201: commitmentSchema }) },
    },
    (request, reply) =>
      calls.act(request, reply, async (context) =>
        documentAnswer(201, await enterCommitment(context, request.body)),
      ),
  )
  server.get(
    '/commitments',
    {
      config: { act: 'commitment.read' },
      schema: {
        tags,
        querystring: commitmentQuery,
        response: described({ 200: commitmentsSchema }),
      },
    },
    (request) =>
      calls.look(request, async (viewing) => {
        const { limit, cursor, measure, ...filter } = request.query
        const asked = {
          ...filter,
          measure: measure === undefined ? undefined : measureCode(measure),
        }
        const after = cursorParts(cursor, [cursorForms.number])?.[0] ?? null
        const { rows, count, total, remaining } = await readCommitments(viewing, asked, {
          limit,
          after,
        })
        const cursorOf = ({ number }: Commitment) => [number]
        const page = pageOf(rows, { limit, count, total, cursorOf, itemOf: commitmentFacts })
        return { ...page, remaining: remaining.toString() }
      }),
  )
  server.get(
    '/commitments/:id',
    { config: { act: 'commitment.read' }, schema: { tags, params: ofCommitment, response: one } },
    (request, reply) =>
      calls.look(request, async (viewing) => {
        const commitment = await readCommitment(viewing, request.params.id)
        reply.header('etag', etagOf(commitment.version))
        return commitmentFacts(commitment)
      }),
  )
}

function registerFile(server: HttpServer, calls: Calls): void {
  server.get(
    '/commitments.csv',
    {
      config: { act: 'commitment.read' },
      handlerTimeout: fileMillisMax,
      schema: { tags, querystring: fileQuery },
    },
    (request, reply) => {
      const { measure, ...filter } = request.query
      const asked = {
        ...filter,
        ...(measure === undefined ? {} : { measure: measureCode(measure) }),
      }
      return answerListFile(calls, [request, reply], commitmentRecords, (viewing) =>
        factsOf(everyCommitment(viewing, asked), commitmentFacts),
      )
    },
  )
}

function registerChanges(server: HttpServer, calls: Calls): void {
  server.patch(
    '/commitments/:id',
    {
      config: { act: 'commitment.enter' },
      schema: { tags, params: ofCommitment, body: commitmentChange, response: one },
    },
    (request, reply) =>
      step(calls, request, reply, (context) => {
        const change = Object.fromEntries(
          Object.entries(request.body).filter(([, value]) => value !== undefined),
        )
        return changeCommitment(context, seenBy(request, request.params.id), change)
      }),
  )
  server.delete(
    '/commitments/:id',
    { config: { act: 'commitment.enter' }, schema: { tags, params: ofCommitment } },
    (request, reply) =>
      calls.act(request, reply, async (context) => {
        await removeDraft(context, seenBy(request, request.params.id))
        return { status: 204, body: null }
      }),
  )
}

function registerSteps(server: HttpServer, calls: Calls): void {
  server.post(
    '/commitments/:id/submit',
    {
      config: { act: 'commitment.enter' },
      schema: { tags, params: ofCommitment, body: noBody, response: one },
    },
    (request, reply) =>
      step(calls, request, reply, (context) =>
        submitCommitment(context, seenBy(request, request.params.id)),
      ),
  )
  server.post(
    '/commitments/:id/approve',
    {
      config: { act: 'commitment.decide' },
      schema: { tags, params: ofCommitment, body: noBody, response: one },
    },
    (request, reply) =>
      step(calls, request, reply, (context) =>
        approveCommitment(context, seenBy(request, request.params.id)),
      ),
  )
  server.post(
    '/commitments/:id/return',
    {
      config: { act: 'commitment.decide' },
      schema: { tags, params: ofCommitment, body: reasonBody, response: one },
    },
    (request, reply) =>
      step(calls, request, reply, (context) =>
        returnCommitment(context, seenBy(request, request.params.id), request.body.reason),
      ),
  )
  server.post(
    '/commitments/:id/release',
    {
      config: { act: 'commitment.decide' },
      schema: { tags, params: ofCommitment, body: releaseBody, response: one },
    },
    (request, reply) =>
      step(calls, request, reply, (context) =>
        releaseCommitment(context, seenBy(request, request.params.id), request.body),
      ),
  )
}

const step = (
  calls: Calls,
  request: FastifyRequest,
  reply: FastifyReply,
  run: (context: Context) => Promise<Commitment>,
): Promise<FastifyReply> =>
  calls.act(request, reply, async (context) => documentAnswer(200, await run(context)))
