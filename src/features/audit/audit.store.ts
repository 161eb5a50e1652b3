import { sql } from 'kysely'
import type { JsonValue } from '#core/canonical.ts'
import type { Handle } from '#platform/db/transaction.ts'
import { type EventFilter, payloadOf, type RecordedEvent } from './event.ts'

/** In the order they were recorded or from the newest, one more than asked. */
export async function listEvents(
  handle: Handle,
  filter: EventFilter,
  page: { readonly after: number | null; readonly limit: number },
): Promise<readonly RecordedEvent[]> {
  const isNewest = filter.order === 'newest'
  const rows = await matching(handle, filter)
    .selectAll()
    .$if(page.after !== null, (query) =>
      query.where('event.sequence', isNewest ? '<' : '>', String(page.after)),
    )
    .orderBy('event.sequence', isNewest ? 'desc' : 'asc')
    .limit(page.limit + 1)
    .execute()
  return rows.map(eventOf)
}

/** Null where the record has no such position. */
export async function findEvent(handle: Handle, position: number): Promise<RecordedEvent | null> {
  const row = await handle
    .selectFrom('event')
    .selectAll()
    .where('event.sequence', '=', String(position))
    .executeTakeFirst()
  return row === undefined ? null : eventOf(row)
}

/** What was done last with a subject; null where no event speaks of it. */
export async function findLastType(handle: Handle, subject: string): Promise<string | null> {
  const row = await handle
    .selectFrom('event')
    .select('event.type')
    .where('event.subject', '=', subject)
    .orderBy('event.sequence', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.type ?? null
}

interface StoredEvent {
  readonly sequence: string
  readonly type: string
  readonly at: string
  readonly actor: string
  readonly request: string
  readonly subject: string
  readonly payload: string
  readonly previous: string
  readonly hash: string
}

function eventOf(row: StoredEvent): RecordedEvent {
  const payload = payloadOf(row.payload)
  return {
    position: Number(row.sequence),
    type: row.type,
    at: new Date(row.at).toISOString(),
    actor: row.actor,
    request: row.request,
    address: textOf(payload.address),
    operatingSystemUser: textOf(payload.operatingSystemUser),
    subject: row.subject,
    before: payload.before ?? null,
    after: payload.after ?? null,
    reason: textOf(payload.reason),
    previous: row.previous,
    hash: row.hash,
  }
}

const textOf = (value: JsonValue | undefined): string | null =>
  typeof value === 'string' ? value : null

export async function countEvents(handle: Handle, filter: EventFilter): Promise<number> {
  const { count } = await matching(handle, filter)
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

function matching(handle: Handle, filter: EventFilter) {
  const { type, subject, actor, request, from, to, text } = filter
  const prefix = type?.endsWith('*') === true ? type.slice(0, -1) : null
  return handle
    .selectFrom('event')
    .$if(type !== undefined, (query) =>
      prefix === null
        ? query.where('event.type', '=', type ?? '')
        : query.where(sql<boolean>`starts_with(event.type, ${prefix})`),
    )
    .$if(subject !== undefined, (query) => query.where('event.subject', '=', subject ?? ''))
    .$if(actor !== undefined, (query) => query.where('event.actor', '=', actor ?? ''))
    .$if(request !== undefined, (query) => query.where('event.request', '=', request ?? ''))
    .$if(from !== undefined, (query) => query.where('event.at', '>=', from ?? ''))
    .$if(to !== undefined, (query) => query.where('event.at', '<', to ?? ''))
    .$if(text !== undefined, (query) =>
      query.where(sql<boolean>`position(lower(${text ?? ''}) in lower(event.payload)) > 0`),
    )
}
