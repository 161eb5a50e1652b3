import { z } from 'zod'
import type { Table } from '#core/table.ts'
import { readStanding } from '#features/audit/audit.public.ts'
import { authorize, type Viewing } from '#features/identity/context.public.ts'
import type { Pages } from '#features/identity/pages.public.ts'
import { may } from '#features/identity/permission.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { languageOfPage } from '#platform/http/page-answer.ts'
import { dialectField, sendTable, tableEndings } from '#platform/http/table-answer.ts'
import { ofCode } from './envelope-input.routes.ts'
import { envelopeProposalPage } from './envelope-proposal.views.tsx'
import { readEnvelopeProposals } from './envelope-proposals.actions.ts'
import { readEnvelopeDocument, readRelationDocument } from './planned-documents.actions.ts'
import { type OpenState, openStates } from './proposal.ts'
import {
  proposalLines,
  proposalsAgain,
  proposalsPage,
  proposedEnvelopes,
} from './proposal-list.views.tsx'
import { relationProposalPage } from './relation-proposal.views.tsx'
import { readRelationProposals } from './relation-proposals.actions.ts'
import { ofRelation } from './relation-proposals.routes.ts'
import { relationProposalsTable } from './relation-proposals.table.ts'

const config = { act: 'proposal.read' } as const
const statesOf = (state: OpenState | undefined) => (state === undefined ? openStates : [state])
const filterQuery = z.strictObject({ state: z.enum(openStates).optional() })

/** What people propose to add to the plan: envelopes with their terms, and relations of envelopes. */
export function registerPlannedPages(server: HttpServer, pages: Pages): void {
  server.get(
    '/proposals',
    { config, attachValidation: true, schema: { querystring: filterQuery } },
    (request, reply) =>
      pages.show(
        request,
        reply,
        async (viewing, screen) => {
          authorize(viewing, 'proposal.read')
          const { state } = request.query
          const states = statesOf(state)
          const facts = {
            envelopes: await readEnvelopeProposals(viewing, states),
            relations: await readRelationProposals(viewing, states),
            mayPrepare: may(viewing.actor, 'proposal.prepare'),
            state,
          }
          return proposalsPage(facts, screen)
        },
        async (_viewing, screen) => proposalsAgain(screen),
      ),
  )
  const site = { server, pages }
  registerFiles(site, 'envelopes', async (viewing, states) =>
    proposedEnvelopes(await readEnvelopeProposals(viewing, states)),
  )
  registerFiles(site, 'relations', async (viewing, states) =>
    relationProposalsTable(await readRelationProposals(viewing, states)),
  )
  server.get(
    '/proposals/envelopes/:code',
    { config, schema: { params: ofCode } },
    (request, reply) =>
      pages.show(request, reply, async (viewing, screen) =>
        envelopeProposalPage(await readEnvelopeDocument(viewing, request.params.code), screen),
      ),
  )
  server.get(
    '/proposals/relations/:id',
    { config, schema: { params: ofRelation } },
    (request, reply) =>
      pages.show(request, reply, async (viewing, screen) =>
        relationProposalPage(await readRelationDocument(viewing, request.params.id), screen),
      ),
  )
}

interface Site {
  readonly server: HttpServer
  readonly pages: Pages
}

function registerFiles(
  { server, pages }: Site,
  list: 'envelopes' | 'relations',
  tableOf: (viewing: Viewing, states: readonly OpenState[]) => Promise<Table>,
): void {
  for (const ending of tableEndings) {
    server.get(
      `/proposals/${list}.${ending}`,
      { config, schema: { querystring: filterQuery.extend({ dialect: dialectField }) } },
      async (request, reply) => {
        const { dialect, state } = request.query
        const language = languageOfPage(request)
        const file = await pages.look(request, async (viewing) => ({
          table: await tableOf(viewing, statesOf(state)),
          filters: proposalLines(state, language),
          standing: await readStanding(viewing.handle, null),
          isSum: false,
        }))
        return sendTable(reply, file, { ending, language, dialect })
      },
    )
  }
}
