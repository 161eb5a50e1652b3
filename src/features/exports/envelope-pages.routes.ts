import { z } from 'zod'
import { type Envelope, envelopeNotFound } from '#features/funding/envelope.ts'
import { listStepsOf } from '#features/funding/revisions.public.ts'
import { readStandings } from '#features/funding/standing.public.ts'
import { authorize, type Viewing } from '#features/identity/context.public.ts'
import type { Pages } from '#features/identity/pages.public.ts'
import { may, reach } from '#features/identity/permission.ts'
import { listNotes, listSourceDocuments } from '#features/programmes/programmes.public.ts'
import type { Dimension } from '#features/reconciliation/facts.ts'
import { drawReconciliation } from '#features/reports/reports.public.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { textField } from '#platform/http/input.ts'
import {
  type EnvelopeFacts,
  envelopeList,
  envelopePage,
  envelopesPage,
} from './envelope-page.views.tsx'
import { commitmentLinks, type DocumentLinks, documentLinks } from './open-documents.ts'
import { headroomTable } from './plan.table.ts'
import { readPlanAddress, rowsOf } from './plan-figures.ts'
import { sendCsv, sendListed } from './report-files.routes.ts'

const config = { act: 'plan.read' } as const
const ofCode = z.strictObject({ code: textField(60) })
const querystring = z.strictObject({})

/** The envelopes of the plan: how their money comes, what it became, and what it may be added to. */
export function registerEnvelopePages(server: HttpServer, pages: Pages): void {
  server.get('/envelopes', { config, schema: { querystring } }, (request, reply) =>
    pages.show(request, reply, async (viewing, screen) => {
      const { facts } = await draw(viewing, 'envelope', 'QC')
      return envelopesPage(facts.envelopes, screen)
    }),
  )
  const file = { config, schema: { querystring } }
  server.get('/envelopes.csv', file, (request, reply) =>
    sendCsv(pages, { request, reply, name: 'envelopes' }, readList),
  )
  server.get('/envelopes.xlsx', file, (request, reply) =>
    sendListed(pages, { request, reply, name: 'envelopes' }, readList),
  )
  server.get(
    '/envelopes/:code',
    { config, schema: { params: ofCode, querystring } },
    (request, reply) => {
      const { code, format } = readPlanAddress(request.params.code)
      const name = code.trim().toUpperCase()
      const reading = async (viewing: Viewing) => {
        const { report, figures } = await readEnvelope(viewing, name)
        return { report: { ...report, table: figures } }
      }
      switch (format) {
        case 'csv':
          return sendCsv(pages, { request, reply, name }, reading)
        case 'xlsx':
          return sendListed(pages, { request, reply, name }, reading)
        case 'page':
          return pages.show(request, reply, async (viewing, screen) =>
            envelopePage(await readEnvelope(viewing, name), screen),
          )
      }
    },
  )
}

const draw = (viewing: Viewing, by: Dimension, jurisdiction: 'QC' | 'CA') =>
  drawReconciliation(viewing, { name: 'reconciliation', by, jurisdiction })

async function readList(viewing: Viewing) {
  const { report, facts } = await draw(viewing, 'envelope', 'QC')
  return { report: { ...report, ...envelopeList(facts.envelopes), notes: [] } }
}

/** @throws Problem `funding/envelope-not-found` */
async function readEnvelope(viewing: Viewing, code: string): Promise<EnvelopeFacts> {
  authorize(viewing, 'plan.read')
  const { facts: all } = await draw(viewing, 'envelope', 'QC')
  const envelope = all.envelopes.find((each) => each.code === code)
  if (envelope === undefined) {
    throw envelopeNotFound(code)
  }
  const programme = all.programmes.find((each) => each.code === envelope.programme)
  const { jurisdiction = 'QC' } = programme ?? {}
  const own = await draw(viewing, 'envelope', jurisdiction)
  const members = await draw(viewing, 'measure', jurisdiction)
  const organizations = reach(viewing.actor, 'expenditure.read')
  return {
    envelope,
    report: own.report,
    figures: rowsOf(own.report, [code]),
    links: linksOf(own, organizations),
    members: rowsOf(members.report, envelope.measures),
    memberLinks: linksOf(members, organizations),
    relations: all.relations.filter(({ from, to }) => [from, to].includes(code)),
    programmes: all.programmes,
    organizations: all.organizations,
    mayCommit: may(viewing.actor, 'commitment.enter'),
    mayPropose: may(viewing.actor, 'proposal.prepare'),
    ...(await readBeside(viewing, envelope)),
  }
}

const linksOf = (
  { facts, reconciliation }: Awaited<ReturnType<typeof draw>>,
  organizations: readonly string[],
): DocumentLinks =>
  new Map([
    ...documentLinks(facts, reconciliation, organizations),
    ...commitmentLinks(facts, reconciliation, organizations),
  ])

async function readBeside(viewing: Viewing, { code }: Envelope) {
  const { handle } = viewing
  const standing = (await readStandings(handle, [code])).get(code)
  if (standing === undefined) {
    throw envelopeNotFound(code)
  }
  const notes = await listNotes(handle)
  return {
    headroom: headroomTable(standing),
    steps: await listStepsOf(viewing, code),
    notes: notes.get(code) ?? [],
    documents: await listSourceDocuments(handle),
  }
}
