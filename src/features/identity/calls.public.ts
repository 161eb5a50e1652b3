import type { FastifyContextConfig, FastifyReply, FastifyRequest } from 'fastify'
import type { Canonical } from '#core/canonical.ts'
import { Problem } from '#core/problem.ts'
import {
  claimKey,
  hashOfRequest,
  idempotencyKeyOf,
  type StoredAnswer,
  saveAnswer,
} from '#platform/http/idempotency.ts'
import { etagOf } from '#platform/http/versions.ts'
import type { Service } from '#platform/service.ts'
import type { Actor } from './actor.ts'
import {
  authorize,
  type Call,
  type Context,
  perform,
  type Viewing,
  view,
} from './context.public.ts'
import { actorOfToken } from './identity.public.ts'
import { type Act, isOpenToAnybody } from './permission.ts'
import { type HeldSession, signedInBy } from './session.public.ts'
import { sessionCookie } from './session.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Null outside the API, and until the token was read. */
    actor: Actor | null
    /** Of who signed in with a browser; null for a token. */
    session: HeldSession | null
  }

  interface FastifyContextConfig {
    /** What the route does, in the words of `permissions`; its action asks again, for the organization. */
    act?: Act
  }
}

/** What an action answers over HTTP; a version becomes the ETag. */
export interface Answer {
  readonly status: 200 | 201 | 204
  readonly version?: number
  readonly body: Canonical
  /** What a retry with the same key gets instead: for a body with a secret that is told once. */
  readonly bodyAgain?: Canonical
}

/** How routes reach use cases: one transaction with its event, or one snapshot. */
export interface Calls {
  readonly authenticate: (request: FastifyRequest) => Promise<void>
  /** After `authenticate`, before a body is read. @throws Problem `identity/forbidden` */
  readonly guard: (request: FastifyRequest) => Promise<void>
  readonly act: (
    request: FastifyRequest,
    reply: FastifyReply,
    action: (context: Context) => Promise<Answer>,
  ) => Promise<FastifyReply>
  readonly look: <T>(
    request: FastifyRequest,
    reading: (viewing: Viewing) => Promise<T>,
  ) => Promise<T>
}

export function makeCalls(service: Service, sessionSecret: string): Calls {
  return {
    async authenticate(request) {
      if (request.routeOptions.config.act === 'session.open') {
        return
      }
      // No page can make a browser send this header: who sends it is meant, whatever the cookie says.
      if (request.headers.authorization !== undefined || !hasCookie(request)) {
        request.actor = await actorOfToken(service.handle, bearerOf(request))
        return
      }
      const { actor, session } = await signedInBy(service.handle, request, sessionSecret)
      request.actor = actor
      request.session = session
    },
    async guard(request) {
      const act = actOf(request.routeOptions)
      if (!isOpenToAnybody(act)) {
        authorize(callOf(request), act)
      }
    },
    async act(request, reply, action) {
      return send(reply, await answerOnce(service, request, action))
    },
    look: (request, reading) => view(service, callOf(request), reading),
  }
}

interface Declared {
  readonly url?: string | undefined
  readonly config?: FastifyContextConfig
}

/** A route that does not say what it does is guarded by nothing: it stops the start. */
export function actOf({ url, config }: Declared): Act {
  if (config?.act === undefined) {
    throw new Error(`the route ${url} declares no act of permission.ts`)
  }
  return config.act
}

export function callOf(request: FastifyRequest): Call {
  if (request.actor === null) {
    throw new Error('a route outside the authenticated scope asked for its actor')
  }
  return {
    actor: request.actor,
    request: request.id,
    operatingSystemUser: null,
    address: request.ip,
  }
}

const hasCookie = ({ cookies }: FastifyRequest): boolean => cookies[sessionCookie] !== undefined

function bearerOf(request: FastifyRequest): string | null {
  return /^Bearer ([\x21-\x7e]+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null
}

/** Carries an answer that was given before out of the action that would have done it again. */
class Replay extends Error {
  readonly answer: StoredAnswer

  constructor(answer: StoredAnswer) {
    super('replayed')
    this.answer = answer
  }
}

const answerOnce = (
  service: Service,
  request: FastifyRequest,
  action: (context: Context) => Promise<Answer>,
): Promise<StoredAnswer> => {
  const key = idempotencyKeyOf(request.headers)
  const once = key === null ? null : { key, requestHash: hashOfRequest(request) }
  return performOnce(service, callOf(request), once, action)
}

/** What may be sent again, and what it then has to be the same as. */
export interface Once {
  readonly key: string
  readonly requestHash: string
}

/**
 * With a key the first 2xx answer is given again, but only once the action has found the actor
 * allowed, and before it looks at versions or state, which its first run has changed.
 */
export async function performOnce(
  service: Service,
  call: Call,
  once: Once | null,
  action: (context: Context) => Promise<Answer>,
): Promise<StoredAnswer> {
  try {
    return await perform(service, call, async (context) => {
      const { work } = context
      if (once === null) {
        return rendered(await action(context))
      }
      const claim = { actor: call.actor.email, key: once.key }
      const stored = await claimKey(work, { ...claim, requestHash: once.requestHash })
      const whenAllowed = (): void => {
        if (stored !== null) {
          throw new Replay(stored)
        }
      }
      const answer = await action({ ...context, whenAllowed }).catch((error) => {
        throw stored !== null && isGone(stored, error) ? new Replay(stored) : error
      })
      const { bodyAgain = answer.body } = answer
      await saveAnswer(work, claim, rendered({ ...answer, body: bodyAgain }))
      return rendered(answer)
    })
  } catch (error) {
    if (error instanceof Replay) {
      return error.answer
    }
    throw error
  }
}

/** A deletion leaves nothing to be allowed on, and its answer tells nothing. */
const isGone = ({ status }: StoredAnswer, error: unknown): boolean =>
  status === 204 && error instanceof Problem && error.kind === 'not-found'

const rendered = ({ status, version, body }: Answer): StoredAnswer => ({
  status,
  etag: version === undefined ? null : etagOf(version),
  body: status === 204 ? '' : JSON.stringify(body),
})

function send(reply: FastifyReply, { status, etag, body }: StoredAnswer): FastifyReply {
  reply.status(status)
  if (etag !== null) {
    reply.header('etag', etag)
  }
  return status === 204
    ? reply.send()
    : reply.serializer(String).type('application/json; charset=utf-8').send(body)
}
