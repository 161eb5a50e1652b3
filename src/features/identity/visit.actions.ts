import { randomBytes } from 'node:crypto'
import { Problem } from '#core/problem.ts'
import type { Role } from './actor.ts'
import { record } from './context.public.ts'
import { secretHash } from './identity.public.ts'
import { findPerson } from './identity.store.ts'
import type { Desk } from './session.public.ts'
import { endSession, saveSession } from './session.store.ts'
import type { Opened } from './sign-in.actions.ts'
import { visitorOf } from './visitor.ts'

/**
 * Lets a visitor of the demo in, as one of its own people. No route but the demo's leads here.
 * @throws Problem `identity/no-visitor`
 */
export function openVisit(desk: Desk, role: Role, brought: string | null): Promise<Opened> {
  const email = visitorOf(role)
  return desk.actAs({ email, roles: [] }, async (context) => {
    const { work } = context
    const person = await findPerson(work, email)
    if (person === null || person.isDisabled) {
      throw new Problem('not-found', 'identity/no-visitor', {
        fr: 'La démonstration n’a pas encore cette personne. Recommencez dans un instant.',
        en: 'The demo does not have this person yet. Try again in a moment.',
      })
    }
    const session = randomBytes(32).toString('base64url')
    const expiresAt = await saveSession(work, {
      hash: secretHash(session),
      person: person.id,
      address: desk.address,
    })
    const replaced = brought === null ? null : await endSession(work, secretHash(brought))
    await record(context, {
      type: 'person.signed-in',
      subject: `person/${email}`,
      before: replaced === null ? null : { sessionOf: replaced },
      after: { address: desk.address, expiresAt, visit: true },
    })
    return { session, expiresAt, person }
  })
}
