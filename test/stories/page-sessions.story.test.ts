import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { givePassword, goodPassword } from '#test/support/browser.ts'
import { formOf, type Seen, textOf, type Visitor, visitor } from '#test/support/pages.ts'
import { sessionFor } from '#test/support/sessions.ts'

let app: TestApp
let auditor: Person
let administrator: Person

beforeAll(async () => {
  app = await testApp()
  auditor = await app.person('auditor', 'auditor')
  administrator = await app.person('administrator', 'administrator')
  await givePassword(app, auditor.email)
})
afterAll(() => app.close())

const signIn = async (browser: Visitor, email = auditor.email): Promise<Seen> =>
  browser.send(await browser.get('/fr/sign-in'), { email, password: goodPassword })

const isOut = (seen: Seen): void => {
  expect([seen.status, seen.location]).toEqual([303, '/fr/sign-in?next=%2Ffr'])
}

describe('a session', () => {
  test('has a cookie that no script reads and no other site sends', async () => {
    const answer = await signIn(visitor(app))
    expect(String(answer.headers['set-cookie'])).toMatch(
      /^__Host-vigie=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    )
  })

  test('is a new one at each signing in: one that came along is not adopted, and ends', async () => {
    const browser = visitor(app, `__Host-vigie=${'x'.repeat(43)}`)
    await signIn(browser)
    const first = browser.cookie
    expect(first).not.toContain('xxxx')
    browser.cookie = undefined
    const page = await browser.get('/fr/sign-in')
    browser.cookie = first
    await browser.send(page, { email: auditor.email, password: goodPassword })
    expect(browser.cookie).not.toBe(first)
    isOut(await visitor(app, first).get('/fr'))
    expect((await browser.get('/fr')).status).toBe(200)
  })

  test('ends when one signs out, also for a cookie that was copied', async () => {
    const browser = visitor(app)
    await signIn(browser)
    const { cookie } = browser
    const out = await browser.send(await browser.get('/fr'), {}, { action: '/fr/sign-out' })
    expect([out.status, out.location, browser.cookie]).toEqual([303, '/fr/sign-in', undefined])
    isOut(await visitor(app, cookie).get('/fr'))
  })

  test('is not ended by somebody else’s page', async () => {
    const browser = visitor(app)
    await signIn(browser)
    expect((await browser.post('/fr/sign-out', {})).status).toBe(403)
    const headers = { origin: 'https://elsewhere.example' }
    const { csrf = '' } = formOf((await browser.get('/fr')).html, '/fr/sign-out').hidden
    expect((await browser.post('/fr/sign-out', { csrf }, { headers })).status).toBe(403)
    expect((await browser.get('/fr')).status).toBe(200)
  })

  test.each([
    ['its 12 hours are over', `expires_at = now()`],
    ['nothing was asked for 30 minutes', `used_at = now() - interval '30 minutes'`],
  ])('ends once %s', async (_what, change) => {
    const cookie = await sessionFor(app, auditor.email)
    expect((await visitor(app, cookie).get('/fr')).status).toBe(200)
    await app.database.owner.query(`update session set ${change} where ended_at is null`)
    isOut(await visitor(app, cookie).get('/fr'))
  })

  test('ends at once when the person is disabled or has other roles', async () => {
    for (const [name, body] of [
      ['leaving', { isDisabled: true }],
      ['changing', { addRoles: [{ role: 'analyst' }] }],
    ] as const) {
      const { email } = await app.person(name, 'auditor')
      const cookie = await sessionFor(app, email)
      expect((await visitor(app, cookie).get('/fr')).status).toBe(200)
      const users = await administrator.get('/users')
      const { id, version } = users.body.items.find((user: Person) => user.email === email)
      const answer =
        name === 'leaving'
          ? await administrator.step(`/users/${id}/disable`, version)
          : await administrator.send('PATCH', `/users/${id}`, { version, body })
      expect(answer.status).toBe(200)
      isOut(await visitor(app, cookie).get('/fr'))
    }
  })

  test('is not what a token is: pages open to a cookie alone', async () => {
    const browser = visitor(app)
    isOut(await browser.get('/fr', { authorization: `Bearer ${auditor.token}` }))
  })
})

describe('signing in', () => {
  test.each([
    ['https://elsewhere.example/fr', '/fr'],
    ['//elsewhere.example/fr', '/fr'],
    ['/api/v1/users', '/fr'],
    ['/en/reconciliation?by=axis', '/en/reconciliation?by=axis'],
  ])('goes on to pages of Vigie alone: %s', async (next, location) => {
    const browser = visitor(app)
    const page = await browser.get(`/fr/sign-in?next=${encodeURIComponent(next)}`)
    const right = { email: auditor.email, password: goodPassword, next }
    expect((await browser.send(page, right)).location).toBe(location)
  })

  test('is not done by somebody else’s page', async () => {
    const browser = visitor(app)
    const right = { email: auditor.email, password: goodPassword }
    const headers = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' }
    expect((await browser.post('/fr/sign-in', right, { headers })).status).toBe(403)
    expect(browser.cookie).toBeUndefined()
  })

  test.each([
    ['nothing', {}, 422],
    ['no password', { email: 'auditor@vigie.test' }, 422],
    ['two addresses', { email: ['a@b.c', 'd@e.f'], password: 'x' }, 422],
    ['a field of another form', { email: 'a@b.c', password: 'x', role: 'auditor' }, 422],
    ['an address that is too long', { email: `${'x'.repeat(255)}@b.c`, password: 'x' }, 422],
    ['a wrong password', { email: 'auditor@vigie.test', password: 'x' }, 401],
  ])('with %s comes back', async (_what, fields, status) => {
    const browser = visitor(app)
    const page = await browser.send(await browser.get('/fr/sign-in'), fields)
    expect(page.status).toBe(status)
    expect(page.html).toContain('name="password"')
    expect(page.html).not.toContain('value="x"')
  })

  test.each([
    ['http://vigie.example', 422],
    ['https://vigie.example', 303],
  ])('at %s, where a browser keeps the session or not, is %i', async (origin, status) => {
    const browser = visitor(app)
    const right = { email: auditor.email, password: goodPassword }
    const page = await browser.get('/fr/sign-in')
    const answer = await browser.send(page, right, { headers: { origin } })
    expect([answer.status, browser.cookie !== undefined]).toEqual([status, status === 303])
    expect(answer.html.includes('Cette adresse n’est pas en HTTPS')).toBe(status === 422)
  })

  test('says after ten failures when to come again', async () => {
    const { email } = await app.person('guessed', 'auditor')
    const browser = visitor(app)
    const page = await browser.get('/fr/sign-in')
    for (let place = 0; place < 10; place += 1) {
      expect((await browser.send(page, { email, password: 'x' })).status).toBe(401)
    }
    const locked = await browser.send(page, { email, password: 'x' })
    expect([locked.status, Number(locked.headers['retry-after']) > 0]).toEqual([429, true])
    expect(textOf(locked.html)).toContain('Trop d’essais ont échoué.')
  })
})

describe('a link on another site', () => {
  test('is opened by a page of ours, to which the browser sends the cookie', async () => {
    const browser = visitor(app)
    const opening = await browser.get('/fr/reconciliation?by=axis', {
      'sec-fetch-site': 'cross-site',
    })
    expect([opening.status, opening.headers.refresh]).toEqual([200, '0'])
    expect(opening.html).toContain('href="/fr/reconciliation?by=axis"')
    const asked = await browser.get('/fr/reconciliation', { 'sec-fetch-site': 'same-origin' })
    expect(asked.status).toBe(303)
  })
})
