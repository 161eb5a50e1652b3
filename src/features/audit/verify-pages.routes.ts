import { create as contentDisposition } from 'content-disposition'
import { z } from 'zod'
import { limitDefault } from '#core/page.ts'
import { recordTable } from '#core/record-table.ts'
import type { Pages } from '#features/identity/pages.public.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { languageOfPage } from '#platform/http/page-answer.ts'
import { sendStream } from '#platform/http/stream-answer.ts'
import { dialectField, sendTable, tableEndings } from '#platform/http/table-answer.ts'
import { anchorFacts } from './anchor.ts'
import { type AnchorFiles, listAnchors } from './anchors.actions.ts'
import { anchorsPage } from './anchors.views.tsx'
import { type Patient, verifyNow } from './audit.actions.ts'
import { type RecordCheck, readStanding } from './audit.public.ts'
import { drawEvidence, readEvidenceAnchors } from './evidence.actions.ts'
import { anchorRecords } from './record-lists.table.ts'
import { verifyPage } from './verify.views.tsx'

export interface VerifyPages {
  readonly service: Patient
  readonly checks: readonly RecordCheck[]
  /** Null where no anchors are kept. */
  readonly files: AnchorFiles | null
}

const verify = { act: 'record.verify' } as const
/** A record of millions of events is verified in minutes. */
const handlerTimeout = 600_000

const verifyQuery = z.strictObject({ run: z.literal('now').optional() })
const line = z
  .string()
  .regex(/^[1-9]\d{0,9}$/)
  .transform(Number)
const anchorsQuery = z.strictObject({ before: line.optional() })

/** The record recomputed on demand, and what vouches for it outside the database. */
export function registerVerifyPages(server: HttpServer, pages: Pages, record: VerifyPages): void {
  const { service, checks, files } = record
  server.get(
    '/verify',
    { config: verify, handlerTimeout, schema: { querystring: verifyQuery } },
    async (request, reply) => {
      const { run } = request.query
      // Outside the page's own snapshot: it takes as long as it takes.
      const found = run === undefined ? null : await verifyNow(service, checks, files)
      return pages.show(request, reply, async (_viewing, screen) => verifyPage(found, screen))
    },
  )
  server.get('/evidence.zip', { config: verify, handlerTimeout }, async (request, reply) => {
    const anchors = await readEvidenceAnchors(files)
    await pages.look(request, (viewing) => {
      const content = drawEvidence(viewing, anchors)
      reply
        .header('content-disposition', contentDisposition('evidence.zip'))
        .type('application/zip')
      return sendStream(reply, content)
    })
    return reply
  })
  registerAnchors(server, pages, files)
}

function registerAnchors(server: HttpServer, pages: Pages, files: AnchorFiles | null): void {
  server.get(
    '/anchors',
    { config: verify, schema: { querystring: anchorsQuery } },
    (request, reply) =>
      pages.show(request, reply, async (viewing, screen) => {
        const { count } = await listAnchors(viewing, files, { after: 0, limit: 0 })
        const end = Math.min(request.query.before ?? count + 1, count + 1)
        const after = Math.max(0, end - 1 - limitDefault)
        const limit = end - 1 - after
        const { listed } = await listAnchors(viewing, files, { after, limit })
        const anchors = listed.slice(0, limit).toReversed().map(anchorFacts)
        return anchorsPage({ anchors, before: after === 0 ? null : after + 1 }, screen)
      }),
  )
  for (const ending of tableEndings) {
    server.get(
      `/anchors.${ending}`,
      {
        config: verify,
        handlerTimeout,
        schema: { querystring: z.strictObject({ dialect: dialectField }) },
      },
      async (request, reply) => {
        const all = { after: 0, limit: Number.MAX_SAFE_INTEGER }
        const file = await pages.look(request, async (viewing) => ({
          table: recordTable(
            anchorRecords,
            (await listAnchors(viewing, files, all)).listed.map(anchorFacts),
          ),
          filters: [],
          standing: await readStanding(viewing.handle, null),
          isSum: false,
        }))
        const { dialect } = request.query
        return sendTable(reply, file, { ending, language: languageOfPage(request), dialect })
      },
    )
  }
}
