import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { unsupportedType } from './framework-problems.ts'
import { parseStrictJson } from './strict-json.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** SHA-256 of the body's bytes in hex; null when there was none. Goes into `requestHash`. */
    bodySha256: string | null
  }
}

/**
 * The one kind of body the API takes: `application/json`, as UTF-8 and unpacked. A parameter other
 * than `charset=utf-8` or a content coding is refused, since it announces bytes we would misread.
 * An empty body is no body: a route that needs one says so, `submit` and `approve` may do without.
 */
const typeForm = /^application\/json[ \t]*(?:;[ \t]*charset="?utf-8"?[ \t]*)?$/i

export function acceptJsonOnly(server: FastifyInstance): void {
  server.removeAllContentTypeParsers()
  server.decorateRequest('bodySha256', null)
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, readBody)
}

async function readBody(request: FastifyRequest, body: Buffer): Promise<unknown> {
  const { 'content-type': type = '', 'content-encoding': coding = 'identity' } = request.headers
  if (!typeForm.test(type) || coding.toLowerCase() !== 'identity') {
    throw unsupportedType()
  }
  if (body.length === 0) {
    return undefined
  }
  request.bodySha256 = createHash('sha256').update(body).digest('hex')
  return parseStrictJson(body)
}
