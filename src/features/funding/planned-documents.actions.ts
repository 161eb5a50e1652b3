import type { Viewing } from '#features/identity/context.public.ts'
import { reach } from '#features/identity/permission.ts'
import { listOrganizations } from '#features/organizations/organizations.public.ts'
import {
  listMeasures,
  listProgrammes,
  listSourceDocuments,
} from '#features/programmes/programmes.public.ts'
import type { EnvelopeGround } from './envelope-form.views.tsx'
import type { EnvelopeDocument } from './envelope-proposal.views.tsx'
import { envelopeProposals, readEnvelopeProposal } from './envelope-proposals.actions.ts'
import { listEnvelopes } from './funding.store.ts'
import { readBeside } from './proposal-document.actions.ts'
import type { RelationDocument, RelationGround } from './relation-proposal.views.tsx'
import { readRelationProposal, relationProposals } from './relation-proposals.actions.ts'

/** All that the page of one proposed envelope shows, and what it offers this reader. */
export async function readEnvelopeDocument(
  viewing: Viewing,
  code: string,
): Promise<EnvelopeDocument> {
  const proposal = await readEnvelopeProposal(viewing, code)
  return { proposal, ...(await readBeside(viewing, envelopeProposals, proposal)) }
}

export async function readRelationDocument(
  viewing: Viewing,
  id: string,
): Promise<RelationDocument> {
  const proposal = await readRelationProposal(viewing, id)
  return { proposal, ...(await readBeside(viewing, relationProposals, proposal)) }
}

/** What the fields of an envelope offer. */
export async function readEnvelopeGround({ actor, handle }: Viewing): Promise<EnvelopeGround> {
  const reached = reach(actor, 'proposal.prepare')
  const organizations = await listOrganizations(handle)
  return {
    organizations: organizations.map(({ code }) => code).filter((code) => reached.includes(code)),
    programmes: await listProgrammes(handle),
    measures: await listMeasures(handle),
    documents: await listSourceDocuments(handle),
  }
}

export const readRelationGround = async ({ handle }: Viewing): Promise<RelationGround> => ({
  envelopes: await listEnvelopes(handle),
  documents: await listSourceDocuments(handle),
})
