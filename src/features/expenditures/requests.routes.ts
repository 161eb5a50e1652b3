import type { Calls } from '#features/identity/calls.public.ts'
import { described } from '#platform/http/answers.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { expenditureSchema } from './expenditure-answer.routes.ts'
import {
  approvalBody,
  ofExpenditure,
  ofRequest,
  reasonBody,
  reclassificationBody,
  refundBody,
} from './expenditure-input.routes.ts'
import { seenBy, step } from './expenditures.routes.ts'
import { askReclassification, askRefund, askReversal, decideRequest } from './requests.actions.ts'

/** Requests about posted expenditures over HTTP: asked by one person, decided by another. */
export function registerRequests(server: HttpServer, calls: Calls): void {
  registerAsking(server, calls)
  registerDeciding(server, calls)
}

const tags = ['expenditures']
const response = described({ 200: expenditureSchema })

function registerAsking(server: HttpServer, calls: Calls): void {
  const config = { act: 'expenditure.enter' } as const
  server.post(
    '/expenditures/:id/reverse',
    { config, schema: { tags, params: ofExpenditure, body: reasonBody, response } },
    (request, reply) =>
      step(calls, request, reply, (context) =>
        askReversal(context, seenBy(request, request.params.id), request.body.reason),
      ),
  )
  server.post(
    '/expenditures/:id/refund',
    { config, schema: { tags, params: ofExpenditure, body: refundBody, response } },
    (request, reply) =>
      step(calls, request, reply, (context) =>
        askRefund(context, seenBy(request, request.params.id), request.body),
      ),
  )
  server.post(
    '/expenditures/:id/reclassify',
    { config, schema: { tags, params: ofExpenditure, body: reclassificationBody, response } },
    (request, reply) =>
      step(calls, request, reply, (context) =>
        askReclassification(context, seenBy(request, request.params.id), request.body),
      ),
  )
}

function registerDeciding(server: HttpServer, calls: Calls): void {
  const config = { act: 'expenditure.decide' } as const
  server.post(
    '/expenditures/:id/requests/:requestId/approve',
    { config, schema: { tags, params: ofRequest, body: approvalBody, response } },
    (request, reply) =>
      step(calls, request, reply, (context) =>
        decideRequest(context, seenBy(request, request.params.id), {
          request: request.params.requestId,
          isApproved: true,
          reason: null,
          justification: request.body?.justification ?? null,
        }),
      ),
  )
  server.post(
    '/expenditures/:id/requests/:requestId/refuse',
    { config, schema: { tags, params: ofRequest, body: reasonBody, response } },
    (request, reply) =>
      step(calls, request, reply, (context) =>
        decideRequest(context, seenBy(request, request.params.id), {
          request: request.params.requestId,
          isApproved: false,
          reason: request.body.reason,
          justification: null,
        }),
      ),
  )
}
