-- Files of expenditures that people bring: what was read and understood waits here until somebody
-- confirms it. Only then are there documents, and an event that says the file, the count and the root.

create table import_batch (
  id uuid not null default gen_random_uuid(),
  state text not null default 'previewed',
  version integer not null default 1,
  organizations text[] not null default '{}',
  file_name text not null,
  sha256 text not null,
  content bytea not null,
  asked text not null,
  understood text not null default '{}',
  lines integer not null default 0,
  ignored integer not null default 0,
  new_rows integer not null default 0,
  duplicate_rows integer not null default 0,
  changed_rows integer not null default 0,
  rejected_rows integer not null default 0,
  unreadable_amounts integer not null default 0,
  new_amount numeric not null default 0.00,
  duplicate_amount numeric not null default 0.00,
  changed_amount numeric not null default 0.00,
  rejected_amount numeric not null default 0.00,
  findings text not null default '[]',
  created_at timestamptz not null default now(),
  prepared_by text not null,
  confirmed_by text,
  confirmed_event uuid,
  confirmed_rows integer,
  confirmed_amount numeric,
  submitted_by text,
  approved_by text,
  reversal_asked_by text,
  reversal_reason text,
  reversed_by text,
  constraint import_batch_pk primary key (id),
  constraint import_batch_prepared_by_fk foreign key (prepared_by) references person (email),
  constraint import_batch_confirmed_by_fk foreign key (confirmed_by) references person (email),
  constraint import_batch_submitted_by_fk foreign key (submitted_by) references person (email),
  constraint import_batch_approved_by_fk foreign key (approved_by) references person (email),
  constraint import_batch_reversal_asked_by_fk foreign key (reversal_asked_by)
    references person (email),
  constraint import_batch_reversed_by_fk foreign key (reversed_by) references person (email),
  constraint import_batch_confirmed_event_fk foreign key (confirmed_event) references event (id)
    deferrable initially deferred,
  constraint import_batch_state_known check (
    state in ('previewed', 'confirmed', 'submitted', 'posted', 'reversal-asked', 'reversed')
  ),
  constraint import_batch_sha256_is_of_content check (sha256 = encode(sha256(content), 'hex')),
  constraint import_batch_every_line_counts check (
    lines = ignored + new_rows + duplicate_rows + changed_rows + rejected_rows
  ),
  constraint import_batch_amounts_are_exact check (
    scale(new_amount) = 2 and scale(duplicate_amount) = 2 and scale(changed_amount) = 2
    and scale(rejected_amount) = 2
  ),
  constraint import_batch_confirmed_whole check (
    (state = 'previewed') = (confirmed_event is null)
    and (confirmed_event is null) = (confirmed_by is null)
    and (confirmed_event is null) = (confirmed_rows is null)
    and (confirmed_event is null) = (confirmed_amount is null)
  ),
  constraint import_batch_submitted_whole check (
    state not in ('submitted', 'posted') or submitted_by is not null
  ),
  constraint import_batch_approved_whole check (state <> 'posted' or approved_by is not null),
  constraint import_batch_reversal_whole check (
    (state in ('reversal-asked', 'reversed')) = (reversal_asked_by is not null)
    and (reversal_asked_by is null) = (reversal_reason is null)
  ),
  constraint import_batch_two_persons check (
    approved_by not in (prepared_by, confirmed_by, submitted_by)
    and reversed_by <> reversal_asked_by
  )
);
create index import_batch_by_instant on import_batch (created_at, id);
create index import_batch_by_sha256 on import_batch (sha256);
create index import_batch_by_prepared_by on import_batch (prepared_by);
create index import_batch_by_confirmed_by on import_batch (confirmed_by);
create index import_batch_by_confirmed_event on import_batch (confirmed_event);
create index import_batch_by_submitted_by on import_batch (submitted_by);
create index import_batch_by_approved_by on import_batch (approved_by);
create index import_batch_by_reversal_asked_by on import_batch (reversal_asked_by);
create index import_batch_by_reversed_by on import_batch (reversed_by);
comment on table import_batch is 'a file of expenditures: what was read in it, and what became of it';
comment on column import_batch.organizations is 'of the rows that are not rejected';
comment on column import_batch.content is 'the bytes as they were brought';
comment on column import_batch.asked is 'JSON: what the person said of the file, before what was found';
comment on column import_batch.understood is 'JSON: encoding, delimiter, sheet, header… and why';
comment on column import_batch.lines is 'below the header, to the last with a cell';
comment on column import_batch.ignored is 'lines that are no rows: blank, totals, a header again';
comment on column import_batch.unreadable_amounts is 'rejected rows whose amount is in no sum';
comment on column import_batch.findings is 'JSON: what was noticed without refusing';
comment on column import_batch.confirmed_amount is 'sum of the rows that were confirmed';
comment on column import_batch.reversed_by is
  'who approved the reversal; null while it is asked, and where only drafts were deleted';
alter table import_batch alter column content set storage external;
grant select, insert, delete on import_batch to vigie_service;
grant update (state, version, organizations, understood, lines, ignored, new_rows, duplicate_rows,
  changed_rows, rejected_rows, unreadable_amounts, new_amount, duplicate_amount, changed_amount,
  rejected_amount, findings, confirmed_by, confirmed_event, confirmed_rows, confirmed_amount,
  submitted_by, approved_by, reversal_asked_by, reversal_reason, reversed_by)
  on import_batch to vigie_service;

create table import_row (
  batch uuid not null,
  place integer not null,
  state text not null,
  expenditure uuid,
  organization text,
  measure text,
  envelope text,
  service_date date,
  document_number text,
  supplier text,
  description text,
  amount amount,
  commitment uuid,
  flags text[] not null default '{}',
  same_as text,
  same_as_row integer,
  differs text[] not null default '{}',
  issues text,
  constraint import_row_pk primary key (batch, place),
  constraint import_row_batch_fk foreign key (batch) references import_batch (id),
  constraint import_row_expenditure_once unique (expenditure),
  constraint import_row_state_known check (state in ('new', 'duplicate', 'changed', 'rejected')),
  constraint import_row_rejected_whole check ((state = 'rejected') = (issues is not null)),
  constraint import_row_importable_whole check (
    (state in ('new', 'changed')) = (expenditure is not null)
    and (
      expenditure is null
      or organization is not null and service_date is not null and document_number is not null
        and supplier is not null and description is not null and amount is not null
    )
  ),
  constraint import_row_same_whole check (
    (state in ('duplicate', 'changed')) = (same_as is not null or same_as_row is not null)
  )
);
comment on table import_row is 'a row of a file of expenditures, by the number its author sees';
comment on column import_row.place is 'number of the row in the file';
comment on column import_row.expenditure is 'the id that its document has, or will have';
comment on column import_row.same_as is 'number of the document it repeats or differs from';
comment on column import_row.same_as_row is 'row of this file that it repeats or differs from';
comment on column import_row.differs is 'of a changed row: date, amount or both';
comment on column import_row.issues is 'JSON: all that is wrong with a rejected row';
grant select, insert, delete on import_row to vigie_service;

-- A preview may be thrown away. Once confirmed it stays: what it says of the file cannot change.
create function refuse_settled_import() returns trigger
  language plpgsql
  as $$
begin
  if old.state = 'previewed' then
    return case tg_op when 'DELETE' then old else new end;
  end if;
  if tg_op = 'DELETE' or new.state = 'previewed' or old.state = 'reversed' then
    raise exception 'import % is %: % refused', old.id, old.state, tg_op
      using errcode = 'restrict_violation', constraint = 'import_batch_confirmed_is_settled';
  end if;
  old.state := new.state;
  old.version := new.version;
  old.submitted_by := new.submitted_by;
  old.approved_by := new.approved_by;
  old.reversal_asked_by := new.reversal_asked_by;
  old.reversal_reason := new.reversal_reason;
  old.reversed_by := new.reversed_by;
  if old is distinct from new then
    raise exception 'import % is %: what it says cannot change', old.id, new.state
      using errcode = 'restrict_violation', constraint = 'import_batch_confirmed_is_settled';
  end if;
  return new;
end
$$;
create trigger settled before update or delete on import_batch
  for each row execute function refuse_settled_import();
alter table import_batch enable always trigger settled;

create function refuse_settled_import_row() returns trigger
  language plpgsql security definer set search_path = public, pg_temp
  as $$
begin
  if exists (
    select from touched
    inner join import_batch on import_batch.id = touched.batch
    where import_batch.state <> 'previewed'
  ) then
    raise exception 'rows of an import that is confirmed: % refused', tg_op
      using errcode = 'restrict_violation', constraint = 'import_batch_confirmed_is_settled';
  end if;
  return null;
end
$$;
create trigger settled_added after insert on import_row
  referencing new table as touched
  for each statement execute function refuse_settled_import_row();
create trigger settled_changed after update on import_row
  referencing new table as touched
  for each statement execute function refuse_settled_import_row();
create trigger settled_removed after delete on import_row
  referencing old table as touched
  for each statement execute function refuse_settled_import_row();
alter table import_row enable always trigger settled_added;
alter table import_row enable always trigger settled_changed;
alter table import_row enable always trigger settled_removed;

-- Nobody signs with another's name.
create function refuse_import_signature() returns trigger
  language plpgsql
  as $$
declare
  actor text := coalesce(acting_person(), '');
  signed text[];
begin
  if tg_op = 'INSERT' then
    signed := array[new.prepared_by, new.confirmed_by, new.submitted_by, new.approved_by,
      new.reversal_asked_by, new.reversed_by];
  else
    signed := array[
      case when new.prepared_by is distinct from old.prepared_by then new.prepared_by end,
      case when new.confirmed_by is distinct from old.confirmed_by then new.confirmed_by end,
      case when new.submitted_by is distinct from old.submitted_by then new.submitted_by end,
      case when new.approved_by is distinct from old.approved_by then new.approved_by end,
      case when new.reversal_asked_by is distinct from old.reversal_asked_by
        then new.reversal_asked_by end,
      case when new.reversed_by is distinct from old.reversed_by then new.reversed_by end
    ];
  end if;
  if not array_remove(signed, null) <@ array[actor] then
    raise exception 'import % is signed for somebody else than %', new.id, actor
      using errcode = 'restrict_violation', constraint = 'import_batch_signed_by_actor';
  end if;
  return new;
end
$$;
create trigger signed before insert or update on import_batch
  for each row execute function refuse_import_signature();
alter table import_batch enable always trigger signed;

-- Seen where all that it brings is reached; what brings nothing, by who brought it.
alter table import_batch enable row level security, force row level security;
create policy reached on import_batch to vigie_service
  using (
    (select reaches_everything())
    or import_batch.prepared_by = (select acting_person())
    or import_batch.organizations <> '{}'
      and import_batch.organizations <@ (select reached_organizations())
  )
  with check (
    (select reaches_everything())
    or import_batch.organizations <@ (select reached_organizations())
  );
create policy owned on import_batch
  using ((select is_owner_of('import_batch')))
  with check ((select is_owner_of('import_batch')));

-- The policies above apply inside the subquery, which is asked once for all rows of a batch.
alter table import_row enable row level security, force row level security;
create policy reached on import_row to vigie_service
  using (import_row.batch in (select import_batch.id from import_batch))
  with check (import_row.batch in (select import_batch.id from import_batch));
create policy owned on import_row
  using ((select is_owner_of('import_row')))
  with check ((select is_owner_of('import_row')));
