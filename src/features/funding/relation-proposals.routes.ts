import { z } from 'zod'
import type { Calls } from '#features/identity/calls.public.ts'
import { described } from '#platform/http/answers.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { noBody, textField, uuidField } from '#platform/http/input.ts'
import { etagOf } from '#platform/http/versions.ts'
import { proposalStates } from './proposal.ts'
import { codeField, optional, reasonBody, seenBy, step } from './proposal-input.routes.ts'
import { returnProposal, submitProposal } from './proposal-steps.actions.ts'
import { relationKinds } from './relation.ts'
import { type RelationProposal, relationProposalFacts } from './relation-proposal.ts'
import {
  approveRelation,
  changeRelation,
  enterRelation,
  readRelationProposal,
  relationProposals,
  removeRelation,
} from './relation-proposals.actions.ts'

export const lowReadings = ['replaces', 'includes'] as const

export const relationBody = z.strictObject({
  from: codeField,
  to: codeField,
  kind: z.enum(relationKinds),
  stated: z.boolean().meta({ description: 'False when it is inferred.' }),
  citation: textField(4000),
  ifNotAdditive: optional(z.enum(lowReadings)),
  document: optional(textField(100)),
})

export const ofRelation = z.strictObject({ id: uuidField })

/** The proposal as the OpenAPI page describes it; in force it is read with the plan. */
const relationSchema = z
  .object({
    id: z.string().meta({ format: 'uuid' }),
    from: z.string(),
    to: z.string(),
    kind: z.enum(relationKinds),
    stated: z.boolean(),
    ifNotAdditive: z.enum(lowReadings).nullable(),
    citation: z.string(),
    document: z.string(),
    reading: z.null(),
    state: z.enum(proposalStates),
    version: z.int().meta({ description: 'Sent as ETag; named by If-Match.' }),
    organization: z.string().meta({ description: 'Of the envelope it is from.' }),
    preparedBy: z.string(),
    submittedBy: z.string().nullable(),
    approvedBy: z.string().nullable(),
    position: z.int().nullable(),
  })
  .meta({ id: 'RelationProposal' })

const tags = ['plan']
const one = described({ 200: relationSchema })
const prepares = { act: 'proposal.prepare' } as const
const decides = { act: 'proposal.decide' } as const

/** Relations that people state, over HTTP. */
export function registerRelationProposals(server: HttpServer, calls: Calls): void {
  server.get(
    '/relations/:id',
    {
      config: { act: 'proposal.read' },
      schema: { tags, params: ofRelation, response: one },
    },
    (request, reply) =>
      calls.look(request, async (viewing) => {
        const proposal = await readRelationProposal(viewing, request.params.id)
        reply.header('etag', etagOf(proposal.version))
        return relationProposalFacts(proposal)
      }),
  )
  registerDrafts(server, calls)
  registerSteps(server, calls)
}

function registerDrafts(server: HttpServer, calls: Calls): void {
  const answer = step<RelationProposal>(calls, relationProposalFacts)
  server.post(
    '/relations',
    {
      config: prepares,
      schema: { tags, body: relationBody, response: described({ 201: relationSchema }) },
    },
    (request, reply) =>
      answer(request, reply, (context) => enterRelation(context, request.body), 201),
  )
  server.put(
    '/relations/:id',
    {
      config: prepares,
      schema: { tags, params: ofRelation, body: relationBody, response: one },
    },
    (request, reply) =>
      answer(request, reply, (context) =>
        changeRelation(context, seenBy(request, request.params.id), request.body),
      ),
  )
  server.delete(
    '/relations/:id',
    { config: prepares, schema: { tags, params: ofRelation } },
    (request, reply) =>
      calls.act(request, reply, async (context) => {
        await removeRelation(context, seenBy(request, request.params.id))
        return { status: 204, body: null }
      }),
  )
}

function registerSteps(server: HttpServer, calls: Calls): void {
  const answer = step<RelationProposal>(calls, relationProposalFacts)
  server.post(
    '/relations/:id/submit',
    { config: prepares, schema: { tags, params: ofRelation, body: noBody, response: one } },
    (request, reply) =>
      answer(request, reply, (context) =>
        submitProposal(context, relationProposals, seenBy(request, request.params.id)),
      ),
  )
  server.post(
    '/relations/:id/approve',
    { config: decides, schema: { tags, params: ofRelation, body: noBody, response: one } },
    (request, reply) =>
      answer(request, reply, (context) =>
        approveRelation(context, seenBy(request, request.params.id)),
      ),
  )
  server.post(
    '/relations/:id/return',
    { config: decides, schema: { tags, params: ofRelation, body: reasonBody, response: one } },
    (request, reply) =>
      answer(request, reply, (context) =>
        returnProposal(
          context,
          relationProposals,
          seenBy(request, request.params.id),
          request.body.reason,
        ),
      ),
  )
}
