import type { Viewing } from '#features/identity/context.public.ts'
import type { Pages } from '#features/identity/pages.public.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import type { Page, Screen } from '#platform/http/page-answer.ts'
import { seenIn } from './document-pages.routes.ts'
import { readDocument } from './expenditure-document.actions.ts'
import { approvalBody, ofRequest, reasonBody } from './expenditure-input.routes.ts'
import { decisionPage } from './expenditure-steps.views.tsx'
import { requestNotFound } from './lifecycle.ts'
import { type RequestDecided, requestDecisions } from './offered.ts'
import { decideRequest } from './requests.actions.ts'

interface Named {
  readonly id: string
  readonly requestId: string
}

const config = { act: 'expenditure.decide' } as const
const schema = { params: ofRequest }

/** Decisions about what was asked of a posted expenditure. */
export function registerRequestPages(server: HttpServer, pages: Pages): void {
  const approve = '/expenditures/:id/requests/:requestId/approve'
  const refuse = '/expenditures/:id/requests/:requestId/refuse'
  for (const decision of requestDecisions) {
    const path = `/expenditures/:id/requests/:requestId/${decision}`
    server.get(path, { config, schema }, (request, reply) =>
      pages.show(request, reply, (viewing, screen) =>
        deciding(viewing, request.params, decision, screen),
      ),
    )
  }
  server.post(approve, { config, schema }, (request, reply) =>
    pages.act(request, reply, {
      fields: approvalBody,
      run: async (context, sent) => {
        const { id, requestId } = request.params
        await decideRequest(context, seenIn(sent, id), {
          request: requestId,
          isApproved: true,
          reason: null,
          justification: sent.fields?.justification ?? null,
        })
        return `/expenditures/${id}`
      },
      again: (viewing, screen) => deciding(viewing, request.params, 'approve', screen),
    }),
  )
  server.post(refuse, { config, schema }, (request, reply) =>
    pages.act(request, reply, {
      fields: reasonBody,
      run: async (context, sent) => {
        const { id, requestId } = request.params
        await decideRequest(context, seenIn(sent, id), {
          request: requestId,
          isApproved: false,
          reason: sent.fields.reason,
          justification: null,
        })
        return `/expenditures/${id}`
      },
      again: (viewing, screen) => deciding(viewing, request.params, 'refuse', screen),
    }),
  )
}

async function deciding(
  viewing: Viewing,
  { id, requestId }: Named,
  decision: RequestDecided,
  screen: Screen,
): Promise<Page> {
  const facts = await readDocument(viewing, id)
  const request = facts.expenditure.requests.find((each) => each.id === requestId)
  if (request === undefined) {
    throw requestNotFound()
  }
  return decisionPage(facts, request, decision, screen)
}
