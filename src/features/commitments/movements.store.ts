import { sql } from 'kysely'
import { money } from '#core/money.ts'
import type { Handle } from '#platform/db/transaction.ts'
import type { Movement } from './movement.ts'

interface Row {
  readonly entry: string
  readonly position: string
  readonly effective_on: string
  readonly kind: string
  readonly is_reversal: boolean
  readonly expenditure: string | null
  readonly number: string | null
  readonly amount: string
}

/** The oldest first. */
export async function listMovements(handle: Handle, id: string): Promise<readonly Movement[]> {
  const { rows } = await sql<Row>`
    with consuming as (
      select expenditure.id, expenditure.number from expenditure
      where expenditure.commitment = ${id}::uuid
    ),
    moving as (
      select journal_entry.*, null::uuid as expenditure, null::text as number
      from journal_entry
      where journal_entry.document_type = 'commitment' and journal_entry.document = ${id}::text
      union all
      select journal_entry.*, consuming.id, consuming.number
      from consuming
      inner join journal_entry on journal_entry.document_type = 'expenditure'
        and journal_entry.document = consuming.id::text
    )
    select
      moving.id::text as entry, event_position(moving.event)::text as position,
      moving.effective_on, moving.kind, moving.reverses is not null as is_reversal,
      moving.expenditure, moving.number, sum(journal_line.amount)::text as amount
    from moving
    inner join journal_line on journal_line.entry = moving.id
    where journal_line.account = 'committed'
    group by moving.id, moving.event, moving.effective_on, moving.kind, moving.reverses,
      moving.expenditure, moving.number
    having sum(journal_line.amount) <> 0
    order by moving.id
  `.execute(handle)
  return rows.map((row) => ({
    entry: row.entry,
    position: Number(row.position),
    effectiveOn: row.effective_on,
    kind: row.kind,
    isReversal: row.is_reversal,
    expenditure:
      row.expenditure === null || row.number === null
        ? null
        : { id: row.expenditure, number: row.number },
    amount: money(row.amount),
  }))
}
