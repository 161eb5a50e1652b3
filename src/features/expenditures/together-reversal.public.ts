import { canonical } from '#core/canonical.ts'
import { add, isPositive, Money, negate } from '#core/money.ts'
import type { Commitment } from '#features/commitments/commitment.ts'
import { lockCommitments, saveUse } from '#features/commitments/commitments.public.ts'
import { lockEnvelopes } from '#features/funding/funding.public.ts'
import type { Context } from '#features/identity/context.public.ts'
import type { Entry } from '#features/journal/entry.ts'
import { listEntriesByIds, openPosting } from '#features/journal/journal.public.ts'
import { listByIds } from './approvals.store.ts'
import { takeBack } from './consumption.ts'
import { type Expenditure, sealedFacts } from './expenditure.ts'
import { leafOf, lots } from './together.public.ts'
import { readDrawnOn, readRoot, sealLeaves } from './together.store.ts'
import type { Sealed } from './together.ts'
import { Periods } from './together-posting.public.ts'
import {
  approveReversalRows,
  insertReversalRequests,
  refuseReversalRows,
} from './together-reversal.store.ts'

/** Reversals of many posted documents: asked by one person, decided by another, as one by one. */
export async function askReversalTogether(
  { work, actor }: Context,
  ids: readonly string[],
  reason: string,
): Promise<void> {
  for (const some of lots(ids)) {
    await insertReversalRequests(work, some, { askedBy: actor.email, reason })
  }
}

export async function refuseReversalTogether(
  { work, actor }: Context,
  ids: readonly string[],
  reason: string,
): Promise<void> {
  for (const some of lots(ids)) {
    await refuseReversalRows(work, some, { decidedBy: actor.email, reason })
  }
}

/** Mirrors their entries. The caller has locked the documents; none was refunded or reclassified. */
export async function reverseTogether(context: Context, ids: readonly string[]): Promise<void> {
  const { work, actor } = context
  const drawnOn = await readDrawnOn(work, ids)
  const commitments = new Map(await lockCommitments(work, drawnOn.commitments))
  await lockEnvelopes(work, [...drawnOn.envelopes].sort())
  const returned = new Map<string, Money>()
  const posting = openPosting(context)
  const periods = new Periods(context)
  for (const some of lots(ids)) {
    const documents = await inOrder(context, some)
    const originals = new Map(
      (
        await listEntriesByIds(
          work,
          documents.map(({ entry }) => entry ?? ''),
        )
      ).map((entry) => [entry.id, entry]),
    )
    const mirrors: Entry[] = []
    for (const document of documents) {
      const original = originals.get(document.entry ?? '')
      if (original === undefined) {
        throw new RangeError(`${document.number} is posted without an entry`)
      }
      const recordedIn = await periods.of(original.organization, original.effectiveOn)
      mirrors.push(
        giveBack(document, takeBack(original, recordedIn, held(document, commitments)), returned),
      )
    }
    const posted = await posting.add(mirrors)
    await approveReversalRows(
      work,
      actor.email,
      documents.map(({ id }, place) => ({ id, entry: posted[place] ?? '' })),
    )
  }
  await posting.close()
  for (const [id, amount] of returned) {
    const before = commitments.get(id)
    if (before !== undefined && isPositive(amount)) {
      await saveUse(work, before, { consumed: negate(amount) })
    }
  }
}

const held = ({ commitment }: Expenditure, commitments: ReadonlyMap<string, Commitment>) =>
  commitments.get(commitment ?? '') ?? null

function giveBack(
  { commitment }: Expenditure,
  mirror: ReturnType<typeof takeBack>,
  returned: Map<string, Money>,
): Entry {
  if (commitment !== null) {
    const before = returned.get(commitment) ?? Money.zero
    returned.set(commitment, add(before, mirror.returned))
  }
  return mirror.entry
}

async function inOrder({ work }: Context, ids: readonly string[]): Promise<readonly Expenditure[]> {
  const found = await listByIds(work, ids)
  return ids.flatMap((id) => found.get(id) ?? [])
}

/** Seals documents that something was asked about, whose text the database alone does not write. */
export async function sealAsked(
  context: Context,
  ids: readonly string[],
  after = 0,
): Promise<Sealed> {
  const { work, event } = context
  let place = after
  for (const some of lots(ids)) {
    const leaves = (await inOrder(context, some)).map((document) => ({
      id: document.id,
      version: document.version,
      leaf: leafOf(canonical(sealedFacts(document))),
    }))
    await sealLeaves(work, event, { leaves, after: place })
    place += some.length
  }
  return readRoot(work, event)
}
