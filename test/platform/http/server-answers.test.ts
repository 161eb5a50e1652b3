import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { HttpServer } from '#platform/http/http-server.ts'
import {
  amountField,
  cursorField,
  dateField,
  fiscalYearField,
  limitField,
  textField,
  uuidField,
} from '#platform/http/input.ts'
import { openApiDocument } from '#platform/http/server.ts'
import { testServer } from './http-support.ts'

let server: HttpServer
let isReady = true

beforeAll(async () => {
  server = await testServer({ ready: () => isReady })
  server.get('/thing', () => ({ ok: true }))
  server.get('/file', (_request, reply) =>
    reply.header('cache-control', 'public').type('text/csv').send('a;b'),
  )
  server.post(
    '/things/:id',
    {
      schema: {
        summary: 'Change a thing',
        params: z.strictObject({ id: uuidField }),
        querystring: z.strictObject({ limit: limitField, cursor: cursorField }),
        body: z.strictObject({
          amount: amountField,
          on: dateField.optional(),
          year: fiscalYearField.nullable(),
          name: textField(20),
        }),
        response: { 200: z.object({ amount: z.string() }) },
      },
    },
    () => ({ amount: '1.00', extra: 'kept' }),
  )
})
afterAll(() => server.close())

describe('every answer', () => {
  test.each(['/thing', '/file', '/nothing', '/%zz', '/health/live', '/docs/', '/docs/json'])(
    'is kept by nobody, guessed at by nobody and framed by nobody: %s',
    async (url) => {
      const { headers } = await server.inject(url)
      expect(headers['cache-control']).toBe('no-store')
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; ?/)
      expect(headers['content-security-policy']).toMatch("frame-ancestors 'none'")
      expect(headers['content-security-policy']).toMatch("base-uri 'none'")
      expect(headers).not.toHaveProperty('x-powered-by')
      expect(headers).not.toHaveProperty('access-control-allow-origin')
    },
  )

  test('of the API lets a browser run nothing; the pages that describe it run their own', async () => {
    const policyOf = async (url: string): Promise<unknown> =>
      (await server.inject(url)).headers['content-security-policy']
    expect(await policyOf('/thing')).not.toMatch('script-src')
    expect(await policyOf('/docs/')).toMatch("script-src 'self';")
    expect(await policyOf('/docs/')).not.toMatch('unsafe')
  })

  test('is what the handler gave: the response schema only describes', async () => {
    const url = '/things/0198c7a0-3b1e-7cc1-8f3a-2d5e6f708192'
    const payload = { amount: '1', year: null, name: 'a' }
    const answer = await server.inject({ method: 'POST', url, payload })
    expect(answer.json()).toEqual({ amount: '1.00', extra: 'kept' })
  })
})

describe('health', () => {
  test('live and ready', async () => {
    expect((await server.inject('/health/live')).json()).toEqual({ status: 'ok' })
    expect((await server.inject('/health/ready')).json()).toEqual({ status: 'ok' })
  })

  test('a service that is not ready is still live, and answers 503 to all else', async () => {
    isReady = false
    try {
      expect((await server.inject('/health/live')).statusCode).toBe(200)
      const ready = await server.inject('/health/ready')
      expect(ready.statusCode).toBe(503)
      expect(ready.json()).toEqual({ status: 'unavailable' })
      for (const url of ['/thing', '/nothing', '/docs/', '/health/other']) {
        const answer = await server.inject(url)
        expect(answer.json()).toMatchObject({ status: 503, code: 'http/not-ready' })
        expect(answer.headers['retry-after']).toBe('1')
      }
    } finally {
      isReady = true
    }
    expect((await server.inject('/thing')).statusCode).toBe(200)
  })
})

/** The part of the document that the test looks at. */
const documentSchema = z.object({
  openapi: z.string(),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        summary: z.string().optional(),
        parameters: z.array(z.record(z.string(), z.unknown())).optional(),
        requestBody: z.unknown().optional(),
        responses: z.record(z.string(), z.unknown()),
      }),
    ),
  ),
  components: z.object({ schemas: z.object({ Problem: z.unknown() }) }),
})

describe('the OpenAPI document', () => {
  test('shows what is sent: text with its form, and no field that is not known', async () => {
    const document = documentSchema.parse(await openApiDocument(server))
    expect(document.openapi).toBe('3.1.0')
    const operation = document.paths['/things/{id}']?.post
    expect(operation?.requestBody).toEqual({
      required: true,
      content: {
        'application/json': {
          schema: {
            type: 'object',
            additionalProperties: false,
            required: ['amount', 'year', 'name'],
            properties: {
              amount: expect.objectContaining({ type: 'string', format: 'decimal' }),
              on: expect.objectContaining({ type: 'string', format: 'date' }),
              year: {
                anyOf: [
                  expect.objectContaining({ type: 'string', pattern: '^\\d{4}-(\\d{4}|\\d{2})$' }),
                  { type: 'null' },
                ],
              },
              name: { type: 'string', minLength: 1, maxLength: 20 },
            },
          },
        },
      },
    })
    expect(operation?.parameters).toEqual([
      expect.objectContaining({ in: 'query', name: 'limit', required: false }),
      expect.objectContaining({ in: 'query', name: 'cursor', required: false }),
      expect.objectContaining({ in: 'path', name: 'id', required: true }),
      expect.objectContaining({ in: 'header', name: 'If-Match', required: true }),
      expect.objectContaining({ in: 'header', name: 'Idempotency-Key', required: false }),
    ])
  })

  test('shows for every operation that it can be refused', async () => {
    const document = documentSchema.parse(await openApiDocument(server))
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path))
    expect(operations.length).toBeGreaterThan(4)
    for (const { responses } of operations) {
      expect(responses.default).toMatchObject({
        content: {
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        },
      })
    }
  })

  test('does not describe its own pages', async () => {
    const { paths } = documentSchema.parse(await openApiDocument(server))
    expect(Object.keys(paths).filter((path) => path.startsWith('/docs'))).toEqual([])
  })
})
