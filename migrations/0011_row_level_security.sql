-- The second wall: a transaction says once who acts, whose documents it reaches and which event it
-- writes, and the database holds every row to it, whatever the queries and the rules forget.

create function reached_organizations() returns text[]
  language sql stable parallel safe
  return nullif(current_setting('vigie.organizations', true), '')::text[];
comment on function reached_organizations() is
  'whose documents the transaction reaches; null, so nobody''s, where nothing was said';

create function reaches_everything() returns boolean
  language sql stable parallel safe
  return '*' = any (reached_organizations());

create function acting_person() returns text
  language sql stable parallel safe
  return nullif(current_setting('vigie.actor', true), '');

create function event_in_hand() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('vigie.event', true), '')::uuid;
comment on function event_in_hand() is 'the one event that the transaction may write';

-- Triggers, migrations and dumps work as the owner, who need not be a superuser. It is asked for by
-- what it is: a policy that names a role could not be restored on a server without that role.
create function is_owner_of(guarded regclass) returns boolean
  language sql stable parallel safe
  return (
    select pg_get_userbyid(pg_class.relowner) = current_user from pg_class
    where pg_class.oid = guarded
  );

-- In policies each question stands in a subquery of its own: asked once a statement, not once a row.
alter table expenditure enable row level security, force row level security;
create policy reached on expenditure to vigie_service
  using (
    (select reaches_everything())
    or expenditure.organization = any ((select reached_organizations())::text[])
  )
  with check (
    (select reaches_everything())
    or expenditure.organization = any ((select reached_organizations())::text[])
  );
create policy owned on expenditure
  using ((select is_owner_of('expenditure')))
  with check ((select is_owner_of('expenditure')));

-- Seen and written where its expenditure is: the policies above apply inside the subquery.
alter table expenditure_request enable row level security, force row level security;
create policy reached on expenditure_request to vigie_service
  using (
    exists (select from expenditure where expenditure.id = expenditure_request.expenditure)
  )
  with check (
    exists (select from expenditure where expenditure.id = expenditure_request.expenditure)
  );
create policy owned on expenditure_request
  using ((select is_owner_of('expenditure_request')))
  with check ((select is_owner_of('expenditure_request')));

-- An event tells what documents said before and after, so it is read by who reaches them all. Who
-- writes one sees that one: its place and its seal are answered to them.
alter table event enable row level security, force row level security;
create policy reached on event for select to vigie_service
  using ((select reaches_everything()) or event.id = (select event_in_hand()));
create policy signed on event for insert to vigie_service
  with check (
    event.id = (select event_in_hand())
    and event.actor = (select acting_person())
  );
create policy owned on event
  using ((select is_owner_of('event')))
  with check ((select is_owner_of('event')));

-- Where an event stands is no secret: documents and reports of everybody print it.
create function event_position(event_id uuid) returns bigint
  language sql stable strict parallel safe security definer set search_path = public, pg_temp
  return (select event.sequence from event where event.id = event_id);
comment on function event_position(uuid) is
  'sequence of an event, also for who may not read what it says';

-- Nobody signs with another's name, so two persons of the rule are two who acted. A draft that says
-- something else than before says who changed it.
create function refuse_expenditure_signature() returns trigger
  language plpgsql
  as $$
declare
  actor text := coalesce(acting_person(), '');
  signed text[];
begin
  if tg_op = 'INSERT' then
    signed := array[new.prepared_by, new.changed_by, new.submitted_by, new.approved_by];
  else
    signed := array[
      case when new.changed_by is distinct from old.changed_by
        or (
          new.organization, new.measure, new.envelope, new.service_date, new.document_date,
          new.document_number, new.supplier, new.description, new.amount
        ) is distinct from (
          old.organization, old.measure, old.envelope, old.service_date, old.document_date,
          old.document_number, old.supplier, old.description, old.amount
        )
        then new.changed_by
      end,
      case when new.submitted_by is distinct from old.submitted_by then new.submitted_by end,
      case when new.approved_by is distinct from old.approved_by then new.approved_by end
    ];
  end if;
  if not array_remove(signed, null) <@ array[actor] then
    raise exception 'expenditure % is signed for somebody else than %', new.number, actor
      using errcode = 'restrict_violation', constraint = 'expenditure_signed_by_actor';
  end if;
  return new;
end
$$;
create trigger signed before insert or update on expenditure
  for each row execute function refuse_expenditure_signature();
alter table expenditure enable always trigger signed;

create function refuse_request_signature() returns trigger
  language plpgsql
  as $$
declare
  actor text := coalesce(acting_person(), '');
  signed text := case tg_op when 'INSERT' then new.asked_by else new.decided_by end;
begin
  if signed <> actor then
    raise exception 'request % is signed for somebody else than %', new.id, actor
      using errcode = 'restrict_violation',
        constraint = 'expenditure_request_signed_by_actor';
  end if;
  return new;
end
$$;
create trigger signed before insert or update on expenditure_request
  for each row execute function refuse_request_signature();
alter table expenditure_request enable always trigger signed;

-- A refusal is a decision too.
alter table expenditure_request
  drop constraint expenditure_request_two_persons,
  add constraint expenditure_request_two_persons check (decided_by <> asked_by);
