import { create as contentDisposition } from 'content-disposition'
import { z } from 'zod'
import type { Pages } from '#features/identity/pages.public.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { uuidField } from '#platform/http/input.ts'
import { languageOfPage } from '#platform/http/page-answer.ts'
import { readFrozenReport } from './frozen-reports.actions.ts'

const config = { act: 'report.read' } as const
const ofYearEnd = z.strictObject({ id: uuidField })
const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** The files kept of a closed year, where its page links them: byte for byte as they were drawn. */
export function registerFrozenReportPages(server: HttpServer, pages: Pages): void {
  const schema = { params: ofYearEnd }
  server.get('/year-end/:id/report.json', { config, schema }, async (request, reply) => {
    const content = await pages.look(request, (viewing) =>
      readFrozenReport(viewing, request.params.id, { format: 'json', language: '' }),
    )
    return reply
      .header('content-disposition', contentDisposition('reconciliation.json'))
      .type('application/json; charset=utf-8')
      .send(content)
  })
  server.get('/year-end/:id/report.xlsx', { config, schema }, async (request, reply) => {
    const language = languageOfPage(request)
    const content = await pages.look(request, (viewing) =>
      readFrozenReport(viewing, request.params.id, { format: 'xlsx', language }),
    )
    return reply
      .header('content-disposition', contentDisposition(`reconciliation-${language}.xlsx`))
      .type(xlsxType)
      .send(content)
  })
}
