import { z } from 'zod'
import type { Pages } from '#features/identity/pages.public.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { noBody } from '#platform/http/input.ts'
import { newEnvelopePage } from './envelope-form.views.tsx'
import { ofCode } from './envelope-input.routes.ts'
import { envelopeStepPage } from './envelope-proposal.views.tsx'
import {
  approveEnvelope,
  changeEnvelope,
  enterEnvelope,
  envelopeProposals,
  removeEnvelope,
} from './envelope-proposals.actions.ts'
import {
  readEnvelopeDocument,
  readEnvelopeGround,
  readRelationDocument,
  readRelationGround,
} from './planned-documents.actions.ts'
import { envelopeForm, relationForm } from './planned-form.routes.ts'
import { codeField, reasonBody } from './proposal-input.routes.ts'
import { type ProposalSite, registerProposalStep } from './proposal-pages.routes.ts'
import { returnProposal, submitProposal } from './proposal-steps.actions.ts'
import { newRelationPage, relationStepPage } from './relation-proposal.views.tsx'
import {
  approveRelation,
  changeRelation,
  enterRelation,
  relationProposals,
  removeRelation,
} from './relation-proposals.actions.ts'
import { ofRelation } from './relation-proposals.routes.ts'

const prepares = { act: 'proposal.prepare' } as const

/** Envelopes that people enter, with the words they were read from, and their steps. */
export function registerEnvelopeStepPages(server: HttpServer, pages: Pages): void {
  server.get('/proposals/envelopes/new', { config: prepares }, (request, reply) =>
    pages.show(request, reply, async (viewing, screen) =>
      newEnvelopePage(await readEnvelopeGround(viewing), screen),
    ),
  )
  server.post('/proposals/envelopes/new', { config: prepares }, (request, reply) =>
    pages.act(request, reply, {
      fields: envelopeForm,
      run: async (context, { fields }) => addressOf((await enterEnvelope(context, fields)).code),
      again: async (viewing, screen) => newEnvelopePage(await readEnvelopeGround(viewing), screen),
    }),
  )
  const addressOf = (code: string) => `/proposals/envelopes/${encodeURIComponent(code)}`
  const site: ProposalSite = {
    server,
    pages,
    path: '/proposals/envelopes/:code',
    params: ofCode.transform(({ code }) => ({ key: code })),
    addressOf,
    show: async (viewing, screen, { key, step }) => {
      const document = await readEnvelopeDocument(viewing, key)
      return envelopeStepPage(document, await readEnvelopeGround(viewing), step, screen)
    },
  }
  registerProposalStep(site, 'edit', envelopeForm, changeEnvelope)
  registerProposalStep(site, 'submit', noBody, (context, seen) =>
    submitProposal(context, envelopeProposals, seen),
  )
  registerProposalStep(site, 'delete', noBody, async (context, seen) => {
    await removeEnvelope(context, seen)
    return '/proposals'
  })
  registerProposalStep(site, 'approve', noBody, approveEnvelope)
  registerProposalStep(site, 'return', reasonBody, (context, seen, { reason }) =>
    returnProposal(context, envelopeProposals, seen, reason),
  )
}

/** What the page that leads here already knows. */
const relationQuery = z.strictObject({ from: codeField.optional() })

/** Relations that people state, and their steps. */
export function registerRelationStepPages(server: HttpServer, pages: Pages): void {
  server.get(
    '/proposals/relations/new',
    { config: prepares, schema: { querystring: relationQuery } },
    (request, reply) =>
      pages.show(request, reply, async (viewing, screen) => {
        const { from = '' } = request.query
        return newRelationPage(await readRelationGround(viewing), { from }, screen)
      }),
  )
  server.post('/proposals/relations/new', { config: prepares }, (request, reply) =>
    pages.act(request, reply, {
      fields: relationForm,
      run: async (context, { fields }) =>
        `/proposals/relations/${(await enterRelation(context, fields)).id}`,
      again: async (viewing, screen) =>
        newRelationPage(await readRelationGround(viewing), {}, screen),
    }),
  )
  const site: ProposalSite = {
    server,
    pages,
    path: '/proposals/relations/:id',
    params: ofRelation.transform(({ id }) => ({ key: id })),
    addressOf: (id) => `/proposals/relations/${id}`,
    show: async (viewing, screen, { key, step }) => {
      const document = await readRelationDocument(viewing, key)
      return relationStepPage(document, await readRelationGround(viewing), step, screen)
    },
  }
  registerProposalStep(site, 'edit', relationForm, changeRelation)
  registerProposalStep(site, 'submit', noBody, (context, seen) =>
    submitProposal(context, relationProposals, seen),
  )
  registerProposalStep(site, 'delete', noBody, async (context, seen) => {
    await removeRelation(context, seen)
    return '/proposals'
  })
  registerProposalStep(site, 'approve', noBody, approveRelation)
  registerProposalStep(site, 'return', reasonBody, (context, seen, { reason }) =>
    returnProposal(context, relationProposals, seen, reason),
  )
}
