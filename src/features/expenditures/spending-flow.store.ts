import { CompiledQuery, sql } from 'kysely'
import { knownAt } from '#platform/db/as-of.ts'
import type { Handle } from '#platform/db/transaction.ts'
import type { Expenditure } from './expenditure.ts'
import { isCorrected, matches } from './expenditure-list.store.ts'
import { requestsOf } from './expenditure-requests.store.ts'
import { expenditureOf, type Row } from './expenditures.store.ts'
import type { ExpenditureFilter } from './filter.ts'
import type { FlowSize } from './spending-flow.ts'

/** What was posted by a position, whatever became of it since. */
export type PostedFilter = Omit<ExpenditureFilter, 'state' | 'period' | 'postedBy'> & {
  readonly postedBy: number
}

const lotSize = 500

/**
 * Every document posted, by service date and number, a lot at a time through a cursor: inside one
 * transaction, and one flow at a time. Requests are told of those that were corrected.
 * @param organizations those the reader may see; `*` for all
 */
export async function* flowOfPosted(
  handle: Handle,
  organizations: readonly string[],
  filter: PostedFilter,
): AsyncGenerator<readonly Expenditure[], void> {
  const { sql: text, parameters } = selectPosted(handle, organizations, filter)
    .selectAll('expenditure')
    .select(['posting.position', sql<string | null>`null::uuid`.as('reclassified_to')])
    .select(sql<string | null>`case when ${isCorrected} then ${requestsOf} end`.as('requests'))
    .orderBy('expenditure.service_date')
    .orderBy(sql`expenditure.number collate "C"`)
    .compile()
  const run = <T>(statement: string, values: readonly unknown[] = []) =>
    handle.executeQuery<T>(CompiledQuery.raw(statement, [...values]))
  await run(`declare posted_flow no scroll cursor for ${text}`, parameters)
  const fetch = async (): Promise<readonly Row[]> =>
    (await run<Row>(`fetch ${lotSize} from posted_flow`)).rows
  let next = fetch()
  for (;;) {
    const rows = await next
    if (rows.length === 0) {
      break
    }
    // The database reads the next lot while this one is worked on.
    next = fetch()
    next.catch(() => undefined)
    yield rows.map(expenditureOf)
  }
  await run('close posted_flow')
}

const selectPosted = (
  handle: Handle,
  organizations: readonly string[],
  { postedBy, ...filter }: PostedFilter,
) =>
  handle
    .selectFrom('expenditure')
    .innerJoin('journal_entry', 'journal_entry.id', 'expenditure.entry')
    .innerJoinLateral(
      // Once a row: what looks past row-level security is not taken apart, and costs a call each.
      sql<{ position: string }>`(
        select ${positionFor(organizations)} as position offset 0
      )`.as('posting'),
      (join) => join.onTrue(),
    )
    .where(matches(organizations, filter))
    .where('expenditure.state', 'in', ['posted', 'reversed'])
    .where('posting.position', '<=', String(postedBy))

/** Who reaches everything reads the events themselves, at a tenth of the price. */
const positionFor = (organizations: readonly string[]) =>
  organizations.includes('*')
    ? sql<string>`(select event.sequence from event where event.id = journal_entry.event)`
    : sql<string>`event_position(journal_entry.event)`

export async function sizeOfPosted(
  handle: Handle,
  organizations: readonly string[],
  filter: PostedFilter,
): Promise<FlowSize> {
  const { documents, corrections, flags } = await selectPosted(handle, organizations, filter)
    .select([
      sql<string>`count(*)`.as('documents'),
      sql<string>`coalesce(sum(cardinality(expenditure.flags)), 0)`.as('flags'),
      sql<string>`coalesce(sum(case when ${isCorrected} then (
        select count(*) from journal_entry as correction
        where correction.document_type = 'expenditure'
          and correction.document = expenditure.id::text
          and (correction.reverses is not null or correction.kind = 'refund')
          and ${knownAt('correction.event', filter.postedBy)}
      ) end), 0)`.as('corrections'),
    ])
    .executeTakeFirstOrThrow()
  return {
    documents: Number(documents),
    corrections: Number(corrections),
    flags: Number(flags),
  }
}
