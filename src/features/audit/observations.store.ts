import type { Handle, Work } from '#platform/db/transaction.ts'
import type { Observation } from './observation.ts'

export interface NewObservation {
  readonly event: string
  readonly subject: string
  readonly text: string
  readonly writtenBy: string
}

export async function insertObservation(work: Work, written: NewObservation): Promise<string> {
  const { event, subject, text, writtenBy } = written
  const { id } = await work
    .insertInto('observation')
    .values({ event, subject, text, written_by: writtenBy })
    .returning('observation.id')
    .executeTakeFirstOrThrow()
  return id
}

/** In the order they were written, one more than asked. */
export async function listObservations(
  handle: Handle,
  filter: { readonly subject?: string | undefined },
  page: { readonly after: string | null; readonly limit: number },
): Promise<readonly (Observation & { readonly place: string })[]> {
  const rows = await matching(handle, filter)
    .innerJoin('event', 'event.id', 'observation.event')
    .selectAll('observation')
    .select(['event.sequence', 'event.at'])
    .$if(page.after !== null, (query) => query.where('observation.place', '>', page.after ?? ''))
    .orderBy('observation.place')
    .limit(page.limit + 1)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    place: row.place,
    subject: row.subject,
    text: row.text,
    writtenBy: row.written_by,
    position: Number(row.sequence),
    at: new Date(row.at).toISOString(),
  }))
}

export async function countObservations(
  handle: Handle,
  filter: { readonly subject?: string | undefined },
): Promise<number> {
  const { count } = await matching(handle, filter)
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

const matching = (handle: Handle, { subject }: { readonly subject?: string | undefined }) =>
  handle
    .selectFrom('observation')
    .$if(subject !== undefined, (query) => query.where('observation.subject', '=', subject ?? ''))
