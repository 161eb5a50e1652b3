import { sql } from 'kysely'
import { readMigrations } from '#platform/db/migrate.ts'
import type { Handle } from '#platform/db/transaction.ts'
import { type Break, breaksMax } from './check.ts'
import {
  type FoundGuards,
  type FoundTrigger,
  judgeGuards,
  keptByTriggers,
  type PromisedGuards,
  promisedGuards,
} from './guards.ts'

const role = 'vigie_service'

/** Guards that are not as the migrations made them, in the catalogue of now. */
export async function findGuardBreaks(handle: Handle): Promise<readonly Break[]> {
  const promised = promisedGuards((await readMigrations()).map((migration) => migration.sql))
  return judgeGuards(promised, await readGuards(handle, promised)).slice(0, breaksMax)
}

async function readGuards(handle: Handle, promised: PromisedGuards): Promise<FoundGuards> {
  const { rows: triggers } = await sql<FoundTrigger>`
    select
      pg_class.relname || '.' || pg_trigger.tgname as name,
      pg_trigger.tgenabled = 'A' as "isAlways",
      pg_trigger.tgqual is not null as "isConditional",
      pg_proc.proname as runs
    from pg_trigger
    inner join pg_class on pg_class.oid = pg_trigger.tgrelid
    inner join pg_proc on pg_proc.oid = pg_trigger.tgfoid
    where pg_class.relnamespace = 'public'::regnamespace and not pg_trigger.tgisinternal
  `.execute(handle)
  const { rows: bodies } = await sql<{ name: string; body: string }>`
    select pg_proc.proname as name, pg_proc.prosrc as body
    from pg_proc
    where pg_proc.pronamespace = 'public'::regnamespace
  `.execute(handle)
  const { rows: policies } = await sql<{ table: string; names: string[] }>`
    select
      pg_class.relname as table,
      array(
        select pg_policy.polname::text from pg_policy
        where pg_policy.polrelid = pg_class.oid order by pg_policy.polname
      ) as names
    from pg_class
    where pg_class.relnamespace = 'public'::regnamespace
      and pg_class.relrowsecurity and pg_class.relforcerowsecurity
  `.execute(handle)
  return {
    triggers,
    policies: new Map(policies.map(({ table, names }) => [table, names])),
    bodies: new Map(bodies.map(({ name, body }) => [name, body])),
    excess: await readExcess(handle, promised),
    powers: await readPowers(handle),
  }
}

async function readExcess(
  handle: Handle,
  { triggers }: PromisedGuards,
): Promise<readonly string[]> {
  const appendOnly = [...triggers.keys()].flatMap((name) =>
    name.endsWith('.append_only_rows') ? [name.slice(0, name.indexOf('.'))] : [],
  )
  const { rows } = await sql<{ excess: string }>`
    select upper(privilege.name) || ' on ' || pg_class.relname as excess
    from pg_class
    cross join unnest(array['insert', 'update', 'delete', 'truncate', 'trigger'])
      as privilege (name)
    where pg_class.relnamespace = 'public'::regnamespace
      and pg_class.relname = any(${[...appendOnly, ...keptByTriggers]}::text[])
      and (privilege.name <> 'insert' or pg_class.relname = any(${[...keptByTriggers]}::text[]))
      and (
        has_table_privilege(${role}, pg_class.oid, privilege.name)
        or (
          privilege.name in ('insert', 'update')
          and has_any_column_privilege(${role}, pg_class.oid, privilege.name)
        )
      )
    order by 1
  `.execute(handle)
  return rows.map(({ excess }) => excess)
}

async function readPowers(handle: Handle): Promise<readonly string[]> {
  const { rows } = await sql<{ power: string }>`
    select 'owns ' || pg_class.relname as power
    from pg_class
    where pg_class.relowner = ${role}::regrole and pg_class.relkind in ('r', 'p', 'v', 'm', 'S')
    union all
    select 'owns ' || pg_proc.proname from pg_proc where pg_proc.proowner = ${role}::regrole
    union all
    select 'owns schema ' || pg_namespace.nspname
    from pg_namespace where pg_namespace.nspowner = ${role}::regrole
    union all
    select 'is in ' || pg_roles.rolname
    from pg_auth_members
    inner join pg_roles on pg_roles.oid = pg_auth_members.roleid
    where pg_auth_members.member = ${role}::regrole
    union all
    select power.name
    from pg_roles
    cross join lateral (values
      (pg_roles.rolsuper, 'superuser'), (pg_roles.rolcreaterole, 'createrole'),
      (pg_roles.rolcreatedb, 'createdb'), (pg_roles.rolbypassrls, 'bypassrls'),
      (has_schema_privilege(pg_roles.rolname, 'public', 'create'), 'create in public')
    ) as power (has, name)
    where pg_roles.rolname = ${role} and power.has
    order by 1
  `.execute(handle)
  return rows.map(({ power }) => power)
}
