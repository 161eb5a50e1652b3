-- The working role, and the domains that keep every amount exact and every fiscal year real.
-- The service works as vigie_service, which owns nothing: what it may do is only what a later
-- migration grants by name.

do $$
begin
  -- roles belong to the whole cluster: an administrator or another database may have made it
  if not exists (select from pg_roles where rolname = 'vigie_service') then
    create role vigie_service nologin;
  end if;
  if not pg_has_role(current_user, 'vigie_service', 'member') then
    grant vigie_service to current_user;
  end if;
exception
  -- made or granted by another database at this very moment
  when duplicate_object or unique_violation then null;
end
$$;

revoke all on schema public from public;
grant usage on schema public to vigie_service;

-- numeric(15,2) would round before any check sees the value; this refuses instead.
create domain amount as numeric
  constraint amount_is_exact check (
    value <> 'NaN' and scale(value) = 2 and abs(value) <= 9999999999999.99
  );
comment on domain amount is
  'Canadian dollars, exactly two decimals, at most 9 999 999 999 999.99 so that Excel keeps it exact';

create domain fiscal_year as text
  constraint fiscal_year_is_consecutive check (
    value ~ '^[0-9]{4}-[0-9]{4}$'
    and substr(value, 6, 4)::integer = substr(value, 1, 4)::integer + 1
  );
comment on domain fiscal_year is '1 April to 31 March, written 2025-2026';

create function fiscal_year_of(day date) returns text
  language sql immutable strict parallel safe
  return (extract(year from day)::integer - (extract(month from day) < 4)::integer)::text
    || '-'
    || (extract(year from day)::integer + (extract(month from day) >= 4)::integer)::text;

create function period_of(day date) returns smallint
  language sql immutable strict parallel safe
  return ((extract(month from day)::integer + 8) % 12 + 1)::smallint;
comment on function period_of(date) is 'April is period 1, March is period 12';

create function refuse_change() returns trigger
  language plpgsql
  as $$
begin
  raise exception 'table % is append-only: % refused', tg_table_name, tg_op
    using errcode = 'restrict_violation', constraint = tg_table_name || '_append_only';
end
$$;

-- Guards one table: no UPDATE, DELETE or TRUNCATE by anybody, whatever session_replication_role
-- says. The comment's first word is what tests look for in the catalogue.
create procedure make_append_only(target regclass)
  language plpgsql
  as $$
begin
  execute format(
    'create trigger append_only_rows before update or delete on %s'
    ' for each row execute function refuse_change()', target);
  execute format(
    'create trigger append_only_table before truncate on %s'
    ' for each statement execute function refuse_change()', target);
  execute format('alter table %s enable always trigger append_only_rows', target);
  execute format('alter table %s enable always trigger append_only_table', target);
  execute format('grant select, insert on %s to vigie_service', target);
end
$$;
