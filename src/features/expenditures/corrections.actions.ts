import type { CalendarDate } from '#core/calendar-date.ts'
import { isPositive, type Money, negate } from '#core/money.ts'
import {
  findCommitment,
  lockCommitments,
  saveUse,
} from '#features/commitments/commitments.public.ts'
import { lockEnvelopes } from '#features/funding/funding.public.ts'
import type { Context } from '#features/identity/context.public.ts'
import { type Entry, type PostedEntry, refundLines, reversalOf } from '#features/journal/entry.ts'
import { listEntriesByIds, post } from '#features/journal/journal.public.ts'
import { recordedPeriodFor } from '#features/periods/periods.public.ts'
import { takeBack } from './consumption.ts'
import { refundsOf } from './correction-rules.ts'
import type { Expenditure } from './expenditure.ts'

/** What corrections post, inside the action that decides them; the caller locked the document. */

/**
 * Its refunds first, then itself: together the mirror of all that it moved. Answers the entry that
 * mirrors the expenditure.
 */
export async function postReversal(context: Context, expenditure: Expenditure): Promise<string> {
  const { work } = context
  const held = await lockCommitments(work, only(expenditure.commitment))
  const refunds = refundsOf(expenditure).flatMap(({ entry }) => entry ?? [])
  const entries = await listEntriesByIds(work, [expenditure.entry ?? '', ...refunds])
  const original = entries.find(({ id }) => id === expenditure.entry)
  if (original === undefined) {
    throw new RangeError(`${expenditure.number} is posted without an entry`)
  }
  const mirrors: Entry[] = []
  for (const refund of entries.filter((entry) => entry !== original)) {
    mirrors.push(reversalOf(refund, await periodOfAgain(context, refund)))
  }
  const commitment = held.get(expenditure.commitment ?? '') ?? null
  const { entry, returned } = takeBack(original, await periodOfAgain(context, original), commitment)
  await lockEnvelopes(work, only(expenditure.envelope))
  const ids = await post(context, [...mirrors, entry])
  if (commitment !== null && isPositive(returned)) {
    await saveUse(work, commitment, { consumed: negate(returned) })
  }
  return ids.at(-1) ?? ''
}

const only = (code: string | null): readonly string[] => (code === null ? [] : [code])

/** Where a mirror is recorded: with what it mirrors, unless that period was closed meanwhile. */
const periodOfAgain = (context: Context, { organization, effectiveOn }: PostedEntry) =>
  recordedPeriodFor(context, organization, effectiveOn)

export interface Refund {
  readonly amount: Money
  readonly date: CalendarDate
}

/** Answers the entry. */
export async function postRefund(
  context: Context,
  { id, organization, envelope, measure, fiscalYear }: Expenditure,
  { amount, date }: Refund,
): Promise<string> {
  const [entry] = await post(context, [
    {
      kind: 'refund',
      organization,
      effectiveOn: date,
      recordedIn: await recordedPeriodFor(context, organization, date),
      document: { type: 'expenditure', id },
      reverses: null,
      flags: [],
      lines: refundLines({ envelope, measure, organization, fiscalYear }, amount),
    },
  ])
  return entry ?? ''
}

/** Its commitment, for a document that takes its place in the same envelope and finds it open. */
export async function commitmentThatMoves(
  context: Context,
  { commitment, envelope }: Expenditure,
  target: { readonly envelope: string | null },
): Promise<string | null> {
  const found =
    commitment === null || envelope !== target.envelope
      ? null
      : await findCommitment(context.work, commitment)
  return found?.state === 'approved' ? found.id : null
}
