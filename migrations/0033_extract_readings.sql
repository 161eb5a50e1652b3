-- How the file of an extract was read, and what of it was no row: every line is accounted for.

alter table extract
  add column understood text not null,
  add column line_count integer not null,
  add column blank_count integer not null,
  add column total_count integer not null,
  add column header_count integer not null,
  add constraint extract_lines_accounted check (
    line_count = row_count + blank_count + total_count + header_count
      and least(blank_count, total_count, header_count) >= 0
  );
comment on column extract.understood is
  'JSON: encoding, delimiter, sheet, columns… and what each rests on';
comment on column extract.line_count is 'lines of the file below its header';
comment on column extract.blank_count is 'of those, empty';
comment on column extract.total_count is 'of those, totals';
comment on column extract.header_count is 'of those, the header again';

-- A closed period is settled, its tie-out too: nothing is loaded for it nor matched in it until it is
-- opened again. Both wait for a closing that is under way, and then find it.
create or replace function refuse_extract() returns trigger
  language plpgsql security definer set search_path = public, pg_temp
  as $$
begin
  if new.loaded_by <> coalesce(acting_person(), '') then
    raise exception 'extract % is loaded for somebody else than %', new.id, acting_person()
      using errcode = 'restrict_violation', constraint = 'extract_signed_by_actor';
  end if;
  if hold_period(new.organization, new.fiscal_year, new.period) then
    raise exception 'extract % is loaded for a closed period', new.id
      using errcode = 'restrict_violation', constraint = 'extract_period_open';
  end if;
  return new;
end
$$;

create function hold_period(of_organization text, of_fiscal_year text, of_period smallint)
  returns boolean
  language plpgsql security definer set search_path = public, pg_temp
  as $$
declare
  found_closed boolean;
begin
  insert into period (organization, fiscal_year, number)
  values (of_organization, of_fiscal_year, of_period)
  on conflict do nothing;
  select period.is_closed into found_closed
  from period
  where period.organization = of_organization
    and period.fiscal_year = of_fiscal_year
    and period.number = of_period
  for share;
  return found_closed;
end
$$;
comment on function hold_period(text, text, smallint) is
  'whether a period is closed; it is not closed, nor opened again, before this transaction ends';
revoke execute on function hold_period(text, text, smallint) from public;

create function refuse_run_of_closed_period() returns trigger
  language plpgsql security definer set search_path = public, pg_temp
  as $$
begin
  if hold_period(new.organization, new.fiscal_year, new.period) then
    raise exception 'run % is of a closed period', new.id
      using errcode = 'restrict_violation', constraint = 'match_run_period_open';
  end if;
  return new;
end
$$;
create trigger held before insert on match_run
  for each row execute function refuse_run_of_closed_period();
alter table match_run enable always trigger held;

-- Which extracts and runs are reached is asked once a statement, and not once a row of them.
alter policy reached on extract_row
  using (extract_row.extract in (select extract.id from extract))
  with check (extract_row.extract in (select extract.id from extract));
alter policy reached on extract_finding
  using (extract_finding.extract in (select extract.id from extract))
  with check (extract_finding.extract in (select extract.id from extract));
alter policy reached on ledger_match
  using (ledger_match.run in (select match_run.id from match_run))
  with check (ledger_match.run in (select match_run.id from match_run));
alter policy reached on match_line
  using (match_line.run in (select match_run.id from match_run))
  with check (match_line.run in (select match_run.id from match_run));
