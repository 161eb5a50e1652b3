-- What auditors write down about the record: kept beside it, never changed, each with its event.

create table observation (
  id uuid not null default gen_random_uuid(),
  event uuid not null,
  place bigint not null generated always as identity,
  subject text not null,
  text text not null,
  written_by text not null,
  constraint observation_pk primary key (id),
  constraint observation_place_once unique (place),
  constraint observation_event_fk foreign key (event) references event (id)
    deferrable initially deferred,
  constraint observation_written_by_fk foreign key (written_by) references person (email),
  constraint observation_subject_not_empty check (subject <> ''),
  constraint observation_text_not_empty check (text <> '')
);
create index observation_by_event on observation (event);
create index observation_by_subject on observation (subject, place);
create index observation_by_written_by on observation (written_by);
call make_append_only('observation');
comment on table observation is 'append-only: what an auditor wrote about a subject of the record';
comment on column observation.place is 'the order in which they were written, gaps allowed';
comment on column observation.subject is 'noun/id as events name it, or any words';
