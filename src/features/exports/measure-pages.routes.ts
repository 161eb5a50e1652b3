import { z } from 'zod'
import { authorize, type Viewing } from '#features/identity/context.public.ts'
import type { Pages } from '#features/identity/pages.public.ts'
import { reach } from '#features/identity/permission.ts'
import { measureCode, measureNotFound } from '#features/programmes/measure.ts'
import { findMeasure, listSourceDocuments } from '#features/programmes/programmes.public.ts'
import { drawReconciliation } from '#features/reports/reports.public.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { textField } from '#platform/http/input.ts'
import { type MeasureFacts, measurePage, measuresPage } from './measure-page.views.tsx'
import { commitmentLinks, documentLinks } from './open-documents.ts'
import { measuresTable, measuresTitle } from './plan.table.ts'
import { readPlanAddress, rowsOf } from './plan-figures.ts'
import { sendCsv, sendListed } from './report-files.routes.ts'

const config = { act: 'plan.read' } as const
const ofCode = z.strictObject({ code: textField(60) })
const querystring = z.strictObject({})

/** The measures of the plan: as published, and what became of their money. */
export function registerMeasurePages(server: HttpServer, pages: Pages): void {
  server.get('/measures', { config, schema: { querystring } }, (request, reply) =>
    pages.show(request, reply, async (viewing, screen) =>
      measuresPage((await drawPlan(viewing)).facts, screen),
    ),
  )
  const file = { config, schema: { querystring } }
  server.get('/measures.csv', file, (request, reply) =>
    sendCsv(pages, { request, reply, name: 'measures' }, readList),
  )
  server.get('/measures.xlsx', file, (request, reply) =>
    sendListed(pages, { request, reply, name: 'measures' }, readList),
  )
  server.get(
    '/measures/:code',
    { config, schema: { params: ofCode, querystring } },
    (request, reply) => {
      const { code, format } = readPlanAddress(request.params.code)
      const name = measureCode(code)
      const reading = async (viewing: Viewing) => {
        const { report, figures } = await readMeasure(viewing, name)
        return { report: { ...report, table: figures } }
      }
      switch (format) {
        case 'csv':
          return sendCsv(pages, { request, reply, name }, reading)
        case 'xlsx':
          return sendListed(pages, { request, reply, name }, reading)
        case 'page':
          return pages.show(request, reply, async (viewing, screen) =>
            measurePage(await readMeasure(viewing, name), screen),
          )
      }
    },
  )
}

const drawPlan = async (viewing: Viewing) =>
  drawReconciliation(viewing, { name: 'reconciliation', by: 'measure' })

async function readList(viewing: Viewing) {
  const { report, facts } = await drawPlan(viewing)
  const table = measuresTable(facts.measures, facts.axes)
  return { report: { ...report, title: measuresTitle, notes: [], table } }
}

/** @throws Problem `programmes/measure-not-found` */
async function readMeasure(viewing: Viewing, code: string): Promise<MeasureFacts> {
  authorize(viewing, 'plan.read')
  const measure = await findMeasure(viewing.handle, code)
  if (measure === null) {
    throw measureNotFound(code)
  }
  const { report, facts, reconciliation } = await drawPlan(viewing)
  const shared = facts.envelopes.filter(
    ({ measures }) => measures.length > 1 && measures.includes(measure.code),
  )
  const organizations = reach(viewing.actor, 'expenditure.read')
  return {
    measure,
    report,
    figures: rowsOf(report, [measure.code, ...shared.map((envelope) => envelope.code)]),
    links: new Map([
      ...documentLinks(facts, reconciliation, organizations),
      ...commitmentLinks(facts, reconciliation, organizations),
    ]),
    axes: facts.axes,
    organizations: facts.organizations,
    documents: await listSourceDocuments(viewing.handle),
    companions: shared.flatMap(({ measures }) => measures.filter((each) => each !== measure.code)),
  }
}
