import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'

/**
 * What routes are registered on: Fastify with zod as its types, so that a handler's params, query
 * and body are what the route's own schemas made of them.
 */
export type HttpServer = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answers even when the service is not ready. */
    answersUnready?: boolean
    /** What is at its address never changes: whoever has it need not ask again. */
    isImmutable?: boolean
  }
}
