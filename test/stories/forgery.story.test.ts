import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, personOf, type TestApp, testApp } from '#test/support/app.ts'
import { type Browser, browserOf, givePassword, signIn, trySignIn } from '#test/support/browser.ts'
import { draft } from '#test/support/drafts.ts'
import { recordOf } from '#test/support/refusals.ts'

let app: TestApp
let officer: Person
let auditor: Person
let browser: Browser

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer')
  auditor = await app.person('auditor', 'auditor')
  await givePassword(app, officer.email)
  browser = await signIn(app, { email: officer.email })
})
afterAll(() => app.close())

type Headers = Readonly<Record<string, string | undefined>>

/** Nothing was changed, and the answer says why in its code. */
async function expectForged(headers: Headers): Promise<void> {
  const before = await recordOf(app.database.owner)
  const { status, body } = await browser.ask('POST', '/expenditures', { body: draft(), headers })
  expect([status, body.code]).toEqual([403, 'identity/csrf-refused'])
  expect(await recordOf(app.database.owner)).toEqual(before)
}

describe('a change with a session', () => {
  test.each<[string, Headers]>([
    ['without the page’s token', { 'x-csrf-token': undefined }],
    ['with an empty token', { 'x-csrf-token': '' }],
    ['with another token', { 'x-csrf-token': 'A'.repeat(43) }],
    ['from another origin', { origin: 'https://evil.example' }],
    ['from another port', { origin: 'https://vigie.example:8443' }],
    ['from a page of no origin', { origin: 'null' }],
    ['from a name that begins alike', { origin: 'https://vigie.example.evil.example' }],
    ['from another site', { 'sec-fetch-site': 'cross-site' }],
    ['from another host of the site', { 'sec-fetch-site': 'same-site' }],
    ['typed into the address bar', { 'sec-fetch-site': 'none' }],
    ['of which a browser says nothing', { origin: undefined, 'sec-fetch-site': undefined }],
  ])('%s is refused', (_what, headers) => expectForged(headers))

  test.each<[string, Headers]>([
    ['an origin', { 'sec-fetch-site': undefined }],
    ['a site', { origin: undefined }],
  ])('is done when the browser says %s alone', async (_what, headers) => {
    const { status } = await browser.ask('POST', '/expenditures', { body: draft(), headers })
    expect(status).toBe(201)
  })

  test('is refused with the token of another session of the same person', async () => {
    const other = await signIn(app, { email: officer.email })
    await expectForged({ 'x-csrf-token': other.csrfToken })
  })

  test('cannot pass for a reading: methods are not overridden', async () => {
    for (const name of ['x-http-method-override', 'x-http-method', 'x-method-override']) {
      const { status, body } = await browser.ask('GET', '/expenditures', {
        headers: { [name]: 'POST' },
      })
      expect([status, Array.isArray(body.items)]).toEqual([200, true])
    }
  })

  test('is said to be signed out before it is said to be forged', async () => {
    const stranger = browserOf(app, `__Host-vigie=${'B'.repeat(43)}`, '')
    const { status, body } = await stranger.ask('POST', '/expenditures', { body: draft() })
    expect([status, body.code]).toEqual([401, 'identity/session-refused'])
  })
})

describe('a cookie', () => {
  test.each([
    ['forged', `__Host-vigie=${'A'.repeat(43)}`],
    ['too short', '__Host-vigie=abc'],
    ['long', `__Host-vigie=${'A'.repeat(4000)}`],
    ['empty', '__Host-vigie='],
    ['with a signature', `__Host-vigie=${'A'.repeat(43)}.sig`],
    ['that is not text', '__Host-vigie=%00%ff'],
  ])('%s opens nothing', async (_what, cookie) => {
    const { status, body } = await browserOf(app, cookie, '').ask('GET', '/session')
    expect([status, body.code]).toEqual([401, 'identity/session-refused'])
  })

  test('of the right value without its name’s prefix opens nothing', async () => {
    const cookie = browser.cookie.replace('__Host-', '')
    expect((await browserOf(app, cookie, '').ask('GET', '/session')).status).toBe(401)
  })

  test('is not looked at beside a token, whoever the token is', async () => {
    const { cookie } = browser
    expect((await auditor.get('/session', { cookie })).body).toMatchObject({
      email: auditor.email,
      csrfToken: null,
    })
    const nobody = personOf(app.server, 'nobody', `vigie_${'A'.repeat(43)}`)
    const { status, body } = await nobody.get('/session', { cookie })
    expect([status, body.code]).toEqual([401, 'identity/token-refused'])
  })

  test('that a token came without needs no page: programs are no browsers', async () => {
    const made = await officer.send('POST', '/expenditures', {
      body: draft(),
      headers: { origin: 'https://evil.example' },
    })
    expect(made.status).toBe(201)
    const out = await officer.send('DELETE', '/session')
    expect([out.status, out.body.code]).toEqual([409, 'identity/no-session'])
  })
})

describe('signing in', () => {
  test.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
  ])('from a page of %s is refused before anything is looked at', async (_what, headers) => {
    const { status, body, setCookie } = await trySignIn(app, { email: officer.email, headers })
    expect([status, body.code, setCookie]).toEqual([403, 'identity/csrf-refused', ''])
  })

  test('from a page of ours is done', async () => {
    const headers = { origin: 'http://vigie.example', 'sec-fetch-site': 'same-origin' }
    expect((await trySignIn(app, { email: officer.email, headers })).status).toBe(200)
  })
})
