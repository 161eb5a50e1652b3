import { moneyWords } from '#core/money-words.ts'
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
import { ceilingFlags, headroomOf, isLate } from './flags.ts'

export interface Approval {
  readonly expenditure: Expenditure
  readonly approvedBy: string
  readonly submittedBy: string
  readonly justification: string | null
}

/**
 * Posts approved expenditures, one after the other, under the locks of all their envelopes: each
 * sees what the one before it took. The caller has locked the documents and checked the persons.
 */
export async function postExpenditures(
  context: Context,
  approvals: readonly Approval[],
): Promise<void> {
  const codes = approvals.flatMap(({ expenditure: { envelope } }) => envelope ?? [])
  const distinct = [...new Set(codes)].sort()
  await lockEnvelopes(context.work, distinct)
  const envelopes = distinct.length === 0 ? [] : await listEnvelopes(context.work, distinct)
  const byCode = new Map(envelopes.map((envelope) => [envelope.code, envelope]))
  for (const approval of approvals) {
    const { envelope } = approval.expenditure
    await postOne(context, approval, envelope === null ? null : (byCode.get(envelope) ?? null))
  }
}

async function postOne(
  context: Context,
  approval: Approval,
  envelope: Envelope | null,
): Promise<void> {
  const { expenditure, justification } = approval
  const { id, organization, serviceDate, fiscalYear, measure, amount } = expenditure
  const recordedIn = await recordedPeriodFor(context, organization, serviceDate)
  const ceiling = envelope === null ? [] : await requireCeiling(context, approval, envelope)
  const late = isLate(recordedIn, fiscalYear) ? ['late-item'] : []
  const flags = [...new Set([...expenditure.flags, ...ceiling, ...late])]
  const cell = { envelope: expenditure.envelope, measure, organization, fiscalYear }
  const entry: Entry = {
    kind: expenditure.envelope === null ? 'self-funded' : 'expenditure',
    organization,
    effectiveOn: serviceDate,
    recordedIn,
    document: { type: 'expenditure', id },
    reverses: null,
    flags,
    lines: spendingLines(cell, amount),
  }
  const [posted] = await post(context, [entry])
  await updateExpenditure(context.work, id, {
    state: 'posted',
    flags,
    justification,
    submitted_by: approval.submittedBy,
    approved_by: approval.approvedBy,
    ...(posted === undefined ? {} : { entry: posted }),
    recorded_fiscal_year: recordedIn.fiscalYear,
    recorded_period: recordedIn.number,
  })
}

/** Spending above the headroom is recorded and flagged, but only with a justification. */
async function requireCeiling(
  context: Context,
  approval: Approval,
  envelope: Envelope,
): Promise<readonly string[]> {
  const { expenditure, justification } = approval
  const balances = await envelopeBalances(context.work, envelope.code)
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
