import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import {
  type FastifyBaseLogger,
  type FastifyHttpOptions,
  type FastifyRequest,
  fastify,
  type RawServerDefault,
} from 'fastify'
import { Problem } from '#core/problem.ts'
import type { Log } from '#platform/log.ts'
import { type AnswerOptions, type AnswerThrown, makeAnswerThrown } from './answer-problem.ts'
import { registerAssets } from './assets.ts'
import { answerClientError } from './client-error.ts'
import { routeUnknown, urlMalformed } from './framework-problems.ts'
import { registerHealth } from './health.ts'
import type { HttpServer } from './http-server.ts'
import { acceptJsonOnly } from './json-body.ts'
import { type Described, describeRoutes } from './openapi.ts'
import { answerHeaders, helmetOptions } from './security-headers.ts'
import { acceptUploads } from './uploads.ts'
import { zodValidator } from './validator.ts'

/**
 * The bare HTTP service, before any route: limits on everything a caller can make long, slow or
 * deep, one shape of error, and the headers every answer carries. Fastify's and Node's own defaults
 * leave several of these at "for ever", so each is written down here (docs/architecture.md, "Traps").
 */
export const httpLimits = {
  bodyBytesMax: 1_048_576,
  /** In an address; longer than any name we give. */
  paramLengthMax: 200,
  headersMillisMax: 10_000,
  requestMillisMax: 30_000,
  handlerMillisMax: 30_000,
  keepAliveMillisMax: 5_000,
  /** Without a byte either way: a caller that takes no answer. Above any handler's time. */
  idleMillisMax: 120_000,
  /** How often Node looks for late requests; its own 30 s would make 10 s mean 40. */
  checkMillis: 1_000,
}

export interface ServerOptions extends AnswerOptions {
  readonly log: Log
  /** False while the database is away or the service is starting. */
  readonly ready: () => boolean
  /** For tests of the limits themselves. */
  readonly limits?: Partial<typeof httpLimits>
}

/** Register routes on what it answers, then `listen` or `inject`. */
export async function makeServer(options: ServerOptions): Promise<HttpServer> {
  const answerThrown = makeAnswerThrown(options)
  const server: HttpServer = fastify(fastifyOptions(options, answerThrown))
  const state = { isClosing: false }
  const isReady = (): boolean => !state.isClosing && options.ready()

  server.setValidatorCompiler(zodValidator)
  // The response schemas describe; what is sent is what the action answered.
  server.setSerializerCompiler(() => (data) => JSON.stringify(data))
  server.setErrorHandler(answerThrown)
  server.setNotFoundHandler(() => {
    throw routeUnknown()
  })
  acceptJsonOnly(server)
  await acceptUploads(server)
  await server.register(helmet, helmetOptions)
  await server.register(cookie)
  server.addHook('onRequest', async (request) => {
    refuseUnready(request, isReady)
    refuseUnreadableUrl(request)
  })
  server.addHook('onSend', async (request, reply) => {
    if (request.routeOptions.config.isImmutable !== true || reply.statusCode !== 200) {
      reply.header('cache-control', answerHeaders['cache-control'])
    }
    if (state.isClosing) {
      // A connection kept open after its last answer would keep the process from ending.
      reply.header('connection', 'close')
    }
  })
  server.addHook('preClose', async () => {
    state.isClosing = true
  })
  server.decorateRequest('frame', null)
  await describeRoutes(server)
  registerAssets(server)
  registerHealth(server, isReady)
  return server
}

/** Of every route registered so far; none can be added after. */
export async function openApiDocument(server: HttpServer): Promise<Described> {
  await server.ready()
  return server.swagger()
}

function fastifyOptions(
  { log, limits }: ServerOptions,
  answerThrown: AnswerThrown,
): FastifyHttpOptions<RawServerDefault, FastifyBaseLogger> {
  const limit = { ...httpLimits, ...limits }
  return {
    loggerInstance: log,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    trustProxy: false,
    bodyLimit: limit.bodyBytesMax,
    requestTimeout: limit.requestMillisMax,
    handlerTimeout: limit.handlerMillisMax,
    keepAliveTimeout: limit.keepAliveMillisMax,
    connectionTimeout: limit.idleMillisMax,
    http: {
      headersTimeout: limit.headersMillisMax,
      requestTimeout: limit.requestMillisMax,
      connectionsCheckingInterval: limit.checkMillis,
    },
    routerOptions: { maxParamLength: limit.paramLengthMax },
    forceCloseConnections: 'idle',
    // Fastify's own 503 while closing is no problem document: ours is given by the hook.
    return503OnClosing: false,
    frameworkErrors: answerThrown,
    clientErrorHandler: answerClientError,
  }
}

function refuseUnready(request: FastifyRequest, isReady: () => boolean): void {
  if (request.routeOptions.config.answersUnready !== true && !isReady()) {
    throw new Problem('unavailable', 'http/not-ready', {
      fr: 'Le service démarre, s’arrête ou attend sa base de données. Recommencez dans un instant.',
      en: 'The service is starting, stopping or waiting for its database. Try again shortly.',
    })
  }
}

/**
 * Fastify leaves a query it cannot decode as it stands, and lets %00 through: text that the
 * database takes for an error of its own.
 */
function refuseUnreadableUrl(request: FastifyRequest): void {
  try {
    if (!decodeURIComponent(request.url).includes('\0')) {
      return
    }
  } catch {
    // Percent signs that are not UTF-8.
  }
  throw urlMalformed()
}
