-- A matching of an extract with the journal, kept as data: its lines on both sides, the matches that
-- rules or people made, and for what is open a cause and an owner. A run is worked on until it is
-- signed; then it never changes, and what it left open is carried to the next period.

create table match_run (
  id uuid not null default gen_random_uuid(),
  place bigint not null generated always as identity,
  organization text not null,
  fiscal_year fiscal_year not null,
  period smallint not null,
  extract uuid not null,
  carried_from uuid,
  tolerance amount not null,
  tolerance_days smallint not null,
  stopped text[] not null default '{}',
  state text not null default 'open',
  version integer not null default 1,
  prepared_by text not null,
  changed_by text not null,
  signed_by text,
  constraint match_run_pk primary key (id),
  constraint match_run_place_once unique (place),
  constraint match_run_organization_fk foreign key (organization) references organization (code),
  constraint match_run_extract_fk foreign key (extract, organization, fiscal_year, period)
    references extract (id, organization, fiscal_year, period),
  constraint match_run_carried_from_fk foreign key (carried_from) references match_run (id),
  constraint match_run_prepared_by_fk foreign key (prepared_by) references person (email),
  constraint match_run_changed_by_fk foreign key (changed_by) references person (email),
  constraint match_run_signed_by_fk foreign key (signed_by) references person (email),
  constraint match_run_period_known check (period between 1 and 13),
  constraint match_run_tolerance_not_negative check (tolerance >= 0 and tolerance_days >= 0),
  constraint match_run_state_known check (state in ('open', 'signed')),
  constraint match_run_signed_whole check ((state = 'signed') = (signed_by is not null)),
  constraint match_run_two_persons check (signed_by not in (prepared_by, changed_by))
);
create index match_run_by_period on match_run (organization, fiscal_year, period, place);
create index match_run_by_extract on match_run (extract, organization, fiscal_year, period);
create index match_run_by_carried_from on match_run (carried_from);
create index match_run_by_prepared_by on match_run (prepared_by);
create index match_run_by_changed_by on match_run (changed_by);
create index match_run_by_signed_by on match_run (signed_by);
comment on table match_run is
  'an extract against the journal of its period; the last one of a period is its tie-out';
comment on column match_run.place is 'the order in which they were made, gaps allowed';
comment on column match_run.carried_from is 'the signed run whose open lines are in it too';
comment on column match_run.stopped is 'documents and suppliers whose sums were not all tried';
comment on column match_run.changed_by is
  'who last matched, unmatched, split or explained; may not sign';
grant select, insert on match_run to vigie_service;
grant update (state, version, changed_by, signed_by) on match_run to vigie_service;

create table ledger_match (
  id uuid not null default gen_random_uuid(),
  run uuid not null,
  place integer not null,
  rule text not null,
  basis text,
  days smallint not null,
  residual amount not null,
  reason text,
  made_by text,
  cause text,
  owner text,
  note text,
  constraint ledger_match_pk primary key (id),
  constraint ledger_match_of_run_once unique (id, run),
  constraint ledger_match_place_once unique (run, place),
  constraint ledger_match_run_fk foreign key (run) references match_run (id),
  constraint ledger_match_made_by_fk foreign key (made_by) references person (email),
  constraint ledger_match_owner_fk foreign key (owner) references person (email),
  constraint ledger_match_rule_known check (
    rule in ('exact', 'one-to-many', 'many-to-one', 'tolerance', 'manual')
  ),
  constraint ledger_match_basis_known check (basis in ('document', 'document-date', 'supplier')),
  constraint ledger_match_manual_whole check (
    (rule = 'manual') = (reason is not null) and (rule = 'manual') = (made_by is not null)
    and (rule = 'manual') = (basis is null)
  ),
  constraint ledger_match_cause_known check (
    cause in ('timing', 'not-in-ledger', 'not-in-service', 'duplicate', 'amount',
      'wrong-fiscal-year', 'wrong-measure', 'out-of-scope')
  ),
  constraint ledger_match_cause_owned check ((cause is null) = (owner is null))
);
create index ledger_match_by_made_by on ledger_match (made_by);
create index ledger_match_by_owner on ledger_match (owner);
comment on table ledger_match is 'lines of both sides that are the same thing, and by which rule';
comment on column ledger_match.basis is 'what its lines share; null for one made by a person';
comment on column ledger_match.days is 'between the two dates, where the rule looks at them';
comment on column ledger_match.residual is 'extract less journal; another than zero needs a cause';
comment on column ledger_match.reason is 'why a person made it';
grant select, insert, delete on ledger_match to vigie_service;
grant update (cause, owner, note) on ledger_match to vigie_service;

create table match_line (
  run uuid not null,
  side text not null,
  number integer not null,
  extract uuid,
  extract_row integer,
  split_of integer,
  expenditure uuid,
  amount amount not null,
  since_fiscal_year fiscal_year not null,
  since_period smallint not null,
  match uuid,
  cause text,
  owner text,
  note text,
  constraint match_line_pk primary key (run, side, number),
  constraint match_line_expenditure_once unique (run, expenditure),
  constraint match_line_run_fk foreign key (run) references match_run (id),
  constraint match_line_extract_row_fk foreign key (extract, extract_row)
    references extract_row (extract, number),
  constraint match_line_expenditure_fk foreign key (expenditure) references expenditure (id),
  constraint match_line_match_fk foreign key (match, run) references ledger_match (id, run),
  constraint match_line_owner_fk foreign key (owner) references person (email),
  constraint match_line_side_whole check (
    case side
      when 'extract' then extract is not null and extract_row is not null and expenditure is null
      when 'journal' then expenditure is not null and extract is null and extract_row is null
        and split_of is null
      else false
    end
  ),
  constraint match_line_since_period_known check (since_period between 1 and 13),
  constraint match_line_cause_known check (
    cause in ('timing', 'not-in-ledger', 'not-in-service', 'duplicate', 'amount',
      'wrong-fiscal-year', 'wrong-measure', 'out-of-scope')
  ),
  constraint match_line_cause_owned check ((cause is null) = (owner is null)),
  constraint match_line_matched_is_no_cause check (match is null or cause is null)
);
create index match_line_by_match on match_line (match, run);
create index match_line_by_extract_row on match_line (extract, extract_row);
create index match_line_by_expenditure on match_line (expenditure);
create index match_line_by_owner on match_line (owner);
comment on table match_line is
  'what a run holds on a side: in one match, or open with its cause; a line is never in two';
comment on column match_line.number is
  'on the extract''s side the row of the file; carried and split lines take the numbers after it';
comment on column match_line.split_of is 'number of the line it is a part of; that one is gone';
comment on column match_line.expenditure is
  'with all that it moved in the period and what was carried of it';
comment on column match_line.since_fiscal_year is 'with the period: since when it is open';
grant select, insert, delete on match_line to vigie_service;
grant update (match, cause, owner, note) on match_line to vigie_service;

-- What an organization's expenditures moved in a period, net of refunds and reversals recorded
-- there, together with what a signed run left open of them.
create index journal_entry_by_recorded
  on journal_entry (organization, recorded_fiscal_year, recorded_period)
  where document_type = 'expenditure';
create function journal_side(
  of_organization text, of_fiscal_year text, of_period smallint, carried uuid
)
  returns table (
    expenditure uuid, amount numeric, since_fiscal_year text, since_period smallint
  )
  language sql stable set search_path = public, pg_temp
  as $$
  select
    moved.expenditure, sum(moved.amount),
    coalesce(min(moved.since_fiscal_year), of_fiscal_year),
    coalesce(min(moved.since_period), of_period)
  from (
    select
      journal_entry.document::uuid as expenditure, journal_line.amount,
      null::text as since_fiscal_year, null::smallint as since_period
    from journal_entry
    inner join journal_line on journal_line.entry = journal_entry.id
    where journal_entry.organization = of_organization
      and journal_entry.recorded_fiscal_year = of_fiscal_year
      and journal_entry.recorded_period = of_period
      and journal_entry.document_type = 'expenditure'
      and journal_line.account = 'spent'
    union all
    select
      match_line.expenditure, match_line.amount, match_line.since_fiscal_year,
      match_line.since_period
    from match_line
    where match_line.run = carried
      and match_line.side = 'journal'
      and match_line.match is null
  ) as moved
  group by moved.expenditure
  having sum(moved.amount) <> 0
  $$;
comment on function journal_side(text, text, smallint, uuid) is
  'the journal''s side of a run of a period, one line an expenditure';

alter table match_run enable row level security, force row level security;
create policy reached on match_run to vigie_service
  using (
    (select reaches_everything())
    or match_run.organization = any ((select reached_organizations())::text[])
  )
  with check (
    (select reaches_everything())
    or match_run.organization = any ((select reached_organizations())::text[])
  );
create policy owned on match_run
  using ((select is_owner_of('match_run')))
  with check ((select is_owner_of('match_run')));

alter table ledger_match enable row level security, force row level security;
create policy reached on ledger_match to vigie_service
  using (exists (select from match_run where match_run.id = ledger_match.run))
  with check (exists (select from match_run where match_run.id = ledger_match.run));
create policy owned on ledger_match
  using ((select is_owner_of('ledger_match')))
  with check ((select is_owner_of('ledger_match')));

alter table match_line enable row level security, force row level security;
create policy reached on match_line to vigie_service
  using (exists (select from match_run where match_run.id = match_line.run))
  with check (exists (select from match_run where match_run.id = match_line.run));
create policy owned on match_line
  using ((select is_owner_of('match_line')))
  with check ((select is_owner_of('match_line')));

-- What is signed is settled; nobody signs with another's name, and who changes says so.
create function refuse_settled_run() returns trigger
  language plpgsql security definer set search_path = public, pg_temp
  as $$
declare
  actor text := coalesce(acting_person(), '');
begin
  if tg_op = 'INSERT' then
    if new.state = 'open' and new.prepared_by = actor and new.changed_by = actor then
      return new;
    end if;
  elsif old.state = 'signed' then
    raise exception 'run % is signed: % refused', old.id, tg_op
      using errcode = 'restrict_violation', constraint = 'match_run_is_settled';
  elsif new.state = 'open' and new.changed_by = actor
    or new.state = 'signed' and new.signed_by = actor and new.changed_by = old.changed_by then
    return new;
  end if;
  raise exception 'run % is signed for somebody else than %', new.id, actor
    using errcode = 'restrict_violation', constraint = 'match_run_signed_by_actor';
end
$$;
create trigger settled before insert or update or delete on match_run
  for each row execute function refuse_settled_run();
alter table match_run enable always trigger settled;

create function refuse_settled_lines() returns trigger
  language plpgsql security definer set search_path = public, pg_temp
  as $$
begin
  perform from match_run
  where match_run.id in (select touched.run from touched)
  for share;
  if exists (
    select from match_run
    where match_run.id in (select touched.run from touched)
      and (match_run.state = 'signed'
        or match_run.changed_by is distinct from coalesce(acting_person(), ''))
  ) then
    raise exception 'lines of a run that is signed, or was last changed by somebody else'
      using errcode = 'restrict_violation', constraint = 'match_run_is_settled';
  end if;
  return null;
end
$$;
comment on function refuse_settled_lines() is
  'for what a run consists of: who touches it has said so on the run first';
create trigger settled_inserts after insert on match_line
  referencing new table as touched
  for each statement execute function refuse_settled_lines();
alter table match_line enable always trigger settled_inserts;
create trigger settled_updates after update on match_line
  referencing new table as touched
  for each statement execute function refuse_settled_lines();
alter table match_line enable always trigger settled_updates;
create trigger settled_deletes after delete on match_line
  referencing old table as touched
  for each statement execute function refuse_settled_lines();
alter table match_line enable always trigger settled_deletes;
create trigger settled_inserts after insert on ledger_match
  referencing new table as touched
  for each statement execute function refuse_settled_lines();
alter table ledger_match enable always trigger settled_inserts;
create trigger settled_updates after update on ledger_match
  referencing new table as touched
  for each statement execute function refuse_settled_lines();
alter table ledger_match enable always trigger settled_updates;
create trigger settled_deletes after delete on ledger_match
  referencing old table as touched
  for each statement execute function refuse_settled_lines();
alter table ledger_match enable always trigger settled_deletes;
