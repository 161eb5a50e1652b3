import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { fiscalYear } from '#core/fiscal-year.ts'
import type { Viewing } from '#features/identity/context.public.ts'
import type { Pages } from '#features/identity/pages.public.ts'
import { may, reach } from '#features/identity/permission.ts'
import { drawReconciliation, drawReport } from '#features/reports/reports.public.ts'
import type { ReportRequest } from '#features/reports/request.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { textField } from '#platform/http/input.ts'
import { pagePath } from '#platform/http/page-answer.ts'
import { type DocumentLinks, documentLinks } from './open-documents.ts'
import { pageQuery } from './page-query.routes.ts'
import { sendCsv, sendReportWorkbook } from './report-files.routes.ts'
import { readReportAddress } from './report-input.ts'
import { reportIndex, reportPage, reportQuestion } from './report-page.views.tsx'
import { askedOf } from './report-query.routes.ts'
import { type OtherReport, otherReport, otherReports, reportWords } from './report-words.ts'

const config = { act: 'report.read' } as const
const ofReport = z.strictObject({ report: textField(60) })

/** Every other report: an index, a page each, and the same rows as files. */
export function registerReportPages(server: HttpServer, pages: Pages): void {
  server.get('/reports', { config }, (request, reply) =>
    pages.show(request, reply, async ({ actor }, screen) =>
      reportIndex(
        otherReports.filter((name) => name !== 'tie-out' || may(actor, 'matching.read')),
        screen,
      ),
    ),
  )
  server.get(
    '/reports/:report',
    { config, attachValidation: true, schema: { params: ofReport, querystring: pageQuery } },
    (request, reply) => {
      const { name, format } = readReportAddress(request.params.report)
      const other = otherReport(name)
      if (other === undefined) {
        const place = format === 'json' ? name : `${name}.${format}`
        return reply.redirect(pagePath(request, `/${place}${queryOf(request)}`), 302)
      }
      if (format === 'json') {
        return showReport(pages, { request, reply, query: request.query }, other)
      }
      if (request.validationError !== undefined) {
        throw request.validationError
      }
      const { sort: _sort, columns: _columns, ...query } = request.query
      const asked = { name, ...askedOf(query) }
      const file = { request, reply, name, dialect: query.dialect }
      return format === 'csv'
        ? sendCsv(pages, file, (viewing) => drawReport(viewing, asked))
        : sendReportWorkbook(pages, file, asked)
    },
  )
}

const queryOf = ({ url }: FastifyRequest): string =>
  url.includes('?') ? url.slice(url.indexOf('?')) : ''

interface AskedPage {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly query: z.output<typeof pageQuery>
}

/** Until what it needs is there a report is only its question. */
function showReport(
  pages: Pages,
  { request, reply, query }: AskedPage,
  name: OtherReport,
): Promise<FastifyReply> {
  const isAsked = reportWords[name].needs.some((field) => query[field] !== undefined)
  return pages.show(
    request,
    reply,
    async (viewing, screen) => {
      if (reportWords[name].needs.length > 0 && !isAsked) {
        return reportQuestion(name, screen)
      }
      const { sort, columns: _columns, ...rest } = query
      const asked = { name, ...askedOf(rest) }
      const { report } = await drawReport(viewing, asked)
      const links =
        name === 'forecast' ? await linksBehind(viewing, asked, report.parameters) : new Map()
      return reportPage({ name, report, links, sort }, screen)
    },
    async (_viewing, screen) => reportQuestion(name, screen),
  )
}

/** What a forecast says was spent is what the reconciliation of its question says. */
async function linksBehind(
  viewing: Viewing,
  { by, spread, jurisdiction, asOf }: ReportRequest,
  { from, to }: Readonly<Record<string, string>>,
): Promise<DocumentLinks> {
  const range = { from: fiscalYear(from ?? ''), to: fiscalYear(to ?? '') }
  const asked = { by, jurisdiction, asOf, spread: spread ?? 'straight-line', ...range } as const
  const { facts, reconciliation } = await drawReconciliation(viewing, {
    name: 'reconciliation',
    ...asked,
  })
  return documentLinks(facts, reconciliation, reach(viewing.actor, 'expenditure.read'))
}
