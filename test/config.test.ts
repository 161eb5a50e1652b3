import { describe, expect, test } from 'vitest'
import { readConfig } from '#src/config.ts'

/** Where workbooks say that pages are reached. */
describe('the site', () => {
  test.each([
    ['at home where the service listens', {}, 'http://127.0.0.1:3000'],
    ['at the port that was chosen', { PORT: '4000' }, 'http://127.0.0.1:4000'],
    ['by a name for the other loopback', { HOST: '::1' }, 'http://localhost:3000'],
    ['nowhere when the port is any free one', { PORT: '0' }, null],
    ['nowhere when only its operator knows', { HOST: '0.0.0.0' }, null],
    ['where it is said', { PUBLIC_URL: 'https://vigie.example.org/' }, 'https://vigie.example.org'],
  ])('is %s', (_, environment, site) => {
    expect(readConfig(environment).site).toBe(site)
  })

  test.each(['vigie.example.org', 'javascript:alert(1)', 'https://a.b/c?d'])(
    'is not %s',
    (address) => {
      expect(() => readConfig({ PUBLIC_URL: address })).toThrow(/PUBLIC_URL/)
    },
  )
})
