import { z } from 'zod'
import { readStanding } from '#features/audit/audit.public.ts'
import type { Context } from '#features/identity/context.public.ts'
import type { Sent } from '#features/identity/page-forms.public.ts'
import type { Pages } from '#features/identity/pages.public.ts'
import type { FieldsSchema } from '#platform/http/form-fields.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { noBody, textField } from '#platform/http/input.ts'
import { languageOfPage } from '#platform/http/page-answer.ts'
import { dialectField, sendTable, tableEndings } from '#platform/http/table-answer.ts'
import { readCommitmentDocument, readStatementGround } from './commitment-document.actions.ts'
import { commitmentPage, commitmentStepPage } from './commitment-document.views.tsx'
import { newCommitmentPage } from './commitment-form.views.tsx'
import { newCommitment, ofCommitment, reasonBody, releaseBody } from './commitment-input.routes.ts'
import { approveCommitment, releaseCommitment, returnCommitment } from './decisions.actions.ts'
import {
  changeCommitment,
  enterCommitment,
  removeDraft,
  type Seen,
  submitCommitment,
} from './drafts.actions.ts'
import { movementsTable } from './movements.table.ts'
import type { Step } from './offered.ts'

/** One commitment: entered, shown with what became of its money, and each of its steps as a form. */
export function registerCommitmentStepPages(server: HttpServer, pages: Pages): void {
  registerEntry(server, pages)
  registerOne(server, pages)
  const site = { server, pages }
  registerStep(site, 'edit', newCommitment, changeCommitment)
  registerStep(site, 'submit', noBody, submitCommitment)
  registerStep(site, 'delete', noBody, async (context, seen) => {
    await removeDraft(context, seen)
    return '/commitments?state=draft'
  })
  registerStep(site, 'approve', noBody, approveCommitment)
  registerStep(site, 'return', reasonBody, (context, seen, { reason }) =>
    returnCommitment(context, seen, reason),
  )
  registerStep(site, 'release', releaseBody, releaseCommitment)
}

/** What the page that leads here already knows. */
const entryQuery = z.strictObject({
  measure: textField(60).optional(),
  envelope: textField(60).optional(),
})

function registerEntry(server: HttpServer, pages: Pages): void {
  const config = { act: 'commitment.enter' } as const
  server.get(
    '/commitments/new',
    { config, schema: { querystring: entryQuery } },
    (request, reply) =>
      pages.show(request, reply, async (viewing, screen) =>
        newCommitmentPage(await readStatementGround(viewing), request.query, screen),
      ),
  )
  server.post('/commitments/new', { config }, (request, reply) =>
    pages.act(request, reply, {
      fields: newCommitment,
      run: async (context, { fields }) =>
        `/commitments/${(await enterCommitment(context, fields)).id}`,
      again: async (viewing, screen) =>
        newCommitmentPage(await readStatementGround(viewing), {}, screen),
    }),
  )
}

function registerOne(server: HttpServer, pages: Pages): void {
  const config = { act: 'commitment.read' } as const
  server.get('/commitments/:id', { config, schema: { params: ofCommitment } }, (request, reply) =>
    pages.show(request, reply, async (viewing, screen) =>
      commitmentPage(await readCommitmentDocument(viewing, request.params.id), screen),
    ),
  )
  for (const ending of tableEndings) {
    server.get(
      `/commitments/:id/movements.${ending}`,
      {
        config,
        schema: { params: ofCommitment, querystring: z.strictObject({ dialect: dialectField }) },
      },
      async (request, reply) => {
        const { dialect } = request.query
        const file = await pages.look(request, async (viewing) => {
          const { commitment, movements } = await readCommitmentDocument(viewing, request.params.id)
          return {
            table: movementsTable(commitment, movements),
            filters: [],
            standing: await readStanding(viewing.handle, null),
            isSum: true,
          }
        })
        return sendTable(reply, file, { ending, language: languageOfPage(request), dialect })
      },
    )
  }
}

/** The version is read only when the action asks for it, after it has found the actor allowed. */
const seenIn = (sent: Sent<unknown>, id: string): Seen => ({
  id,
  get version() {
    return sent.version
  },
})

interface Site {
  readonly server: HttpServer
  readonly pages: Pages
}

/** @param run answers where to go next; the document, when it answers no address */
function registerStep<Output>(
  { server, pages }: Site,
  step: Step,
  fields: FieldsSchema<Output>,
  run: (context: Context, seen: Seen, fields: Output) => Promise<unknown>,
): void {
  const isOfficers = ['edit', 'submit', 'delete'].includes(step)
  const act = isOfficers ? ('commitment.enter' as const) : ('commitment.decide' as const)
  const schema = { params: ofCommitment }
  const path = `/commitments/:id/${step}`
  server.get(path, { config: { act }, schema }, (request, reply) =>
    pages.show(request, reply, async (viewing, screen) => {
      const document = await readCommitmentDocument(viewing, request.params.id)
      return commitmentStepPage(document, await readStatementGround(viewing), step, screen)
    }),
  )
  server.post(path, { config: { act }, schema }, (request, reply) =>
    pages.act(request, reply, {
      fields,
      run: async (context, sent) => {
        const { id } = request.params
        const done = await run(context, seenIn(sent, id), sent.fields)
        return typeof done === 'string' ? done : `/commitments/${id}`
      },
      again: async (viewing, screen) => {
        const document = await readCommitmentDocument(viewing, request.params.id)
        return commitmentStepPage(document, await readStatementGround(viewing), step, screen)
      },
    }),
  )
}
