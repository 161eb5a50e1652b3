import { z } from 'zod'
import type { Viewing } from '#features/identity/context.public.ts'
import type { Pages } from '#features/identity/pages.public.ts'
import { reach } from '#features/identity/permission.ts'
import { reconcile } from '#features/reconciliation/reconcile.ts'
import { drawComparison } from '#features/reports/reports.public.ts'
import type { ReportRequest } from '#features/reports/request.ts'
import { sendChart } from '#platform/http/chart-answer.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { languageOfPage } from '#platform/http/page-answer.ts'
import { chartNames, chartThemes, comparisonBars } from './comparison-chart.views.ts'
import { type ComparisonFacts, comparisonAgain, comparisonPage } from './comparison-page.views.tsx'
import { documentLinks } from './open-documents.ts'
import { chartQueryOf, pageReportQuery } from './page-query.routes.ts'
import { sendCsv, sendReportWorkbook } from './report-files.routes.ts'
import { askedOf } from './report-query.routes.ts'

const config = { act: 'report.read' } as const
const name = 'comparison'
const chartQuery = chartQueryOf({
  chart: z.enum(chartNames).optional(),
  theme: z.enum(chartThemes).optional(),
})

/** Both governments side by side: a page, its pictures, and the same rows as files. */
export function registerComparisonPages(server: HttpServer, pages: Pages): void {
  server.get(
    '/comparison',
    { config, attachValidation: true, schema: { querystring: pageReportQuery } },
    (request, reply) =>
      pages.show(
        request,
        reply,
        async (viewing, screen) =>
          comparisonPage(
            await readComparison(viewing, { name, ...askedOf(request.query) }),
            screen,
          ),
        async (_viewing, screen) => comparisonAgain(screen),
      ),
  )
  server.get(
    '/comparison/chart.svg',
    { config, schema: { querystring: chartQuery } },
    async (request, reply) => {
      const { chart = 'years', theme = 'light', ...query } = request.query
      const { comparison } = await pages.look(request, (viewing) =>
        drawComparison(viewing, { name, ...askedOf(query) }),
      )
      const language = languageOfPage(request)
      return sendChart(reply, comparisonBars(comparison, { chart, theme, language }))
    },
  )
  registerFiles(server, pages)
}

function registerFiles(server: HttpServer, pages: Pages): void {
  const schema = { querystring: pageReportQuery }
  server.get('/comparison.csv', { config, schema }, (request, reply) => {
    const { dialect } = request.query
    return sendCsv(pages, { request, reply, name, dialect }, (viewing) =>
      drawComparison(viewing, { name, ...askedOf(request.query) }),
    )
  })
  server.get('/comparison.xlsx', { config, schema }, (request, reply) =>
    sendReportWorkbook(pages, { request, reply, name }, { name, ...askedOf(request.query) }),
  )
}

/** Spending of a year is the same in a comparison as in each government's reconciliation by year. */
async function readComparison(viewing: Viewing, asked: ReportRequest): Promise<ComparisonFacts> {
  const { report, facts, comparison } = await drawComparison(viewing, asked)
  const { from, to, spread } = comparison.question
  const organizations = reach(viewing.actor, 'expenditure.read')
  const linksOf = (jurisdiction: 'QC' | 'CA') => {
    const question = { by: 'fiscal-year', jurisdiction, from, to, spread } as const
    return documentLinks(facts, reconcile(facts, question), organizations)
  }
  return { report, comparison, links: { qc: linksOf('QC'), ca: linksOf('CA') } }
}
