import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Problem } from '#core/problem.ts'
import { refuseField } from '#core/refusal.ts'
import { type Fields, readFields, splitControl } from '#platform/http/form-fields.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { pagePath, seeOther, sendPage } from '#platform/http/page-answer.ts'
import type { Service } from '#platform/service.ts'
import { accountPage, passwordPage } from './account.views.tsx'
import { callOf } from './calls.public.ts'
import { findPerson } from './identity.store.ts'
import { ofId } from './identity-input.routes.ts'
import { endOtherSessions, endOwnSession, readOwnSessions } from './own-sessions.actions.ts'
import { type Showing, sessionOf } from './page-forms.public.ts'
import { type Pages, screenOf } from './pages.public.ts'
import { passwordTypedMax } from './password.ts'
import { deskOf } from './session.public.ts'
import { cookieOptions, sessionCookie } from './session.ts'
import { changeOwnPassword } from './sign-in.actions.ts'

const config = { act: 'session.own' } as const
const typed = z.string().min(1).max(passwordTypedMax)
const passwordForm = z.strictObject({ current: typed, next: typed, again: typed })

const accountQuery = z.strictObject({ done: z.literal('ended').optional() })
const noFields = z.strictObject({})
const ended = '/account?done=ended'

/** Who one is to the service, where one is signed in, and until when. */
export function registerAccountPages(server: HttpServer, pages: Pages): void {
  server.get('/account', { config, schema: { querystring: accountQuery } }, (request, reply) =>
    pages.show(request, reply, account(request, request.query.done !== undefined)),
  )
  server.post('/account/sessions/end', { config }, (request, reply) =>
    pages.act(request, reply, {
      fields: noFields,
      run: async (context) => {
        await endOtherSessions(context, sessionOf(request))
        return ended
      },
      again: account(request, false),
    }),
  )
  server.post('/account/sessions/:id/end', { config, schema: { params: ofId } }, (request, reply) =>
    pages.act(request, reply, {
      fields: noFields,
      run: async (context, sent) => {
        await endOwnSession(context, {
          id: request.params.id,
          get version() {
            return sent.version
          },
        })
        return ended
      },
      again: account(request, false),
    }),
  )
}

const account =
  (request: FastifyRequest, isEnded: boolean): Showing =>
  async (viewing, screen) => {
    const { actor, handle } = viewing
    const person = await findPerson(handle, actor.email)
    const sessions = await readOwnSessions(viewing, sessionOf(request))
    return accountPage({ actor, name: person?.name ?? '', sessions, isEnded }, screen)
  }

/** Verifying a password takes its time, outside any transaction, and no page shows one again. */
export function registerPasswordPages(server: HttpServer, service: Service): void {
  server.get('/account/password', { config }, (request, reply) =>
    sendPage(request, reply, passwordPage(screenOf(request, {}))),
  )
  server.post('/account/password', { config: { ...config, takesSecret: true } }, (request, reply) =>
    change(request, reply, service),
  )
}

async function change(
  request: FastifyRequest,
  reply: FastifyReply,
  service: Service,
): Promise<FastifyReply> {
  try {
    const { fields } = splitControl((request.body ?? {}) as Fields)
    const { current, next, again } = readFields(passwordForm, fields)
    if (next !== again) {
      throw refuseField('again', 'identity/password-differs', {
        fr: 'Les deux saisies du nouveau mot de passe diffèrent.',
        en: 'The new password was typed in two different ways.',
      })
    }
    await changeOwnPassword(deskOf(service, request), callOf(request).actor, { current, next })
  } catch (error) {
    if (!(error instanceof Problem) || error.kind === 'unavailable') {
      throw error
    }
    if (error.retrySeconds !== undefined) {
      reply.header('retry-after', String(error.retrySeconds))
    }
    return sendPage(request, reply, passwordPage(screenOf(request, {}, error)), error.status)
  }
  reply.clearCookie(sessionCookie, cookieOptions)
  return seeOther(reply, pagePath(request, '/sign-in?done=password'))
}
