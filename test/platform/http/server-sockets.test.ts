import { Readable } from 'node:stream'
import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { HttpServer } from '#platform/http/http-server.ts'
import type { ServerOptions } from '#platform/http/server.ts'
import { levels, listening, pause, recordedLog, testServer, Wire } from './http-support.ts'

const open: HttpServer[] = []
/** Longer than any test may take: what waits for it fails by the test's own time. */
const never = 900_000

/** A listening server whose limits are short enough to wait for. */
async function start(options: Partial<ServerOptions> = {}): Promise<[HttpServer, number]> {
  const limits = {
    headersMillisMax: 200,
    requestMillisMax: 400,
    handlerMillisMax: 300,
    keepAliveMillisMax: 200,
    idleMillisMax: 600,
    checkMillis: 50,
    ...options.limits,
  }
  const server = await testServer({ ...options, limits })
  open.push(server)
  server.get('/thing', () => ({ ok: true }))
  server.post('/thing', { schema: { body: z.unknown() } }, () => ({ ok: true }))
  server.get('/slow', () => pause(150).then(() => ({ ok: 'slow' })))
  server.get('/drip', (_request, reply) => reply.type('text/plain').send(Readable.from(drip())))
  server.get('/never', () => new Promise(() => undefined))
  server.get('/big', (_request, reply) => reply.send('x'.repeat(64_000_000)))
  return [server, await listening(server)]
}

async function* drip() {
  yield 'begun'
  await pause(150)
  yield ' ended'
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

const head = (line: string, ...headers: string[]): string =>
  [`${line} HTTP/1.1`, 'Host: vigie', ...headers, '', ''].join('\r\n')

const connections = (server: HttpServer): Promise<number> =>
  new Promise((resolve, reject) => {
    server.server.getConnections((error, count) => (error ? reject(error) : resolve(count)))
  })

describe('slow callers', () => {
  test('headers that do not end are answered 408 and cut off', async () => {
    const [, port] = await start({ limits: { requestMillisMax: never } })
    const answer = await new Wire(port).send('GET /thing HTTP/1.1\r\nHost: v\r\nX-A: b').closed
    expect(answer).toMatch(/^HTTP\/1\.1 408 /)
    expect(answer).toMatch('content-type: application/problem+json')
    expect(answer).toMatch('"code":"http/request-timeout"')
    expect(answer).toMatch('cache-control: no-store')
  })

  test.each([
    ['before the handler’s time is over', { handlerMillisMax: never }],
    [
      'when the handler’s time is over',
      { requestMillisMax: never, idleMillisMax: never, keepAliveMillisMax: never },
    ],
  ])('a body that does not end is answered 408 once and cut off, %s', async (_name, limits) => {
    const [, port] = await start({ limits })
    const request = head('POST /thing', 'Content-Type: application/json', 'Content-Length: 100')
    const answer = await new Wire(port).send(`${request}{`).closed
    expect(answer).toMatch(/^HTTP\/1\.1 408 /)
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1)
  })

  test('a connection that is not used any more is closed', async () => {
    const [, port] = await start()
    const answer = await new Wire(port).send(head('GET /thing')).closed
    expect(answer).toMatch(/^HTTP\/1\.1 200 /)
  })

  test('an answer that nobody takes does not hold its connection', async () => {
    const [server, port] = await start()
    const wire = new Wire(port)
    wire.socket.pause()
    wire.send(head('GET /big'))
    await pause(100)
    expect(await connections(server)).toBe(1)
    await expect.poll(() => connections(server), { timeout: 60_000 }).toBe(0)
    wire.socket.destroy()
  })

  test('a hundred stalled connections do not keep health waiting', async () => {
    const limits = { headersMillisMax: never, requestMillisMax: never, idleMillisMax: never }
    const [server, port] = await start({ limits })
    const stalled = Array.from({ length: 100 }, () => new Wire(port).send('GET /thing HTT'))
    await expect.poll(() => connections(server), { timeout: 60_000 }).toBe(100)
    await new Wire(port).send(head('GET /health/live')).until('{"status":"ok"}')
    expect(await connections(server)).toBeGreaterThanOrEqual(100)
    for (const { socket } of stalled) {
      socket.destroy()
    }
  })

  test('a handler that does not end is answered 503, to be tried again', async () => {
    const [, port] = await start()
    const answer = await new Wire(port).send(head('GET /never')).until('"instance"')
    expect(answer).toMatch(/^HTTP\/1\.1 503 /)
    expect(answer).toMatch('retry-after: 1')
    expect(answer).toMatch('"code":"http/timeout"')
  })
})

describe('callers that break off or send too much', () => {
  test('a body that outgrows the limit without announcing it is refused and cut off', async () => {
    const [, port] = await start({ limits: { bodyBytesMax: 1_000 } })
    const request = head(
      'POST /thing',
      'Content-Type: application/json',
      'Transfer-Encoding: chunked',
    )
    const chunk = `400\r\n${' '.repeat(1_024)}\r\n`
    const answer = await new Wire(port).send(request + chunk + chunk).closed
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
    expect(answer).toMatch('"code":"http/body-too-large"')
  })

  test('an announced length over the limit is refused before the body comes', async () => {
    const [, port] = await start()
    const request = head('POST /thing', 'Content-Type: application/json', 'Content-Length: 1048577')
    expect(await new Wire(port).send(request).until('"instance"')).toMatch(/^HTTP\/1\.1 413 /)
  })

  test('a caller who leaves in the middle of a body is no bug and no lost database', async () => {
    const { log, lines } = recordedLog()
    let lost = 0
    const onUnavailable = (): void => {
      lost += 1
    }
    const [, port] = await start({ log, isUnavailable: () => true, onUnavailable })
    const request = head('POST /thing', 'Content-Type: application/json', 'Content-Length: 100')
    const wire = new Wire(port).send(`${request}{`)
    await pause(50)
    wire.socket.resetAndDestroy()
    await pause(100)
    expect(lines.some((line) => line.code === 'http/body-truncated')).toBe(true)
    expect(lines.filter(({ level }) => level >= levels.warn)).toEqual([])
    expect(lost).toBe(0)
  })

  test('a head that is too large is answered 431', async () => {
    const [, port] = await start()
    const answer = await new Wire(port).send(head('GET /thing', `X-A: ${'a'.repeat(20_000)}`))
      .closed
    expect(answer).toMatch(/^HTTP\/1\.1 431 /)
    expect(answer).toMatch('"code":"http/headers-too-large"')
  })

  test.each([
    ['no HTTP', 'hello\r\n\r\n'],
    ['two lengths', head('POST /thing', 'Content-Length: 1', 'Content-Length: 2')],
    ['a length and chunks', head('POST /thing', 'Content-Length: 3', 'Transfer-Encoding: chunked')],
    ['a folded header', head('GET /thing', 'X-A: b\r\n c: d')],
    ['a bare line feed in a header', 'GET /thing HTTP/1.1\r\nHost: v\r\nX-A: b\nX-B: c\r\n\r\n'],
    ['space before the colon', head('GET /thing', 'X-A : b')],
    ['a null character in a header', head('GET /thing', 'X-A: \0')],
  ])('%s is answered 400', async (_name, request) => {
    const [, port] = await start()
    const answer = await new Wire(port).send(request).closed
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer).toMatch('"code":"http/malformed-request"')
  })

  test('what a header injects comes back in no header', async () => {
    const [, port] = await start()
    const wire = new Wire(port)
    const evil = 'evil%0d%0aSet-Cookie:%20a=b'
    wire.send(
      head(`GET /nothing/${evil}?x=${evil}`, `X-Request-Id: ${evil}`, `Accept-Language: ${evil}`),
    )
    expect(await wire.until('"instance"')).not.toMatch(/evil|set-cookie/i)
    wire.socket.destroy()
  })

  test('junk behind a request under way is not taken for its answer', async () => {
    const [, port] = await start()
    const answer = await new Wire(port).send(`${head('GET /slow')}junk\r\n\r\n`).closed
    expect(answer).not.toMatch('malformed')
  })
})

describe('closing', () => {
  test('what is under way is finished, and nothing waits for its connection', async () => {
    const [server, port] = await start({ limits: { keepAliveMillisMax: never } })
    const busy = new Wire(port).send(head('GET /slow'))
    await pause(50)
    const closing = server.close()
    expect(await busy.closed).toMatch(/^HTTP\/1\.1 200 [\s\S]*\{"ok":"slow"\}$/)
    await closing
  })

  test('a request behind an answer that has begun is told to come back', async () => {
    const [server, port] = await start({ limits: { keepAliveMillisMax: 5_000 } })
    const wire = new Wire(port).send(head('GET /drip'))
    await wire.until('begun')
    const closing = server.close()
    await pause(20)
    wire.send(head('GET /thing'))
    const answers = await wire.closed
    expect(answers).toMatch(/^HTTP\/1\.1 200 [\s\S]* ended[\s\S]*HTTP\/1\.1 503 /)
    expect(answers).toMatch('"code":"http/not-ready"')
    await closing
  })
})
