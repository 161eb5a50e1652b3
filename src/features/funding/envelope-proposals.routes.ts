import type { Calls } from '#features/identity/calls.public.ts'
import { described } from '#platform/http/answers.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { noBody } from '#platform/http/input.ts'
import { envelopeBody, envelopeSchema, ofCode } from './envelope-input.routes.ts'
import { type EnvelopeProposal, envelopeProposalFacts } from './envelope-proposal.ts'
import {
  approveEnvelope,
  changeEnvelope,
  enterEnvelope,
  envelopeProposals,
  removeEnvelope,
} from './envelope-proposals.actions.ts'
import { reasonBody, seenBy, step } from './proposal-input.routes.ts'
import { returnProposal, submitProposal } from './proposal-steps.actions.ts'

const tags = ['plan']
const one = described({ 200: envelopeSchema })
const prepares = { act: 'proposal.prepare' } as const
const decides = { act: 'proposal.decide' } as const

/** Envelopes that people enter, over HTTP. They are read with the plan. */
export function registerEnvelopeProposals(server: HttpServer, calls: Calls): void {
  registerDrafts(server, calls)
  registerSteps(server, calls)
}

function registerDrafts(server: HttpServer, calls: Calls): void {
  const answer = step<EnvelopeProposal>(calls, envelopeProposalFacts)
  server.post(
    '/envelopes',
    {
      config: prepares,
      schema: { tags, body: envelopeBody, response: described({ 201: envelopeSchema }) },
    },
    (request, reply) =>
      answer(request, reply, (context) => enterEnvelope(context, request.body), 201),
  )
  server.put(
    '/envelopes/:code',
    {
      config: prepares,
      schema: { tags, params: ofCode, body: envelopeBody, response: one },
    },
    (request, reply) =>
      answer(request, reply, (context) =>
        changeEnvelope(context, seenBy(request, request.params.code), request.body),
      ),
  )
  server.delete(
    '/envelopes/:code',
    { config: prepares, schema: { tags, params: ofCode } },
    (request, reply) =>
      calls.act(request, reply, async (context) => {
        await removeEnvelope(context, seenBy(request, request.params.code))
        return { status: 204, body: null }
      }),
  )
}

function registerSteps(server: HttpServer, calls: Calls): void {
  const answer = step<EnvelopeProposal>(calls, envelopeProposalFacts)
  server.post(
    '/envelopes/:code/submit',
    { config: prepares, schema: { tags, params: ofCode, body: noBody, response: one } },
    (request, reply) =>
      answer(request, reply, (context) =>
        submitProposal(context, envelopeProposals, seenBy(request, request.params.code)),
      ),
  )
  server.post(
    '/envelopes/:code/approve',
    { config: decides, schema: { tags, params: ofCode, body: noBody, response: one } },
    (request, reply) =>
      answer(request, reply, (context) =>
        approveEnvelope(context, seenBy(request, request.params.code)),
      ),
  )
  server.post(
    '/envelopes/:code/return',
    { config: decides, schema: { tags, params: ofCode, body: reasonBody, response: one } },
    (request, reply) =>
      answer(request, reply, (context) =>
        returnProposal(
          context,
          envelopeProposals,
          seenBy(request, request.params.code),
          request.body.reason,
        ),
      ),
  )
}
