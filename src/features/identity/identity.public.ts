import { createHash } from 'node:crypto'
import { Problem } from '#core/problem.ts'
import type { Handle } from '#platform/db/transaction.ts'
import type { Actor } from './actor.ts'
import { findActorByToken, findPerson } from './identity.store.ts'
import { isTokenForm } from './token.ts'

export const tokenHash = (token: string): string =>
  createHash('sha256').update(token, 'utf8').digest('hex')

/** @throws Problem `identity/token-refused`: absent, malformed, unknown, expired and disabled alike. */
export async function actorOfToken(handle: Handle, token: string | null): Promise<Actor> {
  const actor =
    token !== null && isTokenForm(token) ? await findActorByToken(handle, tokenHash(token)) : null
  if (actor === null) {
    throw new Problem('signed-out', 'identity/token-refused', {
      fr: 'Le jeton est absent, inconnu ou expiré. Demandez-en un nouveau à l’administration.',
      en: 'The token is missing, unknown or expired. Ask an administrator for a new one.',
    })
  }
  return actor
}

/** The person a command acts for. @throws Problem `identity/person-unknown` */
export async function actorOfEmail(handle: Handle, email: string): Promise<Actor> {
  const person = await findPerson(handle, email.trim().toLowerCase())
  if (person === null || person.isDisabled || person.email === 'system') {
    throw new Problem('forbidden', 'identity/person-unknown', {
      fr: `Aucune personne active n’a l’adresse ${email}.`,
      en: `No active person has the address ${email}.`,
    })
  }
  return { email: person.email, roles: person.roles }
}
