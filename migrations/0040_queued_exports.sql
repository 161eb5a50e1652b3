-- Files that are too long to wait for: what was asked, how far it is, and the finished file until it
-- expires. Asked for by one person, seen by that person alone.

create table queued_export (
  id uuid not null default gen_random_uuid(),
  place bigint generated always as identity,
  state text not null default 'waiting',
  version integer not null default 1,
  asked_by text not null,
  asked_at timestamptz not null default now(),
  report text not null,
  language text not null,
  command text not null,
  position bigint not null,
  shows_documents boolean not null,
  event uuid not null,
  attempt integer not null default 0,
  rows_done integer not null default 0,
  rows_total integer,
  failure text,
  bytes bigint,
  sha256 text,
  finished_event uuid,
  expires_at timestamptz,
  constraint queued_export_pk primary key (id),
  constraint queued_export_place_unique unique (place),
  constraint queued_export_event_fk foreign key (event) references event (id)
    deferrable initially deferred,
  constraint queued_export_finished_event_fk foreign key (finished_event) references event (id)
    deferrable initially deferred,
  constraint queued_export_state_known check (
    state in ('waiting', 'running', 'ready', 'failed', 'cancelled', 'expired')
  ),
  constraint queued_export_language_known check (language in ('fr', 'en')),
  constraint queued_export_rows_counted check (rows_done between 0 and coalesce(rows_total, 0)),
  constraint queued_export_failure_told check ((state = 'failed') = (failure is not null)),
  constraint queued_export_file_told check (
    num_nulls(bytes, sha256, finished_event, expires_at)
      = case when state in ('ready', 'expired') then 0 else 4 end
  )
);
create index queued_export_by_asker on queued_export (asked_by, place);
create index queued_export_by_event on queued_export (event);
create index queued_export_by_finished_event on queued_export (finished_event);
comment on table queued_export is 'files made in the background, and what became of them';
comment on column queued_export.version is 'of what its asker decided, which progress does not change';
comment on column queued_export.command is
  'says all that the file is drawn from, at one position of the record: begun again it is the same';
comment on column queued_export.shows_documents is
  'of every organization: whoever reaches them no longer does not see the file either';
comment on column queued_export.attempt is
  'how often it was begun; what an earlier attempt still brings is refused';
comment on column queued_export.failure is 'code of docs/errors.md';
comment on column queued_export.finished_event is 'seals the SHA-256';
grant select, insert on queued_export to vigie_service;
grant update (
  state, version, attempt, rows_done, rows_total, failure, bytes, sha256, finished_event, expires_at
) on queued_export to vigie_service;

create table queued_export_part (
  export uuid not null,
  place integer not null,
  content bytea not null,
  constraint queued_export_part_pk primary key (export, place),
  constraint queued_export_part_export_fk foreign key (export) references queued_export (id)
);
comment on table queued_export_part is 'the file in pieces of a mebibyte, until it expires';
grant select, insert, delete on queued_export_part to vigie_service;

-- The system draws and clears away.
alter table queued_export enable row level security, force row level security;
create policy reached on queued_export to vigie_service
  using (
    (select acting_person()) = 'system'
    or queued_export.asked_by = (select acting_person())
      and (not queued_export.shows_documents or (select reaches_everything()))
  )
  with check (
    (select acting_person()) = 'system'
    or queued_export.asked_by = (select acting_person())
      and (not queued_export.shows_documents or (select reaches_everything()))
  );
create policy owned on queued_export
  using ((select is_owner_of('queued_export')))
  with check ((select is_owner_of('queued_export')));

alter table queued_export_part enable row level security, force row level security;
create policy reached on queued_export_part to vigie_service
  using (queued_export_part.export in (select queued_export.id from queued_export))
  with check (queued_export_part.export in (select queued_export.id from queued_export));
create policy owned on queued_export_part
  using ((select is_owner_of('queued_export_part')))
  with check ((select is_owner_of('queued_export_part')));
