import { sql } from 'kysely'
import type { Handle, Work } from '#platform/db/transaction.ts'
import { type HeldRole, isRole } from './actor.ts'
import type { Person } from './person.ts'

const heldRoles = sql<{ role: string; organization: string }[] | string>`coalesce((
  select jsonb_agg(
    jsonb_build_object('role', person_role.role, 'organization', person_role.organization)
    order by person_role.role, person_role.organization)
  from person_role
  where person_role.person = person.id
), '[]')`

export const people = (handle: Handle) =>
  handle
    .selectFrom('person')
    .select(['person.id', 'person.email', 'person.name', 'person.is_disabled', 'person.version'])
    .select(heldRoles.as('roles'))

interface PersonRow {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly is_disabled: boolean
  readonly version: number
  readonly roles: unknown
}

function personOf(row: PersonRow): Person {
  const { id, email, name, is_disabled: isDisabled, version } = row
  return { id, email, name, isDisabled, version, roles: rolesOf(row.roles) }
}

export function rolesOf(stored: unknown): readonly HeldRole[] {
  const list: { role: string; organization: string }[] =
    typeof stored === 'string' ? JSON.parse(stored) : []
  return list.flatMap(({ role, organization }) => (isRole(role) ? [{ role, organization }] : []))
}

export async function findPerson(handle: Handle, email: string): Promise<Person | null> {
  const row = await people(handle).where('person.email', '=', email).executeTakeFirst()
  return row === undefined ? null : personOf(row)
}

/** The system is nobody: it has no id that one could act on. */
export async function findPersonById(handle: Handle, id: string): Promise<Person | null> {
  const row = await people(handle)
    .where('person.id', '=', id)
    .where('person.email', '<>', 'system')
    .executeTakeFirst()
  return row === undefined ? null : personOf(row)
}

/** A person, and when they last used a token or a session. */
export type SeenPerson = Person & { readonly lastUsedAt: string | null }

export async function listPeople(handle: Handle): Promise<readonly SeenPerson[]> {
  const rows = await people(handle)
    .select(
      sql<string | null>`greatest(
        (select max(api_token.last_used_at) from api_token where api_token.person = person.id),
        (select max(session.used_at) from session where session.person = person.id)
      )`.as('last_used_at'),
    )
    .where('person.email', '<>', 'system')
    .orderBy('person.email')
    .execute()
  return rows.map((row) => ({
    ...personOf(row),
    lastUsedAt: row.last_used_at === null ? null : new Date(row.last_used_at).toISOString(),
  }))
}

/**
 * Locks the person and every administrator, in one order: whoever changes people takes turns where
 * the change could leave nobody to administer. Read the person after it.
 */
export async function lockPeople(work: Work, email: string): Promise<void> {
  await sql`
    select person.id from person
    where person.email = ${email}
      or exists (
        select from person_role
        where person_role.person = person.id and person_role.role = 'administrator'
      )
    order by person.id
    for update of person
  `.execute(work)
}

export async function countOtherAdministrators(work: Work, person: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from person
    where person.id <> ${person} and not person.is_disabled
      and exists (
        select from person_role
        where person_role.person = person.id and person_role.role = 'administrator'
      )
  `.execute(work)
  return rows[0]?.count ?? 0
}

export async function savePerson(work: Work, email: string, name: string): Promise<string> {
  const { id } = await work
    .insertInto('person')
    .values({ email, name })
    .returning('person.id')
    .executeTakeFirstOrThrow()
  return id
}

export async function updatePerson(
  work: Work,
  { id, name, isDisabled }: Pick<Person, 'id' | 'name' | 'isDisabled'>,
): Promise<void> {
  await work
    .updateTable('person')
    .set((column) => ({
      name,
      is_disabled: isDisabled,
      version: column('person.version', '+', 1),
    }))
    .where('person.id', '=', id)
    .execute()
}

export async function saveRoles(
  work: Work,
  person: string,
  roles: readonly HeldRole[],
): Promise<void> {
  if (roles.length > 0) {
    await work
      .insertInto('person_role')
      .values(roles.map(({ role, organization }) => ({ person, role, organization })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

export async function deleteRoles(
  work: Work,
  person: string,
  roles: readonly HeldRole[],
): Promise<void> {
  for (const { role, organization } of roles) {
    await work
      .deleteFrom('person_role')
      .where('person_role.person', '=', person)
      .where('person_role.role', '=', role)
      .where('person_role.organization', '=', organization)
      .execute()
  }
}

export async function listOrganizationCodes(handle: Handle): Promise<readonly string[]> {
  const rows = await handle
    .selectFrom('organization')
    .select('organization.code')
    .orderBy('organization.code')
    .execute()
  return rows.map(({ code }) => code)
}

export async function organizationExists(handle: Handle, code: string): Promise<boolean> {
  const row = await handle
    .selectFrom('organization')
    .select('organization.code')
    .where('organization.code', '=', code)
    .executeTakeFirst()
  return row !== undefined
}
