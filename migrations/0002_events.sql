-- The one chain: every action writes one event in its own transaction, and the database itself
-- numbers it, dates it and seals it, so that the sequence is the order of commits and a gap is a
-- deletion. docs/recipes/evidence-format.md gives the hashed text for a verifier without our code.

create table event (
  sequence bigint not null,
  id uuid not null default gen_random_uuid(),
  type text not null,
  version integer not null default 1,
  actor text not null,
  request text not null,
  at timestamptz not null,
  subject text not null,
  payload text not null,
  entry_count integer not null,
  entry_root text not null,
  previous text not null,
  hash text not null,
  constraint event_pk primary key (sequence),
  constraint event_id_once unique (id),
  constraint event_hash_once unique (hash),
  constraint event_actor_named check (actor <> ''),
  constraint event_request_named check (request <> '')
);
create index event_by_subject on event (subject, sequence);
create index event_by_instant on event (at, sequence);
call make_append_only('event');

comment on table event is 'append-only: one recorded action each, chained to the one before';
comment on column event.sequence is 'the position; given by the trigger under the head''s lock';
comment on column event.id is 'known before the event is written, so that entries can name it';
comment on column event.payload is 'canonical text of before, after, reason and who sat at the keyboard';
comment on column event.entry_root is
  'Merkle root of the journal entries that name this event; empty text when there are none';
comment on column event.previous is 'hash of the event before; 64 zeros for the first';

create table chain_head (
  single boolean not null default true,
  sequence bigint not null,
  at timestamptz not null,
  hash text not null,
  constraint chain_head_pk primary key (single),
  constraint chain_head_is_single check (single)
);
comment on table chain_head is 'the last event; its row is the lock that orders all actions';
insert into chain_head (sequence, at, hash) values (0, 'epoch', repeat('0', 64));
grant select on chain_head to vigie_service;

create function length_prefixed(variadic parts text[]) returns text
  language sql immutable parallel safe
  return (
    select string_agg(octet_length(part)::text || ':' || part, '' order by place)
    from unnest(parts) with ordinality as listed (part, place)
  );
comment on function length_prefixed(text[]) is
  'bytes:text of each part, joined: no two lists of parts have the same text';

create function sha256_hex(content text) returns text
  language sql immutable strict parallel safe
  return encode(sha256(convert_to(content, 'UTF8')), 'hex');

create function instant_text(instant timestamptz) returns text
  language sql stable strict parallel safe
  return to_char(instant at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');

-- Leaves are 32-byte hashes. A node is sha256(0x01 || left || right); an odd node moves up alone.
create function merkle_root(leaves bytea[]) returns text
  language plpgsql immutable parallel safe
  as $$
declare
  level bytea[] := leaves;
begin
  if coalesce(cardinality(level), 0) = 0 then
    return '';
  end if;
  while cardinality(level) > 1 loop
    select array_agg(
      case when level[2 * place] is null then level[2 * place - 1]
      else sha256('\x01'::bytea || level[2 * place - 1] || level[2 * place]) end
      order by place)
    into level
    from generate_series(1, (cardinality(level) + 1) / 2) as place;
  end loop;
  return encode(level[1], 'hex');
end
$$;

create function event_hash(sealed event) returns text
  language sql stable
  return sha256_hex(length_prefixed(
    sealed.sequence::text, sealed.id::text, sealed.type, sealed.version::text, sealed.actor,
    sealed.request, instant_text(sealed.at), sealed.subject, sealed.payload,
    sealed.entry_count::text, sealed.entry_root, sealed.previous));

-- Replaced when the journal exists; until then no event has entries.
create function event_entries(event_id uuid, out entry_count integer, out entry_root text)
  language sql stable
  return (0, '');

create function seal_event() returns trigger
  language plpgsql security definer set search_path = public, pg_temp
  as $$
declare
  head chain_head;
  entries record;
begin
  select * into entries from event_entries(new.id);
  select chain_head.* into strict head from chain_head for update;
  new.sequence := head.sequence + 1;
  new.at := greatest(date_trunc('milliseconds', clock_timestamp()), head.at);
  new.entry_count := entries.entry_count;
  new.entry_root := entries.entry_root;
  new.previous := head.hash;
  new.hash := event_hash(new);
  update chain_head set sequence = new.sequence, at = new.at, hash = new.hash;
  return new;
end
$$;
create trigger seal before insert on event for each row execute function seal_event();
alter table event enable always trigger seal;
