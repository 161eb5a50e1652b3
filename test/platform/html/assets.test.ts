import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { assetPath, assets } from '#platform/html/assets.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { makeServer } from '#platform/http/server.ts'
import { makeLog } from '#platform/log.ts'

const bytesOf = (ending: string): readonly Buffer[] =>
  [...assets].flatMap(([name, { bytes }]) => (name.endsWith(ending) ? [bytes] : []))

const kilobyte = 1000

describe('what a page brings along', () => {
  test('is one stylesheet of at most 15 kB', () => {
    const [sheet, ...more] = bytesOf('.css')
    expect([more.length, (sheet?.length ?? 0) > 0]).toEqual([0, true])
    expect(sheet?.length).toBeLessThanOrEqual(15 * kilobyte)
  })

  test('is at most 15 kB of scripts, packed', () => {
    const packed = gzipSync(Buffer.concat(bytesOf('.js'))).length
    expect(packed).toBeLessThanOrEqual(15 * kilobyte)
    expect(packed).toBeGreaterThan(0)
  })

  test('asks no other host for anything', () => {
    const all = [...bytesOf('.css'), ...bytesOf('.js')].join('\n')
    expect(all).not.toMatch(/@import|url\(|https?:\/\/|\bimport\s*\(?\s*['"](?!\.\/)/)
  })
})

describe('a file of the pages', () => {
  let server: HttpServer
  beforeAll(async () => {
    server = await makeServer({ log: makeLog('silent'), ready: () => false })
  })
  afterAll(() => server.close())

  test.each([
    ['vigie.css', 'text/css; charset=utf-8'],
    ['vigie.js', 'text/javascript; charset=utf-8'],
    ['vigie.svg', 'image/svg+xml'],
  ])('%s is kept for ever under the address of its contents', async (name, type) => {
    const answer = await server.inject({ url: assetPath(name) })
    expect(answer.headers).toMatchObject({
      'content-type': type,
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    })
    expect(answer.rawPayload.equals(assets.get(name)?.bytes ?? Buffer.of())).toBe(true)
  })

  test.each([
    '/assets/0123456789abcdef/vigie.css',
    assetPath('vigie.css').replace('vigie.css', 'layout.tsx'),
    assetPath('vigie.css').replace('vigie.css', '..%2Flayout.tsx'),
    assetPath('vigie.css').replace('vigie.css', 'constructor'),
  ])('%s is none, and that is not kept', async (url) => {
    const answer = await server.inject({ url })
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.statusCode).toBe(404)
  })

  test('that a page names and that is not there stops whoever wrote the page', () => {
    expect(() => assetPath('none.js')).toThrow(RangeError)
  })
})
