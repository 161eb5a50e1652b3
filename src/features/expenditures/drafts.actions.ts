import { documentNumber } from '#core/ids.ts'
import { authorize, type Context, record } from '#features/identity/context.public.ts'
import { may } from '#features/identity/permission.ts'
import { nextNumber } from '#features/journal/journal.public.ts'
import { measureCode } from '#features/programmes/measure.ts'
import { expenditureNotFound, placeStatement } from './cell.public.ts'
import { type Expenditure, type ExpenditureStatement, sealedFacts } from './expenditure.ts'
import {
  deleteExpenditure,
  findExpenditure,
  insertExpenditure,
  lockExpenditure,
  statementColumns,
  updateExpenditure,
} from './expenditures.store.ts'
import { requireOutsideTermJustified, requireState, requireVersion } from './lifecycle.ts'

/** A document and the version of it that the person saw. */
export interface Seen {
  readonly id: string
  readonly version: number
}

export async function enterExpenditure(
  context: Context,
  stated: ExpenditureStatement,
): Promise<Expenditure> {
  authorize(context, 'expenditure.enter', stated.organization)
  const placed = await placeStatement(context, normalized(stated))
  const { fiscalYear } = placed.stated
  const id = await insertExpenditure(context.work, {
    ...placed.stated,
    number: documentNumber('D', fiscalYear, await nextNumber(context.work, 'D', fiscalYear)),
    flags: placed.flags,
    source: null,
    preparedBy: context.actor.email,
  })
  const entered = await requireExpenditure(context, id)
  await record(context, {
    type: 'expenditure.entered',
    subject: `expenditure/${id}`,
    before: null,
    after: sealedFacts(entered),
  })
  return entered
}

export async function changeExpenditure(
  context: Context,
  seen: Seen,
  change: Partial<ExpenditureStatement>,
): Promise<Expenditure> {
  const before = await openForOfficer(context, seen)
  requireState(before, 'draft', { fr: 'la modifier', en: 'changed' })
  const stated = normalized({ ...before, ...envelopeLeftOut(before, change), ...change })
  if (stated.organization !== before.organization) {
    authorize(context, 'expenditure.enter', stated.organization)
  }
  const placed = await placeStatement(context, stated, before.id)
  await updateExpenditure(context.work, before.id, {
    ...statementColumns(placed.stated),
    flags: [...placed.flags],
    changed_by: context.actor.email,
  })
  return recordChange(context, before, 'expenditure.changed')
}

export async function removeDraft(context: Context, seen: Seen): Promise<void> {
  const before = await openForOfficer(context, seen)
  requireState(before, 'draft', { fr: 'la supprimer', en: 'deleted' })
  await deleteExpenditure(context.work, before.id)
  await record(context, {
    type: 'expenditure.deleted',
    subject: `expenditure/${before.id}`,
    before: sealedFacts(before),
    after: null,
  })
}

export async function submitExpenditure(context: Context, seen: Seen): Promise<Expenditure> {
  const before = await openForOfficer(context, seen)
  requireState(before, 'draft', { fr: 'la soumettre', en: 'submitted' })
  requireOutsideTermJustified(before)
  await updateExpenditure(context.work, before.id, {
    state: 'submitted',
    submitted_by: context.actor.email,
    submitted_at: 'now',
  })
  return recordChange(context, before, 'expenditure.submitted')
}

async function openForOfficer(context: Context, seen: Seen): Promise<Expenditure> {
  const expenditure = await lockVisible(context, seen.id)
  authorize(context, 'expenditure.enter', expenditure.organization)
  requireVersion(expenditure, seen.version)
  return expenditure
}

/** What one may not see is answered like what does not exist. */
export async function lockVisible(context: Context, id: string): Promise<Expenditure> {
  const expenditure = await lockExpenditure(context.work, id)
  if (expenditure === null || !may(context.actor, 'expenditure.read', expenditure.organization)) {
    throw expenditureNotFound()
  }
  return expenditure
}

export async function requireExpenditure(context: Context, id: string): Promise<Expenditure> {
  const expenditure = await findExpenditure(context.work, id)
  if (expenditure === null) {
    throw expenditureNotFound()
  }
  return expenditure
}

export async function recordChange(
  context: Context,
  before: Expenditure,
  type: string,
  reason?: string,
): Promise<Expenditure> {
  const after = await requireExpenditure(context, before.id)
  await record(context, {
    type,
    subject: `expenditure/${before.id}`,
    before: sealedFacts(before),
    after: sealedFacts(after),
    ...(reason === undefined ? {} : { reason }),
  })
  return after
}

/** Another measure without a word about the envelope takes its own, as a new draft would. */
const envelopeLeftOut = (before: Expenditure, { measure }: Partial<ExpenditureStatement>) =>
  measure == null || measureCode(measure) === before.measure ? {} : { envelope: null }

const normalized = (stated: ExpenditureStatement): ExpenditureStatement => ({
  ...stated,
  measure: stated.measure === null ? null : measureCode(stated.measure),
})
