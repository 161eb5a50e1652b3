import fc from 'fast-check'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { HttpServer } from '#platform/http/http-server.ts'
import { amountField, limitField, noBody, textField, uuidField } from '#platform/http/input.ts'
import { httpLimits } from '#platform/http/server.ts'
import { runs } from '#test/support/tier.ts'
import { aProblem, levels, recordedLog, testServer } from './http-support.ts'

const id = '0198c7a0-3b1e-7cc1-8f3a-2d5e6f708192'
const away = new Error('the database is away')
const { log, lines } = recordedLog()
let server: HttpServer
let lost = 0

const thrown: Readonly<Record<string, unknown>> = {
  problem: aProblem('forbidden', 'x/forbidden'),
  'signed-out': aProblem('signed-out', 'x/token'),
  bug: new Error('planted secret'),
  text: 'planted secret',
  nothing: undefined,
  null: null,
  away,
  taken: Object.assign(new Error('duplicate'), { code: '23505', constraint: 'thing_pk' }),
  unforeseen: Object.assign(new Error('planted secret'), { code: '23505', constraint: 'other_pk' }),
}

beforeAll(async () => {
  server = await testServer({
    log,
    isUnavailable: (error) => error === away,
    onUnavailable: () => {
      lost += 1
    },
    constraints: { thing_pk: () => aProblem('conflict', 'x/taken') },
  })
  const body = z.strictObject({
    amount: amountField,
    name: textField(10),
    note: z.string().optional(),
  })
  const params = z.strictObject({ id: uuidField })
  const querystring = z.strictObject({ limit: limitField })
  server.post('/things/:id', { schema: { params, querystring, body } }, (request) => ({
    id: request.params.id,
    limit: request.query.limit,
    amount: request.body.amount,
    digest: request.bodySha256,
    request: request.id,
  }))
  server.post('/things/:id/submit', { schema: { params, body: noBody } }, () => ({ done: true }))
  server.get('/throw/:what', (request) => {
    throw thrown[z.object({ what: z.string() }).parse(request.params).what]
  })
  server.get('/throw-later/:what', async (request) => {
    throw thrown[z.object({ what: z.string() }).parse(request.params).what]
  })
})
afterAll(() => server.close())

const post = (payload: string | Buffer | object, options: InjectOptions = {}) =>
  server.inject({
    method: 'POST',
    url: `/things/${id}`,
    payload,
    ...options,
    headers: { 'content-type': 'application/json', ...options.headers },
  })
const good = { amount: '1234.5', name: 'a' }

describe('a good request', () => {
  test('reaches its handler as values, and is answered as JSON', async () => {
    const answer = await post(good, { url: `/things/${id.toUpperCase()}?limit=2` })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(answer.json()).toMatchObject({ id, limit: 2, amount: '1234.50' })
    expect(answer.json().digest).toMatch(/^[0-9a-f]{64}$/)
  })

  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON;charset="UTF-8"',
  ])('may be of type %s', async (type) => {
    const answer = await post(JSON.stringify(good), { headers: { 'content-type': type } })
    expect(answer.statusCode).toBe(200)
  })

  test('may go without a body where none is needed', async () => {
    const url = `/things/${id}/submit`
    for (const payload of [undefined, '{}']) {
      const headers = payload === undefined ? {} : { 'content-type': 'application/json' }
      const answer = await server.inject({
        method: 'POST',
        url,
        headers,
        ...(payload && { payload }),
      })
      expect(answer.statusCode).toBe(200)
    }
    expect((await post('', { url })).statusCode).toBe(200)
    expect((await post('{"reason":"x"}', { url })).statusCode).toBe(422)
  })

  test('has a number of our own making, whatever the client says', async () => {
    const headers = { 'request-id': 'mine', 'x-request-id': 'mine', 'x-correlation-id': 'mine' }
    const numbers = [await post(good, { headers }), await post(good, { headers })].map(
      (answer) => answer.json().request,
    )
    expect(new Set(numbers).size).toBe(2)
    for (const number of numbers) {
      expect(number).toMatch(/^[0-9a-f-]{36}$/)
    }
  })

  test('keeps its method, whatever a header says', async () => {
    const headers = { 'x-http-method-override': 'DELETE', 'x-method-override': 'DELETE' }
    expect((await post({ ...good, _method: 'DELETE' }, { headers })).statusCode).toBe(422)
    expect((await post(good, { headers, query: { _method: 'DELETE' } })).statusCode).toBe(400)
    expect((await post(good, { headers })).statusCode).toBe(200)
  })
})

describe('a request that is refused', () => {
  test.each<[string, string | Buffer | object, InjectOptions, number, string]>([
    ['not JSON', '{', {}, 400, 'http/malformed-json'],
    ['no body', '', {}, 400, 'http/body-missing'],
    ['null', 'null', {}, 400, 'http/body-missing'],
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), {}, 400, 'http/json-not-utf8'],
    ['a name twice', '{"amount":"1","amount":"2"}', {}, 400, 'http/json-duplicate-key'],
    ['a polluting name', '{"__proto__":{"a":1}}', {}, 400, 'http/json-forbidden-key'],
    ['too deep', `{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`, {}, 400, 'http/json-too-deep'],
    ['a body that breaks its schema', { amount: 1 }, {}, 422, 'http/invalid-body'],
    ['a list', [good], {}, 422, 'http/invalid-body'],
    ['form fields', 'a=1', type('application/x-www-form-urlencoded'), 415, 'http/unsupported-type'],
    ['plain text', '{}', type('text/plain'), 415, 'http/unsupported-type'],
    ['another JSON', '{}', type('application/problem+json'), 415, 'http/unsupported-type'],
    [
      'another charset',
      '{}',
      type('application/json; charset=utf-16'),
      415,
      'http/unsupported-type',
    ],
    ['a type that is none', '{}', type('json'), 415, 'http/unsupported-type'],
    ['packed', '{}', { headers: { 'content-encoding': 'gzip' } }, 415, 'http/unsupported-type'],
    ['an unknown parameter', good, { query: { x: '1' } }, 400, 'http/invalid-query'],
    ['a limit that is none', good, { query: { limit: '0' } }, 400, 'http/invalid-query'],
    ['a limit twice', good, { query: { limit: ['1', '2'] } }, 400, 'http/invalid-query'],
    ['an id that is none', good, { url: '/things/1' }, 404, 'http/not-found'],
    [
      'an id past all lengths',
      good,
      { url: `/things/${'a'.repeat(201)}` },
      404,
      'http/unknown-route',
    ],
    ['an unknown address', good, { url: '/nothing' }, 404, 'http/unknown-route'],
    ['an unknown method', good, { method: 'PUT' }, 404, 'http/unknown-route'],
    ['a slash too many', good, { url: `/things/${id}/` }, 404, 'http/unknown-route'],
    ['an address that cannot be decoded', good, { url: '/%zz' }, 400, 'http/malformed-url'],
    ['a query that cannot be decoded', good, { url: '/?q=%ff' }, 400, 'http/malformed-url'],
    ['half a character in a query', good, { url: '/?q=%ed%a0%80' }, 400, 'http/malformed-url'],
    ['a null character in a query', good, { url: '/?q=%00' }, 400, 'http/malformed-url'],
  ])('for being %s', async (_name, payload, options, status, code) => {
    const answer = await post(payload, options)
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['content-type']).toBe('application/problem+json')
    expect(answer.json()).toMatchObject({ status, code, type: `urn:vigie:problem:${code}` })
    expect(answer.json().instance).toMatch(/^urn:vigie:request:[0-9a-f-]{36}$/)
  })

  test('is told every field at once, in the language it asked for', async () => {
    const answer = await post({ amount: '1,234', x: 1 }, { headers: { 'accept-language': 'en' } })
    expect(answer.headers['content-language']).toBe('en')
    expect(answer.json()).toMatchObject({
      title: 'The request breaks a rule.',
      errors: [
        { pointer: '/amount', code: 'money/ambiguous' },
        { pointer: '/name', code: 'input/missing', detail: 'This field is needed.' },
        { pointer: '/x', code: 'input/unknown-field', detail: 'The field “x” is not known.' },
      ],
    })
  })

  test('for a body one byte over the limit, and taken at the limit', async () => {
    const of = (length: number): string => {
      const start = '{"amount":"1.00","name":"a","note":"'
      return `${start}${'x'.repeat(length - start.length - 2)}"}`
    }
    expect((await post(of(httpLimits.bodyBytesMax))).statusCode).toBe(200)
    const answer = await post(of(httpLimits.bodyBytesMax + 1))
    expect(answer.json()).toMatchObject({ status: 413, code: 'http/body-too-large' })
  })

  test('leaves the prototype of objects as it was', async () => {
    await post('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')
    await post(good, {
      url: `/things/${id}?__proto__[polluted]=1&constructor.prototype.polluted=1`,
    })
    expect(({} as { polluted?: unknown }).polluted).toBe(undefined)
  })
})

describe('a handler that throws', () => {
  test.each([
    ['problem', 403, 'x/forbidden', levels.info],
    ['signed-out', 401, 'x/token', levels.info],
    ['taken', 409, 'x/taken', levels.info],
    ['away', 503, 'http/unavailable', levels.warn],
    ['bug', 500, 'http/internal', levels.error],
    ['text', 500, 'http/internal', levels.error],
    ['nothing', 500, 'http/internal', levels.error],
    ['null', 500, 'http/internal', levels.error],
    ['unforeseen', 500, 'http/internal', levels.error],
  ])('%s is answered %i %s', async (what, status, code, level) => {
    for (const url of [`/throw/${what}`, `/throw-later/${what}`]) {
      lines.length = 0
      const answer = await server.inject(url)
      expect(answer.json()).toMatchObject({ status, code, errors: [] })
      expect(answer.body).not.toContain('planted')
      const told = lines.filter((line) => ['bug', 'refused', 'unavailable'].includes(line.msg))
      expect(told.map((line) => line.level)).toEqual([level])
      expect(answer.json().instance).toBe(`urn:vigie:request:${told[0]?.reqId}`)
    }
  })

  test('a bug: its stack goes to the log', async () => {
    lines.length = 0
    await server.inject('/throw/bug')
    const [line] = lines.filter(({ msg }) => msg === 'bug')
    expect(JSON.stringify(line?.err)).toMatch('planted secret')
    expect(JSON.stringify(line?.err)).toMatch('server.test.ts')
  })

  test('an absent database: the caller may come back, and the service is told', async () => {
    lost = 0
    const answer = await server.inject('/throw/away')
    expect(answer.headers['retry-after']).toBe('1')
    expect(lost).toBe(1)
    await server.inject('/throw/bug')
    await server.inject('/throw/problem')
    expect(lost).toBe(1)
  })

  test('401 names what would be accepted', async () => {
    const answer = await server.inject('/throw/signed-out')
    expect(answer.headers['www-authenticate']).toBe('Bearer')
  })
})

test('malformed requests never cause 5xx', async () => {
  const value = fc.oneof(
    fc.jsonValue().map((json) => JSON.stringify(json)),
    fc
      .record(
        { amount: fc.oneof(fc.string(), fc.jsonValue()), name: fc.string(), note: fc.jsonValue() },
        { requiredKeys: [] },
      )
      .map((body) => JSON.stringify(body)),
    fc.string(),
    fc.uint8Array().map((part) => Buffer.from(part)),
  )
  const place = fc.option(fc.webUrl({ withQueryParameters: true }), { freq: 1 })
  const check = fc.asyncProperty(value, place, async (payload, address) => {
    const { pathname, search } = new URL(address ?? `http://vigie/things/${id}`)
    const answer = await post(payload, { url: pathname + search })
    expect(answer.statusCode).toBeLessThan(500)
  })
  await fc.assert(check, { seed: 20_260_404, numRuns: runs(400, 10_000) })
})

function type(contentType: string): InjectOptions {
  return { headers: { 'content-type': contentType } }
}
