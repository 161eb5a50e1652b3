import { Problem } from '#core/problem.ts'
import type { HeldRole, Role } from './actor.ts'
import { authorize, type Context, type Viewing } from './context.public.ts'
import { changePerson, heldRole, insertPerson } from './identity.actions.ts'
import {
  findPerson,
  findPersonById,
  listOrganizationCodes,
  listPeople,
  lockPeople,
  type SeenPerson,
} from './identity.store.ts'
import { holdsRole, type Person } from './person.ts'
import { requireVersion } from './stale.ts'

/** People over HTTP: by an administrator, who is neither the operator nor above two persons. */
export interface NewUser {
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly organization: string
}

/** A person and the version of it that the administrator saw. */
export interface SeenUser {
  readonly id: string
  readonly version: number
}

export async function readUsers(viewing: Viewing): Promise<readonly SeenPerson[]> {
  authorize(viewing, 'user.manage')
  return listPeople(viewing.handle)
}

export async function readUser(viewing: Viewing, id: string): Promise<Person> {
  authorize(viewing, 'user.manage')
  const person = await findPersonById(viewing.handle, id)
  if (person === null) {
    throw userNotFound()
  }
  return person
}

/** For whom a role may be held. */
export async function readOrganizationCodes(viewing: Viewing): Promise<readonly string[]> {
  authorize(viewing, 'user.manage')
  return listOrganizationCodes(viewing.handle)
}

export async function createUser(context: Context, input: NewUser): Promise<Person> {
  authorize(context, 'user.manage')
  const { email, name } = input
  const role = await heldRole(context, input)
  if ((await findPerson(context.work, email)) !== null) {
    throw new Problem('conflict', 'identity/person-exists', {
      fr: `Une personne a déjà l’adresse ${email}. Ses rôles se changent sur sa fiche.`,
      en: `A person already has the address ${email}. Their roles are changed on their record.`,
    })
  }
  return insertPerson(context, { email, name, role })
}

export interface UserChange {
  readonly name?: string | undefined
  readonly addRoles?: readonly HeldRole[] | undefined
  readonly removeRoles?: readonly HeldRole[] | undefined
}

export async function changeUser(
  context: Context,
  seen: SeenUser,
  { name, addRoles = [], removeRoles = [] }: UserChange,
): Promise<Person> {
  const before = await lockUser(context, seen)
  const added = await rolesHeld(context, addRoles)
  const removed = await rolesHeld(context, removeRoles)
  const kept = before.roles.filter((role) => !holdsRole({ roles: removed }, role))
  const roles = [...kept, ...added.filter((role) => !holdsRole({ roles: kept }, role))]
  const isSame =
    roles.length === before.roles.length && roles.every((role) => holdsRole(before, role))
  if (!isSame && before.email === context.actor.email) {
    throw new Problem('forbidden', 'identity/own-roles', {
      fr: 'On ne change pas ses propres rôles : une autre personne qui administre le fait.',
      en: 'One does not change one’s own roles: another administrator does.',
    })
  }
  return changePerson(context, before, { name: name ?? before.name, roles }, 'person.changed')
}

export async function disableUser(context: Context, seen: SeenUser): Promise<Person> {
  const before = await lockUser(context, seen)
  return changePerson(context, before, { isDisabled: true }, 'person.disabled')
}

export async function enableUser(context: Context, seen: SeenUser): Promise<Person> {
  const before = await lockUser(context, seen)
  return changePerson(context, before, { isDisabled: false }, 'person.enabled')
}

/** The address is for life: it is known before the lock, and everything else is read after it. */
async function lockUser(context: Context, seen: SeenUser): Promise<Person> {
  authorize(context, 'user.manage')
  const { work } = context
  const found = await findPersonById(work, seen.id)
  if (found === null) {
    throw userNotFound()
  }
  await lockPeople(work, found.email)
  const person = await findPersonById(work, seen.id)
  if (person === null) {
    throw userNotFound()
  }
  requireVersion(person.version, seen.version)
  return person
}

async function rolesHeld(
  context: Context,
  asked: readonly HeldRole[],
): Promise<readonly HeldRole[]> {
  const held: HeldRole[] = []
  for (const role of asked) {
    const read = await heldRole(context, role)
    if (!holdsRole({ roles: held }, read)) {
      held.push(read)
    }
  }
  return held
}

const userNotFound = (): Problem =>
  new Problem('not-found', 'identity/user-not-found', {
    fr: 'Personne ne porte ce numéro.',
    en: 'Nobody has this number.',
  })
