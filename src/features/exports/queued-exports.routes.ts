import { create as contentDisposition } from 'content-disposition'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { Calls } from '#features/identity/calls.public.ts'
import type { Viewing } from '#features/identity/context.public.ts'
import { described } from '#platform/http/answers.ts'
import { cursorForms, cursorParts } from '#platform/http/cursors.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { cursorField, limitField, noBody, textField, uuidField } from '#platform/http/input.ts'
import { languageOf } from '#platform/http/language.ts'
import { pageOf, pageSchema } from '#platform/http/lists.ts'
import { sendStream } from '#platform/http/stream-answer.ts'
import { etagOf, requireIfMatch } from '#platform/http/versions.ts'
import { assertReady, exportStates, type QueuedExport } from './queued-export.ts'
import {
  askExport,
  cancelExport,
  readExport,
  readExportFile,
  readExports,
} from './queued-exports.actions.ts'
import { knownReport } from './report-input.ts'
import { askedOf, reportQuery, xlsxType } from './report-query.routes.ts'

const tags = ['exports']
const config = { act: 'report.read' } as const
const ofExport = z.strictObject({ id: uuidField })
const query = z.strictObject({ limit: limitField, cursor: cursorField })

/** A report as it is asked for elsewhere, by the same words. */
const exportBody = reportQuery
  .omit({ dialect: true, 'as-of': true })
  .extend({ report: textField(60) })

const exportSchema = z.object({
  id: z.string(),
  state: z.enum(exportStates),
  version: z.int(),
  report: z.string(),
  language: z.string(),
  command: z.string(),
  position: z.int(),
  askedAt: z.string(),
  rowsDone: z.int(),
  rowsTotal: z.int().nullable(),
  failure: z.string().nullable(),
  bytes: z.int().nullable(),
  sha256: z.string().nullable(),
  expiresAt: z.string().nullable(),
  href: z.string().nullable(),
})

const one = described({ 200: exportSchema })

/** A large file goes out as fast as it is taken. */
export const exportFileMillisMax = 600_000

/** Workbooks that are made in the background. */
export function registerQueuedExports(server: HttpServer, calls: Calls): void {
  registerAsking(server, calls)
  registerReading(server, calls)
}

function registerAsking(server: HttpServer, calls: Calls): void {
  server.post(
    '/exports',
    { config, schema: { tags, body: exportBody, response: described({ 201: exportSchema }) } },
    (request, reply) => {
      const { report, ...asked } = request.body
      return calls.act(request, reply, async (context) => {
        const made = await askExport(context, {
          request: { name: knownReport(report), ...askedOf(asked) },
          language: asked.lang ?? languageOf(request.headers['accept-language']),
          detail: asked.detail,
        })
        return { status: 201, version: made.version, body: exportJson(made) }
      })
    },
  )
  server.post(
    '/exports/:id/cancel',
    { config, schema: { tags, params: ofExport, body: noBody, response: one } },
    (request, reply) => {
      const seen = {
        id: request.params.id,
        get version() {
          return requireIfMatch(request.headers)
        },
      }
      return calls.act(request, reply, async (context) => {
        const cancelled = await cancelExport(context, seen)
        return { status: 200, version: cancelled.version, body: exportJson(cancelled) }
      })
    },
  )
}

function registerReading(server: HttpServer, calls: Calls): void {
  server.get(
    '/exports',
    {
      config,
      schema: { tags, querystring: query, response: described({ 200: pageSchema(exportSchema) }) },
    },
    (request) =>
      calls.look(request, async (viewing) => {
        const { limit, cursor } = request.query
        const after = cursorParts(cursor, [cursorForms.position])?.[0] ?? null
        const { exports, count } = await readExports(viewing, { after, limit })
        return pageOf(exports, {
          limit,
          count,
          total: null,
          cursorOf: ({ place }) => [place],
          itemOf: exportJson,
        })
      }),
  )
  server.get(
    '/exports/:id',
    { config, schema: { tags, params: ofExport, response: one } },
    (request, reply) =>
      calls.look(request, async (viewing) => {
        const found = await readExport(viewing, request.params.id)
        reply.header('etag', etagOf(found.version))
        return exportJson(found)
      }),
  )
  server.get(
    '/exports/:id/file',
    { config, handlerTimeout: exportFileMillisMax, schema: { tags, params: ofExport } },
    async (request, reply) => {
      await calls.look(request, (viewing) => sendExportFile(viewing, reply, request.params.id))
      return reply
    },
  )
}

/** With its digest, so that whoever took it can say that it is whole. */
export async function sendExportFile(
  viewing: Viewing,
  reply: FastifyReply,
  id: string,
): Promise<void> {
  const found = await readExport(viewing, id)
  assertReady(found)
  const digest = Buffer.from(found.sha256 ?? '', 'hex').toString('base64')
  reply
    .type(xlsxType)
    .header('content-disposition', contentDisposition(fileNameOf(found)))
    .header('content-length', found.bytes)
    .header('repr-digest', `sha-256=:${digest}:`)
  await sendStream(reply, readExportFile(viewing, found))
}

const fileNameOf = ({ report, position, language }: QueuedExport): string =>
  `${report}-${position}-${language}.xlsx`

const exportJson = (found: QueuedExport) => {
  const { place: _place, askedBy: _askedBy, ...told } = found
  const { id, state } = found
  return { ...told, href: state === 'ready' ? `/api/v1/exports/${id}/file` : null }
}
