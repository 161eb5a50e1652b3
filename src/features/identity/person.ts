import type { Canonical } from '#core/canonical.ts'
import { type Reading, read, unread } from '#core/issues.ts'
import type { HeldRole } from './actor.ts'

/** A person who may act. The e-mail address is for life: documents and events name people by it. */
export interface Person {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly isDisabled: boolean
  readonly version: number
  readonly roles: readonly HeldRole[]
}

export function readEmail(text: string): Reading<string> {
  const email = text.trim().toLowerCase()
  return email.length <= 254 && /^[^\s\p{Cc}@,;<>"]+@[^\s\p{Cc}@,;<>"]+$/u.test(email)
    ? read(email)
    : unread(
        'identity/email-malformed',
        { fr: 'L’adresse de courriel est mal formée.', en: 'The e-mail address is malformed.' },
        text,
      )
}

export const nameLengthMax = 200

/** One line, as it is printed in lists: what breaks a line could pass for another one. */
export function readName(text: string): Reading<string> {
  const name = text.trim()
  return name !== '' &&
    Array.from(name).length <= nameLengthMax &&
    !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(name)
    ? read(name)
    : unread('identity/name-missing', {
        fr: `Le nom de la personne est requis : une ligne d’au plus ${nameLengthMax} caractères.`,
        en: `The person’s name is needed: one line of at most ${nameLengthMax} characters.`,
      })
}

export const holdsRole = (
  { roles }: Pick<Person, 'roles'>,
  { role, organization }: HeldRole,
): boolean => roles.some((held) => held.role === role && held.organization === organization)

/** May administer: enabled, and an administrator. */
export const administers = ({ isDisabled, roles }: Pick<Person, 'isDisabled' | 'roles'>): boolean =>
  !isDisabled && roles.some(({ role }) => role === 'administrator')

/** What events say of a person. */
export const personFacts = (person: Person) =>
  ({
    email: person.email,
    isDisabled: person.isDisabled,
    name: person.name,
    roles: person.roles.map(({ role, organization }) => `${role} ${organization}`),
  }) satisfies Canonical

/** As the API says a person. */
export const userFacts = ({ id, email, name, roles, isDisabled, version }: Person) => ({
  id,
  email,
  name,
  roles: roles.map(({ role, organization }) => ({ role, organization })),
  disabled: isDisabled,
  version,
})

/** In a list, with when they were last there. */
export const listedUserFacts = (person: Person & { readonly lastUsedAt: string | null }) => ({
  ...userFacts(person),
  lastUsedAt: person.lastUsedAt,
})
