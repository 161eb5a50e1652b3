import { fiscalYearOf } from '#core/fiscal-year.ts'
import { documentNumber } from '#core/ids.ts'
import { Problem } from '#core/problem.ts'
import { authorize, type Context, type Viewing } from '#features/identity/context.public.ts'
import { may, reach } from '#features/identity/permission.ts'
import { nextNumber, post, readAvailable } from '#features/journal/journal.public.ts'
import { measureCode } from '#features/programmes/measure.ts'
import { everyPage } from '#platform/db/every-page.ts'
import { listClosedYears } from './closed-years.store.ts'
import { listEnvelopes, listOpenedYears, lockEnvelopes } from './funding.store.ts'
import { refuseIssues } from './proposal.ts'
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
  placedLines,
  type Revision,
  type RevisionStatement,
  revisionEntry,
  sealedRevision,
} from './revision.ts'
import { requireRoom } from './revision-ceiling.ts'
import { closedIssues, type RevisionFacts, responsible, revisionIssues } from './revision-rules.ts'
import {
  countRevisions,
  deleteRevision,
  findRevision,
  insertRevision,
  listRevisions,
  lockRevision,
  type RevisionFilter,
  type RevisionPage,
  replaceLines,
  statementColumns,
  updateRevision,
} from './revisions.store.ts'

export const revisionNotFound = (): Problem =>
  new Problem('not-found', 'funding/revision-not-found', {
    fr: 'Cette révision n’existe pas, ou vous n’y avez pas accès.',
    en: 'There is no such revision, or you may not see it.',
  })

export const revisions: ProposalKind<Revision> = {
  type: 'revision',
  keyOf: ({ id }) => id,
  nameOf: ({ number }) => ({ fr: number, en: number }),
  sealed: sealedRevision,
  find: findRevision,
  lock: lockRevision,
  mark: updateRevision,
  notFound: revisionNotFound,
}

export async function enterRevision(context: Context, asked: RevisionStatement): Promise<Revision> {
  const { stated, organization } = await settle(context, asked)
  const year = fiscalYearOf(stated.effectiveOn)
  const id = await insertRevision(context.work, {
    ...stated,
    organization,
    number: documentNumber('R', year, await nextNumber(context.work, 'R', year)),
    preparedBy: context.actor.email,
  })
  return recordEntered(context, revisions, id)
}

/** Says the whole anew: lines hang together. */
export async function changeRevision(
  context: Context,
  seen: Seen,
  asked: RevisionStatement,
): Promise<Revision> {
  const before = await openDraft(context, revisions, seen, { fr: 'la modifier', en: 'changed' })
  const { stated, organization } = await settle(context, asked)
  await updateRevision(context.work, before.id, {
    ...statementColumns(stated),
    organization,
    changed_by: context.actor.email,
  })
  await replaceLines(context.work, before.id, stated.lines)
  return recordStep(context, revisions, before, { step: 'changed' })
}

export async function removeRevision(context: Context, seen: Seen): Promise<void> {
  const before = await openDraft(context, revisions, seen, { fr: 'la supprimer', en: 'deleted' })
  await deleteRevision(context.work, before.id)
  await recordDeleted(context, revisions, before)
}

/** Whose it is follows from its envelopes; what it says is settled before it is kept. */
async function settle(
  context: Context,
  asked: RevisionStatement,
): Promise<{ readonly stated: RevisionStatement; readonly organization: string }> {
  const facts = await loadFacts(context, asked)
  authorize(context, 'proposal.prepare', ...responsible(asked, facts.envelopes))
  const named = asked.lines.map((line) => ({
    ...line,
    measure: line.measure === null ? null : measureCode(line.measure),
  }))
  const stated = { ...asked, lines: placedLines(named, facts.envelopes) }
  refuseIssues(revisionIssues(stated, facts))
  const [organization = ''] = responsible(stated, facts.envelopes)
  return { stated, organization }
}

async function loadFacts(
  { work, today }: Context,
  { lines }: Pick<RevisionStatement, 'lines'>,
): Promise<RevisionFacts> {
  const codes = [...new Set(lines.map(({ envelope }) => envelope))]
  const envelopes = await listEnvelopes(work, { codes })
  return {
    envelopes: new Map(envelopes.map((envelope) => [envelope.code, envelope])),
    opened: await listOpenedYears(work, codes),
    closed: await listClosedYears(work),
    today,
  }
}

/** Posts one entry, under the locks of its envelopes, held against what is left in them. */
export async function approveRevision(context: Context, seen: Seen): Promise<Revision> {
  const before = await openForApproval(context, revisions, seen)
  const { envelopes } = await loadFacts(context, before)
  await lockEnvelopes(context.work, [...envelopes.keys()])
  const closed = await listClosedYears(context.work)
  refuseIssues(closedIssues(before, { envelopes, closed }))
  if (before.kind !== 'supplement') {
    for (const envelope of envelopes.values()) {
      requireRoom(before, envelope, await readAvailable(context.work, envelope.code))
    }
  }
  const [entry] = await post(context, [revisionEntry(before, envelopes)])
  if (entry === undefined) {
    throw new RangeError(`${before.number} was approved without an entry`)
  }
  await updateRevision(context.work, before.id, {
    state: 'approved',
    approved_by: context.actor.email,
    entry,
  })
  return recordStep(context, revisions, before, { step: 'approved', reason: before.reason })
}

export async function readRevision(viewing: Viewing, id: string): Promise<Revision> {
  const revision = await findRevision(viewing.handle, id)
  if (revision === null || !may(viewing.actor, 'proposal.read', revision.organization)) {
    throw revisionNotFound()
  }
  return revision
}

export async function readRevisions(
  viewing: Viewing,
  filter: RevisionFilter,
  page: RevisionPage,
): Promise<{ readonly rows: readonly Revision[]; readonly count: number }> {
  authorize(viewing, 'proposal.read')
  const organizations = reach(viewing.actor, 'proposal.read')
  return {
    rows: await listRevisions(viewing.handle, organizations, filter, page),
    count: await countRevisions(viewing.handle, organizations, filter),
  }
}

/** All of them, page by page: for a file, and for the terminal. */
export function everyRevision(
  viewing: Viewing,
  filter: RevisionFilter,
): AsyncGenerator<readonly Revision[]> {
  authorize(viewing, 'proposal.read')
  const organizations = reach(viewing.actor, 'proposal.read')
  return everyPage(
    (page) => listRevisions(viewing.handle, organizations, filter, page),
    ({ effectiveOn, id }) => [effectiveOn, id],
  )
}
