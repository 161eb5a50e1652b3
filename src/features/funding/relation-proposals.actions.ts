import { Problem } from '#core/problem.ts'
import { authorize, type Context, type Viewing } from '#features/identity/context.public.ts'
import { may } from '#features/identity/permission.ts'
import { listSourceDocuments } from '#features/programmes/programmes.public.ts'
import { listEnvelopes, listRelations, lockEnvelopes } from './funding.store.ts'
import { insertRelations } from './funding-plan.store.ts'
import { type OpenState, openStates, refuseIssues } from './proposal.ts'
import {
  openDraft,
  openForApproval,
  type ProposalKind,
  recordDeleted,
  recordEntered,
  recordStep,
  type Seen,
} from './proposal-steps.actions.ts'
import {
  type RelationFacts,
  type RelationProposal,
  type RelationStatement,
  relationIssues,
  relationOf,
  sealedRelation,
} from './relation-proposal.ts'
import {
  deleteRelationProposal,
  findRelationProposal,
  insertRelationProposal,
  listRelationProposals,
  lockRelationProposal,
  markRelationProposal,
  replaceRelationProposal,
} from './relation-proposals.store.ts'

const relationNotFound = (): Problem =>
  new Problem('not-found', 'funding/relation-not-found', {
    fr: 'Cette relation n’existe pas, ou vous n’y avez pas accès.',
    en: 'There is no such relation, or you may not see it.',
  })

export const relationProposals: ProposalKind<RelationProposal> = {
  type: 'relation',
  keyOf: ({ id }) => id,
  nameOf: ({ from, to }) => ({
    fr: `La relation de ${from} à ${to}`,
    en: `The relation of ${from} to ${to}`,
  }),
  sealed: sealedRelation,
  find: findRelationProposal,
  lock: lockRelationProposal,
  mark: markRelationProposal,
  notFound: relationNotFound,
}

export async function enterRelation(
  context: Context,
  asked: RelationStatement,
): Promise<RelationProposal> {
  const id = await insertRelationProposal(context.work, await settle(context, asked))
  return recordEntered(context, relationProposals, id)
}

export async function changeRelation(
  context: Context,
  seen: Seen,
  asked: RelationStatement,
): Promise<RelationProposal> {
  const verb = { fr: 'la modifier', en: 'changed' }
  const before = await openDraft(context, relationProposals, seen, verb)
  await replaceRelationProposal(context.work, before.id, await settle(context, asked))
  return recordStep(context, relationProposals, before, { step: 'changed' })
}

export async function removeRelation(context: Context, seen: Seen): Promise<void> {
  const verb = { fr: 'la supprimer', en: 'deleted' }
  const before = await openDraft(context, relationProposals, seen, verb)
  await deleteRelationProposal(context.work, before.id)
  await recordDeleted(context, relationProposals, before)
}

/** Whose it is follows from the envelope it is from. */
async function settle(context: Context, asked: RelationStatement) {
  const facts = await loadFacts(context, asked)
  const organization = facts.from?.organization
  authorize(context, 'proposal.prepare', ...(organization === undefined ? [] : [organization]))
  refuseIssues(relationIssues(asked, facts))
  return {
    ...asked,
    organization: organization ?? '',
    document: asked.document ?? facts.from?.source.document ?? '',
    changedBy: context.actor.email,
  }
}

async function loadFacts(
  { work }: Context,
  { from, to, document }: RelationStatement,
): Promise<RelationFacts> {
  const envelopes = await listEnvelopes(work, { codes: [from, to] })
  const documents = document === null ? [] : await listSourceDocuments(work)
  const envelopeOf = (code: string) => envelopes.find((known) => known.code === code) ?? null
  return {
    from: envelopeOf(from),
    to: envelopeOf(to),
    relations: await listRelations(work),
    isDocumentKnown: document === null || documents.some(({ code }) => code === document),
  }
}

/**
 * Puts it in force. The envelopes are all locked first, since a circle may close over any of them:
 * of two approvals that would close it together the second sees the first.
 */
export async function approveRelation(context: Context, seen: Seen): Promise<RelationProposal> {
  const { work, event, actor } = context
  const before = await openForApproval(context, relationProposals, seen)
  const envelopes = await listEnvelopes(work)
  await lockEnvelopes(
    work,
    envelopes.map(({ code }) => code),
  )
  refuseIssues(relationIssues(before, await loadFacts(context, before)))
  await insertRelations(work, event, [relationOf(before)])
  await markRelationProposal(work, before.id, {
    state: 'approved',
    approved_by: actor.email,
    event,
  })
  return recordStep(context, relationProposals, before, { step: 'approved' })
}

/** Those under way that the reader may see; all, or of some states. */
export async function readRelationProposals(
  viewing: Viewing,
  states: readonly OpenState[] = openStates,
): Promise<readonly RelationProposal[]> {
  const found = await listRelationProposals(viewing.handle, states)
  return found.filter(({ organization }) => may(viewing.actor, 'proposal.read', organization))
}

export async function readRelationProposal(
  viewing: Viewing,
  id: string,
): Promise<RelationProposal> {
  const found = await findRelationProposal(viewing.handle, id)
  if (found === null || !may(viewing.actor, 'proposal.read', found.organization)) {
    throw relationNotFound()
  }
  return found
}
