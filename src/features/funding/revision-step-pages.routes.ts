import { z } from 'zod'
import type { Pages } from '#features/identity/pages.public.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { noBody } from '#platform/http/input.ts'
import { codeField, reasonBody } from './proposal-input.routes.ts'
import { type ProposalSite, registerProposalStep } from './proposal-pages.routes.ts'
import { returnProposal, submitProposal } from './proposal-steps.actions.ts'
import { revisionKinds } from './revision.ts'
import { revisionStepPage } from './revision.views.tsx'
import { readRevisionDocument, readRevisionGround } from './revision-document.actions.ts'
import { newRevisionPage, type RevisionStated } from './revision-form.views.tsx'
import { ofRevision, revisionBody } from './revision-input.routes.ts'
import {
  approveRevision,
  changeRevision,
  enterRevision,
  removeRevision,
  revisions,
} from './revisions.actions.ts'

/** A revision is prepared in a form of several lines, and each of its steps is a form. */
export function registerRevisionStepPages(server: HttpServer, pages: Pages): void {
  registerPreparation(server, pages)
  const site: ProposalSite = {
    server,
    pages,
    path: '/revisions/:id',
    params: ofRevision.transform(({ id }) => ({ key: id })),
    addressOf: (id) => `/revisions/${id}`,
    show: async (viewing, screen, { key, step }) => {
      const document = await readRevisionDocument(viewing, key)
      return revisionStepPage(document, await readRevisionGround(viewing), step, screen)
    },
  }
  registerProposalStep(site, 'edit', revisionBody, changeRevision)
  registerProposalStep(site, 'submit', noBody, (context, seen) =>
    submitProposal(context, revisions, seen),
  )
  registerProposalStep(site, 'delete', noBody, async (context, seen) => {
    await removeRevision(context, seen)
    return '/revisions?state=draft'
  })
  registerProposalStep(site, 'approve', noBody, approveRevision)
  registerProposalStep(site, 'return', reasonBody, (context, seen, { reason }) =>
    returnProposal(context, revisions, seen, reason),
  )
}

/** What the page that leads here already knows, and how long the form is. */
const preparationQuery = z.strictObject({
  kind: z.enum(revisionKinds).optional(),
  envelope: codeField.optional(),
  lines: z
    .string()
    .regex(/^[1-9]\d?$/)
    .transform(Number)
    .optional(),
})

const linesUsual = 8

function registerPreparation(server: HttpServer, pages: Pages): void {
  const config = { act: 'proposal.prepare' } as const
  server.get(
    '/revisions/new',
    { config, schema: { querystring: preparationQuery } },
    (request, reply) =>
      pages.show(request, reply, async (viewing, screen) =>
        newRevisionPage(
          await readRevisionGround(viewing),
          begun(request.query, viewing.today),
          screen,
        ),
      ),
  )
  server.post('/revisions/new', { config }, (request, reply) =>
    pages.act(request, reply, {
      fields: revisionBody,
      run: async (context, { fields }) => `/revisions/${(await enterRevision(context, fields)).id}`,
      again: async (viewing, screen) =>
        newRevisionPage(await readRevisionGround(viewing), begun({}, viewing.today), screen),
    }),
  )
}

const begun = (
  { kind = 'supplement', envelope, lines = linesUsual }: z.output<typeof preparationQuery>,
  today: string,
): RevisionStated => ({
  kind,
  effectiveOn: today,
  documentReference: '',
  reason: '',
  lines: envelope === undefined ? [] : [{ envelope, measure: '', fiscalYear: '', amount: '' }],
  room: lines,
})
