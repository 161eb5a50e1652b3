import { create as contentDisposition } from 'content-disposition'
import { z } from 'zod'
import type { Pages } from '#features/identity/pages.public.ts'
import { may } from '#features/identity/permission.ts'
import { cursorForms, cursorParts } from '#platform/http/cursors.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { fileMillisMax } from '#platform/http/list-file.ts'
import { pageOf } from '#platform/http/lists.ts'
import { askedIn } from '#platform/http/page-address.ts'
import { languageOfPage } from '#platform/http/page-answer.ts'
import { sendStream } from '#platform/http/stream-answer.ts'
import { csvDialects } from '#platform/tables/csv.ts'
import { drawListCsv, drawListWorkbook } from './expenditure-file.actions.ts'
import { expenditureQuery, filterOf } from './expenditure-input.routes.ts'
import { readExpenditures } from './expenditure-list.actions.ts'
import { listAgain, listPage } from './expenditure-list.views.tsx'

const config = { act: 'expenditure.read' } as const
const fileQuery = expenditureQuery.extend({ dialect: z.enum(csvDialects).optional() })

/** Expenditures as a list, and the same rows and total as files. */
export function registerExpenditurePages(server: HttpServer, pages: Pages): void {
  server.get(
    '/expenditures',
    { config, attachValidation: true, schema: { querystring: expenditureQuery } },
    (request, reply) =>
      pages.show(
        request,
        reply,
        async (viewing, screen) => {
          const { limit, cursor } = request.query
          const after = cursorParts(cursor, [cursorForms.day, cursorForms.uuid])
          const listed = await readExpenditures(viewing, filterOf(request.query), { limit, after })
          const { items, nextCursor } = pageOf(listed.rows, {
            limit,
            count: listed.count,
            total: listed.total,
            cursorOf: ({ serviceDate, id }) => [serviceDate, id],
            itemOf: (expenditure) => expenditure,
          })
          const mayEnter = may(viewing.actor, 'expenditure.enter')
          const facts = {
            ...listed,
            rows: items,
            nextCursor,
            mayEnter,
            asked: askedIn(request.url),
          }
          return listPage(facts, screen)
        },
        async (_viewing, screen) => listAgain(askedIn(request.url), screen),
      ),
  )
  registerFiles(server, pages)
}

function registerFiles(server: HttpServer, pages: Pages): void {
  server.get(
    '/expenditures.csv',
    { config, handlerTimeout: fileMillisMax, schema: { querystring: fileQuery } },
    async (request, reply) => {
      const { dialect = 'excel-fr', ...query } = request.query
      const language = languageOfPage(request)
      await pages.look(request, async (viewing) => {
        const text = await drawListCsv(viewing, filterOf(query), { language, dialect })
        reply
          .header('content-disposition', contentDisposition('expenditures.csv'))
          .type('text/csv; charset=utf-8')
        await sendStream(reply, text)
      })
      return reply
    },
  )
  server.get(
    '/expenditures.xlsx',
    { config, schema: { querystring: expenditureQuery } },
    async (request, reply) => {
      const language = languageOfPage(request)
      const asked = askedIn(request.url)
      const bytes = await pages.look(request, (viewing) =>
        drawListWorkbook(viewing, filterOf(request.query), asked, language),
      )
      return reply
        .header('content-disposition', contentDisposition('expenditures.xlsx'))
        .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .send(Buffer.from(bytes))
    },
  )
}
