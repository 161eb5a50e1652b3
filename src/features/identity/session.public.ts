import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Problem } from '#core/problem.ts'
import type { Handle } from '#platform/db/transaction.ts'
import type { Service } from '#platform/service.ts'
import type { Actor } from './actor.ts'
import { type Context, perform } from './context.public.ts'
import { secretHash } from './identity.public.ts'
import { keepsSession, originSaid } from './own-origin.ts'
import { findSession, noteSessionUse } from './session.store.ts'
import { isSessionForm, sessionCookie } from './session.ts'

/** The session a request came with, as far as its holder may know it. */
export interface HeldSession {
  readonly hash: string
  readonly expiresAt: string
  readonly csrfToken: string
}

export interface SignedIn {
  readonly actor: Actor
  readonly name: string
  readonly session: HeldSession
}

/**
 * What a page of ours must send back with every change: a page of somebody else's can make a browser
 * send the cookie, and cannot read this.
 */
export const csrfTokenOf = (secret: string, session: string): string =>
  createHmac('sha256', secret).update(`csrf ${session}`, 'utf8').digest('base64url')

/** The cookie's text, if a browser could have had it from us. */
export function cookieOf({ cookies }: FastifyRequest): string | null {
  const cookie = cookies[sessionCookie]
  return cookie !== undefined && isSessionForm(cookie) ? cookie : null
}

/**
 * Who holds the cookie, for a request that a page of ours sent.
 * @throws Problem `identity/session-refused`, `identity/csrf-refused`
 */
export async function signedInBy(
  handle: Handle,
  request: FastifyRequest,
  secret: string,
): Promise<SignedIn> {
  const found = await findSignedIn(handle, request, secret)
  if (found === null) {
    throw sessionRefused()
  }
  if (isChange(request.method)) {
    requireOwnOrigin(request.headers)
    requireCsrf(request.headers['x-csrf-token'], found.session)
  }
  return found
}

export const sessionRefused = (): Problem =>
  new Problem('signed-out', 'identity/session-refused', {
    fr: 'La session est terminée ou inconnue. Ouvrez-en une nouvelle.',
    en: 'The session has ended or is unknown. Sign in again.',
  })

/** Null when there is no session, or none any more. */
export async function findSignedIn(
  handle: Handle,
  request: FastifyRequest,
  secret: string,
): Promise<SignedIn | null> {
  const cookie = cookieOf(request)
  const hash = cookie === null ? null : secretHash(cookie)
  const found = hash === null ? null : await findSession(handle, hash)
  if (cookie === null || hash === null || found === null) {
    return null
  }
  if (found.isUseOld) {
    await noteSessionUse(handle, hash)
  }
  const csrfToken = csrfTokenOf(secret, cookie)
  const { actor, name, expiresAt } = found
  return { actor, name, session: { hash, expiresAt, csrfToken } }
}

export const isChange = (method: string): boolean => !['GET', 'HEAD', 'OPTIONS'].includes(method)

/** @throws Problem `identity/csrf-refused` */
export function requireCsrf(sent: unknown, { csrfToken }: HeldSession): void {
  if (typeof sent !== 'string' || !isSame(sent, csrfToken)) {
    throw foreignPage()
  }
}

/** @throws Problem `identity/csrf-refused` also where nothing is said: every browser says it. */
export function requireOwnOrigin(headers: FastifyRequest['headers']): void {
  if (originSaid(headers) !== 'own') {
    throw foreignPage()
  }
}

/** Both hashed first: the comparison takes the same time whatever their length. */
const isSame = (sent: string, expected: string): boolean =>
  timingSafeEqual(Buffer.from(secretHash(sent)), Buffer.from(secretHash(expected)))

/** A page of somebody else's that would sign its visitor in as the page's owner. */
export function refuseForeignPage(headers: FastifyRequest['headers']): void {
  if (originSaid(headers) === 'foreign') {
    throw foreignPage()
  }
}

const foreignPage = (): Problem =>
  new Problem('forbidden', 'identity/csrf-refused', {
    fr: 'La demande ne vient pas d’une page de Vigie. Rechargez la page et recommencez.',
    en: 'The request does not come from a page of Vigie. Load the page again and retry.',
  })

/**
 * For a page that opens a session: it would be opened and forgotten, time after time.
 * @throws Problem `identity/csrf-refused`, `identity/address-insecure`
 */
export function requireKeepingOrigin(headers: FastifyRequest['headers']): void {
  requireOwnOrigin(headers)
  // A browser that says where a request comes from without naming its origin does so over TLS alone.
  if (headers.origin !== undefined && !keepsSession(headers)) {
    throw new Problem('refused', 'identity/address-insecure', {
      fr: 'Cette adresse n’est pas en HTTPS : votre navigateur n’y garderait pas la session. Ouvrez Vigie par https://, ou sur sa propre machine par http://127.0.0.1.',
      en: 'This address is not HTTPS: your browser would not keep the session. Open Vigie by https://, or on its own machine by http://127.0.0.1.',
    })
  }
}

/** Where signing in happens: nobody is an actor yet, and a hashing must not hold a transaction. */
export interface Desk {
  readonly handle: Handle
  /** Of the caller, as the connection tells it. */
  readonly address: string
  readonly actAs: <T>(actor: Actor, action: (context: Context) => Promise<T>) => Promise<T>
}

export function deskOf(service: Service, { id, ip }: FastifyRequest): Desk {
  return {
    handle: service.handle,
    address: ip,
    actAs: (actor, action) =>
      perform(service, { actor, request: id, operatingSystemUser: null }, action),
  }
}
