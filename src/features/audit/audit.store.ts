import { parseCanonical } from '#core/canonical.ts'
import type { Handle } from '#platform/db/transaction.ts'
import type { RecordedEvent } from './event.ts'

export interface EventFilter {
  readonly after: number
  readonly limit: number
  readonly type?: string | undefined
  readonly subject?: string | undefined
  readonly actor?: string | undefined
}

/** Events in the order they were recorded, one more than asked. */
export async function listEvents(
  handle: Handle,
  filter: EventFilter,
): Promise<readonly RecordedEvent[]> {
  const rows = await matching(handle, filter)
    .selectAll()
    .where('event.sequence', '>', String(filter.after))
    .orderBy('event.sequence')
    .limit(filter.limit + 1)
    .execute()
  return rows.map((row) => {
    const payload = parseCanonical(row.payload)
    const part = (key: string) =>
      payload !== null && typeof payload === 'object' && !Array.isArray(payload)
        ? ((payload as Readonly<Record<string, RecordedEvent['before']>>)[key] ?? null)
        : null
    const reason = part('reason')
    return {
      position: Number(row.sequence),
      type: row.type,
      at: new Date(row.at).toISOString(),
      actor: row.actor,
      request: row.request,
      subject: row.subject,
      before: part('before'),
      after: part('after'),
      reason: typeof reason === 'string' ? reason : null,
      previous: row.previous,
      hash: row.hash,
    }
  })
}

export async function countEvents(handle: Handle, filter: EventFilter): Promise<number> {
  const { count } = await matching(handle, filter)
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

const matching = (handle: Handle, { type, subject, actor }: EventFilter) =>
  handle
    .selectFrom('event')
    .$if(type !== undefined, (query) => query.where('event.type', '=', type ?? ''))
    .$if(subject !== undefined, (query) => query.where('event.subject', '=', subject ?? ''))
    .$if(actor !== undefined, (query) => query.where('event.actor', '=', actor ?? ''))
