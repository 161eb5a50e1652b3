import { add } from '#core/money.ts'
import { authorize, type Context, record } from '#features/identity/context.public.ts'
import { type NewPlace, requireRefundable, requireRefundDate } from './correction-rules.ts'
import { postRefund, postReversal, type Refund } from './corrections.actions.ts'
import { openForApprover } from './decisions.actions.ts'
import { lockVisible, recordChange, requireExpenditure, type Seen } from './drafts.actions.ts'
import {
  type Expenditure,
  type ExpenditureRequest,
  type RequestKind,
  sealedFacts,
} from './expenditure.ts'
import { insertRequest, decideRequest as saveDecision } from './expenditure-requests.store.ts'
import { updateExpenditure } from './expenditures.store.ts'
import {
  requireNoOpenRequest,
  requireOpenRequest,
  requireOtherThanAsker,
  requireState,
  requireVersion,
} from './lifecycle.ts'
import { placeAgain, reclassify, reverseDocument } from './reclassification.actions.ts'

/** What is asked about a posted expenditure by an officer, and takes effect when somebody else approves. */
const noun: Readonly<Record<RequestKind, string>> = {
  reverse: 'reversal',
  refund: 'refund',
  reclassify: 'reclassification',
}

export async function askReversal(
  context: Context,
  seen: Seen,
  reason: string,
): Promise<Expenditure> {
  const before = await openForAsker(context, seen)
  requireState(before, 'posted', { fr: 'la contre-passer', en: 'reversed' })
  return ask(context, before, { kind: 'reverse', reason })
}

export async function askRefund(
  context: Context,
  seen: Seen,
  { amount, date, reason }: Refund & { readonly reason: string },
): Promise<Expenditure> {
  const before = await openForAsker(context, seen)
  requireState(before, 'posted', { fr: 'la rembourser', en: 'refunded' })
  requireRefundDate(date, before.serviceDate, context.today)
  requireRefundable(before, amount)
  return ask(context, before, { kind: 'refund', amount, date, reason })
}

export async function askReclassification(
  context: Context,
  seen: Seen,
  { reason, ...place }: NewPlace & { readonly reason: string },
): Promise<Expenditure> {
  const before = await openForAsker(context, seen)
  requireState(before, 'posted', { fr: 'la reclasser', en: 'reclassified' })
  const { measure, envelope, serviceDate } = (await placeAgain(context, before, place)).stated
  return ask(context, before, { kind: 'reclassify', measure, envelope, serviceDate, reason })
}

async function openForAsker(context: Context, seen: Seen): Promise<Expenditure> {
  const expenditure = await lockVisible(context, seen.id)
  authorize(context, 'expenditure.enter', expenditure.organization)
  requireVersion(expenditure, seen.version)
  return expenditure
}

type Asked = Omit<Parameters<typeof insertRequest>[1], 'expenditure' | 'askedBy' | 'approved'>

async function ask(context: Context, before: Expenditure, asked: Asked): Promise<Expenditure> {
  requireNoOpenRequest(before)
  const askedBy = context.actor.email
  await insertRequest(context.work, { expenditure: before.id, askedBy, ...asked })
  await updateExpenditure(context.work, before.id, {})
  return recordChange(context, before, `expenditure.${noun[asked.kind]}-asked`, asked.reason)
}

export interface RequestDecision {
  readonly request: string
  readonly isApproved: boolean
  readonly reason: string | null
  readonly justification: string | null
}

export async function decideRequest(
  context: Context,
  seen: Seen,
  decision: RequestDecision,
): Promise<Expenditure> {
  const before = await openForApprover(context, seen)
  const request = requireOpenRequest(before, decision.request)
  requireOtherThanAsker(request, context.actor.email)
  return decision.isApproved
    ? approve(context, before, request, decision.justification)
    : refuse(context, before, request, decision.reason)
}

async function refuse(
  context: Context,
  before: Expenditure,
  { id, kind, reason: asked }: ExpenditureRequest,
  reason: string | null,
): Promise<Expenditure> {
  await saveDecision(context.work, id, { entry: null, decidedBy: context.actor.email, reason })
  await updateExpenditure(context.work, before.id, {})
  return recordChange(context, before, `expenditure.${noun[kind]}-refused`, reason ?? asked)
}

async function approve(
  context: Context,
  before: Expenditure,
  request: ExpenditureRequest,
  justification: string | null,
): Promise<Expenditure> {
  const { kind, reason, amount, date } = request
  if (kind === 'reclassify') {
    return recordPair(
      context,
      before,
      await reclassify(context, before, request, justification),
      reason,
    )
  }
  const decision = { decidedBy: context.actor.email, reason: null }
  if (kind === 'refund' && amount !== null && date !== null) {
    requireRefundable(before, amount)
    const entry = await postRefund(context, before, { amount, date })
    await saveDecision(context.work, request.id, { ...decision, entry })
    const refunded = add(before.refunded, amount).toString()
    await updateExpenditure(context.work, before.id, { refunded })
    return recordChange(context, before, 'expenditure.refunded', reason)
  }
  const entry = await postReversal(context, before)
  await saveDecision(context.work, request.id, { ...decision, entry })
  await reverseDocument(context, before, entry)
  return recordChange(context, before, 'expenditure.reversed', reason)
}

/** One event for both documents; the answer is the one that was asked about. */
async function recordPair(
  context: Context,
  before: Expenditure,
  successor: string,
  reason: string,
): Promise<Expenditure> {
  const after = await requireExpenditure(context, before.id)
  const moved = await requireExpenditure(context, successor)
  await record(context, {
    type: 'expenditure.reclassified',
    subject: `expenditure/${before.id}`,
    before: sealedFacts(before),
    after: { items: [sealedFacts(after), sealedFacts(moved)] },
    reason,
  })
  return after
}
