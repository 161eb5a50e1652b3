import { Problem } from '#core/problem.ts'
import { authorize, type Viewing } from '#features/identity/context.public.ts'
import { may, reach } from '#features/identity/permission.ts'
import { everyPage } from '#platform/db/every-page.ts'
import { commitmentNotFound } from './cell.public.ts'
import type { Commitment } from './commitment.ts'
import { countCommitments, listCommitments } from './commitment-list.store.ts'
import { findCommitment } from './commitments.store.ts'
import type { CommitmentFilter, CommitmentTotals, PageAsked } from './filter.ts'

export interface ListedCommitments extends CommitmentTotals {
  /** One more than asked when another page follows. */
  readonly rows: readonly Commitment[]
  readonly count: number
}

export async function readCommitments(
  viewing: Viewing,
  filter: CommitmentFilter,
  page: PageAsked,
): Promise<ListedCommitments> {
  authorize(viewing, 'commitment.read')
  const organizations = reach(viewing.actor, 'commitment.read')
  const rows = await listCommitments(viewing.handle, organizations, filter, page)
  return { rows, ...(await countCommitments(viewing.handle, organizations, filter)) }
}

export async function readCommitment(viewing: Viewing, id: string): Promise<Commitment> {
  const commitment = await findCommitment(viewing.handle, id)
  if (commitment === null || !may(viewing.actor, 'commitment.read', commitment.organization)) {
    throw commitmentNotFound()
  }
  return commitment
}

/** All of them, page by page: for a file, and for the terminal. */
export function everyCommitment(
  viewing: Viewing,
  filter: CommitmentFilter,
): AsyncGenerator<readonly Commitment[]> {
  authorize(viewing, 'commitment.read')
  const organizations = reach(viewing.actor, 'commitment.read')
  return everyPage(
    (page) =>
      listCommitments(viewing.handle, organizations, filter, {
        limit: page.limit,
        after: page.after?.[0] ?? null,
      }),
    ({ number }) => [number],
  )
}

const listedMax = 10_000

/**
 * The whole list with its totals: one that is cut would show a total that is not the list's.
 * @throws Problem `commitments/too-many`
 */
export async function readAllCommitments(
  viewing: Viewing,
  filter: CommitmentFilter,
): Promise<ListedCommitments> {
  authorize(viewing, 'commitment.read')
  const organizations = reach(viewing.actor, 'commitment.read')
  const totals = await countCommitments(viewing.handle, organizations, filter)
  if (totals.count > listedMax) {
    throw new Problem('refused', 'commitments/too-many', {
      fr: `Plus de ${listedMax} engagements : resserrez les filtres, ou prenez la liste au terminal (vigie commitments list).`,
      en: `More than ${listedMax} commitments: narrow the filters, or take the list at the terminal (vigie commitments list).`,
    })
  }
  const rows: Commitment[] = []
  for await (const page of everyCommitment(viewing, filter)) {
    rows.push(...page)
  }
  return { rows, ...totals }
}
