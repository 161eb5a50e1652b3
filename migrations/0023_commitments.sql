-- Commitments: money reserved for a supplier or a recipient, before any of it is spent. One person
-- prepares it, another approves it; expenditures consume it and an approver releases what is left.

create table commitment (
  id uuid not null default gen_random_uuid(),
  number text not null,
  state text not null default 'draft',
  version integer not null default 1,
  organization text not null,
  measure text,
  envelope text not null,
  fiscal_year fiscal_year not null,
  held_fiscal_year fiscal_year not null,
  supplier text not null,
  reference text not null,
  description text not null,
  amount amount not null,
  consumed amount not null default 0.00,
  released amount not null default 0.00,
  flags text[] not null default '{}',
  prepared_by text not null,
  changed_by text not null,
  submitted_by text,
  approved_by text,
  released_by text,
  entry bigint,
  constraint commitment_pk primary key (id),
  constraint commitment_number_once unique (number),
  constraint commitment_entry_once unique (entry),
  constraint commitment_holder_once unique (id, organization, envelope),
  constraint commitment_organization_fk foreign key (organization) references organization (code),
  constraint commitment_measure_fk foreign key (measure) references measure (code),
  constraint commitment_envelope_fk foreign key (envelope) references envelope (code),
  constraint commitment_prepared_by_fk foreign key (prepared_by) references person (email),
  constraint commitment_changed_by_fk foreign key (changed_by) references person (email),
  constraint commitment_submitted_by_fk foreign key (submitted_by) references person (email),
  constraint commitment_approved_by_fk foreign key (approved_by) references person (email),
  constraint commitment_released_by_fk foreign key (released_by) references person (email),
  constraint commitment_entry_fk foreign key (entry) references journal_entry (id),
  constraint commitment_state_known check (state in ('draft', 'submitted', 'approved', 'closed')),
  constraint commitment_amount_positive check (amount > 0),
  constraint commitment_used_within check (
    consumed >= 0 and released >= 0 and consumed + released <= amount
  ),
  constraint commitment_used_once_approved check (
    state in ('approved', 'closed') or consumed + released = 0
  ),
  constraint commitment_approved_whole check (
    (state in ('approved', 'closed'))
      = (entry is not null and approved_by is not null and submitted_by is not null)
  ),
  constraint commitment_closed_whole check ((state = 'closed') = (consumed + released = amount)),
  constraint commitment_released_whole check ((released > 0) = (released_by is not null)),
  constraint commitment_two_persons check (
    approved_by is null or approved_by not in (prepared_by, changed_by, submitted_by)
  ),
  constraint commitment_release_two_persons check (
    released_by is null or released_by not in (prepared_by, changed_by, submitted_by)
  )
);
create index commitment_by_cell on commitment (envelope, measure, fiscal_year);
create index commitment_by_measure on commitment (measure);
create index commitment_by_organization on commitment (organization, state);
create index commitment_by_prepared_by on commitment (prepared_by);
create index commitment_by_changed_by on commitment (changed_by);
create index commitment_by_submitted_by on commitment (submitted_by);
create index commitment_by_approved_by on commitment (approved_by);
create index commitment_by_released_by on commitment (released_by);
comment on table commitment is 'money reserved for a supplier or a recipient';
comment on column commitment.fiscal_year is 'the year it was asked on';
comment on column commitment.held_fiscal_year is
  'the year that holds its money now: a year-end may carry what is left to the next';
comment on column commitment.consumed is 'what expenditures took, net of those reversed meanwhile';
comment on column commitment.released is 'what went back to available without being spent';
comment on column commitment.released_by is 'who released last; never who prepared';
comment on constraint commitment_holder_once on commitment is
  'what an expenditure that names it must share with it';
grant select, insert, delete on commitment to vigie_service;
grant update (state, version, organization, measure, envelope, fiscal_year, held_fiscal_year,
  supplier, reference, description, amount, consumed, released, flags, changed_by, submitted_by,
  approved_by, released_by, entry)
  on commitment to vigie_service;

-- A draft is its owner's. What was submitted is what is approved. What is approved is only used up,
-- or carried to another year; what is closed is over.
create function refuse_settled_commitment() returns trigger
  language plpgsql
  as $$
begin
  if old.state = 'draft' then
    return case tg_op when 'DELETE' then old else new end;
  end if;
  if tg_op = 'UPDATE' and old.state = 'submitted' and new.state in ('draft', 'approved') then
    old.flags := new.flags;
    old.approved_by := new.approved_by;
    old.entry := new.entry;
    if new.state = 'draft' then
      old.submitted_by := null;
    end if;
  elsif tg_op = 'UPDATE' and old.state = 'approved' and new.state in ('approved', 'closed') then
    old.consumed := new.consumed;
    old.released := new.released;
    old.released_by := new.released_by;
    old.held_fiscal_year := new.held_fiscal_year;
  else
    raise exception 'commitment % is %: % refused', old.number, old.state, tg_op
      using errcode = 'restrict_violation', constraint = 'commitment_approved_is_settled';
  end if;
  old.state := new.state;
  old.version := new.version;
  if old is distinct from new then
    raise exception 'commitment % is %: what it says cannot change', old.number, new.state
      using errcode = 'restrict_violation', constraint = 'commitment_approved_is_settled';
  end if;
  return new;
end
$$;
create trigger settled before update or delete on commitment
  for each row execute function refuse_settled_commitment();
alter table commitment enable always trigger settled;

-- Nobody signs with another's name, so two persons of the rule are two who acted.
create function refuse_commitment_signature() returns trigger
  language plpgsql
  as $$
declare
  actor text := coalesce(acting_person(), '');
  stated commitment := old;
  signed text[];
begin
  if tg_op = 'INSERT' then
    signed := array[
      new.prepared_by, new.changed_by, new.submitted_by, new.approved_by, new.released_by
    ];
  else
    signed := array[
      case when new.changed_by is distinct from old.changed_by then new.changed_by end,
      case when new.submitted_by is distinct from old.submitted_by then new.submitted_by end,
      case when new.approved_by is distinct from old.approved_by then new.approved_by end,
      case when new.released_by is distinct from old.released_by
        or new.released <> old.released then new.released_by end
    ];
    stated.state := new.state;
    stated.version := new.version;
    stated.submitted_by := new.submitted_by;
    if old.state = 'draft' and stated is distinct from new then
      signed := signed || new.changed_by;
    end if;
  end if;
  if not array_remove(signed, null) <@ array[actor] then
    raise exception 'commitment % is signed for somebody else than %', new.number, actor
      using errcode = 'restrict_violation', constraint = 'commitment_signed_by_actor';
  end if;
  return new;
end
$$;
create trigger signed before insert or update on commitment
  for each row execute function refuse_commitment_signature();
alter table commitment enable always trigger signed;

alter table commitment enable row level security, force row level security;
create policy reached on commitment to vigie_service
  using (
    (select reaches_everything())
    or commitment.organization = any ((select reached_organizations())::text[])
  )
  with check (
    (select reaches_everything())
    or commitment.organization = any ((select reached_organizations())::text[])
  );
create policy owned on commitment
  using ((select is_owner_of('commitment')))
  with check ((select is_owner_of('commitment')));
