-- Expenditures: documents that people prepare, submit and approve. Once posted the money is in the
-- journal; the document then changes only by being reversed.

create table document_counter (
  prefix text not null,
  fiscal_year fiscal_year not null,
  last integer not null,
  constraint document_counter_pk primary key (prefix, fiscal_year)
);
comment on table document_counter is 'last number given to a document of a kind and fiscal year';
grant select, insert on document_counter to vigie_service;
grant update (last) on document_counter to vigie_service;

create table expenditure (
  id uuid not null default gen_random_uuid(),
  number text not null,
  state text not null default 'draft',
  version integer not null default 1,
  organization text not null,
  measure text,
  envelope text,
  service_date date not null,
  fiscal_year fiscal_year not null,
  document_date date,
  document_number text not null,
  supplier text not null,
  description text not null,
  amount amount not null,
  justification text,
  flags text[] not null default '{}',
  source_document text,
  source_row integer,
  source_url text,
  prepared_by text not null,
  changed_by text not null,
  submitted_by text,
  approved_by text,
  entry bigint,
  recorded_fiscal_year fiscal_year,
  recorded_period smallint,
  reversal_entry bigint,
  constraint expenditure_pk primary key (id),
  constraint expenditure_number_once unique (number),
  constraint expenditure_source_once unique (source_document, source_row),
  constraint expenditure_entry_once unique (entry),
  constraint expenditure_reversal_entry_once unique (reversal_entry),
  constraint expenditure_organization_fk foreign key (organization) references organization (code),
  constraint expenditure_measure_fk foreign key (measure) references measure (code),
  constraint expenditure_envelope_fk foreign key (envelope) references envelope (code),
  constraint expenditure_source_fk foreign key (source_document)
    references source_document (code),
  constraint expenditure_prepared_by_fk foreign key (prepared_by) references person (email),
  constraint expenditure_changed_by_fk foreign key (changed_by) references person (email),
  constraint expenditure_submitted_by_fk foreign key (submitted_by) references person (email),
  constraint expenditure_approved_by_fk foreign key (approved_by) references person (email),
  constraint expenditure_entry_fk foreign key (entry) references journal_entry (id),
  constraint expenditure_reversal_entry_fk foreign key (reversal_entry)
    references journal_entry (id),
  constraint expenditure_state_known check (
    state in ('draft', 'submitted', 'posted', 'reversed')
  ),
  constraint expenditure_amount_positive check (amount > 0),
  constraint expenditure_has_cell check (measure is not null or envelope is not null),
  constraint expenditure_year_of_service check (fiscal_year = fiscal_year_of(service_date)),
  constraint expenditure_posted_whole check (
    (state in ('posted', 'reversed'))
      = (entry is not null and approved_by is not null and submitted_by is not null
        and recorded_fiscal_year is not null and recorded_period is not null)
  ),
  constraint expenditure_reversed_whole check (
    (state = 'reversed') = (reversal_entry is not null)
  ),
  -- the system may approve what it prepared only where a public source is cited
  constraint expenditure_two_persons check (
    approved_by is null
    or (approved_by not in (prepared_by, changed_by, submitted_by))
    or (approved_by = 'system' and prepared_by = 'system' and source_document is not null)
  )
);
create index expenditure_by_cell on expenditure (envelope, measure, service_date);
create index expenditure_by_measure on expenditure (measure, service_date);
create index expenditure_by_organization on expenditure (organization, state);
create index expenditure_by_service_date on expenditure (service_date, id);
create index expenditure_by_document on expenditure (document_number, supplier);
create index expenditure_by_prepared_by on expenditure (prepared_by);
create index expenditure_by_changed_by on expenditure (changed_by);
create index expenditure_by_submitted_by on expenditure (submitted_by);
create index expenditure_by_approved_by on expenditure (approved_by);
comment on table expenditure is 'money spent, evidenced by a document';
comment on column expenditure.changed_by is 'who last changed the draft; may not approve it';
grant select, insert on expenditure to vigie_service;
grant update (state, version, organization, measure, envelope, service_date, fiscal_year,
  document_date, document_number, supplier, description, amount, justification, flags, changed_by,
  submitted_by, approved_by, entry, recorded_fiscal_year, recorded_period, reversal_entry)
  on expenditure to vigie_service;
grant delete on expenditure to vigie_service;

-- A draft is its owner's. What was submitted is what is approved: only the decision may be added to
-- it, or taken back with the submission. What is posted is settled: only its reversal may be noted.
create function refuse_settled_change() returns trigger
  language plpgsql
  as $$
begin
  if old.state = 'draft' then
    return case tg_op when 'DELETE' then old else new end;
  end if;
  if tg_op = 'UPDATE' and old.state = 'submitted' and new.state in ('draft', 'posted') then
    old.flags := new.flags;
    old.justification := new.justification;
    old.approved_by := new.approved_by;
    old.entry := new.entry;
    old.recorded_fiscal_year := new.recorded_fiscal_year;
    old.recorded_period := new.recorded_period;
    if new.state = 'draft' then
      old.submitted_by := null;
    end if;
  elsif tg_op = 'UPDATE' and old.state = 'posted' and new.state in ('posted', 'reversed') then
    old.reversal_entry := new.reversal_entry;
  else
    raise exception 'expenditure % is %: % refused', old.number, old.state, tg_op
      using errcode = 'restrict_violation', constraint = 'expenditure_posted_is_settled';
  end if;
  old.state := new.state;
  old.version := new.version;
  if old is distinct from new then
    raise exception 'expenditure % is %: what it says cannot change', old.number, new.state
      using errcode = 'restrict_violation', constraint = 'expenditure_posted_is_settled';
  end if;
  return new;
end
$$;
create trigger settled before update or delete on expenditure
  for each row execute function refuse_settled_change();
alter table expenditure enable always trigger settled;

create table expenditure_request (
  id uuid not null default gen_random_uuid(),
  expenditure uuid not null,
  place integer generated always as identity,
  kind text not null,
  state text not null default 'asked',
  reason text not null,
  asked_by text not null,
  decided_by text,
  decision_reason text,
  constraint expenditure_request_pk primary key (id),
  constraint expenditure_request_expenditure_fk foreign key (expenditure)
    references expenditure (id),
  constraint expenditure_request_asked_by_fk foreign key (asked_by) references person (email),
  constraint expenditure_request_decided_by_fk foreign key (decided_by) references person (email),
  constraint expenditure_request_kind_known check (kind in ('reverse')),
  constraint expenditure_request_state_known check (state in ('asked', 'approved', 'refused')),
  constraint expenditure_request_decided_whole check (
    (state = 'asked') = (decided_by is null)
  ),
  constraint expenditure_request_two_persons check (state <> 'approved' or decided_by <> asked_by)
);
create index expenditure_request_by_expenditure on expenditure_request (expenditure);
create index expenditure_request_by_asked_by on expenditure_request (asked_by);
create index expenditure_request_by_decided_by on expenditure_request (decided_by);
create unique index expenditure_request_one_open on expenditure_request (expenditure)
  where state = 'asked';
comment on table expenditure_request is
  'what somebody asked about a posted expenditure and another decided';
grant select, insert on expenditure_request to vigie_service;
grant update (state, decided_by, decision_reason) on expenditure_request to vigie_service;
