import type { Canonical } from '#core/canonical.ts'
import type { Bilingual } from '#core/language.ts'
import type { Problem } from '#core/problem.ts'
import { authorize, type Context, record } from '#features/identity/context.public.ts'
import { may } from '#features/identity/permission.ts'
import type { Work } from '#platform/db/transaction.ts'
import { type Proposal, requireSomebodyElse, requireState, requireVersion } from './proposal.ts'

/** What the steps must know of a kind of proposal; its table and its rules are its own. */
export interface ProposalKind<P extends Proposal> {
  readonly type: 'envelope' | 'relation' | 'revision'
  readonly keyOf: (proposal: P) => string
  readonly nameOf: (proposal: P) => Bilingual
  /** For the chain, without the position that the chain is about to give. */
  readonly sealed: (proposal: P) => Canonical
  readonly find: (work: Work, key: string) => Promise<P | null>
  /** Locks its row first: of ten who approve at once one sees something to approve. */
  readonly lock: (work: Work, key: string) => Promise<P | null>
  readonly mark: (work: Work, key: string, marks: Marks) => Promise<void>
  readonly notFound: (key: string) => Problem
}

export interface Marks {
  readonly state?: Proposal['state']
  readonly submitted_by?: string | null
  readonly approved_by?: string
}

/** A proposal and the version of it that the person saw. */
export interface Seen {
  readonly key: string
  readonly version: number
}

export async function openForOfficer<P extends Proposal>(
  context: Context,
  kind: ProposalKind<P>,
  seen: Seen,
): Promise<P> {
  const proposal = await lockVisible(context, kind, seen.key)
  authorize(context, 'proposal.prepare', proposal.organization)
  requireVersion({ proposal, name: kind.nameOf(proposal) }, seen.version)
  return proposal
}

export async function openDraft<P extends Proposal>(
  context: Context,
  kind: ProposalKind<P>,
  seen: Seen,
  verb: Bilingual,
): Promise<P> {
  const proposal = await openForOfficer(context, kind, seen)
  requireState({ proposal, name: kind.nameOf(proposal) }, 'draft', verb)
  return proposal
}

export async function submitProposal<P extends Proposal>(
  context: Context,
  kind: ProposalKind<P>,
  seen: Seen,
): Promise<P> {
  const verb = { fr: 'la soumettre', en: 'submitted' }
  const before = await openDraft(context, kind, seen, verb)
  await kind.mark(context.work, kind.keyOf(before), {
    state: 'submitted',
    submitted_by: context.actor.email,
  })
  return recordStep(context, kind, before, { step: 'submitted' })
}

export async function returnProposal<P extends Proposal>(
  context: Context,
  kind: ProposalKind<P>,
  seen: Seen,
  reason: string,
): Promise<P> {
  const before = await openForApprover(context, kind, seen)
  const named = { proposal: before, name: kind.nameOf(before) }
  requireState(named, 'submitted', { fr: 'la retourner', en: 'returned' })
  await kind.mark(context.work, kind.keyOf(before), { state: 'draft', submitted_by: null })
  return recordStep(context, kind, before, { step: 'returned', reason })
}

/** First half of an approval: what it does to the plan or the journal is the kind's own. */
export async function openForApproval<P extends Proposal>(
  context: Context,
  kind: ProposalKind<P>,
  seen: Seen,
): Promise<P> {
  const proposal = await openForApprover(context, kind, seen)
  const named = { proposal, name: kind.nameOf(proposal) }
  requireState(named, 'submitted', { fr: 'l’approuver', en: 'approved' })
  requireSomebodyElse(named, context.actor.email)
  return proposal
}

async function openForApprover<P extends Proposal>(
  context: Context,
  kind: ProposalKind<P>,
  seen: Seen,
): Promise<P> {
  const proposal = await lockVisible(context, kind, seen.key)
  authorize(context, 'proposal.decide', proposal.organization)
  requireVersion({ proposal, name: kind.nameOf(proposal) }, seen.version)
  return proposal
}

/** What one may not see is answered like what does not exist. */
async function lockVisible<P extends Proposal>(
  context: Context,
  kind: ProposalKind<P>,
  key: string,
): Promise<P> {
  const proposal = await kind.lock(context.work, key)
  if (proposal === null || !may(context.actor, 'proposal.read', proposal.organization)) {
    throw kind.notFound(key)
  }
  return proposal
}

interface Step {
  readonly step: 'changed' | 'submitted' | 'returned' | 'approved'
  readonly reason?: string
}

export async function recordStep<P extends Proposal>(
  context: Context,
  kind: ProposalKind<P>,
  before: P,
  { step, ...why }: Step,
): Promise<P> {
  const after = await requireProposal(context, kind, kind.keyOf(before))
  const position = await record(context, {
    type: `${kind.type}.${step}`,
    subject: subjectOf(kind, before),
    before: kind.sealed(before),
    after: kind.sealed(after),
    ...why,
  })
  return step === 'approved' ? { ...after, position } : after
}

export async function recordEntered<P extends Proposal>(
  context: Context,
  kind: ProposalKind<P>,
  key: string,
): Promise<P> {
  const entered = await requireProposal(context, kind, key)
  await record(context, {
    type: `${kind.type}.entered`,
    subject: subjectOf(kind, entered),
    before: null,
    after: kind.sealed(entered),
  })
  return entered
}

export const recordDeleted = <P extends Proposal>(
  context: Context,
  kind: ProposalKind<P>,
  before: P,
): Promise<number> =>
  record(context, {
    type: `${kind.type}.deleted`,
    subject: subjectOf(kind, before),
    before: kind.sealed(before),
    after: null,
  })

const subjectOf = <P extends Proposal>(kind: ProposalKind<P>, proposal: P): string =>
  `${kind.type}/${kind.keyOf(proposal)}`

async function requireProposal<P extends Proposal>(
  context: Context,
  kind: ProposalKind<P>,
  key: string,
): Promise<P> {
  const found = await kind.find(context.work, key)
  if (found === null) {
    throw kind.notFound(key)
  }
  return found
}
