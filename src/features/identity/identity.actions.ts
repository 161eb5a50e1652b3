import { Problem } from '#core/problem.ts'
import type { Handle } from '#platform/db/transaction.ts'
import {
  everyOrganization,
  type HeldRole,
  organizationOfRole,
  type Role,
  systemActor,
} from './actor.ts'
import { type Context, record } from './context.public.ts'
import {
  countOtherAdministrators,
  deleteRoles,
  findPerson,
  lockPeople,
  organizationExists,
  savePerson,
  saveRoles,
  updatePerson,
} from './identity.store.ts'
import { administers, holdsRole, type Person, personFacts } from './person.ts'
import { endSessionsOf } from './session.store.ts'
import { giveToken } from './tokens.actions.ts'
import { revokeTokensOf } from './tokens.store.ts'

/** Email and name as `readEmail` and `readName` give them. */
export interface NewPerson {
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly organization: string
}

/** Adds a person, or another role or organization to one who is there. Asked for at the keyboard. */
export async function addPerson(context: Context, input: NewPerson): Promise<Person> {
  const { email } = input
  const role = await heldRole(context, input)
  await lockPeople(context.work, email)
  const before = await findPerson(context.work, email)
  if (before === null) {
    return insertPerson(context, { email, name: input.name, role })
  }
  return changePerson(
    context,
    before,
    { roles: [...before.roles, ...(holdsRole(before, role) ? [] : [role])] },
    'person.role-added',
  )
}

export async function insertPerson(
  context: Context,
  { email, name, role }: { email: string; name: string; role: HeldRole },
): Promise<Person> {
  const id = await savePerson(context.work, email, name)
  await saveRoles(context.work, id, [role])
  const after = await requirePerson(context.work, email)
  await record(context, {
    type: 'person.added',
    subject: `person/${email}`,
    before: null,
    after: personFacts(after),
  })
  return after
}

/** From this transaction's commit on, nothing the person holds opens anything. */
export async function disable(context: Context, email: string): Promise<void> {
  const person = await lockPerson(context, email)
  await changePerson(context, person, { isDisabled: true }, 'person.disabled')
}

/** Gives back the password and the roles; sessions and tokens stay ended. */
export async function enable(context: Context, email: string): Promise<void> {
  const person = await lockPerson(context, email)
  await changePerson(context, person, { isDisabled: false }, 'person.enabled')
}

type PersonChange = Partial<Pick<Person, 'name' | 'isDisabled' | 'roles'>>

/**
 * The one way people change, under the lock of `lockPeople`. Other roles end the sessions that
 * began with the old ones; being disabled ends sessions and tokens.
 * @throws Problem `identity/last-administrator`
 */
export async function changePerson(
  context: Context,
  before: Person,
  change: PersonChange,
  type: string,
): Promise<Person> {
  const { work } = context
  const meant = { ...before, ...change }
  const gained = meant.roles.filter((role) => !holdsRole(before, role))
  const lost = before.roles.filter((role) => !holdsRole(meant, role))
  const hasOtherRoles = gained.length + lost.length > 0
  const isDisabledNow = meant.isDisabled && !before.isDisabled
  if (!hasOtherRoles && meant.isDisabled === before.isDisabled && meant.name === before.name) {
    return before
  }
  await requireAdministratorLeft(context, before, meant)
  await updatePerson(work, meant)
  await saveRoles(work, before.id, gained)
  await deleteRoles(work, before.id, lost)
  if (hasOtherRoles || isDisabledNow) {
    await endSessionsOf(work, before.id)
  }
  if (isDisabledNow) {
    await revokeTokensOf(work, before.id)
  }
  const after = await requirePerson(context.work, before.email)
  await record(context, {
    type,
    subject: `person/${before.email}`,
    before: personFacts(before),
    after: personFacts(after),
  })
  return after
}

async function requireAdministratorLeft(
  context: Context,
  before: Person,
  meant: Person,
): Promise<void> {
  const isLost = administers(before) && !administers(meant)
  if (isLost && (await countOtherAdministrators(context.work, before.id)) === 0) {
    throw new Problem('conflict', 'identity/last-administrator', {
      fr: `${before.email} est la dernière personne qui administre. Nommez-en d’abord une autre.`,
      en: `${before.email} is the last person who administers. Name another one first.`,
    })
  }
}

/** Answers the token itself, once: only its hash is kept. Asked for at the keyboard. */
export async function issueToken(context: Context, email: string, days?: number): Promise<string> {
  const person = await lockPerson(context, email)
  return (await giveToken(context, person, { ...(days === undefined ? {} : { days }) })).token
}

async function lockPerson(context: Context, email: string): Promise<Person> {
  await lockPeople(context.work, email.trim().toLowerCase())
  return requirePerson(context.work, email)
}

export async function requirePerson(handle: Handle, email: string): Promise<Person> {
  const person = await findPerson(handle, email.trim().toLowerCase())
  if (person === null || person.email === systemActor.email) {
    throw personNotFound(email)
  }
  return person
}

export const personNotFound = (email: string): Problem =>
  new Problem('not-found', 'identity/person-not-found', {
    fr: `Personne n’a l’adresse ${email}.`,
    en: `Nobody has the address ${email}.`,
  })

/** The role as it is held: for one organization that exists, or for all of them. */
export async function heldRole(
  context: Context,
  { role, organization: asked }: { role: Role; organization: string },
): Promise<HeldRole> {
  const organization = organizationOfRole(role, asked.trim().toUpperCase())
  if (organization === everyOrganization && organizationOfRole(role, '') === '') {
    throw new Problem('refused', 'identity/organization-needed', {
      fr: 'Un agent financier ou un approbateur agit pour un organisme : nommez-le.',
      en: 'An officer or an approver acts for one organization: name it.',
    })
  }
  if (
    organization !== everyOrganization &&
    !(await organizationExists(context.work, organization))
  ) {
    throw new Problem('refused', 'organizations/unknown', {
      fr: `L’organisme « ${organization} » n’existe pas. Si le plan officiel n’est pas chargé, lancez vigie plan load.`,
      en: `There is no organization “${organization}”. If the official plan is not loaded, run vigie plan load.`,
    })
  }
  return { role, organization }
}
