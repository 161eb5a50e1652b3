import { add, isZero, Money } from '#core/money.ts'
import type { Period } from '#core/period.ts'
import { Problem } from '#core/problem.ts'
import { type Commitment, remainingOf } from '#features/commitments/commitment.ts'
import { lockCommitments, saveUse } from '#features/commitments/commitments.public.ts'
import { requireUsable } from '#features/commitments/usable.ts'
import { balancesAfter, headroomOf, headroomWords, type Taking } from '#features/funding/ceiling.ts'
import { lockStandings, type Standing } from '#features/funding/standing.public.ts'
import type { Context } from '#features/identity/context.public.ts'
import type { Entry } from '#features/journal/entry.ts'
import { post } from '#features/journal/journal.public.ts'
import { recordedPeriodFor } from '#features/periods/periods.public.ts'
import { type Spending, spend } from './consumption.ts'
import type { Expenditure } from './expenditure.ts'
import { updateExpenditure } from './expenditures.store.ts'
import { ceilingFlags } from './flags.ts'
import { type Lateness, readLateness } from './late.public.ts'

export interface Approval {
  readonly expenditure: Expenditure
  readonly approvedBy: string
  readonly submittedBy: string
  readonly justification: string | null
}

/** An approval with the period that will record it. */
export interface Dated<A extends Posting = Approval> {
  readonly approval: A
  readonly recordedIn: Period
}

/** What of an approval the rules of posting ask. */
export interface Posting {
  readonly expenditure: Postable
  readonly justification: string | null
}

export type Postable = Pick<
  Expenditure,
  | 'id'
  | 'number'
  | 'organization'
  | 'measure'
  | 'envelope'
  | 'serviceDate'
  | 'fiscalYear'
  | 'amount'
  | 'commitment'
  | 'flags'
>

/** What approvals draw on, under its locks; each leaves less to the next. */
export interface Ground {
  readonly standings: Map<string, Standing>
  readonly commitments: Map<string, Commitment>
  readonly consumed: Map<string, Money>
  /** Commitments as they were locked. */
  readonly locked: ReadonlyMap<string, Commitment>
  readonly comesLate: Lateness
}

/**
 * Posts approved expenditures under the locks of all their commitments and envelopes: each is held
 * against what the ones before it take. Their entries go in one statement, which touches balances
 * in one order for everybody; entry by entry, two lists in opposite orders would wait for each
 * other in a circle, for own resources have no envelope to queue behind. The caller has locked the
 * documents and checked the persons. Answers the documents as they now are, in the same order.
 */
export async function postExpenditures(
  context: Context,
  approvals: readonly Approval[],
): Promise<readonly Expenditure[]> {
  const named = approvals.flatMap(({ expenditure: { commitment } }) => commitment ?? [])
  const locked = await lockCommitments(context.work, [...new Set(named)].sort())
  const dated: Dated[] = []
  for (const approval of approvals) {
    const { organization, serviceDate } = approval.expenditure
    const recordedIn = await recordedPeriodFor(context, organization, serviceDate)
    dated.push({ approval, recordedIn })
  }
  const envelopes = approvals.map(({ expenditure: { envelope } }) => envelope)
  const ground = await openGround(context, locked, envelopes)
  const entries = dated.map((each) => entryOf(each, ground))
  const ids = entries.length === 0 ? [] : await post(context, entries)
  await saveUses(context, ground)
  const posted: Expenditure[] = []
  for (const [place, each] of dated.entries()) {
    posted.push(await settle(context, each, entries[place]?.flags ?? [], ids[place]))
  }
  return posted
}

/** The commitments are locked already: they come before the envelopes. */
export async function openGround(
  { work }: Context,
  locked: ReadonlyMap<string, Commitment>,
  envelopes: readonly (string | null)[],
): Promise<Ground> {
  const standings = await lockStandings(work, envelopes)
  const comesLate = await readLateness(work, standings)
  return { standings, commitments: new Map(locked), consumed: new Map(), locked, comesLate }
}

/** What was taken from commitments, kept with them. */
export async function saveUses(context: Context, { consumed, locked }: Ground): Promise<void> {
  for (const [id, used] of consumed) {
    const before = locked.get(id)
    if (before !== undefined) {
      await saveUse(context.work, before, { consumed: used })
    }
  }
}

/** What the approval posts; takes it out of the ground it was held against. */
export function entryOf({ approval, recordedIn }: Dated<Posting>, ground: Ground): Entry {
  const { expenditure } = approval
  const { id, organization, serviceDate, fiscalYear, measure, envelope, amount } = expenditure
  const cell = { envelope, measure, organization, fiscalYear }
  const spending = spend(cell, amount, draw(expenditure, ground))
  use(expenditure, spending, ground)
  const ceiling = hold(approval, spending, ground.standings)
  const late = ground.comesLate(expenditure, recordedIn) ? ['late-item'] : []
  return {
    kind: envelope === null ? 'self-funded' : 'expenditure',
    organization,
    effectiveOn: serviceDate,
    recordedIn,
    document: { type: 'expenditure', id },
    reverses: null,
    flags: [...new Set([...expenditure.flags, ...ceiling, ...late])],
    lines: spending.lines,
  }
}

/** The commitment it names, as the approvals before it left it. */
function draw(expenditure: Postable, { commitments }: Ground): Commitment | null {
  const { commitment } = expenditure
  return commitment === null ? null : requireUsable(commitments.get(commitment), expenditure)
}

function use({ commitment: id }: Postable, { consumed }: Spending, ground: Ground): void {
  const commitment = ground.commitments.get(id ?? '')
  if (commitment !== undefined) {
    const used = { ...commitment, consumed: add(commitment.consumed, consumed) }
    const state = isZero(remainingOf(used)) ? 'closed' : 'approved'
    ground.commitments.set(commitment.id, { ...used, state })
    const before = ground.consumed.get(commitment.id) ?? Money.zero
    ground.consumed.set(commitment.id, add(before, consumed))
  }
}

/** Holds what it takes from available against the ceiling, and takes it out for the next one. */
function hold(
  approval: Posting,
  { freed, taking }: Spending,
  standings: Map<string, Standing>,
): readonly string[] {
  const standing = standings.get(approval.expenditure.envelope ?? '')
  if (standing === undefined) {
    return []
  }
  const { envelope } = standing
  const balances = freed === null ? standing.balances : balancesAfter(standing.balances, freed)
  const flags = requireCeiling(approval, taking, { envelope, balances })
  standings.set(envelope.code, { envelope, balances: balancesAfter(balances, taking) })
  return flags
}

/** Spending above the headroom is recorded and flagged, but only with a justification. */
function requireCeiling(
  { expenditure, justification }: Posting,
  taking: Taking,
  { envelope, balances }: Standing,
): readonly string[] {
  const found = ceilingFlags(taking, envelope, balances)
  // The line that pays a published upper bound is wider than its envelope by nature.
  const flags = expenditure.flags.includes('upper-bound')
    ? found.filter((flag) => flag !== 'over-spent')
    : found
  if (flags.includes('over-spent') && justification === null) {
    const { number, envelope: code, fiscalYear } = expenditure
    const said = headroomWords(
      { amount: taking.amount, envelope: code, fiscalYear },
      headroomOf(envelope, balances, fiscalYear),
    )
    throw new Problem('refused', 'expenditures/above-headroom', {
      fr: `${number} : ${said.fr} Une justification est requise pour approuver.`,
      en: `${number}: ${said.en} A justification is needed to approve.`,
    })
  }
  return flags
}

async function settle(
  context: Context,
  { approval, recordedIn }: Dated,
  flags: readonly string[],
  entry: string | undefined,
): Promise<Expenditure> {
  const { expenditure, justification, submittedBy, approvedBy } = approval
  if (entry === undefined) {
    throw new RangeError(`${expenditure.number} was approved without an entry`)
  }
  const changed = await updateExpenditure(context.work, expenditure.id, {
    state: 'posted',
    flags: [...flags],
    justification,
    submitted_by: submittedBy,
    approved_by: approvedBy,
    entry,
    recorded_fiscal_year: recordedIn.fiscalYear,
    recorded_period: recordedIn.number,
  })
  return { ...expenditure, ...changed }
}
