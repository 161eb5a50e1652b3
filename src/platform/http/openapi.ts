import swagger, { type FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { version } from '#core/version.ts'
import { docsPolicy } from './security-headers.ts'

/**
 * The OpenAPI 3.1 document and the pages under /docs that show it. Both come from the routes' own
 * zod schemas, so neither can promise what is not checked. Every route can be refused: the answer
 * to that is added here once, as each operation's `default`, rather than remembered by each route.
 */
export type Described = ReturnType<NonNullable<FastifyDynamicSwaggerOptions['transformObject']>>

const text = { type: 'string' }

const problemSchema = {
  type: 'object',
  description: 'RFC 9457. Sentences are in the language of Accept-Language, French by default.',
  properties: {
    type: { ...text, examples: ['urn:vigie:problem:http/unknown-route'] },
    title: text,
    status: { type: 'integer' },
    detail: text,
    code: { ...text, description: 'Stable: what a script decides on.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          pointer: { ...text, description: 'RFC 6901, into the body.' },
          code: text,
          detail: text,
          row: { type: 'integer' },
          column: text,
          value: text,
        },
        required: ['pointer', 'code', 'detail'],
      },
    },
    instance: { ...text, description: 'The number of the request in the log.' },
  },
  required: ['type', 'title', 'status', 'detail', 'code', 'errors', 'instance'],
}

const problemResponse = {
  description: 'Refused',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

const options: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: { title: 'Vigie', version },
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-vigie',
          description:
            'Given by POST /session. A request that changes something also needs X-CSRF-Token, and Origin or Sec-Fetch-Site of this host.',
        },
      },
    },
    security: [{ bearer: [] }, { session: [] }],
  },
  transform: jsonSchemaTransform,
  transformObject: (document) => withProblems(jsonSchemaTransformObject(document)),
}

/** Before any route: only what is registered later is described. */
export async function describeRoutes(server: FastifyInstance): Promise<void> {
  await server.register(swagger, options)
  await server.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: docsPolicy,
    // Without it the page asks validator.swagger.io about a document that is not public.
    theme: { title: 'Vigie' },
    uiConfig: { validatorUrl: null, docExpansion: 'list' },
  })
}

function withProblems(document: Described): Described {
  if (!('openapi' in document)) {
    return document
  }
  const schemas = { ...document.components?.schemas, Problem: problemSchema }
  const paths = Object.entries(document.paths ?? {}).map(([path, item]) => [
    path,
    Object.fromEntries(
      Object.entries(item ?? {}).map(([method, operation]) => [
        method,
        described(path, method, operation),
      ]),
    ),
  ])
  return {
    ...document,
    paths: Object.fromEntries(paths),
    components: { ...document.components, schemas },
  } as Described
}

/** What every operation has and no route repeats: its refusals, and the headers of the contract. */
function described(path: string, method: string, operation: unknown): unknown {
  const {
    responses,
    parameters = [],
    security,
  } = Object(operation) as {
    responses?: object
    parameters?: readonly object[]
    security?: readonly object[]
  }
  if (responses === undefined) {
    return operation
  }
  const changes = ['post', 'put', 'patch', 'delete'].includes(method)
  const headers = [
    ...(changes && /\{(?:id|code)\}/.test(path) ? [ifMatch] : []),
    // A key is an actor's: who is nobody yet has none.
    ...(method === 'post' && security?.length !== 0 ? [idempotencyKey] : []),
  ]
  const answers = method === 'delete' ? { 204: { description: 'Done' } } : responses
  return {
    ...Object(operation),
    parameters: [...parameters, ...headers],
    responses: { ...answers, default: problemResponse },
  }
}

const ifMatch = {
  in: 'header',
  name: 'If-Match',
  required: true,
  schema: { ...text, examples: ['"3"'] },
  description: 'The version that was read, as its ETag said it.',
}

const idempotencyKey = {
  in: 'header',
  name: 'Idempotency-Key',
  required: false,
  schema: { ...text, maxLength: 255 },
  description: 'Sent again with the same body, the first answer is given again.',
}
