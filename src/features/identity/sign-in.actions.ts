import { randomBytes } from 'node:crypto'
import { refuseField } from '#core/refusal.ts'
import { type Actor, systemActor } from './actor.ts'
import { authorize, type Context, record } from './context.public.ts'
import { hashPassword, verifyPassword } from './hashing.public.ts'
import { secretHash } from './identity.public.ts'
import { findPerson } from './identity.store.ts'
import { changePassword, hashOfChoice } from './password.actions.ts'
import type { Person } from './person.ts'
import type { Desk } from './session.public.ts'
import { endSession, saveSession, sweepSessions } from './session.store.ts'
import {
  type Credentials,
  findCredentials,
  giveTryBack,
  lockCredentials,
  renewHash,
  secondsToNextTry,
  sweepTries,
  type Try,
  takeTry,
} from './sign-in.store.ts'
import { accountOf, signInRefused, triesExhausted, triesMax } from './sign-in.ts'

export interface SignIn {
  readonly email: string
  readonly password: string
  /** A cookie that came along: its session is never adopted, and ends. */
  readonly brought: string | null
}

export interface Opened {
  /** What the cookie holds; kept nowhere. */
  readonly session: string
  readonly expiresAt: string
  readonly person: Person
}

/**
 * An unknown, disabled or passwordless account takes the same steps as a wrong password: one try
 * counted, one hashing, one answer.
 * @throws Problem `identity/sign-in-refused`, `identity/too-many-tries`, `identity/sign-in-busy`
 */
export async function signIn(desk: Desk, asked: SignIn): Promise<Opened> {
  const { handle } = desk
  await sweepTries(handle)
  await sweepSessions(handle)
  const tried = await countTry(desk, accountOf(asked.email))
  const known = await findCredentials(handle, tried.account)
  const { isRight, renewed } = await verified(desk, tried, asked.password, known)
  if (known === null || !isRight) {
    await noteFailure(desk, tried)
    throw refused(tried)
  }
  const { email } = known
  return desk.actAs({ email, roles: [] }, (context) =>
    openSession(context, { tried, known, renewed, brought: asked.brought }),
  )
}

interface Opening {
  readonly tried: Try
  readonly known: Credentials
  readonly renewed: string | null
  readonly brought: string | null
}

async function openSession(context: Context, opening: Opening): Promise<Opened> {
  const { work } = context
  const { tried, known, renewed, brought } = opening
  const locked = await lockCredentials(work, known.email, { writes: renewed !== null })
  const person = await findPerson(work, known.email)
  // Disabled, or given another password, while this one was being verified.
  if (locked?.changedAt !== known.changedAt || person === null) {
    throw refused(tried)
  }
  const session = randomBytes(32).toString('base64url')
  const expiresAt = await saveSession(work, {
    hash: secretHash(session),
    person: person.id,
    address: tried.address,
  })
  const replaced = brought === null ? null : await endSession(work, secretHash(brought))
  const failedTries = await giveTryBack(work, tried)
  if (renewed !== null) {
    await renewHash(work, person.id, renewed)
  }
  await record(context, {
    type: 'person.signed-in',
    subject: `person/${person.email}`,
    before: replaced === null ? null : { sessionOf: replaced },
    after: { address: tried.address, expiresAt, failedTries },
  })
  return { session, expiresAt, person }
}

/** From this transaction's commit on the cookie opens nothing. */
export async function signOut(context: Context, sessionHash: string): Promise<void> {
  authorize(context, 'session.own')
  const email = await endSession(context.work, sessionHash)
  if (email !== null) {
    await record(context, {
      type: 'person.signed-out',
      subject: `person/${email}`,
      before: null,
      after: null,
    })
  }
}

export interface PasswordChange {
  readonly current: string
  readonly next: string
}

/**
 * One's own, by whoever knows the present one; tries are counted with those of signing in. Every
 * session ends, this one too.
 * @throws Problem `identity/password-wrong`, and those of signing in
 */
export async function changeOwnPassword(
  desk: Desk,
  actor: Actor,
  { current, next }: PasswordChange,
): Promise<void> {
  const tried = await countTry(desk, actor.email)
  const known = await findCredentials(desk.handle, actor.email)
  const { isRight } = await verified(desk, tried, current, known)
  if (known === null || !isRight) {
    await noteFailure(desk, tried)
    throw refuseField('current', 'identity/password-wrong', {
      fr: 'Le mot de passe actuel n’est pas le bon.',
      en: 'The present password is not right.',
    })
  }
  await giveTryBack(desk.handle, tried)
  const hash = await hashOfChoice(await findPerson(desk.handle, actor.email), next, 'next')
  await desk.actAs(actor, async (context) => {
    authorize(context, 'session.own')
    await changePassword(context, actor.email, { hash, insteadOf: known.changedAt })
  })
}

async function countTry({ handle, address }: Desk, account: string): Promise<Try> {
  const from = { account, address }
  const tried = await takeTry(handle, from)
  if (tried === null) {
    throw triesExhausted(await secondsToNextTry(handle, from), `${account} ${address}`)
  }
  return tried
}

/** A line too long to be verified in is no failure of the person who stands in it. */
async function verified(
  { handle }: Desk,
  tried: Try,
  password: string,
  known: Credentials | null,
): Promise<{ isRight: boolean; renewed: string | null }> {
  try {
    const { isRight, isOutdated } = await verifyPassword(password, known?.hash ?? null)
    return { isRight, renewed: isOutdated ? await hashPassword(password) : null }
  } catch (error) {
    await giveTryBack(handle, tried)
    throw error
  }
}

/**
 * The last try is an event, whether the account exists or not. Each single one would let anybody
 * fill the chain, and one for real accounts alone would tell by its time which are real.
 */
async function noteFailure(desk: Desk, { account, address, place }: Try): Promise<void> {
  if (place < triesMax) {
    return
  }
  await desk.actAs(systemActor, (context) =>
    record(context, {
      type: 'sign-in.locked',
      subject: `account/${account}`,
      before: null,
      after: { address, failedTries: place },
    }),
  )
}

const refused = ({ account, address }: Try) => signInRefused(`${account} ${address}`)
