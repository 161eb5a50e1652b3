-- Who closed a period and when, the whole rule of where spending is recorded, and since when a
-- document waits for a decision.

alter table period
  add column closed_event uuid,
  add constraint period_closed_event_fk foreign key (closed_event) references event (id)
    deferrable initially deferred,
  add constraint period_closed_whole check (is_closed = (closed_event is not null));
create index period_by_closed_event on period (closed_event);
comment on column period.closed_event is 'event that closed it; null while it is open';
grant update (closed_event) on period to vigie_service;

alter table expenditure add column submitted_at timestamptz;
comment on column expenditure.submitted_at is
  'last submission; null for a draft never submitted, and for one submitted before this column was';
grant update (submitted_at) on expenditure to vigie_service;

alter table expenditure_request add column asked_at timestamptz;
alter table expenditure_request alter column asked_at set default now();
comment on column expenditure_request.asked_at is 'null for one asked before this column was';

-- Every role may read who closed a period, but not the events.
create function closing_of(closing uuid, out closed_by text, out closed_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
  as $$
  select event.actor, event.at from event
  where event.id = closing and event.type = 'period.closed'
$$;
comment on function closing_of(uuid) is 'the author and the instant of the event that closed a period';

-- An administrator closes periods and sees no document: only what stands in the way is told.
create function unposted_expenditures(of_organization text, until date)
  returns table (id uuid, number text, state text, service_date date)
  language sql stable security definer set search_path = public, pg_temp
  as $$
  select expenditure.id, expenditure.number, expenditure.state, expenditure.service_date
  from expenditure
  where expenditure.organization = of_organization
    and expenditure.state in ('draft', 'submitted')
    and expenditure.service_date <= until
  order by expenditure.number
$$;
comment on function unposted_expenditures(text, date) is
  'drafts and submitted expenditures of services up to a day';

-- Replaces the function of 0007, which left out what lies between a closed period and the one that
-- records instead. The row of a period is made at its first use, and locked for share, so that a
-- closing waits for us or we see it closed.
create or replace function refuse_closed_period() returns trigger
  language plpgsql security definer set search_path = public, pg_temp
  as $$
declare
  refused record;
begin
  insert into period (organization, fiscal_year, number)
  select distinct added.organization, added.recorded_fiscal_year::text, added.recorded_period
  from added
  where added.recorded_period is not null
    and not exists (
      select from period
      where period.organization = added.organization
        and period.fiscal_year = added.recorded_fiscal_year
        and period.number = added.recorded_period
    )
  order by 1, 2, 3
  on conflict do nothing;

  perform from period
  where (period.organization, period.fiscal_year, period.number) in (
    select added.organization, added.recorded_fiscal_year, added.recorded_period from added
  )
  order by period.organization, period.fiscal_year, period.number
  for share;

  select added.organization, added.recorded_fiscal_year as fiscal_year, added.recorded_period
  into refused
  from added
  inner join period on period.organization = added.organization
    and period.fiscal_year = added.recorded_fiscal_year
    and period.number = added.recorded_period
  where period.is_closed
  limit 1;
  if found then
    raise exception 'period % of % is closed for %',
      refused.recorded_period, refused.fiscal_year, refused.organization
      using errcode = 'restrict_violation', constraint = 'journal_entry_period_open';
  end if;

  if not exists (
    select from added
    where added.kind in ('expenditure', 'self-funded')
      and (added.recorded_fiscal_year::text, added.recorded_period)
        <> (fiscal_year_of(added.effective_on), period_of(added.effective_on))
  ) then
    return null;
  end if;

  -- Recorded elsewhere than in its own period: what is closed before it stays closed until we
  -- commit. Periods without a row are open.
  perform from period
  where period.is_closed and exists (
    select from added
    where added.organization = period.organization
      and added.kind in ('expenditure', 'self-funded')
      and (period.fiscal_year::text, period.number)
        >= (fiscal_year_of(added.effective_on), period_of(added.effective_on))
      and (period.fiscal_year::text, period.number)
        < (added.recorded_fiscal_year::text, added.recorded_period)
  )
  order by period.organization, period.fiscal_year, period.number
  for share;

  -- Its own if open, else the supplementary one of that year, else the earliest open one after it.
  -- The day of today is not asked here: whatever comes before a period that has begun has begun,
  -- and a supplementary period surely has once any period of a later year has a row.
  select moved.* into refused
  from (
    select distinct added.organization,
      fiscal_year_of(added.effective_on) as own_year, period_of(added.effective_on) as own_number,
      added.recorded_fiscal_year::text as year, added.recorded_period as number
    from added
    where added.kind in ('expenditure', 'self-funded')
      and (added.recorded_fiscal_year::text, added.recorded_period)
        <> (fiscal_year_of(added.effective_on), period_of(added.effective_on))
  ) as moved
  cross join lateral (
    select
      coalesce(bool_or(period.number = moved.own_number), false) as is_own_closed,
      coalesce(bool_or(period.number = 13), false) as is_supplementary_closed
    from period
    where period.organization = moved.organization
      and period.fiscal_year = moved.own_year
      and period.is_closed
  ) as own
  where not own.is_own_closed
    or (moved.year, moved.number) < (moved.own_year, moved.own_number)
    or (moved.year, moved.number) <> (moved.own_year, 13::smallint)
    and (
      not own.is_supplementary_closed
        and exists (select from period where period.fiscal_year > moved.own_year)
      or (
        select count(*) from period
        where period.organization = moved.organization
          and period.is_closed
          and (period.fiscal_year::text, period.number) > (moved.own_year, moved.own_number)
          and (period.fiscal_year::text, period.number) < (moved.year, moved.number)
      ) < (substr(moved.year, 1, 4)::integer - substr(moved.own_year, 1, 4)::integer) * 13
        + moved.number - moved.own_number - 1
    )
  limit 1;
  if found then
    raise exception 'period % of % is not the one that records % of % for %',
      refused.number, refused.year, refused.own_number, refused.own_year, refused.organization
      using errcode = 'check_violation', constraint = 'journal_entry_period_is_its_own';
  end if;
  return null;
end
$$;
