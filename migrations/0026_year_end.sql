-- Year-ends: a fiscal year of a programme is closed by two persons. What is proposed waits like a
-- revision; once approved the year is closed for good, and open commitments move to the next.

create table year_end (
  id uuid not null default gen_random_uuid(),
  state text not null default 'draft',
  version integer not null default 1,
  programme text not null,
  organization text not null,
  fiscal_year fiscal_year not null,
  digest text not null,
  prepared_by text not null,
  changed_by text not null,
  submitted_by text,
  approved_by text,
  event uuid,
  constraint year_end_pk primary key (id),
  constraint year_end_once unique (programme, fiscal_year),
  constraint year_end_named_once unique (id, programme, fiscal_year),
  constraint year_end_programme_fk foreign key (programme) references programme (code),
  constraint year_end_organization_fk foreign key (organization) references organization (code),
  constraint year_end_prepared_by_fk foreign key (prepared_by) references person (email),
  constraint year_end_changed_by_fk foreign key (changed_by) references person (email),
  constraint year_end_submitted_by_fk foreign key (submitted_by) references person (email),
  constraint year_end_approved_by_fk foreign key (approved_by) references person (email),
  constraint year_end_event_fk foreign key (event) references event (id)
    deferrable initially deferred,
  constraint year_end_state_known check (state in ('draft', 'submitted', 'approved')),
  constraint year_end_digest_is_hex check (digest ~ '^[0-9a-f]{64}$'),
  constraint year_end_submitted_whole check ((state = 'draft') = (submitted_by is null)),
  constraint year_end_approved_whole check (
    (state = 'approved') = (approved_by is not null)
    and (state = 'approved') = (event is not null)
  ),
  constraint year_end_two_persons check (
    approved_by not in (prepared_by, changed_by, submitted_by)
  )
);
create index year_end_by_organization on year_end (organization, state);
create index year_end_by_prepared_by on year_end (prepared_by);
create index year_end_by_changed_by on year_end (changed_by);
create index year_end_by_submitted_by on year_end (submitted_by);
create index year_end_by_approved_by on year_end (approved_by);
create index year_end_by_event on year_end (event);
comment on table year_end is 'the closing of a fiscal year of a programme, from preparation to approval';
comment on column year_end.organization is 'that of the programme: its people prepare and approve';
comment on column year_end.digest is
  'SHA-256 of the figures that were prepared: an approval that finds others is refused';
comment on column year_end.changed_by is 'who prepared it last; may not approve it';
comment on column year_end.event is 'the approval, which closed the year';

create table year_end_policy (
  year_end uuid not null,
  envelope text not null,
  policy text not null,
  percent numeric,
  constraint year_end_policy_pk primary key (year_end, envelope),
  constraint year_end_policy_year_end_fk foreign key (year_end) references year_end (id)
    on delete cascade,
  constraint year_end_policy_envelope_fk foreign key (envelope) references envelope (code),
  constraint year_end_policy_known check (policy in ('carry-all', 'carry-percent', 'lapse')),
  constraint year_end_policy_percent_whole check (
    (policy = 'carry-percent') = (percent is not null)
  ),
  constraint year_end_policy_percent_within check (
    percent between 0 and 100 and percent = round(percent, 2)
  )
);
create index year_end_policy_by_envelope on year_end_policy (envelope);
comment on table year_end_policy is
  'what becomes of the money left in an envelope; an envelope without one carries all';
comment on column year_end_policy.percent is 'of the year''s planned money, at most two decimals';

call make_proposal('year_end');
grant update (state, version, submitted_by, approved_by, event) on year_end to vigie_service;
call make_proposal_part('year_end_policy', 'year_end', 'id', 'year_end');

create table closed_year (
  year_end uuid not null,
  programme text not null,
  fiscal_year fiscal_year not null,
  carried_to fiscal_year not null,
  event uuid not null,
  constraint closed_year_pk primary key (programme, fiscal_year),
  constraint closed_year_year_end_once unique (year_end),
  constraint closed_year_year_end_fk foreign key (year_end, programme, fiscal_year)
    references year_end (id, programme, fiscal_year),
  constraint closed_year_event_fk foreign key (event) references event (id)
    deferrable initially deferred,
  constraint closed_year_carries_forward check (carried_to::text > fiscal_year::text)
);
create index closed_year_by_year_end on closed_year (year_end, programme, fiscal_year);
create index closed_year_by_event on closed_year (event);
call make_append_only('closed_year');
comment on table closed_year is
  'append-only: fiscal years whose year-end is approved; open to every reader of figures';
comment on column closed_year.carried_to is 'the first year after it that was not closed';

create table closed_year_figure (
  year_end uuid not null,
  envelope text not null,
  policy text not null,
  percent numeric,
  is_default boolean not null,
  is_last_year boolean not null,
  planned_before amount,
  topped_up amount not null,
  commitments_carried amount not null,
  carried amount not null,
  lapsed amount not null,
  available_left amount not null,
  constraint closed_year_figure_pk primary key (year_end, envelope),
  constraint closed_year_figure_year_end_fk foreign key (year_end)
    references closed_year (year_end),
  constraint closed_year_figure_envelope_fk foreign key (envelope) references envelope (code)
);
create index closed_year_figure_by_envelope on closed_year_figure (envelope);
call make_append_only('closed_year_figure');
comment on table closed_year_figure is 'append-only: what the closing of a year did to an envelope';
comment on column closed_year_figure.is_default is 'nobody stated a policy: all is carried';
comment on column closed_year_figure.is_last_year is
  'the money ends with this year: only open commitments were carried';
comment on column closed_year_figure.planned_before is
  'planned in the year before it was closed; null where nothing was';
comment on column closed_year_figure.topped_up is 'what came from the undistributed part';
comment on column closed_year_figure.available_left is 'what no money covered, below zero; or zero';

-- Whoever closes a programme's year may not reach the documents of all the organizations that
-- committed its money. These two functions do, and nothing else.
create function lock_commitments_held(of_programme text, in_fiscal_year text) returns table (
  id uuid, number text, state text, remaining amount
)
  language sql security definer set search_path = public, pg_temp
  as $$
  select
    commitment.id, commitment.number, commitment.state,
    commitment.amount - commitment.consumed - commitment.released
  from commitment
  inner join envelope on envelope.code = commitment.envelope
  where envelope.programme = of_programme
    and commitment.held_fiscal_year = in_fiscal_year
    and commitment.state <> 'closed'
  order by commitment.id
  for no key update of commitment
$$;
comment on function lock_commitments_held(text, text) is
  'commitments of any organization on a year of a programme, locked in the order of ids';

-- Closing a year is what moves its open commitments: no other row of ours can do it for others.
create function close_year() returns trigger
  language plpgsql security definer set search_path = public, pg_temp
  as $$
begin
  if not exists (
    select from year_end
    where year_end.id = new.year_end and year_end.state = 'approved' and year_end.event = new.event
  ) then
    raise exception 'year % of % is closed without an approved year-end',
      new.fiscal_year, new.programme
      using errcode = 'restrict_violation', constraint = 'closed_year_is_approved';
  end if;
  update commitment
  set held_fiscal_year = new.carried_to, version = commitment.version + 1
  from envelope
  where envelope.code = commitment.envelope
    and envelope.programme = new.programme
    and commitment.state = 'approved'
    and commitment.held_fiscal_year = new.fiscal_year;
  return new;
end
$$;
create trigger closes before insert on closed_year
  for each row execute function close_year();
alter table closed_year enable always trigger closes;

revoke execute on function lock_commitments_held from public;
grant execute on function lock_commitments_held to vigie_service;
