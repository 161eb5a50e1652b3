import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Problem } from '#core/problem.ts'
import { type Fields, readFields, splitControl } from '#platform/http/form-fields.ts'
import { flatten } from '#platform/http/forms.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { ownPage } from '#platform/http/page-address.ts'
import { pagePath, seeOther, sendPage } from '#platform/http/page-answer.ts'
import type { Service } from '#platform/service.ts'
import { type Kept, readKept } from './kept.ts'
import { screenOf } from './pages.public.ts'
import { passwordTypedMax } from './password.ts'
import {
  cookieOf,
  csrfTokenOf,
  deskOf,
  isChange,
  requireCsrf,
  requireKeepingOrigin,
  sessionRefused,
} from './session.public.ts'
import { cookieOptions, sessionCookie } from './session.ts'
import { openingPage, resumePage, signInPage } from './session.views.tsx'
import { type Opened, signIn, signOut } from './sign-in.actions.ts'

interface SessionPages {
  readonly service: Service
  readonly secret: string
  readonly isDemo: boolean
}

const open = { act: 'session.open' } as const

const signInQuery = z.strictObject({
  next: z.string().max(2000).optional(),
  done: z.literal('password').optional(),
})
const signInForm = z.strictObject({
  email: z.string().max(254),
  password: z.string().max(passwordTypedMax),
  next: z.string().max(2000).optional(),
  kept: z.string().optional(),
  file: z.string().optional(),
})

/** Signing in and out; and what happens to who comes without a session. */
export function registerSessionPages(server: HttpServer, options: SessionPages): void {
  const { isDemo } = options
  server.get(
    '/sign-in',
    { config: open, schema: { querystring: signInQuery } },
    (request, reply) => {
      const next = nextOf(request, request.query.next)
      const isChanged = request.query.done === 'password'
      const facts = { next, kept: null, isDemo, isChanged }
      return request.session === null
        ? sendPage(request, reply, signInPage(facts, screenOf(request, {})))
        : seeOther(reply, next)
    },
  )
  server.post('/sign-in', { config: open }, (request, reply) => openFor(request, reply, options))
  server.post('/sign-out', { config: open }, (request, reply) => close(request, reply, options))
  server.setErrorHandler((error, request, reply) => {
    requireSessionEnded(error)
    return askToSignIn(request, reply, isDemo)
  })
}

const nextOf = (request: FastifyRequest, asked: string | undefined): string =>
  ownPage(asked ?? '') ?? pagePath(request, '/')

async function openFor(
  request: FastifyRequest,
  reply: FastifyReply,
  { service, secret, isDemo }: SessionPages,
): Promise<FastifyReply> {
  const { fields } = splitControl((request.body ?? {}) as Fields)
  const next = nextOf(request, textIn(fields, 'next'))
  const kept = readKept(textIn(fields, 'kept') ?? '')
  const isFileLost = textIn(fields, 'file') !== undefined
  try {
    requireKeepingOrigin(request.headers)
    const { email, password } = readFields(signInForm, fields)
    const desk = deskOf(service, request)
    const opened = await signIn(desk, { email, password, brought: cookieOf(request) })
    reply.setCookie(sessionCookie, opened.session, cookieOptions)
    return kept === null
      ? seeOther(reply, next)
      : resume(request, reply, { next, kept, isFileLost, opened, secret })
  } catch (error) {
    if (!(error instanceof Problem) || error.kind === 'forbidden') {
      throw error
    }
    if (error.retrySeconds !== undefined) {
      reply.header('retry-after', String(error.retrySeconds))
    }
    const typed = textIn(fields, 'email')
    const screen = screenOf(request, typed === undefined ? {} : { email: typed }, error)
    const facts = { next, kept, isFileLost, isDemo }
    return sendPage(request, reply, signInPage(facts, screen), error.status)
  }
}

const textIn = (fields: Fields, name: string): string | undefined => {
  const value = fields[name]
  return typeof value === 'string' ? value : undefined
}

interface Resuming {
  readonly next: string
  readonly kept: Kept
  readonly isFileLost: boolean
  readonly opened: Opened
  readonly secret: string
}

/** The page is the new session's: its form carries the new proof. */
function resume(
  request: FastifyRequest,
  reply: FastifyReply,
  { next, kept, isFileLost, opened, secret }: Resuming,
): FastifyReply {
  const csrf = csrfTokenOf(secret, opened.session)
  request.frame = { navigation: [], person: opened.person.name, csrf }
  const screen = screenOf(request, {})
  const signed = { ...screen, form: { ...screen.form, csrf } }
  return sendPage(request, reply, resumePage({ next, kept, isFileLost }, signed))
}

/** Whose session has ended already is signed out. */
async function close(
  request: FastifyRequest,
  reply: FastifyReply,
  { service }: SessionPages,
): Promise<FastifyReply> {
  const { actor, session } = request
  if (actor !== null && session !== null) {
    requireCsrf(splitControl((request.body ?? {}) as Fields).control.csrf, session)
    await deskOf(service, request).actAs(actor, (context) => signOut(context, session.hash))
  }
  reply.clearCookie(sessionCookie, cookieOptions)
  return seeOther(reply, pagePath(request, '/sign-in'))
}

/** @throws whatever else it is, for the answer that is everywhere the same */
function requireSessionEnded(error: unknown): void {
  if (!(error instanceof Problem) || error.code !== 'identity/session-refused') {
    throw error
  }
}

function askToSignIn(request: FastifyRequest, reply: FastifyReply, isDemo: boolean): FastifyReply {
  const { url, body, method, headers } = request
  if (!isChange(method)) {
    if (headers['sec-fetch-site'] === 'cross-site') {
      // A link on another site: the browser keeps the cookie back, and sends it to our own page.
      return sendPage(request, reply.header('refresh', '0'), openingPage(screenOf(request, {})))
    }
    const asked = new URLSearchParams({ next: url })
    return seeOther(reply, pagePath(request, `/sign-in?${asked}`))
  }
  const sent = body === undefined || body === null ? null : splitControl(body as Fields)
  const kept = sent === null ? null : { ...flatten(sent.fields), ...carried(sent.control) }
  const isFileLost = request.routeOptions.config.takesFile === true
  const facts = { next: nextOf(request, url), kept, isDemo, isFileLost }
  const page = signInPage(facts, screenOf(request, {}))
  return sendPage(request, reply, page, sessionRefused().status)
}

/** The key too: what had been done after all is not done again. */
const carried = ({ key, version }: { key: string | null; version: string | null }): Kept => ({
  ...(key === null ? {} : { key }),
  ...(version === null ? {} : { version }),
})
