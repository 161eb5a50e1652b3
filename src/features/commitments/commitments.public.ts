import { readUuid } from '#core/ids.ts'
import { add, isZero, Money, subtract } from '#core/money.ts'
import type { Handle, Work } from '#platform/db/transaction.ts'
import { commitmentNotFound } from './cell.public.ts'
import { type Commitment, remainingOf } from './commitment.ts'
import { findByNumber, updateCommitment } from './commitments.store.ts'

export { countCommitments } from './commitment-list.store.ts'
export {
  findCommitment,
  listCommitmentsNamed,
  listOpenCommitments,
  lockCommitments,
} from './commitments.store.ts'

/** What is used up of a commitment, or given back to it with a negative amount. */
export interface Use {
  readonly consumed?: Money
  readonly released?: Money
  readonly releasedBy?: string
}

/** The caller holds its lock. Closes it when nothing remains. */
export async function saveUse(
  work: Work,
  before: Commitment,
  { consumed = Money.zero, released = Money.zero, releasedBy }: Use,
): Promise<void> {
  const left = subtract(subtract(remainingOf(before), consumed), released)
  await updateCommitment(work, before.id, {
    state: isZero(left) ? 'closed' : 'approved',
    consumed: add(before.consumed, consumed).toString(),
    released: add(before.released, released).toString(),
    ...(releasedBy === undefined ? {} : { released_by: releasedBy }),
  })
}

/** By its id or by the number that people see. */
export async function commitmentIdOf(handle: Handle, text: string): Promise<string> {
  const reading = readUuid(text)
  const id = reading.ok ? reading.value : await findByNumber(handle, text.trim().toUpperCase())
  if (id === null) {
    throw commitmentNotFound()
  }
  return id
}
