import type { InjectOptions } from 'fastify'
import { systemActor } from '#features/identity/actor.ts'
import { perform } from '#features/identity/context.public.ts'
import { hashPassword } from '#features/identity/hashing.public.ts'
import { changePassword } from '#features/identity/password.actions.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import type { Answered, TestApp } from './app.ts'

/** A browser as the service sees one: a cookie, the token of its page, and what it says of itself. */
export interface Browser {
  readonly cookie: string
  readonly csrfToken: string
  ask(method: InjectOptions['method'], url: string, options?: AskOptions): Promise<Answered>
}

export interface AskOptions {
  readonly body?: unknown
  /** Undefined takes one away. */
  readonly headers?: Readonly<Record<string, string | undefined>>
}

const host = 'vigie.example'

export const goodPassword = 'agrafe cheval pile correct'

/** As an operator gives it at the keyboard. */
export async function givePassword(
  app: Pick<TestApp, 'database'>,
  email: string,
  password = goodPassword,
): Promise<void> {
  const hash = await hashPassword(password)
  const call = { actor: systemActor, request: 'test', operatingSystemUser: null }
  await perform(app.database.service, call, (context) =>
    changePassword(context, email, { hash, insteadOf: null }),
  )
}

export interface Tried {
  readonly email: string
  readonly password?: string
  readonly address?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** One try at signing in, whatever comes of it. */
export async function trySignIn(
  { server }: { server: HttpServer },
  { email, password = goodPassword, address = '192.0.2.1', headers = {} }: Tried,
): Promise<Answered & { readonly setCookie: string }> {
  const answer = await server.inject({
    method: 'POST',
    url: '/api/v1/session',
    remoteAddress: address,
    headers: { host, 'accept-language': 'fr', ...headers },
    payload: { email, password },
  })
  return {
    status: answer.statusCode,
    headers: answer.headers,
    body: answer.json(),
    text: answer.body,
    setCookie: String(answer.headers['set-cookie'] ?? ''),
  }
}

/** Signed in, on a page of the service. */
export async function signIn(app: { server: HttpServer }, tried: Tried): Promise<Browser> {
  const { status, setCookie, body } = await trySignIn(app, tried)
  const cookie = /^(__Host-vigie=[^;]+)/.exec(setCookie)?.[1]
  if (status !== 200 || cookie === undefined) {
    throw new Error(`nobody was signed in: ${status} ${JSON.stringify(body)}`)
  }
  return browserOf(app, cookie, body.csrfToken)
}

export const browserOf = (
  { server }: { server: HttpServer },
  cookie: string,
  csrfToken: string,
): Browser => ({
  cookie,
  csrfToken,
  async ask(method = 'GET', url, { body, headers = {} } = {}) {
    const said: Record<string, string | undefined> = {
      host,
      cookie,
      'accept-language': 'fr',
      ...(method === 'GET'
        ? {}
        : {
            origin: `https://${host}`,
            'sec-fetch-site': 'same-origin',
            'x-csrf-token': csrfToken,
          }),
      ...headers,
    }
    const kept = Object.entries(said).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    )
    const answer = await server.inject({
      method,
      url: `/api/v1${url}`,
      headers: Object.fromEntries(kept),
      ...(body === undefined ? {} : { payload: body as object }),
    })
    const isJson = String(answer.headers['content-type'] ?? '').includes('json')
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: isJson ? answer.json() : null,
      text: answer.body,
    }
  },
})
