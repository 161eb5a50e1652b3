import { documentNumber } from '#core/ids.ts'
import type { Context } from '#features/identity/context.public.ts'
import { nextNumber } from '#features/journal/journal.public.ts'
import { placeStatement } from './cell.public.ts'
import { findExpenditure, insertExpenditure, listRecordedSources } from './expenditures.store.ts'
import { type Approval, postExpenditures } from './posting.public.ts'
import type { PublishedPayment } from './published.ts'

/**
 * Posts published payments that are not recorded yet, each marked with its source: the one case in
 * which the system both prepares and approves. Answers how many were new.
 */
export async function postPublished(
  context: Context,
  payments: readonly PublishedPayment[],
): Promise<number> {
  const recorded = await listRecordedSources(context.work)
  const fresh = payments.filter(({ source }) => !recorded.has(`${source.document}:${source.row}`))
  const approvals: Approval[] = []
  for (const payment of fresh) {
    approvals.push(await prepare(context, payment))
  }
  await postExpenditures(context, approvals)
  return approvals.length
}

async function prepare(context: Context, payment: PublishedPayment): Promise<Approval> {
  const { stated, flags } = await placeStatement(context, payment.stated)
  const actor = context.actor.email
  const number = await nextNumber(context.work, 'D', stated.fiscalYear)
  const id = await insertExpenditure(context.work, {
    ...stated,
    number: documentNumber('D', stated.fiscalYear, number),
    flags: [...payment.flags, ...flags],
    source: payment.source,
    preparedBy: actor,
  })
  const expenditure = await findExpenditure(context.work, id)
  if (expenditure === null) {
    throw new RangeError(`expenditure ${id} vanished inside its own transaction`)
  }
  const { justification } = stated
  return { expenditure, approvedBy: actor, submittedBy: actor, justification }
}
