import { Problem } from '#core/problem.ts'
import { refuseField } from '#core/refusal.ts'
import { type Context, record } from './context.public.ts'
import { hashPassword } from './hashing.public.ts'
import { personNotFound } from './identity.actions.ts'
import { findPerson, lockPeople } from './identity.store.ts'
import { type PasswordOwner, readPassword } from './password.ts'
import { endSessionsOf } from './session.store.ts'
import { lockCredentials, savePassword } from './sign-in.store.ts'

/**
 * What is kept of a password that was chosen. Outside any transaction: it takes its time.
 * @throws Problem `identity/password-length`, `identity/password-guessable`
 */
export async function hashOfChoice(
  owner: PasswordOwner | null,
  typed: string,
  field: string,
): Promise<string> {
  const reading = readPassword(typed, owner ?? { email: '', name: '' })
  if (!reading.ok) {
    throw refuseField(field, reading.issue.code, reading.issue.detail)
  }
  return hashPassword(reading.value)
}

export interface ChosenPassword {
  readonly hash: string
  /** When the one that was verified was chosen; null at the keyboard, where none is asked for. */
  readonly insteadOf: string | null
}

/** Every session of the person ends; tokens, which no password opened, go on. */
export async function changePassword(
  context: Context,
  email: string,
  { hash, insteadOf }: ChosenPassword,
): Promise<void> {
  const { work } = context
  await lockPeople(work, email)
  const person = await findPerson(work, email)
  if (person === null || person.email === 'system') {
    throw personNotFound(email)
  }
  if (
    insteadOf !== null &&
    (await lockCredentials(work, email, { writes: true }))?.changedAt !== insteadOf
  ) {
    throw new Problem('conflict', 'identity/password-changed-meanwhile', {
      fr: 'Le mot de passe a été changé pendant l’opération. Ouvrez une session avec le nouveau.',
      en: 'The password was changed during the operation. Sign in with the new one.',
    })
  }
  await savePassword(work, person.id, hash)
  await endSessionsOf(work, person.id)
  await record(context, {
    type: 'person.password-changed',
    subject: `person/${person.email}`,
    before: null,
    after: null,
  })
}
