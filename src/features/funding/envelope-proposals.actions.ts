import type { Bilingual } from '#core/language.ts'
import { refuseField } from '#core/refusal.ts'
import { authorize, type Context, type Viewing } from '#features/identity/context.public.ts'
import { may } from '#features/identity/permission.ts'
import { saveSourceDocuments } from '#features/programmes/programmes.public.ts'
import type { Work } from '#platform/db/transaction.ts'
import { envelopeNotFound } from './envelope.ts'
import {
  type EnvelopeProposal,
  type EnvelopeStatement,
  envelopeOf,
  sealedEnvelope,
} from './envelope-proposal.ts'
import { findEnvelopeIssues, normalized, saveEnvelopeDraft } from './envelope-proposals.public.ts'
import {
  deleteEnvelopeProposal,
  findEnvelopeProposal,
  listEnvelopeProposals,
  lockEnvelopeProposal,
  markEnvelopeProposal,
  replaceEnvelopeProposal,
} from './envelope-proposals.store.ts'
import { listEnvelopes, lockEnvelopes, openFunding, saveEnvelopes } from './funding.public.ts'
import { nextPlace } from './funding-plan.store.ts'
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

export const envelopeProposals: ProposalKind<EnvelopeProposal> = {
  type: 'envelope',
  keyOf: ({ code }) => code,
  nameOf: ({ code }): Bilingual => ({ fr: `L’enveloppe ${code}`, en: `Envelope ${code}` }),
  sealed: sealedEnvelope,
  find: findEnvelopeProposal,
  lock: lockEnvelopeProposal,
  mark: markEnvelopeProposal,
  notFound: envelopeNotFound,
}

export async function enterEnvelope(
  context: Context,
  asked: EnvelopeStatement,
): Promise<EnvelopeProposal> {
  authorize(context, 'proposal.prepare', asked.organization)
  const stated = normalized(asked)
  refuseIssues(await findEnvelopeIssues(context, stated))
  const { code } = await saveEnvelopeDraft(context, stated)
  return recordEntered(context, envelopeProposals, code)
}

/** Says the whole anew: terms and measures hang together. Its code is its name and stays. */
export async function changeEnvelope(
  context: Context,
  seen: Seen,
  asked: EnvelopeStatement,
): Promise<EnvelopeProposal> {
  const verb = { fr: 'la modifier', en: 'changed' }
  const before = await openDraft(context, envelopeProposals, seen, verb)
  if (asked.organization !== before.organization) {
    authorize(context, 'proposal.prepare', asked.organization)
  }
  if (asked.code !== before.code) {
    throw refuseField('code', 'funding/code-differs', {
      fr: `Le code d’une enveloppe ne change pas : ${before.code}. Supprimez le brouillon et saisissez-en un autre.`,
      en: `The code of an envelope does not change: ${before.code}. Delete the draft and enter another one.`,
    })
  }
  const stated = normalized(asked)
  refuseIssues(await findEnvelopeIssues(context, stated))
  await replaceEnvelopeProposal(context.work, stated, context.actor.email)
  return recordStep(context, envelopeProposals, before, { step: 'changed' })
}

export async function removeEnvelope(context: Context, seen: Seen): Promise<void> {
  const verb = { fr: 'la supprimer', en: 'deleted' }
  const before = await openDraft(context, envelopeProposals, seen, verb)
  await deleteEnvelopeProposal(context.work, before.code)
  await recordDeleted(context, envelopeProposals, before)
}

/** Makes it an envelope of the plan and posts what of its money is due, in one event. */
export async function approveEnvelope(context: Context, seen: Seen): Promise<EnvelopeProposal> {
  const { work, event, actor } = context
  const before = await openForApproval(context, envelopeProposals, seen)
  await lockProgramme(work, before.programme)
  refuseIssues(await findEnvelopeIssues(context, before))
  const { document, title, url, sha256 } = before.source
  const name = title ?? { fr: document, en: document }
  await saveSourceDocuments(work, event, [{ code: document, title: name, file: null, url, sha256 }])
  await saveEnvelopes(work, event, [envelopeOf(before)], await nextPlace(work))
  await openFunding(context, [before.code])
  await markEnvelopeProposal(work, before.code, {
    state: 'approved',
    approved_by: actor.email,
    event,
  })
  return recordStep(context, envelopeProposals, before, { step: 'approved' })
}

/** One after the other with a year-end, which holds all these and would not know of a new one. */
async function lockProgramme(work: Work, programme: string): Promise<void> {
  const envelopes = (await listEnvelopes(work)).filter((each) => each.programme === programme)
  await lockEnvelopes(
    work,
    envelopes.map(({ code }) => code),
  )
}

/** Those under way that the reader may see; all, or of some states. */
export async function readEnvelopeProposals(
  viewing: Viewing,
  states: readonly OpenState[] = openStates,
): Promise<readonly EnvelopeProposal[]> {
  const found = await listEnvelopeProposals(viewing.handle, states)
  return found.filter(({ organization }) => may(viewing.actor, 'proposal.read', organization))
}

/** What one may not see is answered like what does not exist. */
export async function readEnvelopeProposal(
  viewing: Viewing,
  code: string,
): Promise<EnvelopeProposal> {
  const found = await findEnvelopeProposal(viewing.handle, code)
  if (found === null || !may(viewing.actor, 'proposal.read', found.organization)) {
    throw envelopeNotFound(code)
  }
  return found
}
