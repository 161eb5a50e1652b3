import { create as contentDisposition } from 'content-disposition'
import { z } from 'zod'
import type { Calls } from '#features/identity/calls.public.ts'
import { reportJson } from '#features/reports/report.ts'
import { drawReport } from '#features/reports/reports.public.ts'
import { described } from '#platform/http/answers.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { textField } from '#platform/http/input.ts'
import { languageOf } from '#platform/http/language.ts'
import { printCsv } from '#platform/tables/csv.ts'
import { reportSchema } from './report-answer.routes.ts'
import { readReportAddress } from './report-input.ts'
import { askedOf, reportQuery, xlsxType } from './report-query.routes.ts'
import { drawWorkbook } from './workbooks.actions.ts'

const ofReport = z.strictObject({ report: textField(60) })
export function registerReports(server: HttpServer, calls: Calls): void {
  server.get(
    '/reports/:report',
    {
      config: { act: 'report.read' },
      schema: {
        tags: ['reports'],
        params: ofReport,
        querystring: reportQuery,
        response: described({ 200: reportSchema }),
      },
    },
    async (request, reply) => {
      const { name, format } = readReportAddress(request.params.report)
      const { lang, detail, dialect = 'open' } = request.query
      const asked = askedOf(request.query)
      const language = lang ?? languageOf(request.headers['accept-language'])
      const attach = (ending: string) =>
        reply.header('content-disposition', contentDisposition(`${name}.${ending}`))
      switch (format) {
        case 'json': {
          const drawn = await calls.look(request, (viewing) =>
            drawReport(viewing, { name, ...asked }),
          )
          return reportJson(drawn.report, drawn.dataDigest)
        }
        case 'csv': {
          const { report } = await calls.look(request, (viewing) =>
            drawReport(viewing, { name, ...asked }),
          )
          attach('csv')
          return reply
            .type('text/csv; charset=utf-8')
            .send(printCsv(report.table, { language, dialect }))
        }
        case 'xlsx': {
          const bytes = await calls.look(request, (viewing) =>
            drawWorkbook(viewing, { name, ...asked }, language, detail),
          )
          attach('xlsx')
          return reply.type(xlsxType).send(Buffer.from(bytes))
        }
      }
    },
  )
}
