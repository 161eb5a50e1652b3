import { randomBytes } from 'node:crypto'
import { Problem } from '#core/problem.ts'
import { authorize, type Context, record, type Viewing } from './context.public.ts'
import { secretHash } from './identity.public.ts'
import { findPerson, lockPeople } from './identity.store.ts'
import { may } from './permission.ts'
import type { Person } from './person.ts'
import { requireVersion } from './stale.ts'
import {
  type KeptToken,
  tokenDaysDefault,
  tokenFacts,
  tokenPrefix,
  versionOfToken,
} from './token.ts'
import { listTokens, lockToken, saveRevocation, saveToken } from './tokens.store.ts'

export interface TokenAsked {
  readonly days?: number | undefined
  readonly label?: string | undefined
}

/** `token` is shown once: only its hash is kept. */
export interface GivenToken {
  readonly token: string
  readonly kept: KeptToken
}

/** For oneself and for nobody else: with somebody's token one could approve in their name. */
export async function issueOwnToken(context: Context, asked: TokenAsked): Promise<GivenToken> {
  authorize(context, 'token.own')
  await lockPeople(context.work, context.actor.email)
  const person = await findPerson(context.work, context.actor.email)
  if (person === null) {
    throw new Error('an actor who is no person asked for a token')
  }
  return giveToken(context, person, asked)
}

export async function giveToken(
  context: Context,
  person: Person,
  { days = tokenDaysDefault, label = '' }: TokenAsked,
): Promise<GivenToken> {
  if (person.isDisabled) {
    throw new Problem('conflict', 'identity/person-disabled', {
      fr: `${person.email} est désactivé : aucun jeton ne peut lui être émis.`,
      en: `${person.email} is disabled: no token can be issued.`,
    })
  }
  const token = `${tokenPrefix}${randomBytes(32).toString('base64url')}`
  const kept = await saveToken(context.work, {
    hash: secretHash(token),
    person: person.id,
    days,
    label,
  })
  await record(context, {
    type: 'person.token-issued',
    subject: `person/${person.email}`,
    before: null,
    after: { expiresAt: kept.expiresAt, id: kept.id, label },
  })
  return { token, kept }
}

/** One's own; an administrator sees everybody's. */
export async function readTokens(viewing: Viewing): Promise<readonly KeptToken[]> {
  authorize(viewing, 'token.own')
  const { actor, handle } = viewing
  return listTokens(handle, may(actor, 'token.manage') ? null : actor.email)
}

/** @throws Problem `identity/token-not-found` for what is not there, or somebody else's */
export async function readToken(viewing: Viewing, id: string): Promise<KeptToken> {
  const token = (await readTokens(viewing)).find((each) => each.id === id)
  if (token === undefined) {
    throw tokenNotFound()
  }
  return token
}

/** One's own, or anybody's for an administrator. The version is that of the token. */
export async function revokeToken(
  context: Context,
  seen: { readonly id: string; readonly version: number },
): Promise<void> {
  const token = await lockToken(context.work, seen.id)
  const { email } = context.actor
  if (token === null || (token.email !== email && !may(context.actor, 'token.manage'))) {
    throw tokenNotFound()
  }
  authorize(context, 'token.own')
  requireVersion(versionOfToken(token), seen.version)
  await revoke(context, token)
}

/** At the keyboard, by whoever has the database in hand. */
export async function takeTokenBack(context: Context, id: string): Promise<void> {
  const token = await lockToken(context.work, id)
  if (token === null) {
    throw tokenNotFound()
  }
  await revoke(context, token)
}

async function revoke(context: Context, token: KeptToken): Promise<void> {
  if (token.revokedAt !== null) {
    return
  }
  await saveRevocation(context.work, token.id)
  await record(context, {
    type: 'person.token-revoked',
    subject: `person/${token.email}`,
    before: tokenFacts(token),
    after: null,
  })
}

const tokenNotFound = (): Problem =>
  new Problem('not-found', 'identity/token-not-found', {
    fr: 'Aucun jeton ne porte ce numéro.',
    en: 'There is no token of that number.',
  })
