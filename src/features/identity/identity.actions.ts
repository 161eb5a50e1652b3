import { randomBytes } from 'node:crypto'
import { Problem } from '#core/problem.ts'
import { everyOrganization, organizationOfRole, type Role } from './actor.ts'
import { type Context, record } from './context.public.ts'
import { tokenHash } from './identity.public.ts'
import {
  disablePerson,
  findPerson,
  organizationExists,
  savePerson,
  saveRole,
  saveToken,
} from './identity.store.ts'
import { type Person, readEmail } from './person.ts'
import { tokenDaysDefault, tokenDaysMax, tokenPrefix } from './token.ts'

export interface NewPerson {
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly organization: string
}

/** Adds a person, or another role or organization to one who is there. Asked for at the keyboard. */
export async function addPerson(context: Context, input: NewPerson): Promise<Person> {
  const { work } = context
  const email = emailOf(input.email)
  const organization = organizationOfRole(input.role, input.organization.trim().toUpperCase())
  if (organization === everyOrganization && organizationOfRole(input.role, '') === '') {
    throw new Problem('refused', 'identity/organization-needed', {
      fr: 'Un agent financier ou un approbateur agit pour un organisme : nommez-le.',
      en: 'An officer or an approver acts for one organization: name it.',
    })
  }
  const before = await findPerson(work, email)
  await requireOrganization(context, organization)
  if (email === 'system' || input.name.trim() === '') {
    throw new Problem('refused', 'identity/name-missing', {
      fr: 'Le nom de la personne est requis.',
      en: 'The person’s name is needed.',
    })
  }
  const id = before?.id ?? (await savePerson(work, email, input.name.trim()))
  const isNew = await saveRole(work, id, { role: input.role, organization })
  const after = await requirePerson(context, email)
  if (before === null || isNew) {
    await record(context, {
      type: before === null ? 'person.added' : 'person.role-added',
      subject: `person/${email}`,
      before: before === null ? null : personFacts(before),
      after: personFacts(after),
    })
  }
  return after
}

/** From this transaction's commit on, nothing the person holds opens anything. */
export async function disable(context: Context, email: string): Promise<void> {
  const person = await requirePerson(context, email)
  if (person.isDisabled) {
    return
  }
  await disablePerson(context.work, person.email)
  await record(context, {
    type: 'person.disabled',
    subject: `person/${person.email}`,
    before: personFacts(person),
    after: personFacts({ ...person, isDisabled: true }),
  })
}

/** Answers the token itself, once: only its hash is kept. */
export async function issueToken(
  context: Context,
  email: string,
  days: number = tokenDaysDefault,
): Promise<string> {
  const person = await requirePerson(context, email)
  if (person.isDisabled) {
    throw new Problem('conflict', 'identity/person-disabled', {
      fr: `${person.email} est désactivé : aucun jeton ne peut lui être émis.`,
      en: `${person.email} is disabled: no token can be issued.`,
    })
  }
  if (!Number.isInteger(days) || days < 1 || days > tokenDaysMax) {
    throw new Problem('refused', 'identity/token-days', {
      fr: `Un jeton vaut de 1 à ${tokenDaysMax} jours.`,
      en: `A token is good for 1 to ${tokenDaysMax} days.`,
    })
  }
  const token = `${tokenPrefix}${randomBytes(32).toString('base64url')}`
  const expiresAt = await saveToken(context.work, {
    hash: tokenHash(token),
    person: person.id,
    days,
  })
  await record(context, {
    type: 'person.token-issued',
    subject: `person/${person.email}`,
    before: null,
    after: { expiresAt },
  })
  return token
}

async function requirePerson(context: Context, email: string): Promise<Person> {
  const person = await findPerson(context.work, email.trim().toLowerCase())
  if (person === null) {
    throw new Problem('not-found', 'identity/person-not-found', {
      fr: `Personne n’a l’adresse ${email}.`,
      en: `Nobody has the address ${email}.`,
    })
  }
  return person
}

async function requireOrganization(context: Context, code: string): Promise<void> {
  if (code !== '*' && !(await organizationExists(context.work, code))) {
    throw new Problem('refused', 'organizations/unknown', {
      fr: `L’organisme « ${code} » n’existe pas. Le plan officiel est-il chargé (vigie plan load) ?`,
      en: `There is no organization “${code}”. Is the official plan loaded (vigie plan load)?`,
    })
  }
}

function emailOf(text: string): string {
  const reading = readEmail(text)
  if (!reading.ok) {
    throw new Problem('refused', reading.issue.code, reading.issue.detail, {
      issues: [reading.issue],
    })
  }
  return reading.value
}

const personFacts = (person: Person) => ({
  email: person.email,
  isDisabled: person.isDisabled,
  name: person.name,
  roles: person.roles.map(({ role, organization }) => `${role} ${organization}`),
})
