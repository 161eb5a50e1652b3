import { sql } from 'kysely'
import { type Break, breaksMax } from '#features/audit/check.ts'
import type { Handle } from '#platform/db/transaction.ts'
import { isSaidAtOnce, lastOwnEvent, lastSealEvent } from './document-text.store.ts'
import type { Expenditure } from './expenditure.ts'
import { expenditureOf, selectDocuments } from './expenditures.store.ts'

/** A document with the event that last spoke of it; null when none ever did. */
export interface SpokenOf {
  readonly expenditure: Expenditure
  readonly event: string | null
  /** What that event says of it as a hash, when it spoke of many; null when it says it in words. */
  readonly leaf: string | null
}

/** After which document a chunk begins: drafts by id, then posted ones by entry. */
export interface Place {
  readonly entry: string | null
  readonly id: string
}

/**
 * In an order that keeps what was approved together together: its event is read once. Most documents
 * are not even read: the database sees that their own last event ends in what they say.
 */
export async function listSpokenOf(
  handle: Handle,
  after: Place | null,
  limit: number,
): Promise<readonly SpokenOf[]> {
  const rows = await selectDocuments(handle)
    .leftJoin('event as posting', 'posting.id', 'journal_entry.event')
    .select('posting.sequence as position')
    .select(
      sql<string | null>`greatest(posting.sequence, ${lastOwnEvent}, ${lastSealEvent})`.as(
        'last_event',
      ),
    )
    .select(lastSealEvent.as('seal_event'))
    .select(
      sql<string | null>`(
        select encode(expenditure_seal.leaf, 'hex')
        from expenditure_seal
        inner join event on event.id = expenditure_seal.event
        where expenditure_seal.expenditure = expenditure.id
        order by event.sequence desc
        limit 1
      )`.as('leaf'),
    )
    .where(
      after === null
        ? sql<boolean>`expenditure.entry is null`
        : after.entry === null
          ? sql<boolean>`expenditure.entry is null and expenditure.id > ${after.id}::uuid`
          : sql<boolean>`expenditure.entry > ${after.entry}::bigint`,
    )
    .where(sql<boolean>`not ${isSaidAtOnce}`)
    .orderBy('expenditure.entry')
    .orderBy('expenditure.id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    expenditure: expenditureOf(row),
    event: row.last_event,
    leaf: row.seal_event === row.last_event ? row.leaf : null,
  }))
}

export async function readPayloads(
  handle: Handle,
  sequences: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ sequence: string; payload: string }>`
    select event.sequence, event.payload
    from event
    where event.sequence = any(${[...new Set(sequences)]}::bigint[])
  `.execute(handle)
  return new Map(rows.map(({ sequence, payload }) => [sequence, payload]))
}

/** Posted documents that do not say what their entry says. */
export async function findEntryDifferences(handle: Handle): Promise<readonly Break[]> {
  const { rows } = await sql<Break>`
    select
      'expenditure ' || expenditure.number as place,
      'what entry ' || expenditure.entry || ' says' as expected,
      concat_ws(' ', expenditure.amount::text, expenditure.envelope, expenditure.measure,
        expenditure.organization, expenditure.service_date::text) as found
    from expenditure
    left join journal_entry on journal_entry.id = expenditure.entry
    left join journal_line on journal_line.entry = journal_entry.id
      and journal_line.account = 'spent'
    where expenditure.entry is not null
      and (
        journal_entry.document is distinct from expenditure.id::text
        or journal_entry.document_type <> 'expenditure'
        or journal_entry.organization <> expenditure.organization
        or journal_entry.effective_on <> expenditure.service_date
        or journal_entry.recorded_fiscal_year is distinct from expenditure.recorded_fiscal_year
        or journal_entry.recorded_period is distinct from expenditure.recorded_period
        or journal_entry.flags <> expenditure.flags
        or journal_line.amount is distinct from expenditure.amount
        or journal_line.envelope is distinct from expenditure.envelope
        or journal_line.measure is distinct from expenditure.measure
        or journal_line.fiscal_year is distinct from expenditure.fiscal_year
      )
    order by expenditure.entry
    limit ${breaksMax}
  `.execute(handle)
  return rows
}

/** Entries and events of documents that are not there, or do not own them. */
export async function findMissingDocuments(handle: Handle): Promise<readonly Break[]> {
  const { rows } = await sql<Break>`
    select found.place, found.expected, found.found
    from (
      select
        'entry ' || journal_entry.id as place, 'expenditure ' || journal_entry.document as expected,
        'no such document, or one that names another entry' as found
      from journal_entry
      left join journal_entry as mirrored on mirrored.id = journal_entry.reverses
      left join expenditure on expenditure.id::text = journal_entry.document
        and (
          journal_entry.id in (expenditure.entry, expenditure.reversal_entry)
          or exists (
            select from expenditure_request
            where expenditure_request.expenditure = expenditure.id
              and expenditure_request.kind = 'refund'
              and expenditure_request.entry in (journal_entry.id, mirrored.id)
          )
        )
      where journal_entry.document_type = 'expenditure' and expenditure.id is null
      union all
      select
        'event ' || entered.sequence, entered.subject, 'no such document'
      from event as entered
      left join expenditure on 'expenditure/' || expenditure.id = entered.subject
      left join event as deleted on deleted.subject = entered.subject
        and deleted.type = 'expenditure.deleted'
      where entered.type = 'expenditure.entered'
        and (expenditure.id is null) <> (deleted.id is not null)
    ) as found
    order by found.place
    limit ${breaksMax}
  `.execute(handle)
  return rows
}

/** Events that say a root of documents, with what is sealed for them now; and seals of any other. */
export async function listSealRoots(handle: Handle): Promise<
  readonly {
    readonly sequence: string
    readonly payload: string
    readonly count: number
    readonly root: string
  }[]
> {
  const { rows } = await sql<{ sequence: string; payload: string; count: string; root: string }>`
    select event.sequence, event.payload, count(expenditure_seal.place) as count,
      merkle_root(
        array_agg(expenditure_seal.leaf order by expenditure_seal.place)
          filter (where expenditure_seal.place is not null)
      ) as root
    from event
    left join expenditure_seal on expenditure_seal.event = event.id
    where event.subject like 'import/%' or expenditure_seal.place is not null
    group by event.sequence
    order by event.sequence
  `.execute(handle)
  return rows.map((row) => ({ ...row, count: Number(row.count) }))
}

/** Documents that were sealed, are not there, and that no event says were deleted. */
export async function findMissingSealed(handle: Handle): Promise<readonly Break[]> {
  const { rows } = await sql<Break>`
    select
      'event ' || min(event.sequence) as place,
      'expenditure ' || expenditure_seal.expenditure as expected,
      'no such document' as found
    from expenditure_seal
    inner join event on event.id = expenditure_seal.event
    where not exists (
        select from expenditure where expenditure.id = expenditure_seal.expenditure
      )
      and not exists (
        select from event as deleted
        where deleted.subject = 'expenditure/' || expenditure_seal.expenditure
          and deleted.type = 'expenditure.deleted'
      )
    group by expenditure_seal.expenditure
    having bool_and(expenditure_seal.version > 0)
    order by 1
    limit ${breaksMax}
  `.execute(handle)
  return rows
}
