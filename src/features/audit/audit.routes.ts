import { create as contentDisposition } from 'content-disposition'
import { z } from 'zod'
import type { Calls } from '#features/identity/calls.public.ts'
import { authorize } from '#features/identity/context.public.ts'
import { answerListFile } from '#features/identity/list-files.public.ts'
import { cursorForms, cursorParts } from '#platform/http/cursors.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { cursorField, instantField, limitField, textField } from '#platform/http/input.ts'
import { csvOptionsOf, fileFields } from '#platform/http/list-file.ts'
import { pageOf } from '#platform/http/lists.ts'
import { sendStream } from '#platform/http/stream-answer.ts'
import { printCsv } from '#platform/tables/csv.ts'
import { anchorFacts } from './anchor.ts'
import { type AnchorFiles, listAnchors } from './anchors.actions.ts'
import { type Patient, verifyNow } from './audit.actions.ts'
import type { RecordCheck } from './audit.public.ts'
import { countEvents, listEvents } from './audit.store.ts'
import { eventOrders } from './event.ts'
import { drawEvents } from './events.actions.ts'
import { drawEvidence, readEvidenceAnchors } from './evidence.actions.ts'
import { anchorRecords } from './record-lists.table.ts'

const tags = ['audit']
const filterFields = {
  type: textField(100).optional(),
  subject: textField(200).optional(),
  actor: textField(254).optional(),
  request: textField(100).optional(),
  from: instantField.optional(),
  to: instantField.optional(),
  text: textField(200).optional(),
  order: z.enum(eventOrders).optional(),
}
const listFields = { limit: limitField, cursor: cursorField }

export interface RecordRoutes {
  readonly service: Patient
  readonly calls: Calls
  readonly checks: readonly RecordCheck[]
  /** Null where no anchors are kept. */
  readonly files: AnchorFiles | null
}

/** A record of millions of events is verified in minutes. */
const patientMillisMax = 600_000

export function registerAudit(server: HttpServer, routes: RecordRoutes): void {
  registerEvents(server, routes)
  registerAnchors(server, routes)
  registerEvidence(server, routes)
  server.get(
    '/verify',
    { config: { act: 'record.verify' }, handlerTimeout: patientMillisMax, schema: { tags } },
    async (request) => {
      const { service, calls, checks, files } = routes
      await calls.look(request, async (viewing) => authorize(viewing, 'record.verify'))
      return verifyNow(service, checks, files)
    },
  )
}

function registerEvidence(server: HttpServer, { calls, files }: RecordRoutes): void {
  server.get(
    '/evidence',
    { config: { act: 'record.verify' }, handlerTimeout: patientMillisMax, schema: { tags } },
    async (request, reply) => {
      const anchors = await readEvidenceAnchors(files)
      await calls.look(request, (viewing) => {
        const content = drawEvidence(viewing, anchors)
        reply
          .header('content-disposition', contentDisposition('evidence.zip'))
          .type('application/zip')
        return sendStream(reply, content)
      })
      return reply
    },
  )
}

function registerEvents(server: HttpServer, { calls }: RecordRoutes): void {
  const config = { act: 'event.read' as const }
  server.get(
    '/events',
    { config, schema: { tags, querystring: z.strictObject({ ...filterFields, ...listFields }) } },
    (request) =>
      calls.look(request, async (viewing) => {
        authorize(viewing, 'event.read')
        const { limit, cursor, ...filter } = request.query
        const [after = null] = cursorParts(cursor, [cursorForms.position]) ?? []
        const page = { limit, after: after === null ? null : Number(after) }
        return pageOf(await listEvents(viewing.handle, filter, page), {
          limit,
          count: await countEvents(viewing.handle, filter),
          total: null,
          cursorOf: ({ position }) => [String(position)],
          itemOf: (event) => event,
        })
      }),
  )
  server.get(
    '/events.csv',
    { config, schema: { tags, querystring: z.strictObject({ ...filterFields, ...fileFields }) } },
    async (request, reply) => {
      const { lang, dialect, ...filter } = request.query
      const options = csvOptionsOf({ lang, dialect }, request.headers['accept-language'])
      const table = await calls.look(request, (viewing) => drawEvents(viewing, filter))
      return reply
        .header('content-disposition', contentDisposition('events.csv'))
        .type('text/csv; charset=utf-8')
        .send(printCsv(table, options))
    },
  )
}

function registerAnchors(server: HttpServer, { calls, files }: RecordRoutes): void {
  server.get(
    '/anchors',
    {
      config: { act: 'record.verify' },
      schema: { tags, querystring: z.strictObject(listFields) },
    },
    (request) =>
      calls.look(request, async (viewing) => {
        const { limit, cursor } = request.query
        const after = Number(cursorParts(cursor, [cursorForms.position])?.[0] ?? 0)
        const { listed, count } = await listAnchors(viewing, files, { after, limit })
        return pageOf(listed, {
          limit,
          count,
          total: null,
          cursorOf: ({ line }) => [String(line)],
          itemOf: anchorFacts,
        })
      }),
  )
  server.get(
    '/anchors.csv',
    {
      config: { act: 'record.verify' },
      handlerTimeout: patientMillisMax,
      schema: { tags, querystring: z.strictObject(fileFields) },
    },
    (request, reply) =>
      answerListFile(calls, [request, reply], anchorRecords, async function* (viewing) {
        const all = { after: 0, limit: Number.MAX_SAFE_INTEGER }
        yield (await listAnchors(viewing, files, all)).listed.map(anchorFacts)
      }),
  )
}
