-- What was known at an earlier position: the balances are those of now less what came after, so an
-- old report costs what was recorded since. Events are not open to every reader of a report; these
-- functions tell of them only what a report prints.

create function chain_at(
  asked bigint, out sequence bigint, out at timestamptz, out hash text
) returns setof record
  language sql stable strict security definer set search_path = public, pg_temp
  begin atomic
    select event.sequence, event.at, event.hash from event where event.sequence = asked;
  end;
comment on function chain_at(bigint) is 'what a report prints of a position; no row past the head';

create function position_at(instant timestamptz) returns bigint
  language sql stable strict security definer set search_path = public, pg_temp
  return (
    select event.sequence from event
    where event.at <= instant
    order by event.at desc, event.sequence desc
    limit 1
  );
comment on function position_at(timestamptz) is 'the last position recorded at or before an instant';

-- A cell that came back to zero was used and stays a cell; one that came later was not there yet.
alter table journal_balance add column lines bigint not null default 0;
comment on column journal_balance.lines is 'how many lines the sum is of';
update journal_balance set lines = counted.lines
from (
  select
    journal_line.account, journal_entry.kind, journal_line.envelope, journal_line.measure,
    journal_line.organization, journal_line.fiscal_year, journal_entry.recorded_fiscal_year,
    journal_entry.recorded_period, count(*) as lines
  from journal_line
  inner join journal_entry on journal_entry.id = journal_line.entry
  group by 1, 2, 3, 4, 5, 6, 7, 8
) as counted
where counted.account = journal_balance.account
  and counted.kind = journal_balance.kind
  and counted.organization = journal_balance.organization
  and counted.envelope is not distinct from journal_balance.envelope
  and counted.measure is not distinct from journal_balance.measure
  and counted.fiscal_year::text is not distinct from journal_balance.fiscal_year
  and counted.recorded_fiscal_year::text is not distinct from journal_balance.recorded_fiscal_year
  and counted.recorded_period is not distinct from journal_balance.recorded_period;
alter table journal_balance alter column lines drop default;

create or replace function post_lines() returns trigger
  language plpgsql security definer set search_path = public, pg_temp
  as $$
begin
  if exists (
    select from added
    inner join journal_entry on journal_entry.id = added.entry
    inner join event on event.id = journal_entry.event
  ) then
    raise exception 'lines added to an entry whose event is recorded'
      using errcode = 'restrict_violation', constraint = 'journal_line_of_recorded_event';
  end if;

  insert into journal_balance as balance (
    account, kind, envelope, measure, organization, fiscal_year, recorded_fiscal_year,
    recorded_period, amount, lines
  )
  select
    added.account, journal_entry.kind, added.envelope, added.measure, added.organization,
    added.fiscal_year, journal_entry.recorded_fiscal_year, journal_entry.recorded_period,
    sum(added.amount), count(*)
  from added
  inner join journal_entry on journal_entry.id = added.entry
  group by 1, 2, 3, 4, 5, 6, 7, 8
  -- one order for everybody: two imports that touch the same cells queue instead of deadlocking
  order by 3 nulls first, 6 nulls first, 1, 2, 4 nulls first, 5, 7 nulls first, 8 nulls first
  on conflict on constraint journal_balance_cell_once
  do update set
    amount = balance.amount + excluded.amount,
    lines = balance.lines + excluded.lines;

  insert into journal_flag as counted (
    flag, envelope, measure, organization, fiscal_year, recorded_fiscal_year, recorded_period,
    entries
  )
  select
    flag, added.envelope, added.measure, added.organization, added.fiscal_year,
    journal_entry.recorded_fiscal_year, journal_entry.recorded_period,
    sum(sign(added.amount))::integer
  from added
  inner join journal_entry on journal_entry.id = added.entry
  cross join lateral unnest(journal_entry.flags) as flag
  where added.account = 'spent'
  group by 1, 2, 3, 4, 5, 6, 7
  order by 2 nulls first, 5 nulls first, 1, 3 nulls first, 4, 6 nulls first, 7 nulls first
  on conflict on constraint journal_flag_cell_once
  do update set entries = counted.entries + excluded.entries;

  return null;
end
$$;

create function balances_after(asked bigint) returns table (
  account text, kind text, envelope text, measure text, organization text, fiscal_year text,
  recorded_fiscal_year text, recorded_period smallint, amount numeric, lines bigint
)
  language sql stable strict security definer set search_path = public, pg_temp
  begin atomic
    select
      journal_line.account, journal_entry.kind, journal_line.envelope, journal_line.measure,
      journal_line.organization, journal_line.fiscal_year::text,
      journal_entry.recorded_fiscal_year::text, journal_entry.recorded_period,
      sum(journal_line.amount), count(*)
    from event
    inner join journal_entry on journal_entry.event = event.id
    inner join journal_line on journal_line.entry = journal_entry.id
    where event.sequence > asked
    group by 1, 2, 3, 4, 5, 6, 7, 8;
  end;
comment on function balances_after(bigint) is 'what the lines after a position add to each balance';

create function flags_after(asked bigint) returns table (
  flag text, envelope text, measure text, organization text, fiscal_year text,
  recorded_fiscal_year text, recorded_period smallint, entries bigint
)
  language sql stable strict security definer set search_path = public, pg_temp
  begin atomic
    select
      flagged.flag, journal_line.envelope, journal_line.measure, journal_line.organization,
      journal_line.fiscal_year::text, journal_entry.recorded_fiscal_year::text,
      journal_entry.recorded_period, sum(sign(journal_line.amount))::bigint
    from event
    inner join journal_entry on journal_entry.event = event.id
    inner join journal_line on journal_line.entry = journal_entry.id
    cross join lateral unnest(journal_entry.flags) as flagged (flag)
    where event.sequence > asked and journal_line.account = 'spent'
    group by 1, 2, 3, 4, 5, 6, 7;
  end;
comment on function flags_after(bigint) is 'what the entries after a position add to each count';

revoke execute on function event_position, chain_at, position_at, balances_after, flags_after
  from public;
grant execute on function event_position, chain_at, position_at, balances_after, flags_after
  to vigie_service;
