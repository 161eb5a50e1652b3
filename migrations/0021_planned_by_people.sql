-- Planned money entered by people: an envelope or a relation waits here, prepared by one person,
-- until another approves it; only then does it become rows of the plan, with that event.

-- A document that people cite may have no file of ours, and nobody may have its bytes.
alter table source_document
  alter column file drop not null,
  alter column sha256 drop not null,
  add column url text;
comment on column source_document.file is 'among the fixtures; null for a document that people cited';
comment on column source_document.sha256 is 'null where nobody gave it';
comment on column source_document.url is 'where a document that people cited can be read';

alter table envelope add column version integer not null default 1;
comment on column envelope.version is 'that of its proposal at approval; 1 for the official plan';

create table envelope_proposal (
  code text not null,
  state text not null default 'draft',
  version integer not null default 1,
  programme text not null,
  organization text not null,
  title_fr text not null,
  title_en text not null,
  source_document text not null,
  source_title_fr text,
  source_title_en text,
  source_url text,
  source_sha256 text,
  source_quote text not null,
  prepared_by text not null,
  changed_by text not null,
  submitted_by text,
  approved_by text,
  event uuid,
  constraint envelope_proposal_pk primary key (code),
  constraint envelope_proposal_programme_fk foreign key (programme) references programme (code),
  constraint envelope_proposal_organization_fk foreign key (organization)
    references organization (code),
  constraint envelope_proposal_prepared_by_fk foreign key (prepared_by) references person (email),
  constraint envelope_proposal_changed_by_fk foreign key (changed_by) references person (email),
  constraint envelope_proposal_submitted_by_fk foreign key (submitted_by)
    references person (email),
  constraint envelope_proposal_approved_by_fk foreign key (approved_by) references person (email),
  constraint envelope_proposal_event_fk foreign key (event) references event (id)
    deferrable initially deferred,
  constraint envelope_proposal_state_known check (state in ('draft', 'submitted', 'approved')),
  constraint envelope_proposal_sha256_is_hex check (source_sha256 ~ '^[0-9a-f]{64}$'),
  constraint envelope_proposal_submitted_whole check (
    (state = 'draft') = (submitted_by is null)
  ),
  constraint envelope_proposal_approved_whole check (
    (state = 'approved') = (approved_by is not null)
    and (state = 'approved') = (event is not null)
  ),
  constraint envelope_proposal_two_persons check (
    approved_by not in (prepared_by, changed_by, submitted_by)
  )
);
create index envelope_proposal_by_programme on envelope_proposal (programme);
create index envelope_proposal_by_organization on envelope_proposal (organization, state);
create index envelope_proposal_by_prepared_by on envelope_proposal (prepared_by);
create index envelope_proposal_by_changed_by on envelope_proposal (changed_by);
create index envelope_proposal_by_submitted_by on envelope_proposal (submitted_by);
create index envelope_proposal_by_approved_by on envelope_proposal (approved_by);
create index envelope_proposal_by_event on envelope_proposal (event);
comment on table envelope_proposal is 'an envelope that people entered, from draft to approval';
comment on column envelope_proposal.changed_by is 'who last changed the draft; may not approve it';
comment on column envelope_proposal.source_document is
  'code of a source document, known or to be known at approval';
comment on column envelope_proposal.event is 'the approval, which made it an envelope of the plan';

create table envelope_proposal_measure (
  envelope text not null,
  measure text not null,
  constraint envelope_proposal_measure_pk primary key (envelope, measure),
  constraint envelope_proposal_measure_envelope_fk foreign key (envelope)
    references envelope_proposal (code) on delete cascade,
  constraint envelope_proposal_measure_measure_fk foreign key (measure) references measure (code)
);
create index envelope_proposal_measure_by_measure on envelope_proposal_measure (measure);
comment on table envelope_proposal_measure is 'the measures that a proposed envelope is to serve';

create table envelope_proposal_term (
  envelope text not null,
  place smallint not null,
  kind text not null,
  amount amount not null,
  as_stated text not null,
  precision amount not null,
  first_fiscal_year fiscal_year not null,
  last_fiscal_year fiscal_year,
  is_stated boolean not null,
  constraint envelope_proposal_term_pk primary key (envelope, place),
  constraint envelope_proposal_term_envelope_fk foreign key (envelope)
    references envelope_proposal (code) on delete cascade,
  constraint envelope_proposal_term_kind_known check (kind in ('term', 'recurring')),
  constraint envelope_proposal_term_amount_positive check (amount > 0 and precision > 0),
  constraint envelope_proposal_term_has_end check (
    kind = 'recurring' or last_fiscal_year is not null
  ),
  constraint envelope_proposal_term_runs_forward check (last_fiscal_year >= first_fiscal_year)
);
create unique index envelope_proposal_term_one_term on envelope_proposal_term (envelope)
  where kind = 'term';
comment on table envelope_proposal_term is 'how the money of a proposed envelope is to come';
comment on column envelope_proposal_term.is_stated is
  'false when the first fiscal year is inferred';

create table relation_proposal (
  id uuid not null default gen_random_uuid(),
  state text not null default 'draft',
  version integer not null default 1,
  organization text not null,
  from_envelope text not null,
  to_envelope text not null,
  kind text not null,
  is_stated boolean not null,
  if_not_additive text,
  citation text not null,
  citation_document text not null,
  prepared_by text not null,
  changed_by text not null,
  submitted_by text,
  approved_by text,
  event uuid,
  constraint relation_proposal_pk primary key (id),
  constraint relation_proposal_organization_fk foreign key (organization)
    references organization (code),
  constraint relation_proposal_from_fk foreign key (from_envelope) references envelope (code),
  constraint relation_proposal_to_fk foreign key (to_envelope) references envelope (code),
  constraint relation_proposal_citation_document_fk foreign key (citation_document)
    references source_document (code),
  constraint relation_proposal_prepared_by_fk foreign key (prepared_by) references person (email),
  constraint relation_proposal_changed_by_fk foreign key (changed_by) references person (email),
  constraint relation_proposal_submitted_by_fk foreign key (submitted_by)
    references person (email),
  constraint relation_proposal_approved_by_fk foreign key (approved_by) references person (email),
  constraint relation_proposal_event_fk foreign key (event) references event (id)
    deferrable initially deferred,
  constraint relation_proposal_state_known check (state in ('draft', 'submitted', 'approved')),
  constraint relation_proposal_kind_known check (
    kind in ('adds', 'replaces', 'includes', 'renews', 'unknown')
  ),
  constraint relation_proposal_unknown_is_read check (
    (kind = 'unknown') = (if_not_additive is not null)
  ),
  constraint relation_proposal_reading_known check (if_not_additive in ('replaces', 'includes')),
  constraint relation_proposal_of_two check (from_envelope <> to_envelope),
  constraint relation_proposal_submitted_whole check (
    (state = 'draft') = (submitted_by is null)
  ),
  constraint relation_proposal_approved_whole check (
    (state = 'approved') = (approved_by is not null)
    and (state = 'approved') = (event is not null)
  ),
  constraint relation_proposal_two_persons check (
    approved_by not in (prepared_by, changed_by, submitted_by)
  )
);
create index relation_proposal_by_organization on relation_proposal (organization, state);
create index relation_proposal_by_from on relation_proposal (from_envelope);
create index relation_proposal_by_to on relation_proposal (to_envelope);
create index relation_proposal_by_citation_document on relation_proposal (citation_document);
create index relation_proposal_by_prepared_by on relation_proposal (prepared_by);
create index relation_proposal_by_changed_by on relation_proposal (changed_by);
create index relation_proposal_by_submitted_by on relation_proposal (submitted_by);
create index relation_proposal_by_approved_by on relation_proposal (approved_by);
create index relation_proposal_by_event on relation_proposal (event);
comment on table relation_proposal is
  'how two envelopes are said to relate, from draft to approval';
comment on column relation_proposal.organization is 'that of the envelope it is from';
comment on column relation_proposal.changed_by is 'who last changed the draft; may not approve it';
comment on column relation_proposal.event is 'the approval, which made it a relation in force';

-- A draft is its owner's, and goes nowhere but to an approver. What was submitted is what is
-- approved, or goes back as it is; what is approved never changes.
create function refuse_settled_proposal() returns trigger
  language plpgsql security definer set search_path = public, pg_temp
  as $$
declare
  marks constant text[] := array['state', 'version', 'submitted_by', 'approved_by', 'event', 'entry'];
begin
  if tg_op = 'DELETE' then
    if old.state = 'draft' then
      return old;
    end if;
  elsif (old.state = 'draft' and new.state in ('draft', 'submitted'))
    or (old.state = 'submitted' and new.state in ('draft', 'approved')
      and to_jsonb(old) - marks = to_jsonb(new) - marks
      and (new.state = 'draft' or new.submitted_by = old.submitted_by)) then
    return new;
  end if;
  raise exception 'a proposal of % is %: % refused', tg_table_name, old.state, tg_op
    using errcode = 'restrict_violation', constraint = 'proposal_is_settled';
end
$$;
comment on function refuse_settled_proposal() is
  'for every table of proposals: from draft to submitted, and back or to approved';

-- What a proposal consists of changes only while it is a draft, and by who says to have changed it.
-- A draft that is deleted takes its parts along: it is not there any more when they go.
create function refuse_settled_part() returns trigger
  language plpgsql security definer set search_path = public, pg_temp
  as $$
declare
  part jsonb := to_jsonb(case tg_op when 'DELETE' then old else new end);
  whole record;
begin
  execute format(
    'select state, changed_by from %I where %I::text = $1 for share', tg_argv[0], tg_argv[1])
    into whole using part ->> tg_argv[2];
  if whole.state <> 'draft' or tg_op = 'UPDATE' then
    raise exception 'part of a % is %: % refused', tg_argv[0], whole.state, tg_op
      using errcode = 'restrict_violation', constraint = 'proposal_is_settled';
  end if;
  if whole.changed_by <> coalesce(acting_person(), '') then
    raise exception 'part of a % is signed for somebody else than %', tg_argv[0], acting_person()
      using errcode = 'restrict_violation', constraint = 'proposal_signed_by_actor';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end
$$;
comment on function refuse_settled_part() is
  'told the table of the whole, its key, and the column of the part that names it';

-- Nobody signs with another's name; who changes what a draft says is its last changer.
create function refuse_proposal_signature() returns trigger
  language plpgsql security definer set search_path = public, pg_temp
  as $$
declare
  actor text := coalesce(acting_person(), '');
  marks constant text[] := array['state', 'version', 'submitted_by', 'approved_by', 'event', 'entry'];
  signed text[];
begin
  if tg_op = 'INSERT' then
    signed := array[new.prepared_by, new.changed_by, new.submitted_by, new.approved_by];
  else
    signed := array[
      case when to_jsonb(new) - marks <> to_jsonb(old) - marks then new.changed_by end,
      case when new.prepared_by <> old.prepared_by then '' end,
      case when new.submitted_by is distinct from old.submitted_by then new.submitted_by end,
      case when new.approved_by is distinct from old.approved_by then new.approved_by end
    ];
  end if;
  if not array_remove(signed, null) <@ array[actor] then
    raise exception 'a proposal of % is signed for somebody else than %', tg_table_name, actor
      using errcode = 'restrict_violation', constraint = 'proposal_signed_by_actor';
  end if;
  return new;
end
$$;

create procedure make_proposal(target regclass)
  language plpgsql
  as $$
begin
  execute format(
    'create trigger settled before update or delete on %s'
    ' for each row execute function refuse_settled_proposal()', target);
  execute format(
    'create trigger signed before insert or update on %s'
    ' for each row execute function refuse_proposal_signature()', target);
  execute format('alter table %s enable always trigger settled', target);
  execute format('alter table %s enable always trigger signed', target);
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format(
    'create policy reached on %1$s to vigie_service'
    ' using ((select reaches_everything())'
    '   or %1$s.organization = any ((select reached_organizations())::text[]))'
    ' with check ((select reaches_everything())'
    '   or %1$s.organization = any ((select reached_organizations())::text[]))', target);
  execute format(
    'create policy owned on %1$s'
    ' using ((select is_owner_of(%1$L))) with check ((select is_owner_of(%1$L)))', target);
  execute format('grant select, insert, delete on %s to vigie_service', target);
end
$$;
comment on procedure make_proposal(regclass) is
  'guards one table of proposals; what of it may be updated is granted by name';

-- Seen and written where the whole is: its policies apply inside the subquery.
create procedure make_proposal_part(part regclass, whole regclass, key text, named_by text)
  language plpgsql
  as $$
begin
  execute format(
    'create trigger settled before insert or update or delete on %s'
    ' for each row execute function refuse_settled_part(%L, %L, %L)',
    part, whole, key, named_by);
  execute format('alter table %s enable always trigger settled', part);
  execute format('alter table %s enable row level security', part);
  execute format('alter table %s force row level security', part);
  execute format(
    'create policy reached on %1$s to vigie_service'
    ' using (exists (select from %2$s where %2$s.%3$I = %1$s.%4$I))'
    ' with check (exists (select from %2$s where %2$s.%3$I = %1$s.%4$I))',
    part, whole, key, named_by);
  execute format(
    'create policy owned on %1$s'
    ' using ((select is_owner_of(%1$L))) with check ((select is_owner_of(%1$L)))', part);
  execute format('grant select, insert, delete on %s to vigie_service', part);
end
$$;

call make_proposal('envelope_proposal');
grant update (state, version, programme, organization, title_fr, title_en, source_document,
  source_title_fr, source_title_en, source_url, source_sha256, source_quote, changed_by,
  submitted_by, approved_by, event) on envelope_proposal to vigie_service;
call make_proposal_part('envelope_proposal_measure', 'envelope_proposal', 'code', 'envelope');
call make_proposal_part('envelope_proposal_term', 'envelope_proposal', 'code', 'envelope');

call make_proposal('relation_proposal');
grant update (state, version, organization, from_envelope, to_envelope, kind, is_stated,
  if_not_additive, citation, citation_document, changed_by, submitted_by, approved_by, event)
  on relation_proposal to vigie_service;
