-- Envelopes: the money granted, how it comes, and how envelopes relate to one another.

create table envelope (
  code text not null,
  event uuid not null,
  place smallint not null,
  programme text not null,
  organization text not null,
  is_organization_stated boolean not null,
  title_fr text not null,
  title_en text not null,
  financing text,
  source_document text not null,
  source_quote text not null,
  lock_version integer not null default 0,
  constraint envelope_pk primary key (code),
  constraint envelope_event_fk foreign key (event) references event (id)
    deferrable initially deferred,
  constraint envelope_programme_fk foreign key (programme) references programme (code),
  constraint envelope_organization_fk foreign key (organization) references organization (code),
  constraint envelope_source_fk foreign key (source_document) references source_document (code),
  constraint envelope_financing_known check (financing in ('current', 'previous'))
);
create index envelope_by_event on envelope (event);
create index envelope_by_programme on envelope (programme);
create index envelope_by_organization on envelope (organization);
create index envelope_by_source on envelope (source_document);
comment on table envelope is 'money granted for a purpose; its row is the lock of its ceiling';
comment on column envelope.place is 'order of the plan';
comment on column envelope.lock_version is
  'never written: PostgreSQL asks for the right to update one column of a row that is locked';
grant select, insert on envelope to vigie_service;
grant update (lock_version) on envelope to vigie_service;

create table envelope_measure (
  envelope text not null,
  measure text not null,
  constraint envelope_measure_pk primary key (envelope, measure),
  constraint envelope_measure_envelope_fk foreign key (envelope) references envelope (code),
  constraint envelope_measure_measure_fk foreign key (measure) references measure (code)
);
create index envelope_measure_by_measure on envelope_measure (measure);
call make_append_only('envelope_measure');
comment on table envelope_measure is 'append-only: the measures that an envelope serves';

create table funding_term (
  envelope text not null,
  place smallint not null,
  kind text not null,
  amount amount not null,
  as_stated text not null,
  precision amount not null,
  first_fiscal_year fiscal_year not null,
  last_fiscal_year fiscal_year,
  is_stated boolean not null,
  constraint funding_term_pk primary key (envelope, place),
  constraint funding_term_envelope_fk foreign key (envelope) references envelope (code),
  constraint funding_term_kind_known check (kind in ('term', 'recurring')),
  constraint funding_term_has_end check (kind = 'recurring' or last_fiscal_year is not null),
  constraint funding_term_runs_forward check (last_fiscal_year >= first_fiscal_year)
);
create unique index funding_term_one_term on funding_term (envelope) where kind = 'term';
call make_append_only('funding_term');
comment on table funding_term is
  'append-only: a fixed total over a run of years (term) or an amount a year (recurring)';
comment on column funding_term.is_stated is 'false when the first fiscal year is inferred';
comment on column funding_term.precision is 'what the figure is stated to: 42 millions to 1000000.00';

create table funding_opening (
  envelope text not null,
  place smallint not null,
  fiscal_year fiscal_year,
  event uuid not null,
  constraint funding_opening_once unique nulls not distinct (envelope, place, fiscal_year),
  constraint funding_opening_term_fk foreign key (envelope, place)
    references funding_term (envelope, place),
  constraint funding_opening_event_fk foreign key (event) references event (id)
    deferrable initially deferred
);
create index funding_opening_by_event on funding_opening (event);
call make_append_only('funding_opening');
comment on table funding_opening is
  'append-only: a term posted as an appropriation; recurring ones once for each year opened';

create table plan_note (
  subject text not null,
  place smallint not null,
  code text not null,
  text_fr text not null,
  text_en text not null,
  citation text,
  citation_document text,
  constraint plan_note_pk primary key (subject, place),
  constraint plan_note_citation_document_fk foreign key (citation_document)
    references source_document (code)
);
create index plan_note_by_citation_document on plan_note (citation_document);
call make_append_only('plan_note');
comment on table plan_note is 'append-only: what a reader of a programme or envelope must know';
comment on column plan_note.subject is 'code of the programme or envelope';

create table relation (
  from_envelope text not null,
  to_envelope text not null,
  event uuid not null,
  kind text not null,
  is_stated boolean not null,
  if_not_additive text,
  citation text not null,
  citation_document text not null,
  reading_fr text,
  reading_en text,
  constraint relation_pk primary key (from_envelope, to_envelope, event),
  constraint relation_from_fk foreign key (from_envelope) references envelope (code),
  constraint relation_to_fk foreign key (to_envelope) references envelope (code),
  constraint relation_event_fk foreign key (event) references event (id)
    deferrable initially deferred,
  constraint relation_citation_document_fk foreign key (citation_document)
    references source_document (code),
  constraint relation_kind_known check (
    kind in ('adds', 'replaces', 'includes', 'renews', 'unknown')
  ),
  constraint relation_unknown_is_read check ((kind = 'unknown') = (if_not_additive is not null)),
  constraint relation_reading_known check (if_not_additive in ('replaces', 'includes')),
  constraint relation_of_two check (from_envelope <> to_envelope)
);
create index relation_by_event on relation (event);
create index relation_by_to on relation (to_envelope);
create index relation_by_citation_document on relation (citation_document);
call make_append_only('relation');
comment on table relation is 'append-only: how two envelopes relate, from an event on';
comment on column relation.reading_fr is 'how the words were read, where they do not say it themselves';
comment on column relation.if_not_additive is
  'for unknown: how the low reading takes it. replaces: the other counts nothing from this one''s '
  'first year; includes: the other never counts';

create table published_authority (
  envelope text not null,
  fiscal_year fiscal_year not null,
  event uuid not null,
  amount amount not null,
  document text not null,
  document_row integer not null,
  note_fr text,
  note_en text,
  constraint published_authority_pk primary key (envelope, fiscal_year),
  constraint published_authority_envelope_fk foreign key (envelope) references envelope (code),
  constraint published_authority_event_fk foreign key (event) references event (id)
    deferrable initially deferred,
  constraint published_authority_document_fk foreign key (document)
    references source_document (code)
);
create index published_authority_by_event on published_authority (event);
create index published_authority_by_document on published_authority (document);
call make_append_only('published_authority');
comment on table published_authority is
  'append-only: authorities printed in the Public Accounts, shown beside spending, never planned';
