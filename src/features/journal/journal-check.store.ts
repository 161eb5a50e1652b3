import { sql } from 'kysely'
import { type Break, breaksMax } from '#features/audit/check.ts'
import type { Handle } from '#platform/db/transaction.ts'

/** Entries that do not sum to zero where their kind must. */
export async function findUnbalanced(handle: Handle): Promise<readonly Break[]> {
  const { rows } = await sql<Break>`
    select 'entry ' || entry.id as place, '0.00' as expected, summed.total::text as found
    from journal_entry as entry
    cross join lateral (
      select sum(journal_line.amount) as total
      from journal_line
      where journal_line.entry = entry.id
      group by case when entry.kind in ('transfer', 'distribution', 'carry-forward')
        then null else array[journal_line.envelope, journal_line.fiscal_year::text] end
    ) as summed
    where summed.total <> 0
    order by entry.id
    limit ${breaksMax}
  `.execute(handle)
  return rows
}

/** Cells whose kept balance is not the sum of their lines. */
export async function findBalanceBreaks(handle: Handle): Promise<readonly Break[]> {
  const { rows } = await sql<Break>`
    with summed as (
      select
        journal_line.account, journal_entry.kind, journal_line.envelope, journal_line.measure,
        journal_line.organization, journal_line.fiscal_year::text as fiscal_year,
        journal_entry.recorded_fiscal_year::text as recorded_fiscal_year,
        journal_entry.recorded_period, sum(journal_line.amount) as amount
      from journal_line
      inner join journal_entry on journal_entry.id = journal_line.entry
      group by 1, 2, 3, 4, 5, 6, 7, 8
    ),
    compared as (
      select account, kind, envelope, measure, organization, fiscal_year, recorded_fiscal_year,
        recorded_period, sum(by_lines) as by_lines, sum(kept) as kept
      from (
        select summed.*, 0.00 as kept from summed
        union all
        select account, kind, envelope, measure, organization, fiscal_year,
          recorded_fiscal_year, recorded_period, 0.00, amount
        from journal_balance
      ) as both_sides (account, kind, envelope, measure, organization, fiscal_year,
        recorded_fiscal_year, recorded_period, by_lines, kept)
      group by 1, 2, 3, 4, 5, 6, 7, 8
    )
    select
      concat_ws(' ', 'cell', coalesce(envelope, '-'), coalesce(measure, '-'), organization,
        coalesce(fiscal_year, '-'), account, kind) as place,
      by_lines::text as expected, kept::text as found
    from compared
    where by_lines <> kept
    order by 1
    limit ${breaksMax}
  `.execute(handle)
  return rows
}

/** Cells whose count of flagged entries is not what the entries say. */
export async function findFlagBreaks(handle: Handle): Promise<readonly Break[]> {
  const { rows } = await sql<Break>`
    with both_sides as (
      select flag, journal_line.envelope, journal_line.measure, journal_line.organization,
        journal_line.fiscal_year::text as fiscal_year,
        journal_entry.recorded_fiscal_year::text as recorded_fiscal_year,
        journal_entry.recorded_period, sign(journal_line.amount)::integer as counted, 0 as kept
      from journal_line
      inner join journal_entry on journal_entry.id = journal_line.entry
      cross join lateral unnest(journal_entry.flags) as flag
      where journal_line.account = 'spent'
      union all
      select flag, envelope, measure, organization, fiscal_year, recorded_fiscal_year,
        recorded_period, 0, entries
      from journal_flag
    )
    select
      concat_ws(' ', 'flag', flag, coalesce(envelope, '-'), coalesce(measure, '-'), organization,
        coalesce(fiscal_year, '-')) as place,
      sum(counted)::text as expected, sum(kept)::text as found
    from both_sides
    group by flag, envelope, measure, organization, fiscal_year, recorded_fiscal_year,
      recorded_period
    having sum(counted) <> sum(kept)
    order by 1
    limit ${breaksMax}
  `.execute(handle)
  return rows
}

/** planned = committed + spent + lapsed + available, for every envelope and year. */
export async function findIdentityBreaks(handle: Handle): Promise<readonly Break[]> {
  const { rows } = await sql<Break>`
    with columns as (
      select
        envelope, fiscal_year,
        coalesce(sum(amount) filter (
          where account in ('available', 'committed') and kind in ('appropriation', 'supplement',
            'reduction', 'transfer', 'distribution', 'carry-forward')), 0.00) as planned,
        coalesce(sum(amount) filter (where account = 'committed'), 0.00)
          + coalesce(sum(amount) filter (where account = 'spent'), 0.00)
          - coalesce(sum(amount) filter (where account = 'available' and kind = 'lapse'), 0.00)
          + coalesce(sum(amount) filter (where account = 'available'), 0.00) as accounted
      from journal_balance
      where envelope is not null
      group by envelope, fiscal_year
    )
    select
      concat_ws(' ', 'cell', envelope, coalesce(fiscal_year, '-')) as place,
      planned::text as expected, accounted::text as found
    from columns
    where planned <> accounted
    order by 1
    limit ${breaksMax}
  `.execute(handle)
  return rows
}
