import { create as contentDisposition } from 'content-disposition'
import { z } from 'zod'
import type { Calls } from '#features/identity/calls.public.ts'
import { described } from '#platform/http/answers.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { languageField, uuidField } from '#platform/http/input.ts'
import { languageOf } from '#platform/http/language.ts'
import { readFrozenReport } from './frozen-reports.actions.ts'
import { reportSchema } from './report-answer.routes.ts'

const ofYearEnd = z.strictObject({ id: uuidField })
const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** The files kept of a closed year, byte for byte as they were drawn. */
export function registerFrozenReports(server: HttpServer, calls: Calls): void {
  const config = { act: 'report.read' } as const
  const tags = ['year-end']
  server.get(
    '/year-end/:id/report.json',
    { config, schema: { tags, params: ofYearEnd, response: described({ 200: reportSchema }) } },
    async (request, reply) => {
      const content = await calls.look(request, (viewing) =>
        readFrozenReport(viewing, request.params.id, { format: 'json', language: '' }),
      )
      return reply.type('application/json; charset=utf-8').send(content)
    },
  )
  server.get(
    '/year-end/:id/report.xlsx',
    {
      config,
      schema: {
        tags,
        params: ofYearEnd,
        querystring: z.strictObject({ lang: languageField.optional() }),
      },
    },
    async (request, reply) => {
      const language = request.query.lang ?? languageOf(request.headers['accept-language'])
      const content = await calls.look(request, (viewing) =>
        readFrozenReport(viewing, request.params.id, { format: 'xlsx', language }),
      )
      return reply
        .header('content-disposition', contentDisposition(`reconciliation-${language}.xlsx`))
        .type(xlsxType)
        .send(content)
    },
  )
}
