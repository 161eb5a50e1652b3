import { createHash } from 'node:crypto'
import { Problem } from '#core/problem.ts'
import type { Handle } from '#platform/db/transaction.ts'
import type { Actor } from './actor.ts'
import { findPerson } from './identity.store.ts'
import { isTokenForm } from './token.ts'
import { findTokenActor, noteTokenUse } from './tokens.store.ts'

/** All that is kept of a token or a session's cookie: 32 random bytes need no salt. */
export const secretHash = (secret: string): string =>
  createHash('sha256').update(secret, 'utf8').digest('hex')

/**
 * Absent, malformed, unknown, expired, revoked and of somebody disabled: the same words.
 * @throws Problem `identity/token-refused`
 */
export async function actorOfToken(handle: Handle, token: string | null): Promise<Actor> {
  const found =
    token !== null && isTokenForm(token) ? await findTokenActor(handle, secretHash(token)) : null
  if (found === null) {
    throw new Problem('signed-out', 'identity/token-refused', {
      fr: 'Le jeton est absent, inconnu ou expiré. Demandez-en un nouveau à l’administration.',
      en: 'The token is missing, unknown or expired. Ask an administrator for a new one.',
    })
  }
  if (found.isUseOld) {
    await noteTokenUse(handle, found.hash)
  }
  return found.actor
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
