import { randomBytes } from 'node:crypto'
import type { Actor, HeldRole } from '#features/identity/actor.ts'
import { organizationOfRole, type Role } from '#features/identity/actor.ts'
import { type Person, personOf, type TestApp } from './app.ts'

/** Somebody who asks: who they are to the rules, or null where nothing signs them in. */
export interface Listener {
  readonly person: Person
  readonly actor: Actor | null
}

export type Audience = Readonly<Record<string, Listener>>

/** Roles for an organization, by the name of who holds them. */
const held: Readonly<Record<string, readonly (readonly [Role, string])[]>> = {
  officer: [['officer', 'MSP']],
  approver: [['approver', 'MSP']],
  auditor: [['auditor', '*']],
  analyst: [['analyst', '*']],
  administrator: [['administrator', '*']],
  'officer of MJQ': [['officer', 'MJQ']],
  'approver of MJQ': [['approver', 'MJQ']],
  'officer of MJQ and auditor': [
    ['officer', 'MJQ'],
    ['auditor', '*'],
  ],
  'officer of MSP and approver of MJQ': [
    ['officer', 'MSP'],
    ['approver', 'MJQ'],
  ],
}

/** One of each who may ask, and everybody who is nobody to the service. */
export async function audienceOf(app: TestApp): Promise<Audience> {
  const audience: Record<string, Listener> = {}
  for (const [name, roles] of Object.entries(held)) {
    audience[name] = await hired(app, name, roles)
  }
  audience['a person without a role'] = await withoutRole(app)
  audience['a disabled person'] = { person: await disabled(app), actor: null }
  audience['an expired token'] = { person: await expired(app), actor: null }
  const unknown = `vigie_${randomBytes(32).toString('base64url')}`
  audience['an unknown token'] = { person: personOf(app.server, 'unknown', unknown), actor: null }
  audience['no token'] = { person: personOf(app.server, 'nobody', ''), actor: null }
  return audience
}

const mailbox = (name: string): string => name.replaceAll(' ', '-').toLowerCase()

async function hired(
  app: TestApp,
  name: string,
  roles: readonly (readonly [Role, string])[],
): Promise<Listener> {
  let person: Person | undefined
  for (const [role, organization] of roles) {
    person = await app.person(mailbox(name), role, organization)
  }
  if (person === undefined) {
    throw new RangeError(`${name} holds no role`)
  }
  const rolesHeld: readonly HeldRole[] = roles.map(([role, organization]) => ({
    role,
    organization: organizationOfRole(role, organization),
  }))
  return { person, actor: { email: person.email, roles: rolesHeld } }
}

async function withoutRole(app: TestApp): Promise<Listener> {
  const person = await app.person('without-role', 'analyst')
  await app.database.owner.query(
    `delete from person_role using person
    where person.id = person_role.person and person.email = $1`,
    [person.email],
  )
  return { person, actor: { email: person.email, roles: [] } }
}

async function disabled(app: TestApp): Promise<Person> {
  const person = await app.person('disabled', 'auditor')
  await app.database.owner.query('update person set is_disabled = true where person.email = $1', [
    person.email,
  ])
  return person
}

async function expired(app: TestApp): Promise<Person> {
  const person = await app.person('expired', 'auditor')
  await app.database.owner.query(
    `update api_token set expires_at = now() - interval '1 second' from person
    where person.id = api_token.person and person.email = $1`,
    [person.email],
  )
  return person
}
