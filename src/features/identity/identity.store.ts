import { sql } from 'kysely'
import type { Handle, Work } from '#platform/db/transaction.ts'
import { type Actor, type HeldRole, isRole } from './actor.ts'
import type { Person } from './person.ts'

const heldRoles = sql<{ role: string; organization: string }[] | string>`coalesce((
  select jsonb_agg(
    jsonb_build_object('role', person_role.role, 'organization', person_role.organization)
    order by person_role.role, person_role.organization)
  from person_role
  where person_role.person = person.id
), '[]')`

const people = (handle: Handle) =>
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

function rolesOf(stored: unknown): readonly HeldRole[] {
  const list: { role: string; organization: string }[] =
    typeof stored === 'string' ? JSON.parse(stored) : []
  return list.flatMap(({ role, organization }) => (isRole(role) ? [{ role, organization }] : []))
}

export async function findPerson(handle: Handle, email: string): Promise<Person | null> {
  const row = await people(handle).where('person.email', '=', email).executeTakeFirst()
  return row === undefined ? null : personOf(row)
}

export async function listPeople(handle: Handle): Promise<readonly Person[]> {
  const rows = await people(handle)
    .where('person.email', '<>', 'system')
    .orderBy('person.email')
    .execute()
  return rows.map(personOf)
}

/** The person behind a token that is neither expired nor of a disabled person. */
export async function findActorByToken(handle: Handle, hash: string): Promise<Actor | null> {
  const row = await people(handle)
    .innerJoin('api_token', 'api_token.person', 'person.id')
    .where('api_token.hash', '=', hash)
    .where('person.is_disabled', '=', false)
    .where(sql<boolean>`api_token.expires_at > now()`)
    .executeTakeFirst()
  return row === undefined ? null : { email: row.email, roles: rolesOf(row.roles) }
}

export async function savePerson(work: Work, email: string, name: string): Promise<string> {
  const { id } = await work
    .insertInto('person')
    .values({ email, name })
    .returning('person.id')
    .executeTakeFirstOrThrow()
  return id
}

/** Answers whether the role was new. */
export async function saveRole(work: Work, person: string, held: HeldRole): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await work
    .insertInto('person_role')
    .values({ person, role: held.role, organization: held.organization })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

export async function disablePerson(work: Work, email: string): Promise<void> {
  await work
    .updateTable('person')
    .set((column) => ({ is_disabled: true, version: column('person.version', '+', 1) }))
    .where('person.email', '=', email)
    .execute()
}

export async function saveToken(
  work: Work,
  token: { hash: string; person: string; days: number },
): Promise<string> {
  const { expires_at } = await work
    .insertInto('api_token')
    .values({
      hash: token.hash,
      person: token.person,
      expires_at: sql<string>`now() + make_interval(days => ${token.days})`,
    })
    .returning('api_token.expires_at')
    .executeTakeFirstOrThrow()
  return new Date(expires_at).toISOString()
}

export async function organizationExists(handle: Handle, code: string): Promise<boolean> {
  const row = await handle
    .selectFrom('organization')
    .select('organization.code')
    .where('organization.code', '=', code)
    .executeTakeFirst()
  return row !== undefined
}
