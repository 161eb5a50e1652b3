import type { Context } from '#features/identity/context.public.ts'
import type { Sent } from '#features/identity/page-forms.public.ts'
import type { Pages } from '#features/identity/pages.public.ts'
import type { FieldsSchema } from '#platform/http/form-fields.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { noBody } from '#platform/http/input.ts'
import { approveExpenditures, returnExpenditure } from './decisions.actions.ts'
import { changeExpenditure, removeDraft, type Seen, submitExpenditure } from './drafts.actions.ts'
import { readDocument, withCommitment } from './expenditure-document.actions.ts'
import { documentPage } from './expenditure-document.views.tsx'
import {
  approvalBody,
  ofExpenditure,
  reasonBody,
  reclassificationBody,
  refundBody,
  statementForm,
} from './expenditure-input.routes.ts'
import { stepPage } from './expenditure-steps.views.tsx'
import { officerSteps, type Step } from './offered.ts'
import { askReclassification, askRefund, askReversal } from './requests.actions.ts'

/** Where pages are registered, and how they reach use cases. */
export interface Site {
  readonly server: HttpServer
  readonly pages: Pages
}

/** One expenditure: what it says, what became of it, and each of its steps as a form. */
export function registerDocumentPages(server: HttpServer, pages: Pages): void {
  server.get(
    '/expenditures/:id',
    { config: { act: 'expenditure.read' }, schema: { params: ofExpenditure } },
    (request, reply) =>
      pages.show(request, reply, async (viewing, screen) =>
        documentPage(await readDocument(viewing, request.params.id), screen),
      ),
  )
  const site = { server, pages }
  registerStep(site, 'edit', statementForm, async (context, seen, stated) =>
    changeExpenditure(context, seen, await withCommitment(context, stated)),
  )
  registerStep(site, 'submit', noBody, submitExpenditure)
  registerStep(site, 'delete', noBody, async (context, seen) => {
    await removeDraft(context, seen)
    return '/expenditures/new'
  })
  registerStep(site, 'approve', approvalBody, (context, seen, said) =>
    approveExpenditures(context, [
      Object.assign(seen, { justification: said?.justification ?? null }),
    ]),
  )
  registerStep(site, 'return', reasonBody, async (context, seen, { reason }) => {
    await returnExpenditure(context, seen, reason)
    return `/approvals?returned=${seen.id}`
  })
  registerStep(site, 'refund', refundBody, askRefund)
  registerStep(site, 'reclassify', reclassificationBody, askReclassification)
  registerStep(site, 'reverse', reasonBody, (context, seen, { reason }) =>
    askReversal(context, seen, reason),
  )
}

/** The version is read only when the action asks for it, after it has found the actor allowed. */
export const seenIn = (sent: Sent<unknown>, id: string): Seen => ({
  id,
  get version() {
    return sent.version
  },
})

/** @param run answers where to go next; the document, when it answers no address */
function registerStep<Output>(
  { server, pages }: Site,
  step: Step,
  fields: FieldsSchema<Output>,
  run: (context: Context, seen: Seen, fields: Output) => Promise<unknown>,
): void {
  const act = officerSteps.some((each) => each === step)
    ? ('expenditure.enter' as const)
    : ('expenditure.decide' as const)
  const schema = { params: ofExpenditure }
  const path = `/expenditures/:id/${step}`
  server.get(path, { config: { act }, schema }, (request, reply) =>
    pages.show(request, reply, async (viewing, screen) =>
      stepPage(await readDocument(viewing, request.params.id), step, screen),
    ),
  )
  server.post(path, { config: { act }, schema }, (request, reply) =>
    pages.act(request, reply, {
      fields,
      run: async (context, sent) => {
        const { id } = request.params
        const done = await run(context, seenIn(sent, id), sent.fields)
        return typeof done === 'string' ? done : `/expenditures/${id}`
      },
      again: async (viewing, screen) =>
        stepPage(await readDocument(viewing, request.params.id), step, screen),
    }),
  )
}
