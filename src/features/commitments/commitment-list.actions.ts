import type { Money } from '#core/money.ts'
import { authorize, type Viewing } from '#features/identity/context.public.ts'
import { may, reach } from '#features/identity/permission.ts'
import { everyPage } from '#platform/db/every-page.ts'
import { commitmentNotFound } from './cell.public.ts'
import type { Commitment } from './commitment.ts'
import { countCommitments, listCommitments } from './commitment-list.store.ts'
import { findCommitment } from './commitments.store.ts'
import type { CommitmentFilter, PageAsked } from './filter.ts'

export interface ListedCommitments {
  /** One more than asked when another page follows. */
  readonly rows: readonly Commitment[]
  readonly count: number
  readonly total: Money
  readonly remaining: Money
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
