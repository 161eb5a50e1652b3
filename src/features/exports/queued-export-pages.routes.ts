import { z } from 'zod'
import { encodeCursor, limitDefault } from '#core/page.ts'
import type { Viewing } from '#features/identity/context.public.ts'
import type { Pages } from '#features/identity/pages.public.ts'
import { cursorForms, cursorParts } from '#platform/http/cursors.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { cursorField, uuidField } from '#platform/http/input.ts'
import { languageOfPage, type Page, type Screen } from '#platform/http/page-answer.ts'
import { askExport, cancelExport, readExport, readExports } from './queued-exports.actions.ts'
import { exportFileMillisMax, sendExportFile } from './queued-exports.routes.ts'
import {
  askExportPage,
  cancelExportPage,
  exportDone,
  exportsPage,
} from './queued-exports.views.tsx'
import { askedOf, reportQuery } from './report-query.routes.ts'
import { showsDocuments } from './workbooks.actions.ts'

const config = { act: 'report.read' } as const
const ofExport = z.strictObject({ id: uuidField })
const listQuery = z.strictObject({ cursor: cursorField, done: z.enum(exportDone).optional() })
const nothing = z.strictObject({})

/** What the page asks of a reconciliation; the language is the page's. */
const asking = reportQuery.pick({
  by: true,
  from: true,
  to: true,
  jurisdiction: true,
  spread: true,
  scenario: true,
  assume: true,
  asOf: true,
})

/** One's own exports: asked for, followed, fetched, given up. */
export function registerQueuedExportPages(server: HttpServer, pages: Pages): void {
  registerList(server, pages)
  registerAsking(server, pages)
  registerCancelling(server, pages)
}

function registerList(server: HttpServer, pages: Pages): void {
  server.get('/exports', { config, schema: { querystring: listQuery } }, (request, reply) =>
    pages.show(request, reply, async (viewing, screen) => {
      const { cursor, done } = request.query
      const after = cursorParts(cursor, [cursorForms.position])?.[0] ?? null
      const { exports } = await readExports(viewing, { after, limit: limitDefault })
      const shown = exports.slice(0, limitDefault)
      const last = exports.length > limitDefault ? shown.at(-1) : undefined
      const nextCursor = last === undefined ? null : encodeCursor([last.place])
      return exportsPage({ exports: shown, nextCursor, done }, screen)
    }),
  )
  server.get(
    '/exports/:id/file.xlsx',
    { config, handlerTimeout: exportFileMillisMax, schema: { params: ofExport } },
    async (request, reply) => {
      await pages.look(request, (viewing) => sendExportFile(viewing, reply, request.params.id))
      return reply
    },
  )
}

function registerAsking(server: HttpServer, pages: Pages): void {
  server.get(
    '/exports/new',
    { config, schema: { querystring: asking.extend({ wanted: z.literal('file').optional() }) } },
    (request, reply) =>
      pages.show(request, reply, async (viewing, screen) => {
        const asked = new URLSearchParams(screen.address.split('?')[1])
        asked.delete('wanted')
        return askPage(viewing, screen, Object.fromEntries(asked), request.query.wanted === 'file')
      }),
  )
  server.post('/exports/new', { config }, (request, reply) =>
    pages.act(request, reply, {
      fields: asking,
      run: async (context, { fields }) => {
        await askExport(context, {
          request: { name: 'reconciliation', ...askedOf(fields) },
          language: languageOfPage(request),
        })
        return '/exports?done=asked'
      },
      again: (viewing, screen) => askPage(viewing, screen, {}, false),
    }),
  )
}

const askPage = async (
  viewing: Viewing,
  screen: Screen,
  asked: Readonly<Record<string, string>>,
  isTooLong: boolean,
): Promise<Page> =>
  askExportPage({ asked, showsDocuments: showsDocuments(viewing, undefined), isTooLong }, screen)

function registerCancelling(server: HttpServer, pages: Pages): void {
  const url = '/exports/:id/cancel'
  server.get(url, { config, schema: { params: ofExport } }, (request, reply) =>
    pages.show(request, reply, async (viewing, screen) =>
      cancelExportPage(await readExport(viewing, request.params.id), screen),
    ),
  )
  server.post(url, { config, schema: { params: ofExport } }, (request, reply) =>
    pages.act(request, reply, {
      fields: nothing,
      run: async (context, sent) => {
        await cancelExport(context, {
          id: request.params.id,
          get version() {
            return sent.version
          },
        })
        return '/exports?done=cancelled'
      },
      again: async (viewing, screen) =>
        cancelExportPage(await readExport(viewing, request.params.id), screen),
    }),
  )
}
