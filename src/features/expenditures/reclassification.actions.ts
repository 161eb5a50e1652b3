import { documentNumber } from '#core/ids.ts'
import { add, Money } from '#core/money.ts'
import { lockCommitments } from '#features/commitments/commitments.public.ts'
import { lockEnvelopes } from '#features/funding/funding.public.ts'
import type { Context } from '#features/identity/context.public.ts'
import { nextNumber } from '#features/journal/journal.public.ts'
import { expenditureNotFound, type Placed, placeStatement } from './cell.public.ts'
import {
  flagsThatMove,
  type NewPlace,
  refundsOf,
  requireOtherPlace,
  requireRefundDate,
  restated,
} from './correction-rules.ts'
import { commitmentThatMoves, postRefund, postReversal } from './corrections.actions.ts'
import type { Expenditure, ExpenditureRequest } from './expenditure.ts'
import { decideRequest, insertRequest } from './expenditure-requests.store.ts'
import { findExpenditure, insertExpenditure, updateExpenditure } from './expenditures.store.ts'
import { requireJustification } from './lifecycle.ts'
import { postExpenditures } from './posting.public.ts'

/**
 * One action that writes a pair: the document is reversed, and another with the same facts is
 * posted where it should have stood, with its refunds. The asker prepared that one, and the
 * approver approves it. Source: docs/words.md, reclassify.
 */
export async function placeAgain(
  context: Context,
  before: Expenditure,
  asked: NewPlace,
): Promise<Placed> {
  const placed = await placeStatement(context, restated(before, asked), before.id)
  requireOtherPlace(before, placed.stated)
  for (const { date } of refundsOf(before)) {
    if (date !== null) {
      requireRefundDate(date, placed.stated.serviceDate, context.today)
    }
  }
  return placed
}

/** Answers the id of the document that takes its place. */
export async function reclassify(
  context: Context,
  before: Expenditure,
  request: ExpenditureRequest,
  justification: string | null,
): Promise<string> {
  const { work, actor } = context
  const { measure, envelope, serviceDate, askedBy } = request
  const place = { measure, envelope, serviceDate: serviceDate ?? undefined }
  const placed = await placeAgain(context, before, place)
  const { stated } = placed
  await lockCommitments(work, distinct(before.commitment))
  const number = await nextNumber(work, 'D', stated.fiscalYear)
  // Both at once and in order: one after the other would wait in a circle for who goes the other way.
  await lockEnvelopes(work, distinct(before.envelope, stated.envelope))
  const mirror = await postReversal(context, before)
  await decideRequest(work, request.id, { entry: mirror, decidedBy: actor.email, reason: null })
  await reverseDocument(context, before, mirror)
  const id = await insertExpenditure(work, {
    ...stated,
    number: documentNumber('D', stated.fiscalYear, number),
    commitment: await commitmentThatMoves(context, before, stated),
    justification: justification ?? before.justification,
    flags: [...flagsThatMove(before), ...placed.flags],
    source: before.source,
    preparedBy: askedBy,
    reclassifiedFrom: before.id,
  })
  const moved = await postMoved(context, id, askedBy)
  await moveRefunds(context, before, moved, askedBy)
  return id
}

const distinct = (...codes: readonly (string | null)[]): readonly string[] => [
  ...new Set(codes.flatMap((code) => code ?? [])),
]

export const reverseDocument = async (
  { work }: Context,
  { id }: Expenditure,
  mirror: string,
): Promise<void> => {
  await updateExpenditure(work, id, {
    state: 'reversed',
    reversal_entry: mirror,
    refunded: Money.zero.toString(),
  })
}

async function postMoved(context: Context, id: string, askedBy: string): Promise<Expenditure> {
  const expenditure = await findExpenditure(context.work, id)
  if (expenditure === null) {
    throw expenditureNotFound()
  }
  const { justification } = expenditure
  if (expenditure.flags.includes('outside-term')) {
    requireJustification(expenditure, {
      fr: `la date de service ${expenditure.serviceDate} est hors de la durée de l’enveloppe.`,
      en: `the service date ${expenditure.serviceDate} is outside the term of the envelope.`,
    })
  }
  const approvedBy = context.actor.email
  const approval = { expenditure, approvedBy, submittedBy: askedBy, justification }
  const [posted] = await postExpenditures(context, [approval])
  return posted ?? expenditure
}

/** Each is posted again in the new cell, where its own date says; the same two people stand for it. */
async function moveRefunds(
  context: Context,
  before: Expenditure,
  moved: Expenditure,
  askedBy: string,
): Promise<void> {
  let refunded = Money.zero
  for (const { amount, date, reason } of refundsOf(before)) {
    if (amount !== null && date !== null) {
      const entry = await postRefund(context, moved, { amount, date })
      const approved = { by: context.actor.email, entry }
      const request = { expenditure: moved.id, kind: 'refund', reason, askedBy } as const
      await insertRequest(context.work, { ...request, amount, date, approved })
      refunded = add(refunded, amount)
    }
  }
  await updateExpenditure(context.work, moved.id, { refunded: refunded.toString() })
}
