import { describe, expect, test } from 'vitest'
import { keepsSession, originSaid } from '#features/identity/own-origin.ts'

describe('where a browser says a request comes from', () => {
  test.each([
    [{}, 'unsaid'],
    [{ origin: 'https://vigie.example' }, 'own'],
    // TLS ends before us, or the port is the scheme's own.
    [{ origin: 'http://vigie.example' }, 'own'],
    [{ origin: 'https://vigie.example', host: 'vigie.example:443' }, 'own'],
    [{ origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' }, 'own'],
    [{ origin: 'http://[::1]:3000', host: '[::1]:3000' }, 'own'],
    [{ origin: 'https://VIGIE.example' }, 'own'],
    [{ origin: 'https://vigie.example:8443' }, 'foreign'],
    [{ origin: 'https://other.example' }, 'foreign'],
    [{ origin: 'https://vigie.example.other.example' }, 'foreign'],
    [{ origin: 'https://other.example/vigie.example' }, 'foreign'],
    [{ origin: 'https://vigie.example@other.example' }, 'foreign'],
    [{ origin: 'file:///vigie.example', host: '' }, 'foreign'],
    [{ origin: 'null' }, 'foreign'],
    [{ origin: '' }, 'foreign'],
    [{ origin: 'https://vigie.example', host: undefined }, 'foreign'],
    [{ 'sec-fetch-site': 'same-origin' }, 'own'],
    [{ 'sec-fetch-site': 'same-site' }, 'foreign'],
    [{ 'sec-fetch-site': 'none' }, 'foreign'],
    [{ 'sec-fetch-site': ['same-origin', 'cross-site'] }, 'foreign'],
    [{ origin: 'https://vigie.example', 'sec-fetch-site': 'cross-site' }, 'foreign'],
    [{ origin: 'https://other.example', 'sec-fetch-site': 'same-origin' }, 'foreign'],
  ])('%o is %s', (said, expected) => {
    expect(originSaid({ host: 'vigie.example', ...said })).toBe(expected)
  })
})

describe('a session’s cookie is kept', () => {
  test.each([
    ['https://vigie.example', true],
    ['http://127.0.0.1:3000', true],
    ['http://127.8.8.8', true],
    ['http://localhost:3000', true],
    ['http://vigie.localhost', true],
    ['http://[::1]:3000', true],
    ['http://vigie.example', false],
    ['http://10.0.0.5:3000', false],
    ['http://localhost.example', false],
    ['http://127.0.0.1.example', false],
    ['null', false],
    [undefined, false],
  ])('by a browser at %s: %s', (origin, expected) => {
    expect(keepsSession({ origin })).toBe(expected)
  })
})
