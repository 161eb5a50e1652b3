-- The budgetary journal: planned, committed and spent money in one append-only record. Nothing may
-- be added to an entry whose event is recorded, so what the chain sealed stays what it was.

create table journal_entry (
  id bigint generated always as identity,
  event uuid not null,
  kind text not null,
  organization text not null,
  effective_on date not null,
  recorded_fiscal_year fiscal_year,
  recorded_period smallint,
  document_type text not null,
  document text not null,
  reverses bigint,
  flags text[] not null default '{}',
  constraint journal_entry_pk primary key (id),
  constraint journal_entry_reversed_once unique (reverses),
  constraint journal_entry_event_fk foreign key (event) references event (id)
    deferrable initially deferred,
  constraint journal_entry_reverses_fk foreign key (reverses) references journal_entry (id),
  constraint journal_entry_organization_fk foreign key (organization) references organization (code),
  constraint journal_entry_kind_known check (
    kind in ('appropriation', 'supplement', 'reduction', 'transfer', 'distribution', 'commitment',
      'release', 'expenditure', 'self-funded', 'refund', 'carry-forward', 'lapse')
  ),
  constraint journal_entry_recorded_whole check (
    (recorded_fiscal_year is null) = (recorded_period is null)
  ),
  constraint journal_entry_recorded_period_known check (recorded_period between 1 and 13),
  constraint journal_entry_spending_is_recorded check (
    recorded_period is not null
    or kind not in ('commitment', 'release', 'expenditure', 'self-funded', 'refund')
  ),
  constraint journal_entry_document_type_known check (
    document_type in ('envelope', 'expenditure', 'commitment', 'revision', 'year-end')
  )
);
create index journal_entry_by_event on journal_entry (event);
create index journal_entry_by_document on journal_entry (document_type, document);
create index journal_entry_by_organization on journal_entry (organization);
call make_append_only('journal_entry');
comment on table journal_entry is 'append-only: one movement of money, named by its event';
comment on column journal_entry.kind is 'a reversal keeps the kind of the entry it mirrors';
comment on column journal_entry.effective_on is 'service date, or the day a decision takes effect';
comment on column journal_entry.recorded_fiscal_year is
  'where it was recorded; the year it belongs to is on its lines';
comment on column journal_entry.flags is 'what was noticed at posting; a reversal carries the same';

create table journal_line (
  entry bigint not null,
  place smallint not null,
  account text not null,
  envelope text,
  measure text,
  organization text not null,
  fiscal_year fiscal_year,
  amount amount not null,
  constraint journal_line_pk primary key (entry, place),
  constraint journal_line_entry_fk foreign key (entry) references journal_entry (id),
  constraint journal_line_envelope_fk foreign key (envelope) references envelope (code),
  constraint journal_line_measure_fk foreign key (measure) references measure (code),
  constraint journal_line_organization_fk foreign key (organization) references organization (code),
  constraint journal_line_account_known check (
    account in ('authority', 'available', 'committed', 'spent', 'own_resources')
  ),
  constraint journal_line_own_resources_cell check (
    case account
      when 'own_resources' then envelope is null
      when 'spent' then true
      else envelope is not null
    end
  )
);
create index journal_line_by_envelope on journal_line (envelope, fiscal_year);
create index journal_line_by_measure on journal_line (measure);
create index journal_line_by_organization on journal_line (organization);
call make_append_only('journal_line');
comment on table journal_line is 'append-only: one account and cell of an entry';
comment on column journal_line.fiscal_year is 'null: not distributed over the years of the term';

create table journal_balance (
  account text not null,
  kind text not null,
  envelope text,
  measure text,
  organization text not null,
  fiscal_year text,
  recorded_fiscal_year text,
  recorded_period smallint,
  amount numeric not null,
  constraint journal_balance_cell_once unique nulls not distinct (
    envelope, fiscal_year, account, kind, measure, organization, recorded_fiscal_year,
    recorded_period
  ),
  constraint journal_balance_is_exact check (amount <> 'NaN' and scale(amount) = 2)
);
comment on table journal_balance is
  'sum of the lines of a cell, kept by a trigger: a report costs the number of cells';

create table journal_flag (
  flag text not null,
  envelope text,
  measure text,
  organization text not null,
  fiscal_year text,
  recorded_fiscal_year text,
  recorded_period smallint,
  entries integer not null,
  constraint journal_flag_cell_once unique nulls not distinct (
    envelope, fiscal_year, flag, measure, organization, recorded_fiscal_year, recorded_period
  )
);
comment on table journal_flag is
  'how many spending entries of a cell carry a flag, less their reversals, kept by a trigger';

grant select on journal_balance, journal_flag to vigie_service;

create function post_lines() returns trigger
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
    recorded_period, amount
  )
  select
    added.account, journal_entry.kind, added.envelope, added.measure, added.organization,
    added.fiscal_year, journal_entry.recorded_fiscal_year, journal_entry.recorded_period,
    sum(added.amount)
  from added
  inner join journal_entry on journal_entry.id = added.entry
  group by 1, 2, 3, 4, 5, 6, 7, 8
  -- one order for everybody: two imports that touch the same cells queue instead of deadlocking
  order by 3 nulls first, 6 nulls first, 1, 2, 4 nulls first, 5, 7 nulls first, 8 nulls first
  on conflict on constraint journal_balance_cell_once
  do update set amount = balance.amount + excluded.amount;

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
create trigger post_lines after insert on journal_line
  referencing new table as added
  for each statement execute function post_lines();
alter table journal_line enable always trigger post_lines;

create function refuse_unbalanced() returns trigger
  language plpgsql security definer set search_path = public, pg_temp
  as $$
declare
  line_count integer;
  is_balanced boolean;
begin
  if new.kind in ('transfer', 'distribution', 'carry-forward') then
    select count(*), coalesce(sum(journal_line.amount), 0) = 0
    into line_count, is_balanced
    from journal_line
    where journal_line.entry = new.id;
  else
    select coalesce(sum(cell.lines), 0), coalesce(bool_and(cell.total = 0), true)
    into line_count, is_balanced
    from (
      select count(*) as lines, sum(journal_line.amount) as total
      from journal_line
      where journal_line.entry = new.id
      group by journal_line.envelope, journal_line.fiscal_year
    ) as cell;
  end if;
  if line_count < 2 or not is_balanced then
    raise exception 'entry % does not sum to zero in each envelope and year', new.id
      using errcode = 'check_violation', constraint = 'journal_entry_balanced';
  end if;
  return null;
end
$$;
create constraint trigger balanced after insert on journal_entry
  deferrable initially deferred
  for each row execute function refuse_unbalanced();
alter table journal_entry enable always trigger balanced;

-- Recorded periods: the row is made if this is its first use, then locked for share, so that a
-- closing waits for us or we see it closed.
create function refuse_closed_period() returns trigger
  language plpgsql security definer set search_path = public, pg_temp
  as $$
declare
  refused record;
begin
  insert into period (organization, fiscal_year, number)
  select distinct added.organization, added.recorded_fiscal_year::text, added.recorded_period
  from added
  where added.recorded_period is not null
    and not exists (
      select from period
      where period.organization = added.organization
        and period.fiscal_year = added.recorded_fiscal_year
        and period.number = added.recorded_period
    )
  order by 1, 2, 3
  on conflict do nothing;

  perform from period
  where (period.organization, period.fiscal_year, period.number) in (
    select added.organization, added.recorded_fiscal_year, added.recorded_period from added
  )
  order by period.organization, period.fiscal_year, period.number
  for share;

  select added.organization, added.recorded_fiscal_year as fiscal_year, added.recorded_period
  into refused
  from added
  inner join period on period.organization = added.organization
    and period.fiscal_year = added.recorded_fiscal_year
    and period.number = added.recorded_period
  where period.is_closed
  limit 1;
  if found then
    raise exception 'period % of % is closed for %',
      refused.recorded_period, refused.fiscal_year, refused.organization
      using errcode = 'restrict_violation', constraint = 'journal_entry_period_open';
  end if;

  -- spending is recorded in its own period unless that one is closed, and never before it
  select added.id into refused
  from added
  left join period as own on own.organization = added.organization
    and own.fiscal_year = fiscal_year_of(added.effective_on)
    and own.number = period_of(added.effective_on)
  where added.kind in ('expenditure', 'self-funded')
    and (added.recorded_fiscal_year::text, added.recorded_period)
      <> (fiscal_year_of(added.effective_on), period_of(added.effective_on))
    and (
      not coalesce(own.is_closed, false)
      or (added.recorded_fiscal_year::text, added.recorded_period)
        < (fiscal_year_of(added.effective_on), period_of(added.effective_on))
    )
  limit 1;
  if found then
    raise exception 'entry % is not recorded in the period of its service date', refused.id
      using errcode = 'check_violation', constraint = 'journal_entry_period_is_its_own';
  end if;
  return null;
end
$$;
create trigger recorded_period after insert on journal_entry
  referencing new table as added
  for each statement execute function refuse_closed_period();
alter table journal_entry enable always trigger recorded_period;

-- The canonical text of an entry, hashed into a leaf of its event's Merkle tree.
create function journal_entry_leaf(entry journal_entry) returns bytea
  language sql stable
  return (
    select sha256('\x00'::bytea || convert_to(
      length_prefixed(
        entry.id::text, entry.kind, entry.organization, to_char(entry.effective_on, 'YYYY-MM-DD'),
        coalesce(entry.recorded_fiscal_year, ''), coalesce(entry.recorded_period::text, ''),
        entry.document_type, entry.document, coalesce(entry.reverses::text, ''),
        array_to_string(entry.flags, ' '))
      || string_agg(
        length_prefixed(
          journal_line.place::text, journal_line.account, coalesce(journal_line.envelope, ''),
          coalesce(journal_line.measure, ''), journal_line.organization,
          coalesce(journal_line.fiscal_year, ''), journal_line.amount::text),
        '' order by journal_line.place),
      'UTF8'))
    from journal_line
    where journal_line.entry = entry.id
  );

create or replace function event_entries(
  event_id uuid, out entry_count integer, out entry_root text
)
  language sql stable
  return (
    select (count(*)::integer, merkle_root(array_agg(journal_entry_leaf(journal_entry)
      order by journal_entry.id)))
    from journal_entry
    where journal_entry.event = event_id
  );
