import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Answer, Calls } from '#features/identity/calls.public.ts'
import type { Context } from '#features/identity/context.public.ts'
import { answerListFile } from '#features/identity/list-files.public.ts'
import { described } from '#platform/http/answers.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { noBody } from '#platform/http/input.ts'
import { languageOf } from '#platform/http/language.ts'
import { fileFields, fileMillisMax } from '#platform/http/list-file.ts'
import { slicePage } from '#platform/http/lists.ts'
import { etagOf, requireIfMatch } from '#platform/http/versions.ts'
import {
  causesBody,
  newMatch,
  newRun,
  ofRun,
  runQuery,
  runSchema,
  runsSchema,
  splitBody,
} from './matching-input.routes.ts'
import { runMatching } from './run.actions.ts'
import { listedFacts, runFacts } from './run-facts.ts'
import { readRun, readRuns } from './run-list.actions.ts'
import { runRecords } from './run-records.table.ts'
import { signRun } from './signing.actions.ts'
import {
  explainOpen,
  matchByHand,
  type SeenRun,
  type ShownRun,
  splitRow,
  unmatch,
} from './steps.actions.ts'

const tags = ['matching']
const one = described({ 200: runSchema })
const made = described({ 201: runSchema })

/** Extracts against the journal: runs, what people do to them, and the signature. */
export function registerMatching(server: HttpServer, calls: Calls): void {
  registerRuns(server, calls)
  registerMatches(server, calls)
  registerSteps(server, calls)
}

/** The version is read only when the action asks for it, after it has found the actor allowed. */
const seenBy = ({ headers }: FastifyRequest, id: string): SeenRun => ({
  id,
  get version() {
    return requireIfMatch(headers)
  },
})

/** A hundred thousand rows against as many expenditures take longer than an ordinary call. */
const runMillisMax = 120_000

const fileQuery = runQuery.omit({ limit: true, cursor: true }).extend(fileFields)

function registerRuns(server: HttpServer, calls: Calls): void {
  server.post(
    '/matching/runs',
    {
      config: { act: 'matching.prepare' },
      handlerTimeout: runMillisMax,
      schema: { tags, body: newRun, response: made },
    },
    (request, reply) => {
      const { fiscalYear, period: number, ...asked } = request.body
      return answer(calls, [request, reply, 201], (context) =>
        runMatching(context, { ...asked, period: { fiscalYear, number } }),
      )
    },
  )
  server.get(
    '/matching/runs',
    {
      config: { act: 'matching.read' },
      schema: { tags, querystring: runQuery, response: described({ 200: runsSchema }) },
    },
    (request) =>
      calls.look(request, async (viewing) =>
        slicePage(await readRuns(viewing, request.query), request.query, {
          codeOf: ({ id }) => id,
          itemOf: (run) => listedFacts({ run }),
        }),
      ),
  )
  server.get(
    '/matching/runs.csv',
    {
      config: { act: 'matching.read' },
      handlerTimeout: fileMillisMax,
      schema: { tags, querystring: fileQuery },
    },
    (request, reply) =>
      answerListFile(calls, [request, reply], runRecords, async function* (viewing) {
        yield (await readRuns(viewing, request.query)).map((run) => listedFacts({ run }))
      }),
  )
  server.get(
    '/matching/runs/:id',
    {
      config: { act: 'matching.read' },
      schema: { tags, params: ofRun, response: one },
    },
    (request, reply) =>
      calls.look(request, async (viewing) => {
        const shown = await readRun(viewing, request.params.id)
        reply.header('etag', etagOf(shown.contents.run.version))
        return runFacts(shown, languageOf(request.headers['accept-language']))
      }),
  )
}

function registerMatches(server: HttpServer, calls: Calls): void {
  server.post(
    '/matching/matches',
    {
      config: { act: 'matching.prepare' },
      schema: { tags, body: newMatch, response: made },
    },
    (request, reply) =>
      answer(calls, [request, reply, 201], (context) => matchByHand(context, request.body)),
  )
  server.delete(
    '/matching/matches/:id',
    { config: { act: 'matching.prepare' }, schema: { tags, params: ofRun } },
    (request, reply) =>
      calls.act(request, reply, async (context) => {
        await unmatch(context, seenBy(request, request.params.id))
        return { status: 204, body: null }
      }),
  )
}

function registerSteps(server: HttpServer, calls: Calls): void {
  server.post(
    '/matching/runs/:id/causes',
    {
      config: { act: 'matching.prepare' },
      schema: { tags, params: ofRun, body: causesBody, response: one },
    },
    (request, reply) =>
      answer(calls, [request, reply, 200], (context) =>
        explainOpen(context, seenBy(request, request.params.id), request.body.items),
      ),
  )
  server.post(
    '/matching/runs/:id/split',
    {
      config: { act: 'matching.prepare' },
      schema: { tags, params: ofRun, body: splitBody, response: one },
    },
    (request, reply) =>
      answer(calls, [request, reply, 200], (context) =>
        splitRow(context, seenBy(request, request.params.id), request.body),
      ),
  )
  server.post(
    '/matching/runs/:id/sign',
    {
      config: { act: 'matching.sign' },
      schema: { tags, params: ofRun, body: noBody, response: one },
    },
    (request, reply) =>
      answer(calls, [request, reply, 200], (context) =>
        signRun(context, seenBy(request, request.params.id)),
      ),
  )
}

function answer(
  calls: Calls,
  [request, reply, status]: readonly [FastifyRequest, FastifyReply, 200 | 201],
  run: (context: Context) => Promise<ShownRun>,
): Promise<FastifyReply> {
  const language = languageOf(request.headers['accept-language'])
  return calls.act(request, reply, async (context): Promise<Answer> => {
    const shown = await run(context)
    return { status, version: shown.contents.run.version, body: runFacts(shown, language) }
  })
}
