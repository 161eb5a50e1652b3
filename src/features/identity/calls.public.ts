import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Canonical } from '#core/canonical.ts'
import { inTransaction } from '#platform/db/transaction.ts'
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
import { type Call, type Context, contextOf, type Viewing, view } from './context.public.ts'
import { actorOfToken } from './identity.public.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Null outside the API, and until the token was read. */
    actor: Actor | null
  }
}

/** What an action answers over HTTP; a version becomes the ETag. */
export interface Answer {
  readonly status: 200 | 201 | 204
  readonly version?: number
  readonly body: Canonical
}

/** How routes reach use cases: one transaction with its event, or one snapshot. */
export interface Calls {
  readonly authenticate: (request: FastifyRequest) => Promise<void>
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

export function makeCalls(service: Service): Calls {
  return {
    async authenticate(request) {
      request.actor = await actorOfToken(service.handle, bearerOf(request))
    },
    async act(request, reply, action) {
      return send(reply, await answerOnce(service, request, action))
    },
    look: (request, reading) => view(service, callOf(request), reading),
  }
}

function callOf(request: FastifyRequest): Call {
  if (request.actor === null) {
    throw new Error('a route outside the authenticated scope asked for its actor')
  }
  return { actor: request.actor, request: request.id, operatingSystemUser: null }
}

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

/**
 * With an Idempotency-Key the first 2xx answer is given again, but only once the action has found
 * the actor allowed, and before it looks at versions or state, which its first run has changed.
 */
async function answerOnce(
  service: Service,
  request: FastifyRequest,
  action: (context: Context) => Promise<Answer>,
): Promise<StoredAnswer> {
  const call = callOf(request)
  const key = idempotencyKeyOf(request.headers)
  try {
    return await inTransaction(service.handle, async (work) => {
      const context = contextOf(service, call, work)
      if (key === null) {
        return rendered(await action(context))
      }
      const claim = { actor: call.actor.email, key }
      const stored = await claimKey(work, { ...claim, requestHash: hashOfRequest(request) })
      const whenAllowed = (): void => {
        if (stored !== null) {
          throw new Replay(stored)
        }
      }
      const answer = rendered(await action({ ...context, whenAllowed }))
      await saveAnswer(work, claim, answer)
      return answer
    })
  } catch (error) {
    if (error instanceof Replay) {
      return error.answer
    }
    throw error
  }
}

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
