import { documentNumber } from '#core/ids.ts'
import { authorize, type Context, record } from '#features/identity/context.public.ts'
import { may } from '#features/identity/permission.ts'
import { nextNumber } from '#features/journal/journal.public.ts'
import { measureCode } from '#features/programmes/measure.ts'
import { commitmentNotFound, placeCommitment } from './cell.public.ts'
import { type Commitment, type CommitmentStatement, sealedFacts } from './commitment.ts'
import {
  deleteCommitment,
  findCommitment,
  insertCommitment,
  lockCommitments,
  statementColumns,
  updateCommitment,
} from './commitments.store.ts'
import { requireState, requireVersion } from './lifecycle.ts'

/** A document and the version of it that the person saw. */
export interface Seen {
  readonly id: string
  readonly version: number
}

export async function enterCommitment(
  context: Context,
  asked: CommitmentStatement,
): Promise<Commitment> {
  authorize(context, 'commitment.enter', asked.organization)
  const { stated, flags } = await placeCommitment(context, normalized(asked))
  const number = await nextNumber(context.work, 'E', stated.fiscalYear)
  const id = await insertCommitment(context.work, {
    ...stated,
    number: documentNumber('E', stated.fiscalYear, number),
    flags,
    preparedBy: context.actor.email,
  })
  const entered = await requireCommitment(context, id)
  await record(context, {
    type: 'commitment.entered',
    subject: `commitment/${id}`,
    before: null,
    after: sealedFacts(entered),
  })
  return entered
}

export async function changeCommitment(
  context: Context,
  seen: Seen,
  change: Partial<CommitmentStatement>,
): Promise<Commitment> {
  const before = await openForOfficer(context, seen)
  requireState(before, 'draft', { fr: 'le modifier', en: 'changed' })
  const asked = normalized({ ...before, ...leftOut(before, change), ...change })
  if (asked.organization !== before.organization) {
    authorize(context, 'commitment.enter', asked.organization)
  }
  const { stated, flags } = await placeCommitment(context, asked)
  await updateCommitment(context.work, before.id, {
    ...statementColumns(stated),
    flags: [...flags],
    changed_by: context.actor.email,
  })
  return recordChange(context, before, 'commitment.changed')
}

export async function removeDraft(context: Context, seen: Seen): Promise<void> {
  const before = await openForOfficer(context, seen)
  requireState(before, 'draft', { fr: 'le supprimer', en: 'deleted' })
  await deleteCommitment(context.work, before.id)
  await record(context, {
    type: 'commitment.deleted',
    subject: `commitment/${before.id}`,
    before: sealedFacts(before),
    after: null,
  })
}

export async function submitCommitment(context: Context, seen: Seen): Promise<Commitment> {
  const before = await openForOfficer(context, seen)
  requireState(before, 'draft', { fr: 'le soumettre', en: 'submitted' })
  await updateCommitment(context.work, before.id, {
    state: 'submitted',
    submitted_by: context.actor.email,
  })
  return recordChange(context, before, 'commitment.submitted')
}

async function openForOfficer(context: Context, seen: Seen): Promise<Commitment> {
  const commitment = await lockVisible(context, seen.id)
  authorize(context, 'commitment.enter', commitment.organization)
  requireVersion(commitment, seen.version)
  return commitment
}

/** What one may not see is answered like what does not exist. */
export async function lockVisible(context: Context, id: string): Promise<Commitment> {
  const commitment = (await lockCommitments(context.work, [id])).get(id)
  if (commitment === undefined || !may(context.actor, 'commitment.read', commitment.organization)) {
    throw commitmentNotFound()
  }
  return commitment
}

async function requireCommitment(context: Context, id: string): Promise<Commitment> {
  const commitment = await findCommitment(context.work, id)
  if (commitment === null) {
    throw commitmentNotFound()
  }
  return commitment
}

export async function recordChange(
  context: Context,
  before: Commitment,
  type: string,
  reason?: string,
): Promise<Commitment> {
  const after = await requireCommitment(context, before.id)
  const position = await record(context, {
    type,
    subject: `commitment/${before.id}`,
    before: sealedFacts(before),
    after: sealedFacts(after),
    ...(reason === undefined ? {} : { reason }),
  })
  return after.entry !== null && before.entry === null ? { ...after, position } : after
}

/** One of measure and envelope said anew, without a word about the other, decides it again. */
function leftOut(before: Commitment, { measure, envelope }: Partial<CommitmentStatement>) {
  if (measure != null && measureCode(measure) !== before.measure) {
    return { envelope: null }
  }
  return envelope != null && envelope !== before.envelope && measure === undefined
    ? { measure: null }
    : {}
}

const normalized = (stated: CommitmentStatement): CommitmentStatement => ({
  ...stated,
  measure: stated.measure === null ? null : measureCode(stated.measure),
})
