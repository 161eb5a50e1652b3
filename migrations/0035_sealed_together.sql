-- Many documents in one event. The event says how many and the root of their hashes; what it said of
-- each one is here, so that `verify` finds the document that was altered and not only that one was.

create table expenditure_seal (
  event uuid not null,
  place integer not null,
  expenditure uuid not null,
  version integer not null,
  leaf bytea not null,
  constraint expenditure_seal_pk primary key (event, place),
  constraint expenditure_seal_event_fk foreign key (event) references event (id)
    deferrable initially deferred,
  constraint expenditure_seal_leaf_is_sha256 check (octet_length(leaf) = 32)
);
create index expenditure_seal_by_expenditure on expenditure_seal (expenditure);
call make_append_only('expenditure_seal');
comment on table expenditure_seal is
  'append-only: what an event of many documents said of each, as a hash';
comment on column expenditure_seal.expenditure is 'may be deleted since, or by this very event';
comment on column expenditure_seal.version is 'of the document as the event left it; 0 when it deleted it';
comment on column expenditure_seal.leaf is
  'sha256 of a zero byte and the canonical text of the document, or of nothing when it is deleted';

-- Nobody seals for another event than their own. What is sealed tells nothing by itself.
alter table expenditure_seal enable row level security, force row level security;
create policy reached on expenditure_seal for select to vigie_service using (true);
create policy signed on expenditure_seal for insert to vigie_service
  with check (event = (select event_in_hand()));
create policy owned on expenditure_seal
  using ((select is_owner_of('expenditure_seal')))
  with check ((select is_owner_of('expenditure_seal')));
