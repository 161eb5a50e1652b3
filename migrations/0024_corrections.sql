-- What may become of a posted expenditure: it may have consumed a commitment, be refunded in part or
-- whole, and be reclassified, which reverses it and posts another document in its right place.

alter table expenditure
  add column commitment uuid,
  add column refunded amount not null default 0.00,
  add column reclassified_from uuid,
  -- the row of a public source is recorded once, and stays what a reclassified document cites
  drop constraint expenditure_source_once,
  add constraint expenditure_commitment_fk foreign key (commitment, organization, envelope)
    references commitment (id, organization, envelope),
  add constraint expenditure_commitment_has_envelope check (
    commitment is null or envelope is not null
  ),
  add constraint expenditure_refunded_within check (refunded >= 0 and refunded <= amount),
  add constraint expenditure_refunded_once_posted check (state = 'posted' or refunded = 0),
  add constraint expenditure_reclassified_from_fk foreign key (reclassified_from)
    references expenditure (id),
  add constraint expenditure_reclassified_once unique (reclassified_from);
create unique index expenditure_source_once on expenditure (source_document, source_row)
  where reclassified_from is null;
create index expenditure_by_commitment on expenditure (commitment, organization, envelope);
create index expenditure_by_source on expenditure (source_document);
comment on column expenditure.commitment is 'what it consumes first when it is posted';
comment on column expenditure.refunded is 'what came back of it; nothing once it is reversed';
comment on column expenditure.reclassified_from is
  'the document it was posted for again, in another place';
grant update (commitment, refunded) on expenditure to vigie_service;

create or replace function refuse_settled_change() returns trigger
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
    old.refunded := new.refunded;
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

alter table expenditure_request
  add column amount amount,
  add column day date,
  add column measure text,
  add column envelope text,
  add column service_date date,
  add column entry bigint,
  drop constraint expenditure_request_kind_known,
  add constraint expenditure_request_kind_known check (
    kind in ('reverse', 'refund', 'reclassify')
  ),
  add constraint expenditure_request_refund_whole check (
    case kind
      when 'refund' then amount is not null and amount > 0 and day is not null
      else amount is null and day is null
    end
  ),
  add constraint expenditure_request_reclassify_whole check (
    case kind
      when 'reclassify' then
        service_date is not null and (measure is not null or envelope is not null)
      else service_date is null and measure is null and envelope is null
    end
  ),
  add constraint expenditure_request_measure_fk foreign key (measure) references measure (code),
  add constraint expenditure_request_envelope_fk foreign key (envelope)
    references envelope (code),
  add constraint expenditure_request_entry_fk foreign key (entry) references journal_entry (id),
  add constraint expenditure_request_entry_once unique (entry);
create index expenditure_request_by_measure on expenditure_request (measure);
create index expenditure_request_by_envelope on expenditure_request (envelope);
comment on column expenditure_request.amount is 'of a refund';
comment on column expenditure_request.day is 'of a refund: when the money came back';
comment on column expenditure_request.service_date is
  'of a reclassification, with measure and envelope: where the expenditure should stand';
comment on column expenditure_request.entry is
  'the entry that did it: the mirror of the expenditure, or its refund';
grant update (entry) on expenditure_request to vigie_service;

-- Nobody acts in a migration: what was decided before was signed then.
alter table expenditure_request disable trigger signed;
update expenditure_request set entry = expenditure.reversal_entry
from expenditure
where expenditure.id = expenditure_request.expenditure
  and expenditure_request.state = 'approved';
alter table expenditure_request enable always trigger signed;
alter table expenditure_request
  add constraint expenditure_request_with_its_entry check (
    (state = 'approved') = (entry is not null)
  );

-- Who asked for a reclassification prepared the document that its approval makes: the approver, who
-- acts, writes it under the asker's name as well as their own.
create function reclassification_asker(original uuid) returns text
  language sql stable
  return (
    select expenditure_request.asked_by from expenditure_request
    where expenditure_request.expenditure = original
      and expenditure_request.kind = 'reclassify'
      and expenditure_request.state = 'approved'
      and expenditure_request.decided_by = acting_person()
    order by expenditure_request.place desc
    limit 1
  );
comment on function reclassification_asker(uuid) is
  'who asked for what the acting person approved; null where nothing was approved';

create or replace function refuse_expenditure_signature() returns trigger
  language plpgsql
  as $$
declare
  actor text := coalesce(acting_person(), '');
  stated expenditure := old;
  signed text[];
  allowed text[];
begin
  if tg_op = 'INSERT' then
    signed := array[new.prepared_by, new.changed_by, new.submitted_by, new.approved_by];
  else
    signed := array[
      case when new.changed_by is distinct from old.changed_by then new.changed_by end,
      case when new.submitted_by is distinct from old.submitted_by then new.submitted_by end,
      case when new.approved_by is distinct from old.approved_by then new.approved_by end
    ];
    stated.state := new.state;
    stated.version := new.version;
    stated.submitted_by := new.submitted_by;
    stated.submitted_at := new.submitted_at;
    if old.state = 'draft' and stated is distinct from new then
      signed := signed || new.changed_by;
    end if;
  end if;
  allowed := array[actor];
  if new.reclassified_from is not null then
    allowed := allowed || reclassification_asker(new.reclassified_from);
  end if;
  if not array_remove(signed, null) <@ allowed then
    raise exception 'expenditure % is signed for somebody else than %', new.number, actor
      using errcode = 'restrict_violation', constraint = 'expenditure_signed_by_actor';
  end if;
  return new;
end
$$;

create or replace function refuse_request_signature() returns trigger
  language plpgsql
  as $$
declare
  actor text := coalesce(acting_person(), '');
  is_signed boolean;
begin
  if tg_op = 'UPDATE' then
    is_signed := new.decided_by is not distinct from actor;
  else
    is_signed := coalesce(new.decided_by, actor) = actor and (
      new.asked_by = actor
      -- refunds move with the document that was reclassified
      or new.asked_by = (
        select reclassification_asker(expenditure.reclassified_from) from expenditure
        where expenditure.id = new.expenditure
      )
    );
  end if;
  if is_signed is not true then
    raise exception 'request % is signed for somebody else than %', new.id, actor
      using errcode = 'restrict_violation',
        constraint = 'expenditure_request_signed_by_actor';
  end if;
  return new;
end
$$;
