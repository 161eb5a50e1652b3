import type { Pages } from '#features/identity/pages.public.ts'
import { reach } from '#features/identity/permission.ts'
import { drawReconciliation } from '#features/reports/reports.public.ts'
import { assumedOf } from '#features/reports/request.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { federalReading } from './federal-reading.ts'
import { documentLinks } from './open-documents.ts'
import { pageQuery, pageReportQuery } from './page-query.routes.ts'
import { reconciliationAgain, reconciliationPage } from './reconciliation-page.views.tsx'
import { sendCsv, sendReconciliationWorkbook } from './report-files.routes.ts'
import { askedOf } from './report-query.routes.ts'

const config = { act: 'report.read' } as const
const name = 'reconciliation'

/** The reconciliation as a page, and the same rows and totals as files. */
export function registerReconciliationPages(server: HttpServer, pages: Pages): void {
  server.get(
    '/reconciliation',
    { config, attachValidation: true, schema: { querystring: pageQuery } },
    (request, reply) =>
      pages.show(
        request,
        reply,
        async (viewing, screen) => {
          const { sort, columns, ...query } = request.query
          const asked = { name, ...askedOf(query) } as const
          const { report, facts, reconciliation } = await drawReconciliation(viewing, asked)
          const organizations = reach(viewing.actor, 'expenditure.read')
          const shown = {
            report,
            reconciliation,
            federal: federalReading(facts, reconciliation, assumedOf(asked)),
            links: documentLinks(facts, reconciliation, organizations),
            sort,
            isWhole: columns === 'all',
          }
          return reconciliationPage(shown, screen)
        },
        async (_viewing, screen) => reconciliationAgain(screen),
      ),
  )
  server.get(
    '/reconciliation.csv',
    { config, schema: { querystring: pageReportQuery } },
    (request, reply) => {
      const { dialect } = request.query
      return sendCsv(pages, { request, reply, name, dialect }, (viewing) =>
        drawReconciliation(viewing, { name, ...askedOf(request.query) }),
      )
    },
  )
  server.get(
    '/reconciliation.xlsx',
    { config, schema: { querystring: pageReportQuery } },
    (request, reply) => {
      const asked = { name, ...askedOf(request.query) } as const
      const { detail } = request.query
      return sendReconciliationWorkbook(pages, { request, reply, name }, asked, detail)
    },
  )
}
