import { sql } from 'kysely'
import { type Break, breaksMax } from '#features/audit/check.ts'
import type { Handle } from '#platform/db/transaction.ts'

/**
 * The figures kept of each envelope and the sums of its entries, both ways: an entry without its
 * figure, a figure without its entry.
 */
export async function findFigureBreaks(handle: Handle): Promise<readonly Break[]> {
  const { rows } = await sql<Break>`
    with posted as (
      select
        journal_entry.document as year_end, journal_line.envelope,
        coalesce(sum(journal_line.amount) filter (
          where journal_entry.kind = 'distribution' and journal_line.fiscal_year is not null
        ), 0.00) as topped_up,
        coalesce(sum(journal_line.amount) filter (
          where journal_entry.kind = 'carry-forward' and journal_line.account = 'committed'
            and journal_line.amount > 0
        ), 0.00) as commitments_carried,
        coalesce(sum(journal_line.amount) filter (
          where journal_entry.kind = 'carry-forward' and journal_line.account = 'available'
            and journal_line.amount > 0
        ), 0.00) as carried,
        coalesce(sum(journal_line.amount) filter (
          where journal_entry.kind = 'lapse' and journal_line.account = 'authority'
        ), 0.00) as lapsed
      from journal_entry
      inner join journal_line on journal_line.entry = journal_entry.id
      where journal_entry.document_type = 'year-end'
      group by 1, 2
    ),
    said as (
      select
        figure.year_end::text as year_end, figure.envelope, figure.topped_up,
        figure.commitments_carried, figure.carried, figure.lapsed
      from closed_year_figure as figure
    ),
    compared as (
      select
        coalesce(said.year_end, posted.year_end) as year_end,
        coalesce(said.envelope, posted.envelope) as envelope,
        concat_ws(' ', coalesce(said.topped_up, 0.00), coalesce(said.commitments_carried, 0.00),
          coalesce(said.carried, 0.00), coalesce(said.lapsed, 0.00)) as expected,
        concat_ws(' ', coalesce(posted.topped_up, 0.00),
          coalesce(posted.commitments_carried, 0.00), coalesce(posted.carried, 0.00),
          coalesce(posted.lapsed, 0.00)) as found
      from said
      full join posted on posted.year_end = said.year_end and posted.envelope = said.envelope
    )
    select
      concat_ws(' ', 'year-end', closed_year.programme, closed_year.fiscal_year,
        compared.envelope) as place,
      compared.expected, compared.found
    from compared
    left join closed_year on closed_year.year_end::text = compared.year_end
    where compared.expected <> compared.found
    order by 1
    limit ${breaksMax}
  `.execute(handle)
  return rows
}

/** Closed years that nobody approved or that were not closed, and what is still committed in one. */
export async function findClosedBreaks(handle: Handle): Promise<readonly Break[]> {
  const { rows } = await sql<Break>`
    select
      concat_ws(' ', 'year-end', coalesce(year_end.programme, closed_year.programme),
        coalesce(year_end.fiscal_year, closed_year.fiscal_year)) as place,
      concat_ws(' ', year_end.state, year_end.event) as expected,
      coalesce(closed_year.event::text, 'not closed') as found
    from year_end
    full join closed_year on closed_year.year_end = year_end.id
    where (year_end.state is not distinct from 'approved') <> (closed_year.year_end is not null)
      or year_end.event is distinct from closed_year.event
    union all
    select
      concat_ws(' ', 'committed', kept.envelope, kept.fiscal_year), '0.00',
      sum(kept.amount)::text
    from closed_year
    inner join envelope on envelope.programme = closed_year.programme
    inner join journal_balance as kept on kept.envelope = envelope.code
      and kept.fiscal_year = closed_year.fiscal_year
    where kept.account = 'committed'
    group by kept.envelope, kept.fiscal_year
    having sum(kept.amount) <> 0
    order by 1
    limit ${breaksMax}
  `.execute(handle)
  return rows
}

/** Cells whose committed money is not what the commitments held there still have. */
export async function findHeldBreaks(handle: Handle): Promise<readonly Break[]> {
  const { rows } = await sql<Break>`
    with both_sides as (
      select
        envelope, measure, organization, held_fiscal_year::text as fiscal_year,
        amount - consumed - released as remaining, 0.00 as kept
      from commitment
      where state = 'approved'
      union all
      select envelope, measure, organization, fiscal_year, 0.00, amount
      from journal_balance
      where account = 'committed'
    )
    select
      concat_ws(' ', 'committed', envelope, coalesce(measure, '-'), organization, fiscal_year)
        as place,
      sum(remaining)::text as expected, sum(kept)::text as found
    from both_sides
    group by envelope, measure, organization, fiscal_year
    having sum(remaining) <> sum(kept)
    order by 1
    limit ${breaksMax}
  `.execute(handle)
  return rows
}
