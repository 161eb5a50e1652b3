-- What an organization's accounting system says of a period: rows as they were read, the totals
-- that were stated for them, and what was noticed. An extract never changes; a corrected one
-- supersedes it, and both stay.

create table extract_mapping (
  organization text not null,
  system text not null,
  version integer not null default 1,
  date_column text not null,
  account_column text,
  document_column text not null,
  description_column text not null,
  supplier_column text,
  amount_column text,
  debit_column text,
  credit_column text,
  spending_sign text not null,
  changed_by text not null,
  constraint extract_mapping_pk primary key (organization, system),
  constraint extract_mapping_organization_fk foreign key (organization)
    references organization (code),
  constraint extract_mapping_changed_by_fk foreign key (changed_by) references person (email),
  constraint extract_mapping_amounts_whole check (
    (amount_column is null) = (debit_column is not null and credit_column is not null)
    and (debit_column is null) = (credit_column is null)
  ),
  constraint extract_mapping_sign_known check (spending_sign in ('positive', 'negative'))
);
create index extract_mapping_by_changed_by on extract_mapping (changed_by);
comment on table extract_mapping is
  'which columns of a system''s extracts say what, and whether spending is positive there';
comment on column extract_mapping.system is 'the accounting system as its people call it: SAGIR';
comment on column extract_mapping.debit_column is
  'where debits and credits have a column each; debits are spending when the sign is positive';
grant select, insert on extract_mapping to vigie_service;
grant update (version, date_column, account_column, document_column, description_column,
  supplier_column, amount_column, debit_column, credit_column, spending_sign, changed_by)
  on extract_mapping to vigie_service;

create table extract (
  id uuid not null default gen_random_uuid(),
  place bigint not null generated always as identity,
  organization text not null,
  fiscal_year fiscal_year not null,
  period smallint not null,
  system text,
  file_name text not null,
  sha256 text not null,
  row_count integer not null,
  stated_total amount not null,
  total amount not null,
  supersedes uuid,
  loaded_by text not null,
  event uuid not null,
  constraint extract_pk primary key (id),
  constraint extract_place_once unique (place),
  constraint extract_file_once unique (organization, sha256),
  constraint extract_of_period_once unique (id, organization, fiscal_year, period),
  constraint extract_superseded_once unique (supersedes, organization, fiscal_year, period),
  constraint extract_organization_fk foreign key (organization) references organization (code),
  constraint extract_supersedes_fk foreign key (supersedes, organization, fiscal_year, period)
    references extract (id, organization, fiscal_year, period),
  constraint extract_loaded_by_fk foreign key (loaded_by) references person (email),
  constraint extract_event_fk foreign key (event) references event (id)
    deferrable initially deferred,
  constraint extract_period_known check (period between 1 and 13),
  constraint extract_sha256_is_hex check (sha256 ~ '^[0-9a-f]{64}$'),
  constraint extract_has_rows check (row_count > 0),
  constraint extract_total_is_stated check (abs(total) = abs(stated_total))
);
create unique index extract_one_first on extract (organization, fiscal_year, period)
  where supersedes is null;
create index extract_by_loaded_by on extract (loaded_by);
create index extract_by_event on extract (event);
call make_append_only('extract');
comment on table extract is
  'append-only: what a ledger says of an organization and a period; superseded by the one that names it';
comment on column extract.place is 'the order in which they were loaded, gaps allowed';
comment on column extract.sha256 is 'of the file''s bytes';
comment on column extract.stated_total is 'the control total, in the signs of the file';
comment on column extract.total is 'the same in ours: spending is positive';

create table extract_row (
  extract uuid not null,
  number integer not null,
  date date not null,
  account text,
  document text not null,
  description text not null,
  supplier text,
  amount amount not null,
  constraint extract_row_pk primary key (extract, number),
  constraint extract_row_extract_fk foreign key (extract) references extract (id),
  constraint extract_row_number_positive check (number > 0)
);
call make_append_only('extract_row');
comment on table extract_row is 'append-only: one row of an extract';
comment on column extract_row.number is 'the row''s number in the file, as a spreadsheet shows it';
comment on column extract_row.document is 'empty where the ledger names none';
comment on column extract_row.amount is 'spending is positive, a credit negative';

create table extract_finding (
  extract uuid not null,
  place integer not null,
  code text not null,
  number integer,
  value text,
  constraint extract_finding_pk primary key (extract, place),
  constraint extract_finding_extract_fk foreign key (extract) references extract (id)
);
call make_append_only('extract_finding');
comment on table extract_finding is 'append-only: what was noticed at loading, and refused nothing';
comment on column extract_finding.number is 'row of the file; null for what concerns all of it';
comment on column extract_finding.value is 'what the sentence of the code names: a row, an amount, a year';

alter table extract_mapping enable row level security, force row level security;
create policy reached on extract_mapping to vigie_service
  using (
    (select reaches_everything())
    or extract_mapping.organization = any ((select reached_organizations())::text[])
  )
  with check (
    (select reaches_everything())
    or extract_mapping.organization = any ((select reached_organizations())::text[])
  );
create policy owned on extract_mapping
  using ((select is_owner_of('extract_mapping')))
  with check ((select is_owner_of('extract_mapping')));

alter table extract enable row level security, force row level security;
create policy reached on extract to vigie_service
  using (
    (select reaches_everything())
    or extract.organization = any ((select reached_organizations())::text[])
  )
  with check (
    (select reaches_everything())
    or extract.organization = any ((select reached_organizations())::text[])
  );
create policy owned on extract
  using ((select is_owner_of('extract')))
  with check ((select is_owner_of('extract')));

alter table extract_row enable row level security, force row level security;
create policy reached on extract_row to vigie_service
  using (exists (select from extract where extract.id = extract_row.extract))
  with check (exists (select from extract where extract.id = extract_row.extract));
create policy owned on extract_row
  using ((select is_owner_of('extract_row')))
  with check ((select is_owner_of('extract_row')));

alter table extract_finding enable row level security, force row level security;
create policy reached on extract_finding to vigie_service
  using (exists (select from extract where extract.id = extract_finding.extract))
  with check (exists (select from extract where extract.id = extract_finding.extract));
create policy owned on extract_finding
  using ((select is_owner_of('extract_finding')))
  with check ((select is_owner_of('extract_finding')));

-- Loading waits for a closing of its period, or is seen by it; and nobody loads for somebody else.
create function refuse_extract() returns trigger
  language plpgsql security definer set search_path = public, pg_temp
  as $$
begin
  if new.loaded_by <> coalesce(acting_person(), '') then
    raise exception 'extract % is loaded for somebody else than %', new.id, acting_person()
      using errcode = 'restrict_violation', constraint = 'extract_signed_by_actor';
  end if;
  insert into period (organization, fiscal_year, number)
  values (new.organization, new.fiscal_year, new.period)
  on conflict do nothing;
  perform from period
  where period.organization = new.organization
    and period.fiscal_year = new.fiscal_year
    and period.number = new.period
  for share;
  return new;
end
$$;
create trigger signed before insert on extract
  for each row execute function refuse_extract();
alter table extract enable always trigger signed;

-- At the end of the transaction the rows are as many, and as much, as was stated; a later one that
-- adds rows finds them counted already.
create function refuse_partial_extract() returns trigger
  language plpgsql security definer set search_path = public, pg_temp
  as $$
begin
  if exists (
    select from extract
    cross join lateral (
      select count(*) as row_count, coalesce(sum(extract_row.amount), 0) as total
      from extract_row
      where extract_row.extract = extract.id
    ) as found
    where extract.id = new.id
      and (extract.row_count, extract.total) is distinct from (found.row_count, found.total)
  ) then
    raise exception 'extract % does not hold what was stated', new.id
      using errcode = 'check_violation', constraint = 'extract_is_whole';
  end if;
  return null;
end
$$;
create constraint trigger whole after insert on extract
  deferrable initially deferred
  for each row execute function refuse_partial_extract();
alter table extract enable always trigger whole;

create function refuse_later_rows() returns trigger
  language plpgsql security definer set search_path = public, pg_temp
  as $$
begin
  if exists (
    select from added
    inner join extract on extract.id = added.extract
    inner join event on event.id = extract.event
  ) then
    raise exception 'added to an extract whose event is recorded'
      using errcode = 'restrict_violation', constraint = 'extract_is_recorded';
  end if;
  return null;
end
$$;
create trigger of_new_extract after insert on extract_row
  referencing new table as added
  for each statement execute function refuse_later_rows();
alter table extract_row enable always trigger of_new_extract;
create trigger of_new_extract after insert on extract_finding
  referencing new table as added
  for each statement execute function refuse_later_rows();
alter table extract_finding enable always trigger of_new_extract;
