import { compare, type Money } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { headroomOf, headroomWords, isOverShare } from '#features/funding/ceiling.ts'
import { listClosedYears } from '#features/funding/funding.public.ts'
import { lockStandings, type Standing } from '#features/funding/standing.public.ts'
import { authorize, type Context } from '#features/identity/context.public.ts'
import { commitmentLines, type Entry, type Line, releaseLines } from '#features/journal/entry.ts'
import { post } from '#features/journal/journal.public.ts'
import { recordedPeriodFor } from '#features/periods/periods.public.ts'
import { type Commitment, cellOf, remainingOf } from './commitment.ts'
import { saveUse } from './commitments.public.ts'
import { updateCommitment } from './commitments.store.ts'
import { lockVisible, recordChange, type Seen } from './drafts.actions.ts'
import { requireRemaining, requireSomebodyElse, requireState, requireVersion } from './lifecycle.ts'
import { requireNotClosed } from './opened-year.ts'

export async function approveCommitment(context: Context, seen: Seen): Promise<Commitment> {
  const before = await openForApprover(context, seen)
  requireState(before, 'submitted', { fr: 'l’approuver', en: 'approved' })
  requireSomebodyElse(before, context.actor.email)
  const asked = await entryOf(context, before, commitmentLines(cellOf(before), before.amount))
  const standing = (await lockStandings(context.work, [before.envelope])).get(before.envelope)
  if (standing === undefined) {
    throw new RangeError(`${before.number} stands on an envelope that is not there`)
  }
  requireNotClosed(standing.envelope, before.heldIn, await listClosedYears(context.work))
  const flags = [...before.flags, ...requireHeadroom(before, standing)]
  const [entry] = await post(context, [{ ...asked, kind: 'commitment', flags }])
  await updateCommitment(context.work, before.id, {
    state: 'approved',
    flags,
    approved_by: context.actor.email,
    entry: entry ?? '',
  })
  return recordChange(context, before, 'commitment.approved')
}

/** Nothing passes the headroom: a commitment is a promise, and there is time to revise the plan. */
function requireHeadroom(commitment: Commitment, standing: Standing): string[] {
  const { envelope, balances } = standing
  const { number, amount, heldIn, measure } = commitment
  const ceiling = headroomOf(envelope, balances, heldIn)
  if (compare(amount, ceiling.amount) > 0) {
    const said = headroomWords({ ...commitment, fiscalYear: heldIn }, ceiling)
    throw new Problem('refused', 'commitments/above-headroom', {
      fr: `${number} : ${said.fr}`,
      en: `${number}: ${said.en}`,
    })
  }
  return isOverShare(envelope, balances, { amount, fiscalYear: heldIn, measure })
    ? ['over-share']
    : []
}

export async function returnCommitment(
  context: Context,
  seen: Seen,
  reason: string,
): Promise<Commitment> {
  const before = await openForApprover(context, seen)
  requireState(before, 'submitted', { fr: 'le retourner', en: 'returned' })
  await updateCommitment(context.work, before.id, { state: 'draft', submitted_by: null })
  return recordChange(context, before, 'commitment.returned', reason)
}

/**
 * What is left goes back to available, or a part of it. One step by an approver who did not prepare
 * the commitment: two persons, since somebody else asked for the money to be reserved.
 */
export async function releaseCommitment(
  context: Context,
  seen: Seen,
  { amount, reason }: { readonly amount: Money | null; readonly reason: string },
): Promise<Commitment> {
  const before = await openForApprover(context, seen)
  requireState(before, 'approved', { fr: 'le dégager', en: 'released' })
  requireSomebodyElse(before, context.actor.email)
  const released = amount ?? remainingOf(before)
  requireRemaining(before, released)
  const entry = await entryOf(context, before, releaseLines(cellOf(before), released))
  await post(context, [{ ...entry, kind: 'release' }])
  await saveUse(context.work, before, { released, releasedBy: context.actor.email })
  return recordChange(context, before, 'commitment.released', reason)
}

/** What moves on the day it is decided. */
async function entryOf(
  context: Context,
  { id, organization }: Commitment,
  lines: readonly Line[],
): Promise<Omit<Entry, 'kind'>> {
  return {
    organization,
    effectiveOn: context.today,
    recordedIn: await recordedPeriodFor(context, organization, context.today),
    document: { type: 'commitment', id },
    reverses: null,
    flags: [],
    lines,
  }
}

async function openForApprover(context: Context, seen: Seen): Promise<Commitment> {
  const commitment = await lockVisible(context, seen.id)
  authorize(context, 'commitment.decide', commitment.organization)
  requireVersion(commitment, seen.version)
  return commitment
}
