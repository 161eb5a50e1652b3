import type { HttpServer } from '#platform/http/http-server.ts'
import type { Ask } from './client.ts'
import type { Intent } from './request-log.ts'

/** By the e-mail of who asks: the token they act with. */
export type Tokens = ReadonlyMap<string, string>

const headersOf = ({ by, key, version, body }: Intent, tokens: Tokens): Record<string, string> => ({
  authorization: `Bearer ${tokens.get(by)}`,
  'idempotency-key': key,
  ...(version === null ? {} : { 'if-match': `"${version}"` }),
  ...(body === undefined ? {} : { 'content-type': 'application/json' }),
})

const textOf = ({ body }: Intent): string | undefined =>
  body === undefined ? undefined : JSON.stringify(body)

/** Over the network, of a service that may be gone. */
export const askOver =
  (address: string, tokens: Tokens): Ask =>
  async (intent) => {
    const body = textOf(intent)
    const answer = await fetch(`${address}/api/v1${intent.path}`, {
      method: intent.method,
      headers: headersOf(intent, tokens),
      ...(body === undefined ? {} : { body }),
    })
    return {
      status: answer.status,
      etag: answer.headers.get('etag'),
      retryAfter: answer.headers.get('retry-after'),
      text: await answer.text(),
    }
  }

/** Within this process. */
export const askWithin =
  (server: HttpServer, tokens: Tokens): Ask =>
  async (intent) => {
    const payload = textOf(intent)
    const answer = await server.inject({
      method: intent.method,
      url: `/api/v1${intent.path}`,
      headers: headersOf(intent, tokens),
      ...(payload === undefined ? {} : { payload }),
    })
    return {
      status: answer.statusCode,
      etag: answer.headers.etag ?? null,
      retryAfter: answer.headers['retry-after']?.toString() ?? null,
      text: answer.body,
    }
  }
