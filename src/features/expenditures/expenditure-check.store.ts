import { sql } from 'kysely'
import { type Break, breaksMax } from '#features/audit/check.ts'
import type { Handle } from '#platform/db/transaction.ts'

/**
 * Corrected expenditures whose spending in the journal is not what they count: their amount less
 * what was refunded, and nothing once reversed.
 */
export async function findNetBreaks(handle: Handle): Promise<readonly Break[]> {
  const { rows } = await sql<Break>`
    with corrected as (
      select distinct journal_entry.document
      from journal_entry
      where journal_entry.document_type = 'expenditure'
        and (journal_entry.reverses is not null or journal_entry.kind = 'refund')
    ),
    moved as (
      select journal_entry.document, sum(journal_line.amount) as net
      from corrected
      inner join journal_entry on journal_entry.document_type = 'expenditure'
        and journal_entry.document = corrected.document
      inner join journal_line on journal_line.entry = journal_entry.id
        and journal_line.account = 'spent'
      group by 1
    ),
    said as (
      select
        expenditure.id::text as document, expenditure.number,
        case expenditure.state
          when 'reversed' then 0.00
          else expenditure.amount - expenditure.refunded
        end as net
      from expenditure
      where expenditure.state = 'reversed' or expenditure.refunded > 0
    )
    select
      'expenditure ' || coalesce(said.number, moved.document) as place,
      coalesce(said.net::text, '-') as expected, coalesce(moved.net::text, '-') as found
    from said
    full join moved on moved.document = said.document
    where said.net is distinct from moved.net
    order by 1
    limit ${breaksMax}
  `.execute(handle)
  return rows
}

/**
 * Approved requests without the entry that does what they ask, and corrections that nobody asked
 * for. The mirror of a refund is asked for with the mirror of its expenditure.
 */
export async function findRequestBreaks(handle: Handle): Promise<readonly Break[]> {
  const { rows } = await sql<Break>`
    with asked as (
      select
        expenditure_request.entry,
        expenditure_request.expenditure::text
          || case expenditure_request.kind
            when 'refund' then ' refund ' || expenditure_request.amount
              || ' ' || expenditure_request.day
            else ' reverses ' || expenditure.entry
          end as what
      from expenditure_request
      inner join expenditure on expenditure.id = expenditure_request.expenditure
      where expenditure_request.state = 'approved'
    ),
    done as (
      select
        correction.id as entry,
        correction.document
          || case
            when correction.reverses is null then ' refund '
              || (
                select -sum(journal_line.amount) from journal_line
                where journal_line.entry = correction.id and journal_line.account = 'spent'
              )
              || ' ' || correction.effective_on
            else ' reverses ' || correction.reverses
          end as what
      from journal_entry as correction
      left join journal_entry as mirrored on mirrored.id = correction.reverses
      where correction.document_type = 'expenditure'
        and (correction.reverses is not null or correction.kind = 'refund')
        and (correction.reverses is null or mirrored.kind <> 'refund')
    )
    select
      'entry ' || coalesce(done.entry, asked.entry) as place,
      coalesce(asked.what, '-') as expected, coalesce(done.what, '-') as found
    from asked
    full join done on done.entry = asked.entry
    where asked.what is distinct from done.what
    order by coalesce(done.entry, asked.entry)
    limit ${breaksMax}
  `.execute(handle)
  return rows
}
