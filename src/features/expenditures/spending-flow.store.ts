import { CompiledQuery, sql } from 'kysely'
import { calendarDate } from '#core/calendar-date.ts'
import { fiscalYear } from '#core/fiscal-year.ts'
import { Money, money } from '#core/money.ts'
import { periodNumbers } from '#core/period.ts'
import { knownAt } from '#platform/db/as-of.ts'
import type { Handle } from '#platform/db/transaction.ts'
import type { SpentDocument } from './expenditure.ts'
import { isCorrected, matches } from './expenditure-list.store.ts'
import { readRequests, requestsOf } from './expenditure-requests.store.ts'
import type { ExpenditureFilter } from './filter.ts'
import type { FlowSize } from './spending-flow.ts'

/** What was posted by a position, whatever became of it since. */
export type PostedFilter = Omit<ExpenditureFilter, 'state' | 'period' | 'postedBy'> & {
  readonly postedBy: number
}

/** Few at first: whoever asks waits for them, and learns from them what the others are like. */
const firstLotSize = 100
const lotSize = 1000

/**
 * Every document posted, by service date and number, a lot at a time through a cursor: inside one
 * transaction, and one flow at a time. Requests are told of those that were corrected.
 * @param organizations those the reader may see; `*` for all
 */
export async function* flowOfPosted(
  handle: Handle,
  organizations: readonly string[],
  filter: PostedFilter,
): AsyncGenerator<readonly SpentDocument[], void> {
  const { sql: text, parameters } = selectSpent(handle, organizations, filter).compile()
  const run = <T>(statement: string, values: readonly unknown[] = []) =>
    handle.executeQuery<T>(CompiledQuery.raw(statement, [...values]))
  const spentOf = spentReader()
  await run(`declare posted_flow no scroll cursor for ${text}`, parameters)
  const fetch = async (count: number): Promise<readonly Row[]> =>
    (await run<Row>(`fetch ${count} from posted_flow`)).rows
  let next = fetch(firstLotSize)
  for (;;) {
    const rows = await next
    if (rows.length === 0) {
      break
    }
    // The database reads the next lot while this one is worked on.
    next = fetch(lotSize)
    next.catch(() => undefined)
    yield rows.map(spentOf)
  }
  await run('close posted_flow')
}

const selectSpent = (handle: Handle, organizations: readonly string[], filter: PostedFilter) =>
  selectPosted(handle, organizations, filter)
    .select([
      'expenditure.id',
      'expenditure.number',
      'expenditure.state',
      'expenditure.organization',
      'expenditure.measure',
      'expenditure.envelope',
      'expenditure.service_date',
      'expenditure.fiscal_year',
      'expenditure.document_number',
      'expenditure.supplier',
      'expenditure.description',
      'expenditure.amount',
      'expenditure.flags',
      'expenditure.source_document',
      'expenditure.source_row',
      'expenditure.prepared_by',
      'expenditure.approved_by',
      'expenditure.entry',
      'expenditure.recorded_fiscal_year',
      'expenditure.recorded_period',
      'expenditure.reversal_entry',
      'expenditure.refunded',
      'expenditure.reclassified_from',
      'posting.position',
    ])
    .select(sql<string | null>`case when ${isCorrected} then ${requestsOf} end`.as('requests'))
    .orderBy('expenditure.service_date')
    .orderBy(sql`expenditure.number collate "C"`)

type Row = Awaited<ReturnType<ReturnType<typeof selectSpent>['execute']>>[number]

/** Days and years come again from row to row: each is read once. */
function spentReader(): (row: Row) => SpentDocument {
  const dayOf = once(calendarDate)
  const yearOf = once(fiscalYear)
  return (row) => ({
    id: row.id,
    number: row.number,
    state: row.state === 'reversed' ? 'reversed' : 'posted',
    organization: row.organization,
    measure: row.measure,
    envelope: row.envelope,
    serviceDate: dayOf(row.service_date),
    fiscalYear: yearOf(row.fiscal_year),
    documentNumber: row.document_number,
    supplier: row.supplier,
    description: row.description,
    amount: money(row.amount),
    flags: row.flags,
    source:
      row.source_document === null || row.source_row === null
        ? null
        : { document: row.source_document, row: row.source_row },
    preparedBy: row.prepared_by,
    approvedBy: row.approved_by,
    entry: row.entry,
    recordedIn:
      row.recorded_fiscal_year === null
        ? null
        : {
            fiscalYear: yearOf(row.recorded_fiscal_year),
            number: periodNumbers.find((number) => number === row.recorded_period) ?? 13,
          },
    reversedBy: row.reversal_entry,
    refunded: row.refunded === '0.00' ? Money.zero : money(row.refunded),
    reclassifiedFrom: row.reclassified_from,
    position: Number(row.position),
    requests: readRequests(row.requests),
  })
}

function once<T extends string>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) {
      return found
    }
    const value = read(text)
    known.set(text, value)
    return value
  }
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
