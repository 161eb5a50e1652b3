import { Problem } from '#core/problem.ts'
import { authorize, type Context, record, type Viewing } from './context.public.ts'
import { type OwnSession, ownSessionVersion, sessionSaid } from './own-session.ts'
import { endOwnSessions, listOwnSessions, lockOwnSessions } from './own-sessions.store.ts'
import type { HeldSession } from './session.public.ts'
import { requireVersion } from './stale.ts'

/** The session that asks; null where a token does. */
type Asking = Pick<HeldSession, 'hash'> | null

/** Where one is signed in, and nobody else is told. */
export async function readOwnSessions(
  viewing: Viewing,
  asking: Asking,
): Promise<readonly OwnSession[]> {
  authorize(viewing, 'session.own')
  return listOwnSessions(viewing.handle, holderOf(viewing, asking))
}

/** @throws Problem `identity/session-not-found` for what has ended, or is somebody else's */
export async function endOwnSession(
  context: Context,
  seen: { readonly id: string; readonly version: number },
): Promise<void> {
  authorize(context, 'session.own')
  const open = await lockOwnSessions(context.work, holderOf(context, null))
  const ending = open.filter(({ id }) => id === seen.id)
  if (ending.length === 0) {
    throw sessionNotFound()
  }
  requireVersion(ownSessionVersion, seen.version)
  await end(context, ending)
}

/** All but the one that asks; all, where a token asks. */
export async function endOtherSessions(context: Context, asking: Asking): Promise<void> {
  authorize(context, 'session.own')
  const open = await lockOwnSessions(context.work, holderOf(context, asking))
  const others = open.filter(({ isCurrent }) => !isCurrent)
  if (others.length > 0) {
    await end(context, others)
  }
}

const holderOf = ({ actor }: Pick<Context, 'actor'>, asking: Asking) => ({
  email: actor.email,
  current: asking?.hash ?? null,
})

/** From this transaction's commit on their cookies open nothing. */
async function end(context: Context, sessions: readonly OwnSession[]): Promise<void> {
  await endOwnSessions(
    context.work,
    sessions.map(({ id }) => id),
  )
  await record(context, {
    type: 'person.sessions-ended',
    subject: `person/${context.actor.email}`,
    before: { sessions: sessions.map(sessionSaid) },
    after: null,
  })
}

const sessionNotFound = (): Problem =>
  new Problem('not-found', 'identity/session-not-found', {
    fr: 'Aucune de vos sessions ouvertes ne porte ce numéro.',
    en: 'None of your open sessions has this number.',
  })
