-- The official plan: what was published, each figure with its source. Rows are never changed; a
-- name that changes is a new version, so that an old report can be drawn again.

create table source_document (
  code text not null,
  event uuid not null,
  title_fr text not null,
  title_en text not null,
  file text not null,
  sha256 text not null,
  constraint source_document_pk primary key (code),
  constraint source_document_event_fk foreign key (event) references event (id)
    deferrable initially deferred,
  constraint source_document_sha256_is_hex check (sha256 ~ '^[0-9a-f]{64}$')
);
create index source_document_by_event on source_document (event);
call make_append_only('source_document');
comment on table source_document is 'append-only: a document that figures are read from';

create table organization (
  code text not null,
  event uuid not null,
  jurisdiction text,
  kind text not null,
  is_name_known boolean not null,
  constraint organization_pk primary key (code),
  constraint organization_event_fk foreign key (event) references event (id)
    deferrable initially deferred,
  constraint organization_jurisdiction_known check (jurisdiction in ('QC', 'CA'))
);
create index organization_by_event on organization (event);
call make_append_only('organization');
comment on table organization is 'append-only: ministries and bodies, by acronym';
comment on column organization.is_name_known is 'false when the source gives only the acronym';

create table organization_name (
  organization text not null,
  event uuid not null,
  name_fr text not null,
  name_en text not null,
  constraint organization_name_pk primary key (organization, event),
  constraint organization_name_organization_fk foreign key (organization)
    references organization (code),
  constraint organization_name_event_fk foreign key (event) references event (id)
    deferrable initially deferred
);
create index organization_name_by_event on organization_name (event);
call make_append_only('organization_name');
comment on table organization_name is 'append-only: the name of an organization from an event on';

create table programme (
  code text not null,
  event uuid not null,
  jurisdiction text not null,
  title_fr text not null,
  title_en text not null,
  organization text not null,
  first_fiscal_year fiscal_year not null,
  last_fiscal_year fiscal_year,
  announced amount,
  announced_as_stated text,
  announced_precision amount,
  announced_source text,
  source_document text not null,
  source_quote text not null,
  constraint programme_pk primary key (code),
  constraint programme_event_fk foreign key (event) references event (id)
    deferrable initially deferred,
  constraint programme_organization_fk foreign key (organization) references organization (code),
  constraint programme_source_fk foreign key (source_document) references source_document (code),
  constraint programme_jurisdiction_known check (jurisdiction in ('QC', 'CA'))
);
create index programme_by_event on programme (event);
create index programme_by_organization on programme (organization);
create index programme_by_source on programme (source_document);
call make_append_only('programme');
comment on table programme is 'append-only: a government''s plan or strategy';

create table axis (
  code text not null,
  event uuid not null,
  programme text not null,
  place smallint not null,
  title_fr text not null,
  title_en text not null,
  source_document text not null,
  source_quote text not null,
  constraint axis_pk primary key (code),
  constraint axis_place_once unique (programme, place),
  constraint axis_event_fk foreign key (event) references event (id) deferrable initially deferred,
  constraint axis_programme_fk foreign key (programme) references programme (code),
  constraint axis_source_fk foreign key (source_document) references source_document (code)
);
create index axis_by_event on axis (event);
create index axis_by_source on axis (source_document);
call make_append_only('axis');
comment on table axis is 'append-only: a group of measures';

create table measure (
  code text not null,
  event uuid not null,
  programme text not null,
  axis text not null,
  place smallint not null,
  title_fr text not null,
  title_en text not null,
  funding text not null,
  recommendations integer[] not null,
  initiative text,
  adaptation boolean not null,
  accessibility boolean not null,
  deliverables text[] not null,
  context jsonb,
  context_document text,
  source_document text not null,
  source_quote text not null,
  constraint measure_pk primary key (code),
  constraint measure_place_once unique (programme, place),
  constraint measure_event_fk foreign key (event) references event (id)
    deferrable initially deferred,
  constraint measure_axis_fk foreign key (axis) references axis (code),
  constraint measure_programme_fk foreign key (programme) references programme (code),
  constraint measure_source_fk foreign key (source_document) references source_document (code),
  constraint measure_context_fk foreign key (context_document) references source_document (code),
  constraint measure_funding_known check (funding in ('own', 'shared', 'self_funded', 'none'))
);
create index measure_by_axis on measure (axis);
create index measure_by_event on measure (event);
create index measure_by_source on measure (source_document);
create index measure_by_context on measure (context_document);
call make_append_only('measure');
comment on table measure is 'append-only: one action of the plan, with every column of its table';
comment on column measure.recommendations is 'numbers of the recommendations it answers';
comment on column measure.initiative is 'what the table cites instead of a recommendation';
comment on column measure.context is 'background read from another document: text, facts, quote';

create table measure_lead (
  measure text not null,
  organization text not null,
  place smallint not null,
  constraint measure_lead_pk primary key (measure, organization),
  constraint measure_lead_measure_fk foreign key (measure) references measure (code),
  constraint measure_lead_organization_fk foreign key (organization) references organization (code)
);
create index measure_lead_by_organization on measure_lead (organization);
call make_append_only('measure_lead');
comment on table measure_lead is 'append-only: the bodies that answer for a measure, in the order of the table';

create table measure_collaborator (
  measure text not null,
  place smallint not null,
  organization text,
  name_fr text not null,
  name_en text not null,
  constraint measure_collaborator_pk primary key (measure, place),
  constraint measure_collaborator_measure_fk foreign key (measure) references measure (code),
  constraint measure_collaborator_organization_fk foreign key (organization)
    references organization (code)
);
create index measure_collaborator_by_organization on measure_collaborator (organization);
call make_append_only('measure_collaborator');
comment on table measure_collaborator is 'append-only: who takes part; some have a code, some only a name';

create table announcement (
  code text not null,
  event uuid not null,
  jurisdiction text not null,
  document text not null,
  document_row integer not null,
  date_as_printed text not null,
  subject text not null,
  nature text not null,
  amount amount,
  period text,
  detail text not null,
  url text not null,
  reason text not null,
  reason_fr text not null,
  reason_en text not null,
  constraint announcement_pk primary key (code),
  constraint announcement_event_fk foreign key (event) references event (id)
    deferrable initially deferred,
  constraint announcement_document_fk foreign key (document) references source_document (code),
  constraint announcement_jurisdiction_known check (jurisdiction in ('QC', 'CA'))
);
create index announcement_by_event on announcement (event);
create index announcement_by_document on announcement (document);
call make_append_only('announcement');
comment on table announcement is
  'append-only: published figures that are not spending, and why they enter no spent column';
