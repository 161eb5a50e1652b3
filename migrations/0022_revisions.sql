-- Budget revisions: approved changes of planned money. A draft waits for another person; once
-- approved its one entry is in the journal and the document never changes again.

create table revision (
  id uuid not null default gen_random_uuid(),
  number text not null,
  state text not null default 'draft',
  version integer not null default 1,
  kind text not null,
  organization text not null,
  reason text not null,
  document_reference text not null,
  effective_on date not null,
  prepared_by text not null,
  changed_by text not null,
  submitted_by text,
  approved_by text,
  entry bigint,
  constraint revision_pk primary key (id),
  constraint revision_number_once unique (number),
  constraint revision_entry_once unique (entry),
  constraint revision_organization_fk foreign key (organization) references organization (code),
  constraint revision_prepared_by_fk foreign key (prepared_by) references person (email),
  constraint revision_changed_by_fk foreign key (changed_by) references person (email),
  constraint revision_submitted_by_fk foreign key (submitted_by) references person (email),
  constraint revision_approved_by_fk foreign key (approved_by) references person (email),
  constraint revision_entry_fk foreign key (entry) references journal_entry (id),
  constraint revision_state_known check (state in ('draft', 'submitted', 'approved')),
  constraint revision_kind_known check (
    kind in ('supplement', 'reduction', 'transfer', 'distribution')
  ),
  constraint revision_submitted_whole check ((state = 'draft') = (submitted_by is null)),
  constraint revision_approved_whole check (
    (state = 'approved') = (approved_by is not null)
    and (state = 'approved') = (entry is not null)
  ),
  constraint revision_two_persons check (
    approved_by not in (prepared_by, changed_by, submitted_by)
  )
);
create index revision_by_organization on revision (organization, state);
create index revision_by_effective_on on revision (effective_on, id);
create index revision_by_prepared_by on revision (prepared_by);
create index revision_by_changed_by on revision (changed_by);
create index revision_by_submitted_by on revision (submitted_by);
create index revision_by_approved_by on revision (approved_by);
comment on table revision is 'a change of planned money, from draft to approval';
comment on column revision.organization is
  'responsible for the envelopes whose money changes; of a transfer, for the giver';
comment on column revision.document_reference is 'the decision it rests on, as people name it';
comment on column revision.changed_by is 'who last changed the draft; may not approve it';

create table revision_line (
  revision uuid not null,
  place smallint not null,
  envelope text not null,
  measure text,
  fiscal_year fiscal_year,
  amount amount not null,
  constraint revision_line_pk primary key (revision, place),
  constraint revision_line_cell_once unique nulls not distinct (
    revision, envelope, measure, fiscal_year
  ),
  constraint revision_line_revision_fk foreign key (revision) references revision (id)
    on delete cascade,
  constraint revision_line_envelope_fk foreign key (envelope) references envelope (code),
  constraint revision_line_measure_fk foreign key (measure) references measure (code),
  constraint revision_line_amount_moves check (amount <> 0)
);
create index revision_line_by_envelope on revision_line (envelope);
create index revision_line_by_measure on revision_line (measure);
comment on table revision_line is 'one cell of a revision and what it adds there';
comment on column revision_line.amount is
  'supplement and reduction: how much, above zero; transfer and distribution: signed, zero in all';
comment on column revision_line.fiscal_year is 'null: what is not distributed over the term';

call make_proposal('revision');
grant update (state, version, kind, organization, reason, document_reference, effective_on,
  changed_by, submitted_by, approved_by, entry) on revision to vigie_service;
call make_proposal_part('revision_line', 'revision', 'id', 'revision');
