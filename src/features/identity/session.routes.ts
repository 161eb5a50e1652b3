import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { described } from '#platform/http/answers.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import type { Service } from '#platform/service.ts'
import type { Actor } from './actor.ts'
import type { Calls } from './calls.public.ts'
import { authorize } from './context.public.ts'
import { findPerson } from './identity.store.ts'
import { roleSchema } from './identity-input.routes.ts'
import { noSession } from './no-session.ts'
import { passwordTypedMax } from './password.ts'
import { cookieOf, csrfTokenOf, deskOf, refuseForeignPage } from './session.public.ts'
import { cookieOptions, sessionCookie } from './session.ts'
import { changeOwnPassword, signIn, signOut } from './sign-in.actions.ts'

interface SessionOptions {
  readonly service: Service
  readonly secret: string
}

const tags = ['session']
const passwordTyped = z.string().min(1).max(passwordTypedMax)
const signInBody = z.strictObject({
  email: z.string().min(1).max(254),
  password: passwordTyped.meta({ format: 'password' }),
})
const passwordBody = z.strictObject({
  current: passwordTyped.meta({ format: 'password' }),
  next: passwordTyped.meta({ format: 'password' }),
})
const sessionSchema = z
  .object({
    email: z.string(),
    name: z.string(),
    roles: z.array(roleSchema),
    csrfToken: z
      .string()
      .nullable()
      .meta({ description: 'Sent back as X-CSRF-Token with every change; null with a token.' }),
    expiresAt: z.string().nullable(),
  })
  .meta({ id: 'Session' })

/** Signing in and out with a browser, and one's own password. */
export function registerSession(server: HttpServer, calls: Calls, options: SessionOptions): void {
  registerSignIn(server, options)
  registerOwnSession(server, calls, options.service)
}

function registerSignIn(server: HttpServer, { service, secret }: SessionOptions): void {
  server.post(
    '/session',
    {
      config: { act: 'session.open' },
      schema: { tags, security: [], body: signInBody, response: described({ 200: sessionSchema }) },
    },
    async (request, reply) => {
      refuseForeignPage(request.headers)
      const { session, expiresAt, person } = await signIn(deskOf(service, request), {
        ...request.body,
        brought: cookieOf(request),
      })
      reply.setCookie(sessionCookie, session, cookieOptions)
      const { email, name, roles } = person
      return { email, name, roles, csrfToken: csrfTokenOf(secret, session), expiresAt }
    },
  )
}

function registerOwnSession(server: HttpServer, calls: Calls, service: Service): void {
  const config = { act: 'session.own' } as const
  server.get(
    '/session',
    { config, schema: { tags, response: described({ 200: sessionSchema }) } },
    (request) =>
      calls.look(request, async (viewing) => {
        authorize(viewing, 'session.own')
        const { email, roles } = viewing.actor
        const person = await findPerson(viewing.handle, email)
        const { csrfToken = null, expiresAt = null } = request.session ?? {}
        return { email, name: person?.name ?? '', roles, csrfToken, expiresAt }
      }),
  )
  server.delete('/session', { config, schema: { tags } }, async (request, reply) => {
    const { session } = request
    if (session === null) {
      throw noSession()
    }
    const desk = deskOf(service, request)
    await desk.actAs(actorOf(request), (context) => signOut(context, session.hash))
    return ended(reply)
  })
  server.put(
    '/session/password',
    { config, schema: { tags, body: passwordBody } },
    async (request, reply) => {
      await changeOwnPassword(deskOf(service, request), actorOf(request), request.body)
      return ended(reply)
    },
  )
}

const ended = (reply: FastifyReply): FastifyReply =>
  reply.clearCookie(sessionCookie, cookieOptions).status(204).send()

function actorOf({ actor }: FastifyRequest): Actor {
  if (actor === null) {
    throw new Error('a route outside the authenticated scope asked for its actor')
  }
  return actor
}
