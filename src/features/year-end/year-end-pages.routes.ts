import { z } from 'zod'
import { readStanding } from '#features/audit/audit.public.ts'
import type { Context } from '#features/identity/context.public.ts'
import type { Pages } from '#features/identity/pages.public.ts'
import { cursorForms, cursorParts } from '#platform/http/cursors.ts'
import type { FieldsSchema } from '#platform/http/form-fields.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { noBody } from '#platform/http/input.ts'
import { pageOf } from '#platform/http/lists.ts'
import { askedIn } from '#platform/http/page-address.ts'
import { languageOfPage } from '#platform/http/page-answer.ts'
import { dialectField, sendTable, tableEndings } from '#platform/http/table-answer.ts'
import { filterLines } from '#platform/tables/table-workbook.ts'
import {
  approveYearEnd,
  readYearEnd,
  readYearEnds,
  returnYearEnd,
  type Seen,
} from './year-end.actions.ts'
import type { AfterApproval } from './year-end.routes.ts'
import { yearEndsTable } from './year-end.table.ts'
import { figuresTable, type YearEndStep, yearEndPage, yearEndStepPage } from './year-end.views.tsx'
import { readAllYearEnds, readYearEndDocument } from './year-end-document.actions.ts'
import { ofYearEnd, reasonBody, yearEndQuery } from './year-end-input.routes.ts'
import { yearEndFilters, yearEndsAgain, yearEndsPage } from './year-end-list.views.tsx'

const config = { act: 'proposal.read' } as const
const filterQuery = yearEndQuery.omit({ limit: true, cursor: true })

/** Year-ends as a list, each with its figures, its decisions and the files that were kept. */
export function registerYearEndPages(
  server: HttpServer,
  pages: Pages,
  { freeze }: AfterApproval,
): void {
  registerList(server, pages)
  registerOne(server, pages)
  const site = { server, pages }
  registerDecision(site, 'approve', { fields: noBody, run: approveYearEnd, after: freeze })
  registerDecision(site, 'return', {
    fields: reasonBody,
    run: (context, seen, { reason }) => returnYearEnd(context, seen, reason),
    after: async () => undefined,
  })
}

function registerList(server: HttpServer, pages: Pages): void {
  server.get(
    '/year-end',
    { config, attachValidation: true, schema: { querystring: yearEndQuery } },
    (request, reply) =>
      pages.show(
        request,
        reply,
        async (viewing, screen) => {
          const { limit, cursor, ...filter } = request.query
          const after = cursorParts(cursor, [cursorForms.fiscalYear, cursorForms.uuid])
          const { rows, count } = await readYearEnds(viewing, filter, { limit, after })
          const { items, nextCursor } = pageOf(rows, {
            limit,
            count,
            total: null,
            cursorOf: ({ fiscalYear, id }) => [fiscalYear, id],
            itemOf: (yearEnd) => yearEnd,
          })
          const asked = askedIn(request.url)
          return yearEndsPage({ rows: items, count, nextCursor, asked }, screen)
        },
        async (_viewing, screen) => yearEndsAgain(askedIn(request.url), screen),
      ),
  )
  for (const ending of tableEndings) {
    server.get(
      `/year-end.${ending}`,
      { config, schema: { querystring: filterQuery.extend({ dialect: dialectField }) } },
      async (request, reply) => {
        const { dialect, ...filter } = request.query
        const language = languageOfPage(request)
        const file = await pages.look(request, async (viewing) => ({
          table: yearEndsTable(await readAllYearEnds(viewing, filter)),
          filters: filterLines(askedIn(request.url), yearEndFilters, language),
          standing: await readStanding(viewing.handle, null),
          isSum: false,
        }))
        return sendTable(reply, file, { ending, language, dialect })
      },
    )
  }
}

function registerOne(server: HttpServer, pages: Pages): void {
  server.get('/year-end/:id', { config, schema: { params: ofYearEnd } }, (request, reply) =>
    pages.show(request, reply, async (viewing, screen) =>
      yearEndPage(await readYearEndDocument(viewing, request.params.id), screen),
    ),
  )
  for (const ending of tableEndings) {
    server.get(
      `/year-end/:id/figures.${ending}`,
      {
        config,
        schema: { params: ofYearEnd, querystring: z.strictObject({ dialect: dialectField }) },
      },
      async (request, reply) => {
        const { dialect } = request.query
        const file = await pages.look(request, async (viewing) => ({
          table: figuresTable(await readYearEnd(viewing, request.params.id)),
          filters: [],
          standing: await readStanding(viewing.handle, null),
          isSum: true,
        }))
        return sendTable(reply, file, { ending, language: languageOfPage(request), dialect })
      },
    )
  }
}

interface Site {
  readonly server: HttpServer
  readonly pages: Pages
}

interface Decision<Output> {
  readonly fields: FieldsSchema<Output>
  readonly run: (context: Context, seen: Seen, fields: Output) => Promise<unknown>
  /** Once it is done, and before it is answered. */
  readonly after: () => Promise<void>
}

function registerDecision<Output>(
  { server, pages }: Site,
  step: YearEndStep,
  { fields, run, after }: Decision<Output>,
): void {
  const decide = { act: 'proposal.decide' } as const
  const schema = { params: ofYearEnd }
  const path = `/year-end/:id/${step}`
  server.get(path, { config: decide, schema }, (request, reply) =>
    pages.show(request, reply, async (viewing, screen) =>
      yearEndStepPage(await readYearEndDocument(viewing, request.params.id), step, screen),
    ),
  )
  server.post(
    path,
    {
      config: decide,
      schema,
      // Committed, and not yet answered: whoever goes on finds the files.
      onSend: async (_request, reply) => {
        if (reply.statusCode === 303) {
          await after()
        }
      },
    },
    (request, reply) =>
      pages.act(request, reply, {
        fields,
        run: async (context, sent) => {
          const { id } = request.params
          // Allowed comes before stale.
          const seen = {
            id,
            get version() {
              return sent.version
            },
          }
          await run(context, seen, sent.fields)
          return `/year-end/${id}`
        },
        again: async (viewing, screen) =>
          yearEndStepPage(await readYearEndDocument(viewing, request.params.id), step, screen),
      }),
  )
}
