import { z } from 'zod'
import type { Calls } from '#features/identity/calls.public.ts'
import { authorize, type Viewing } from '#features/identity/context.public.ts'
import { answerListFile, wholeList } from '#features/identity/list-files.public.ts'
import { listNotes } from '#features/programmes/programmes.public.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { cursorField, limitField } from '#platform/http/input.ts'
import { fileFields, fileMillisMax } from '#platform/http/list-file.ts'
import { slicePage } from '#platform/http/lists.ts'
import { etagOf } from '#platform/http/versions.ts'
import { ofCode } from './envelope-input.routes.ts'
import { envelopeJson, relationJson } from './envelope-json.ts'
import { envelopeProposalFacts } from './envelope-proposal.ts'
import { readEnvelopeProposal, readEnvelopeProposals } from './envelope-proposals.actions.ts'
import { listEnvelopes, listRelations } from './funding.store.ts'
import { envelopeRecords, relationRecords } from './planned-records.table.ts'
import { openStates, type ProposalState, proposalStates } from './proposal.ts'
import { relationProposalFacts } from './relation-proposal.ts'
import { readRelationProposals } from './relation-proposals.actions.ts'

const tags = ['plan']
const config = { act: 'plan.read' } as const
const stateField = z.enum(proposalStates).optional().meta({
  description: 'approved: those of the plan; draft, submitted: those that people propose.',
})
const listQuery = z.strictObject({ state: stateField, limit: limitField, cursor: cursorField })
const listed = { config, schema: { tags, querystring: listQuery } }
const filed = {
  config,
  handlerTimeout: fileMillisMax,
  schema: { tags, querystring: z.strictObject({ state: stateField, ...fileFields }) },
}

export function registerFunding(server: HttpServer, calls: Calls): void {
  server.get('/envelopes', listed, (request) =>
    calls.look(request, async (viewing) =>
      slicePage(await readEnvelopes(viewing, request.query.state), request.query, {
        codeOf: ({ code }) => code,
        itemOf: (item) => item,
      }),
    ),
  )
  server.get('/envelopes.csv', filed, (request, reply) =>
    answerListFile(calls, [request, reply], envelopeRecords, (viewing) =>
      wholeList(readEnvelopes(viewing, request.query.state)),
    ),
  )
  server.get('/envelopes/:code', { config, schema: { tags, params: ofCode } }, (request, reply) =>
    calls.look(request, async (viewing) => {
      authorize(viewing, 'plan.read')
      const { relations, notes } = await readBeside(viewing)
      const [envelope] = await listEnvelopes(viewing.handle, {
        codes: [request.params.code],
      })
      const json =
        envelope === undefined
          ? envelopeProposalFacts(await readEnvelopeProposal(viewing, request.params.code))
          : envelopeJson(envelope, relations, notes.get(envelope.code) ?? [])
      reply.header('etag', etagOf(json.version))
      return json
    }),
  )
  server.get('/relations', listed, (request) =>
    calls.look(request, async (viewing) =>
      slicePage(await readRelations(viewing, request.query.state), request.query, {
        codeOf: ({ code }) => code,
        itemOf: ({ json }) => json,
      }),
    ),
  )
  server.get('/relations.csv', filed, (request, reply) =>
    answerListFile(calls, [request, reply], relationRecords, async function* (viewing) {
      yield (await readRelations(viewing, request.query.state)).map(({ json }) => json)
    }),
  )
}

/** Of the plan, and proposed to it: either, or both where no state is asked for. */
const partsOf = (state: ProposalState | undefined) => ({
  isOfPlan: state === undefined || state === 'approved',
  open: openStates.filter((each) => state === undefined || each === state),
})

async function readEnvelopes(viewing: Viewing, state: ProposalState | undefined) {
  authorize(viewing, 'plan.read')
  const { isOfPlan, open } = partsOf(state)
  const { relations, notes } = await readBeside(viewing)
  const envelopes = isOfPlan ? await listEnvelopes(viewing.handle) : []
  return [
    ...envelopes.map((each) => envelopeJson(each, relations, notes.get(each.code) ?? [])),
    ...(await readEnvelopeProposals(viewing, open)).map(envelopeProposalFacts),
  ]
}

async function readRelations(viewing: Viewing, state: ProposalState | undefined) {
  authorize(viewing, 'plan.read')
  const { isOfPlan, open } = partsOf(state)
  const proposals = await readRelationProposals(viewing, open)
  return [
    ...(isOfPlan ? await listRelations(viewing.handle) : []).map((relation) => ({
      code: `${relation.from} ${relation.to}`,
      json: relationJson(relation),
    })),
    ...proposals.map((each) => ({ code: each.id, json: relationProposalFacts(each) })),
  ]
}

async function readBeside(viewing: Viewing) {
  const relations = await listRelations(viewing.handle)
  return { relations, notes: await listNotes(viewing.handle) }
}
