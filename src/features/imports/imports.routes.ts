import { create as contentDisposition } from 'content-disposition'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { limitDefault } from '#core/page.ts'
import type { Answer, Calls } from '#features/identity/calls.public.ts'
import type { Context, Viewing } from '#features/identity/context.public.ts'
import { described } from '#platform/http/answers.ts'
import { cursorForms, cursorParts } from '#platform/http/cursors.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { noBody } from '#platform/http/input.ts'
import { languageOf } from '#platform/http/language.ts'
import { pageOf } from '#platform/http/lists.ts'
import { readUploadParts, uploadMillisMax } from '#platform/http/uploads.ts'
import { etagOf, requireIfMatch } from '#platform/http/versions.ts'
import { confirmImport, type SeenImport } from './confirm.actions.ts'
import { readRejectedRows, writeErrorWorkbook } from './error-workbook.actions.ts'
import { type ImportBatch, importFacts, importRowFacts, type RowState } from './import.ts'
import { importPageSchema, importSchema, openedImportSchema } from './import-answer.routes.ts'
import { registerImportFiles } from './import-files.routes.ts'
import {
  approvalBody,
  confirmBody,
  importQuery,
  importsQuery,
  ofFile,
  ofImport,
  reasonBody,
} from './import-input.routes.ts'
import { readImport, readImportRows, readImports } from './import-list.actions.ts'
import { approveImport, discardImport, returnImport, submitImport } from './import-steps.actions.ts'
import { previewImport, readImportFile } from './preview.actions.ts'
import { approveImportReversal, refuseImportReversal, reverseImport } from './reversal.actions.ts'

/** Files of expenditures over HTTP: brought, looked at, and moved as a whole. */
export function registerImports(server: HttpServer, calls: Calls): void {
  registerBringing(server, calls)
  registerReadings(server, calls)
  registerErrors(server, calls)
  registerImportFiles(server, calls)
  registerPreparing(server, calls)
  registerDeciding(server, calls)
}

const tags = ['imports']
const one = described({ 200: importSchema })
const handlerTimeout = uploadMillisMax

const importAnswer = (status: 200 | 201, batch: ImportBatch): Answer => ({
  status,
  version: batch.version,
  body: importFacts(batch),
})

/** The version is read only when the action asks for it, after it has found the actor allowed. */
const seenBy = (request: FastifyRequest, id: string): SeenImport => ({
  id,
  get version() {
    return requireIfMatch(request.headers)
  },
})

const step = (
  calls: Calls,
  request: FastifyRequest,
  reply: FastifyReply,
  run: (context: Context) => Promise<ImportBatch>,
): Promise<FastifyReply> =>
  calls.act(request, reply, async (context) => importAnswer(200, await run(context)))

function registerBringing(server: HttpServer, calls: Calls): void {
  server.post(
    '/imports/expenditures',
    {
      config: { act: 'import.prepare', takesFile: true },
      handlerTimeout,
      schema: {
        tags,
        consumes: ['multipart/form-data'],
        description:
          'A form with the part `file`, and what is said of it: `encoding`, `delimiter`, `decimal`, `dateOrder`, `sheet`, `headerRow`. Nothing is recorded.',
        response: described({ 201: openedImportSchema }),
      },
    },
    async (request, reply) => {
      const { name, bytes, fields } = await readUploadParts(request, ofFile)
      const file = await readImportFile({ name, bytes, asked: fields })
      return calls.act(request, reply, async (context) => {
        const batch = await previewImport(context, file)
        const viewing = { ...context, handle: context.work }
        const rows = await openedRows(viewing, batch, { limit: limitDefault, cursor: null })
        return { status: 201, version: batch.version, body: { ...importFacts(batch), rows } }
      })
    },
  )
}

interface RowsQuery {
  readonly state?: RowState | undefined
  readonly limit: number
  readonly cursor: readonly string[] | null
}

async function openedRows(viewing: Viewing, batch: ImportBatch, asked: RowsQuery) {
  const { state, limit } = asked
  const [after = '0'] = cursorParts(asked.cursor, [cursorForms.position]) ?? []
  const rows = await readImportRows(viewing, batch, { state, limit, after: Number(after) })
  const shown = state === undefined ? Object.values(batch.tallies) : [batch.tallies[state]]
  const { items, nextCursor, count } = pageOf(rows, {
    limit,
    count: shown.reduce((sum, tally) => sum + tally.rows, 0),
    total: null,
    cursorOf: ({ place }) => [String(place)],
    itemOf: importRowFacts,
  })
  return { items: [...items], nextCursor, count, total: null }
}

function registerReadings(server: HttpServer, calls: Calls): void {
  server.get(
    '/imports',
    {
      config: { act: 'import.read' },
      schema: {
        tags,
        querystring: importsQuery,
        response: described({ 200: importPageSchema }),
      },
    },
    (request) =>
      calls.look(request, async (viewing) => {
        const { limit, cursor } = request.query
        const after = cursorParts(cursor, [cursorForms.microseconds, cursorForms.uuid])
        const { rows, count } = await readImports(viewing, { limit, after })
        return pageOf(rows, {
          limit,
          count,
          total: null,
          cursorOf: (row) => row.cursor,
          itemOf: importFacts,
        })
      }),
  )
  server.get(
    '/imports/:id',
    {
      config: { act: 'import.read' },
      schema: {
        tags,
        params: ofImport,
        querystring: importQuery,
        response: described({ 200: openedImportSchema }),
      },
    },
    (request, reply) =>
      calls.look(request, async (viewing) => {
        const batch = await readImport(viewing, request.params.id)
        reply.header('etag', etagOf(batch.version))
        return { ...importFacts(batch), rows: await openedRows(viewing, batch, request.query) }
      }),
  )
}

function registerErrors(server: HttpServer, calls: Calls): void {
  server.get(
    '/imports/:id/errors.xlsx',
    { config: { act: 'import.read' }, handlerTimeout, schema: { tags, params: ofImport } },
    async (request, reply) => {
      const rejected = await calls.look(request, (viewing) =>
        readRejectedRows(viewing, request.params.id),
      )
      const language = languageOf(request.headers['accept-language'])
      const bytes = await writeErrorWorkbook(rejected, language)
      const name = rejected.batch.file.name.replace(/\.[^.]*$/, '')
      const suffix = language === 'fr' ? 'anomalies' : 'problems'
      return reply
        .header('content-disposition', contentDisposition(`${name}-${suffix}.xlsx`))
        .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .send(Buffer.from(bytes))
    },
  )
}

function registerPreparing(server: HttpServer, calls: Calls): void {
  const schema = { tags, params: ofImport, response: one }
  const config = { act: 'import.prepare' } as const
  server.post(
    '/imports/:id/confirm',
    { config, handlerTimeout, schema: { ...schema, body: confirmBody } },
    (request, reply) =>
      step(calls, request, reply, (context) =>
        confirmImport(context, seenBy(request, request.params.id), {
          rows: request.body?.rows ?? null,
          isSubmitted: request.body?.submit === true,
        }),
      ),
  )
  server.post(
    '/imports/:id/submit',
    { config, handlerTimeout, schema: { ...schema, body: noBody } },
    (request, reply) =>
      step(calls, request, reply, (context) =>
        submitImport(context, seenBy(request, request.params.id)),
      ),
  )
  server.post(
    '/imports/:id/reverse',
    { config, handlerTimeout, schema: { ...schema, body: reasonBody } },
    (request, reply) =>
      step(calls, request, reply, (context) =>
        reverseImport(context, seenBy(request, request.params.id), request.body.reason),
      ),
  )
  server.delete('/imports/:id', { config, schema: { tags, params: ofImport } }, (request, reply) =>
    calls.act(request, reply, async (context) => {
      await discardImport(context, seenBy(request, request.params.id))
      return { status: 204, body: null }
    }),
  )
}

function registerDeciding(server: HttpServer, calls: Calls): void {
  const schema = { tags, params: ofImport, response: one }
  const config = { act: 'import.decide' } as const
  server.post(
    '/imports/:id/approve',
    { config, handlerTimeout, schema: { ...schema, body: approvalBody } },
    (request, reply) =>
      step(calls, request, reply, (context) =>
        approveImport(
          context,
          seenBy(request, request.params.id),
          request.body?.justification ?? null,
        ),
      ),
  )
  server.post(
    '/imports/:id/return',
    { config, handlerTimeout, schema: { ...schema, body: reasonBody } },
    (request, reply) =>
      step(calls, request, reply, (context) =>
        returnImport(context, seenBy(request, request.params.id), request.body.reason),
      ),
  )
  server.post(
    '/imports/:id/reversal/approve',
    { config, handlerTimeout, schema: { ...schema, body: noBody } },
    (request, reply) =>
      step(calls, request, reply, (context) =>
        approveImportReversal(context, seenBy(request, request.params.id)),
      ),
  )
  server.post(
    '/imports/:id/reversal/refuse',
    { config, handlerTimeout, schema: { ...schema, body: reasonBody } },
    (request, reply) =>
      step(calls, request, reply, (context) =>
        refuseImportReversal(context, seenBy(request, request.params.id), request.body.reason),
      ),
  )
}
