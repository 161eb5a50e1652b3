import { moneyWords } from '#core/money-words.ts'
import type { Period } from '#core/period.ts'
import { Problem } from '#core/problem.ts'
import type { Envelope } from '#features/funding/envelope.ts'
import { listEnvelopes, lockEnvelopes } from '#features/funding/funding.public.ts'
import type { Context } from '#features/identity/context.public.ts'
import { type Entry, spendingLines } from '#features/journal/entry.ts'
import type { Headroom } from '#features/journal/headroom.ts'
import { envelopeBalances, post } from '#features/journal/journal.public.ts'
import { recordedPeriodFor } from '#features/periods/periods.public.ts'
import type { Expenditure } from './expenditure.ts'
import { updateExpenditure } from './expenditures.store.ts'
import { type Balances, balancesAfter, ceilingFlags, headroomOf, isLate } from './flags.ts'

export interface Approval {
  readonly expenditure: Expenditure
  readonly approvedBy: string
  readonly submittedBy: string
  readonly justification: string | null
}

/** An envelope under its lock, with what is available in it now. */
interface Standing {
  readonly envelope: Envelope
  readonly balances: Balances
}

/** An approval with the period that will record it. */
interface Dated {
  readonly approval: Approval
  readonly recordedIn: Period
}

/**
 * Posts approved expenditures under the locks of all their envelopes: each is held against what the
 * ones before it take. Their entries go in one statement, which touches balances in one order for
 * everybody; entry by entry, two lists in opposite orders would wait for each other in a circle, for
 * own resources have no envelope to queue behind. The caller has locked the documents and checked
 * the persons. Answers the documents as they now are, in the same order.
 */
export async function postExpenditures(
  context: Context,
  approvals: readonly Approval[],
): Promise<readonly Expenditure[]> {
  const dated: Dated[] = []
  for (const approval of approvals) {
    const { organization, serviceDate } = approval.expenditure
    dated.push({
      approval,
      recordedIn: await recordedPeriodFor(context, organization, serviceDate),
    })
  }
  const standings = await lockStandings(context, approvals)
  const entries = dated.map((each) => entryOf(each, standings))
  const ids = entries.length === 0 ? [] : await post(context, entries)
  const posted: Expenditure[] = []
  for (const [place, each] of dated.entries()) {
    posted.push(await settle(context, each, entries[place]?.flags ?? [], ids[place]))
  }
  return posted
}

/**
 * Whoever needs an envelope waits from its lock to our commit, so what never changes, what an
 * envelope says, is read before, and only what is left in it after.
 */
async function lockStandings(
  context: Context,
  approvals: readonly Approval[],
): Promise<Map<string, Standing>> {
  const codes = approvals.flatMap(({ expenditure: { envelope } }) => envelope ?? [])
  const distinct = [...new Set(codes)].sort()
  const envelopes = distinct.length === 0 ? [] : await listEnvelopes(context.work, distinct)
  await lockEnvelopes(context.work, distinct)
  const standings = new Map<string, Standing>()
  for (const envelope of envelopes) {
    const balances = await envelopeBalances(context.work, envelope.code)
    standings.set(envelope.code, { envelope, balances })
  }
  return standings
}

/** What the approval posts; takes its amount out of the standing it was held against. */
function entryOf({ approval, recordedIn }: Dated, standings: Map<string, Standing>): Entry {
  const { expenditure } = approval
  const { id, organization, serviceDate, fiscalYear, measure, envelope, amount } = expenditure
  const standing = envelope === null ? undefined : standings.get(envelope)
  const ceiling = standing === undefined ? [] : requireCeiling(approval, standing)
  if (standing !== undefined) {
    const balances = balancesAfter(standing.balances, expenditure)
    standings.set(standing.envelope.code, { ...standing, balances })
  }
  const late = isLate(recordedIn, fiscalYear) ? ['late-item'] : []
  return {
    kind: envelope === null ? 'self-funded' : 'expenditure',
    organization,
    effectiveOn: serviceDate,
    recordedIn,
    document: { type: 'expenditure', id },
    reverses: null,
    flags: [...new Set([...expenditure.flags, ...ceiling, ...late])],
    lines: spendingLines({ envelope, measure, organization, fiscalYear }, amount),
  }
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

/** Spending above the headroom is recorded and flagged, but only with a justification. */
function requireCeiling(
  { expenditure, justification }: Approval,
  { envelope, balances }: Standing,
): readonly string[] {
  const found = ceilingFlags(expenditure, envelope, balances)
  // The line that pays a published upper bound is wider than its envelope by nature.
  const flags = expenditure.flags.includes('upper-bound')
    ? found.filter((flag) => flag !== 'over-spent')
    : found
  if (flags.includes('over-spent') && justification === null) {
    throw aboveHeadroom(expenditure, headroomOf(envelope, balances, expenditure.fiscalYear))
  }
  return flags
}

function aboveHeadroom(expenditure: Expenditure, ceiling: Headroom): Problem {
  const { number, envelope, fiscalYear } = expenditure
  const [amount, headroom, inYear, undistributed, shortfall, overTerm] = [
    expenditure.amount,
    ceiling.amount,
    ceiling.availableInYear,
    ceiling.undistributed,
    ceiling.otherYearsShortfall,
    ceiling.availableOverTerm,
  ].map(moneyWords)
  return new Problem('refused', 'expenditures/above-headroom', {
    fr: `${number} : ${amount?.fr} dépasse la marge de ${envelope} pour ${fiscalYear}, ${headroom?.fr} (disponible de l’exercice ${inYear?.fr}, non réparti ${undistributed?.fr}, insuffisance des autres exercices ${shortfall?.fr}, disponible de toute la durée ${overTerm?.fr}). Une justification est requise pour approuver.`,
    en: `${number}: ${amount?.en} is above the headroom of ${envelope} for ${fiscalYear}, ${headroom?.en} (available in the year ${inYear?.en}, undistributed ${undistributed?.en}, shortfall of the other years ${shortfall?.en}, available over the whole term ${overTerm?.en}). A justification is needed to approve.`,
  })
}
