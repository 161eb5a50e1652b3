import { type Canonical, canonical } from '#core/canonical.ts'
import type { Work } from './transaction.ts'

/**
 * One recorded action. The database gives it its sequence, instant and hash under the lock of the
 * chain's head, so this must be the last statement of the transaction: every other action waits
 * from here to the commit.
 */
export interface RecordedAction {
  /** Known before the event is written: journal entries already name it. */
  readonly id: string
  /** `noun.what-happened`, as `expenditure.posted`. */
  readonly type: string
  readonly actor: string
  readonly request: string
  /** `noun/id`. */
  readonly subject: string
  readonly before: Canonical
  readonly after: Canonical
  readonly reason: string | null
  /** Who sat at the keyboard of a command; null for the API. */
  readonly operatingSystemUser: string | null
  /** Where the request came from; null at the terminal. */
  readonly address?: string | null
}

export interface Sealed {
  readonly position: number
  readonly seal: string
}

export async function extendChain(work: Work, action: RecordedAction): Promise<Sealed> {
  const { id, type, actor, request, subject, before, after, reason } = action
  const { operatingSystemUser, address = null } = action
  const payload = canonical({ address, after, before, operatingSystemUser, reason })
  const { sequence, hash } = await work
    .insertInto('event')
    .values({ id, type, actor, request, subject, payload })
    .returning(['event.sequence', 'event.hash'])
    .executeTakeFirstOrThrow()
  return { position: Number(sequence), seal: hash }
}
