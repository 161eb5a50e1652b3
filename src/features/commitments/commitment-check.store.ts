import { sql } from 'kysely'
import { type Break, breaksMax } from '#features/audit/check.ts'
import type { Handle } from '#platform/db/transaction.ts'

/**
 * Commitments whose remaining money is not what the journal holds committed for them: the lines of
 * their own entries and of the expenditures that name them. A carry-forward moves as much as it
 * takes, so it is left out.
 */
export async function findCommittedBreaks(handle: Handle): Promise<readonly Break[]> {
  const { rows } = await sql<Break>`
    with moved as (
      select
        case journal_entry.document_type
          when 'commitment' then journal_entry.document
          else expenditure.commitment::text
        end as commitment,
        sum(journal_line.amount) as committed
      from journal_line
      inner join journal_entry on journal_entry.id = journal_line.entry
      left join expenditure on journal_entry.document_type = 'expenditure'
        and expenditure.id::text = journal_entry.document
      where journal_line.account = 'committed'
        and journal_entry.document_type in ('commitment', 'expenditure')
      group by 1
    ),
    said as (
      select
        commitment.id::text as commitment, commitment.number,
        case
          when commitment.state in ('approved', 'closed')
            then commitment.amount - commitment.consumed - commitment.released
          else 0.00
        end as remaining
      from commitment
    )
    select
      'commitment ' || coalesce(said.number, moved.commitment, '-') as place,
      coalesce(said.remaining, 0.00)::text as expected,
      coalesce(moved.committed, 0.00)::text as found
    from said
    full join moved on moved.commitment = said.commitment
    where coalesce(said.remaining, 0.00) <> coalesce(moved.committed, 0.00)
    order by 1
    limit ${breaksMax}
  `.execute(handle)
  return rows
}
