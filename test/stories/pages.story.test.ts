import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '#test/support/app.ts'
import { givePassword, goodPassword } from '#test/support/browser.ts'
import { textOf, type Visitor, visitor } from '#test/support/pages.ts'

let app: TestApp

beforeAll(async () => {
  app = await testApp({ template: 'published' })
  for (const role of ['officer', 'auditor', 'analyst'] as const) {
    const { email } = await app.person(role, role)
    await givePassword(app, email)
  }
})
afterAll(() => app.close())

async function signedIn(name: string): Promise<Visitor> {
  const browser = visitor(app)
  const page = await browser.get('/fr/sign-in')
  const answer = await browser.send(page, {
    email: `${name}@vigie.test`,
    password: goodPassword,
  })
  expect([answer.status, answer.location]).toEqual([303, '/fr'])
  return browser
}

describe('pages', () => {
  test('begin at the language that the browser asks for', async () => {
    const browser = visitor(app)
    expect((await browser.get('/')).location).toBe('/fr')
    expect((await browser.get('/', { 'accept-language': 'en-CA' })).location).toBe('/en')
  })

  test('ask to sign in first, and then go where one wanted to go', async () => {
    const browser = visitor(app)
    const asked = await browser.get('/fr/reconciliation?by=axis')
    expect([asked.status, asked.location]).toEqual([
      303,
      '/fr/sign-in?next=%2Ffr%2Freconciliation%3Fby%3Daxis',
    ])
    const page = await browser.get(asked.location ?? '')
    const wrong = await browser.send(page, { email: 'auditor@vigie.test', password: 'x' })
    expect([wrong.status, textOf(wrong.html)]).toEqual([
      401,
      expect.stringContaining('Le courriel ou le mot de passe n’est pas le bon.'),
    ])
    expect(wrong.html).toContain('value="auditor@vigie.test"')
    const right = await browser.send(wrong, { email: 'auditor@vigie.test', password: goodPassword })
    expect([right.status, right.location]).toEqual([303, '/fr/reconciliation?by=axis'])
    expect((await browser.get(right.location ?? '')).status).toBe(200)
  })

  test('show the same figures as the API', async () => {
    const browser = await signedIn('auditor')
    const page = await browser.get('/fr/reconciliation')
    expect(page.status).toBe(200)
    expect(textOf(page.html)).toContain('147\u00a0106\u00a0925,00\u00a0$')
  })
})
