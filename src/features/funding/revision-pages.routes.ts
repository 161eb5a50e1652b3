import { z } from 'zod'
import { readStanding } from '#features/audit/audit.public.ts'
import type { Pages } from '#features/identity/pages.public.ts'
import { may } from '#features/identity/permission.ts'
import { cursorForms, cursorParts } from '#platform/http/cursors.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { pageOf } from '#platform/http/lists.ts'
import { askedIn } from '#platform/http/page-address.ts'
import { languageOfPage } from '#platform/http/page-answer.ts'
import { dialectField, sendTable, tableEndings } from '#platform/http/table-answer.ts'
import { filterLines } from '#platform/tables/table-workbook.ts'
import { revisionPage } from './revision.views.tsx'
import { readAllRevisions, readRevisionDocument } from './revision-document.actions.ts'
import { ofRevision, revisionQuery } from './revision-input.routes.ts'
import { revisionFilters, revisionsAgain, revisionsPage } from './revision-list.views.tsx'
import { readRevision, readRevisions } from './revisions.actions.ts'
import { revisionsTable } from './revisions.table.ts'

const config = { act: 'proposal.read' } as const
const filterQuery = revisionQuery.omit({ limit: true, cursor: true })

/** Revisions as a list and as files, and each of them with its lines and its history. */
export function registerRevisionPages(server: HttpServer, pages: Pages): void {
  registerList(server, pages)
  registerOne(server, pages)
}

function registerList(server: HttpServer, pages: Pages): void {
  server.get(
    '/revisions',
    { config, attachValidation: true, schema: { querystring: revisionQuery } },
    (request, reply) =>
      pages.show(
        request,
        reply,
        async (viewing, screen) => {
          const { limit, cursor, ...filter } = request.query
          const after = cursorParts(cursor, [cursorForms.day, cursorForms.uuid])
          const { rows, count } = await readRevisions(viewing, filter, { limit, after })
          const { items, nextCursor } = pageOf(rows, {
            limit,
            count,
            total: null,
            cursorOf: ({ effectiveOn, id }) => [effectiveOn, id],
            itemOf: (revision) => revision,
          })
          const mayPrepare = may(viewing.actor, 'proposal.prepare')
          const asked = askedIn(request.url)
          return revisionsPage({ rows: items, count, nextCursor, mayPrepare, asked }, screen)
        },
        async (_viewing, screen) => revisionsAgain(askedIn(request.url), screen),
      ),
  )
  for (const ending of tableEndings) {
    server.get(
      `/revisions.${ending}`,
      { config, schema: { querystring: filterQuery.extend({ dialect: dialectField }) } },
      async (request, reply) => {
        const { dialect, ...filter } = request.query
        const language = languageOfPage(request)
        const file = await pages.look(request, async (viewing) => ({
          table: revisionsTable(await readAllRevisions(viewing, filter)),
          filters: filterLines(askedIn(request.url), revisionFilters, language),
          standing: await readStanding(viewing.handle, null),
          isSum: false,
        }))
        return sendTable(reply, file, { ending, language, dialect })
      },
    )
  }
}

function registerOne(server: HttpServer, pages: Pages): void {
  server.get('/revisions/:id', { config, schema: { params: ofRevision } }, (request, reply) =>
    pages.show(request, reply, async (viewing, screen) =>
      revisionPage(await readRevisionDocument(viewing, request.params.id), screen),
    ),
  )
  for (const ending of tableEndings) {
    server.get(
      `/revisions/:id/lines.${ending}`,
      {
        config,
        schema: { params: ofRevision, querystring: z.strictObject({ dialect: dialectField }) },
      },
      async (request, reply) => {
        const { dialect } = request.query
        const file = await pages.look(request, async (viewing) => {
          const revision = await readRevision(viewing, request.params.id)
          return {
            table: { ...revisionsTable([revision]), name: revision.number },
            filters: [revision.number],
            standing: await readStanding(viewing.handle, null),
            isSum: false,
          }
        })
        return sendTable(reply, file, { ending, language: languageOfPage(request), dialect })
      },
    )
  }
}
