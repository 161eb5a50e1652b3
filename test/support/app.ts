import type { InjectOptions } from 'fastify'
import type { AnchorFiles } from '#features/audit/anchors.actions.ts'
import type { Role } from '#features/identity/actor.ts'
import { systemActor } from '#features/identity/actor.ts'
import { perform } from '#features/identity/context.public.ts'
import { addPerson, issueToken } from '#features/identity/identity.actions.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { makeLog } from '#platform/log.ts'
import { makeApp } from '#src/app.ts'
import { type TestDatabase, type TestDatabaseOptions, testDatabase } from './database.ts'

/** The whole service over its own database, asked through HTTP as people would. */
export interface TestApp {
  readonly database: TestDatabase
  readonly server: HttpServer
  /** Somebody with a role, and the token they act with. */
  person(name: string, role: Role, organization?: string): Promise<Person>
  close(): Promise<void>
}

export interface Person {
  readonly email: string
  readonly token: string
  get(url: string, headers?: Record<string, string>): Promise<Answered>
  send(method: Method, url: string, options?: SendOptions): Promise<Answered>
  /** POST with If-Match of the version given. */
  step(url: string, version: number, body?: unknown): Promise<Answered>
}

type Method = 'POST' | 'PATCH' | 'DELETE' | 'PUT'

export interface SendOptions {
  readonly body?: unknown
  readonly version?: number
  readonly key?: string
  readonly headers?: Record<string, string>
}

export interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever shape came back
  readonly body: any
  readonly text: string
}

export interface TestAppOptions extends TestDatabaseOptions {
  /** For a test that makes what a page of ours would send. */
  readonly sessionSecret?: string
  readonly isDemo?: boolean
  readonly anchorFiles?: AnchorFiles
}

export async function testApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { sessionSecret = null, isDemo = false, anchorFiles = null, ...ofDatabase } = options
  const database = await testDatabase(ofDatabase)
  const { service } = database
  const server = await makeApp({
    service,
    log: makeLog('silent'),
    ready: () => true,
    sessionSecret,
    isDemo,
    anchorFiles,
  })
  const call = { actor: systemActor, request: 'test', operatingSystemUser: null }
  return {
    database,
    server,
    async person(name, role, organization = 'MSP') {
      const email = `${name}@vigie.test`
      await perform(service, call, (context) =>
        addPerson(context, { email, name, role, organization }),
      )
      const token = await perform(service, call, (context) => issueToken(context, email))
      return personOf(server, email, token)
    },
    async close() {
      await server.close()
      await database.close()
    },
  }
}

export function personOf(server: HttpServer, email: string, token: string): Person {
  const ask = async (asked: InjectOptions): Promise<Answered> => {
    const answer = await server.inject({
      ...asked,
      headers: { authorization: `Bearer ${token}`, 'accept-language': 'fr', ...asked.headers },
    })
    const type = String(answer.headers['content-type'] ?? '')
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: type.includes('json') && answer.body !== '' ? answer.json() : null,
      text: answer.body,
    }
  }
  const send = (method: Method, url: string, options: SendOptions = {}): Promise<Answered> =>
    ask({
      method,
      url: `/api/v1${url}`,
      headers: {
        ...(options.version === undefined ? {} : { 'if-match': `"${options.version}"` }),
        ...(options.key === undefined ? {} : { 'idempotency-key': options.key }),
        ...options.headers,
      },
      ...(options.body === undefined ? {} : { payload: options.body as object }),
    })
  return {
    email,
    token,
    get: (url, headers = {}) => ask({ method: 'GET', url: `/api/v1${url}`, headers }),
    send,
    step: (url, version, body) =>
      send('POST', url, { version, ...(body === undefined ? {} : { body }) }),
  }
}
