import type { Canonical } from '#core/canonical.ts'
import { Problem } from '#core/problem.ts'
import { authorize, type Context, record } from '#features/identity/context.public.ts'
import { lockVisible, recordChange, type Seen } from './drafts.actions.ts'
import { type Expenditure, sealedFacts } from './expenditure.ts'
import { updateExpenditure } from './expenditures.store.ts'
import { requireOnce, requireSomebodyElse, requireState, requireVersion } from './lifecycle.ts'
import { postExpenditures } from './posting.public.ts'

export interface SeenItem extends Seen {
  /** In a list of several: where it stands in the body, for the refusal to point at. */
  readonly pointer?: string
  /** The approver's; without one the document keeps its own. */
  readonly justification?: string | null
}

/**
 * Approves one or several documents: all or nothing, in one event, in the order asked. Each names
 * the version that was shown; one that changed since refuses the whole, with a pointer to it.
 */
export async function approveExpenditures(
  context: Context,
  items: readonly SeenItem[],
): Promise<readonly Expenditure[]> {
  const before = await openForApproval(context, items)
  const after = await postExpenditures(
    context,
    before.map((expenditure, place) => ({
      expenditure,
      approvedBy: context.actor.email,
      submittedBy: expenditure.submittedBy ?? '',
      justification: items[place]?.justification ?? expenditure.justification,
    })),
  )
  const position = await record(context, {
    type: 'expenditure.posted',
    subject: after.length === 1 ? `expenditure/${after[0]?.id}` : 'expenditures',
    before: sealedTogether(before),
    after: sealedTogether(after),
  })
  return after.map((expenditure) => ({ ...expenditure, position }))
}

/** One document says itself; several are items of one event. */
const sealedTogether = (expenditures: readonly Expenditure[]): Canonical => {
  const [only, ...others] = expenditures.map(sealedFacts)
  return only !== undefined && others.length === 0 ? only : { items: expenditures.map(sealedFacts) }
}

async function openForApproval(
  context: Context,
  items: readonly SeenItem[],
): Promise<readonly Expenditure[]> {
  const opened = await lockAll(context, items)
  const organizations = opened.map(({ expenditure }) => expenditure.organization)
  authorize(context, 'expenditure.decide', ...organizations)
  opened.forEach(({ item, expenditure }, place) => {
    pointTo(item, () => {
      requireVersion(expenditure, item.version)
      requireState(expenditure, 'submitted', { fr: 'l’approuver', en: 'approved' })
      requireSomebodyElse(expenditure, context.actor.email)
      requireOnce(expenditure, items.findIndex(({ id }) => id === item.id) === place)
    })
  })
  return opened.map(({ expenditure }) => expenditure)
}

/** Locks in the order of ids, whatever the order asked, so that two approvers cannot deadlock. */
export async function lockAll(
  context: Context,
  items: readonly SeenItem[],
): Promise<readonly { readonly item: SeenItem; readonly expenditure: Expenditure }[]> {
  const locked = new Map<string, Expenditure>()
  for (const id of items.map((item) => item.id).sort()) {
    locked.set(id, await lockVisible(context, id))
  }
  return items.flatMap((item) => {
    const expenditure = locked.get(item.id)
    return expenditure === undefined ? [] : [{ item, expenditure }]
  })
}

export function pointTo({ pointer }: SeenItem, check: () => void): void {
  try {
    check()
  } catch (error) {
    if (!(error instanceof Problem) || pointer === undefined) {
      throw error
    }
    const { kind, code, sentence } = error
    throw new Problem(kind, code, sentence, { issues: [{ pointer, code, detail: sentence }] })
  }
}

export async function returnExpenditure(
  context: Context,
  seen: Seen,
  reason: string,
): Promise<Expenditure> {
  const before = await openForApprover(context, seen)
  requireState(before, 'submitted', { fr: 'la retourner', en: 'returned' })
  await updateExpenditure(context.work, before.id, { state: 'draft', submitted_by: null })
  return recordChange(context, before, 'expenditure.returned', reason)
}

export async function openForApprover(context: Context, seen: Seen): Promise<Expenditure> {
  const expenditure = await lockVisible(context, seen.id)
  authorize(context, 'expenditure.decide', expenditure.organization)
  requireVersion(expenditure, seen.version)
  return expenditure
}
