import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { roles, systemActor } from '#features/identity/actor.ts'
import { perform } from '#features/identity/context.public.ts'
import { addPerson } from '#features/identity/identity.actions.ts'
import { paths, visitorNames, visitorOf } from '#features/identity/visitor.ts'
import { type TestApp, testApp } from '#test/support/app.ts'
import { textOf, visitor } from '#test/support/pages.ts'

let demo: TestApp
let app: TestApp

beforeAll(async () => {
  demo = await testApp({ isDemo: true })
  app = await testApp()
  for (const { database } of [demo, app]) {
    for (const role of roles) {
      const call = { actor: systemActor, request: 'test', operatingSystemUser: null }
      await perform(database.service, call, (context) =>
        addPerson(context, {
          email: visitorOf(role),
          name: visitorNames[role],
          role,
          organization: 'MSP',
        }),
      )
    }
  }
})
afterAll(async () => {
  await demo.close()
  await app.close()
})

describe('the demo', () => {
  test('says at its sign-in page where one enters without a password', async () => {
    const page = await visitor(demo).get('/fr/sign-in')
    expect(page.html).toContain('href="/fr/demo"')
  })

  test.each(roles)('lets a visitor in as %s, and proposes what to try', async (role) => {
    const browser = visitor(demo)
    await browser.get('/en/demo')
    const entered = await browser.post('/en/demo', { role })
    expect([entered.status, entered.location]).toEqual([303, '/en/demo'])
    const page = await browser.get('/en/demo')
    expect(page.html).toContain(visitorNames[role])
    expect(textOf(page.html)).toContain('You are in this role.')
    expect((await browser.get('/en')).status).toBe(200)
  })

  test.each(roles)('leads %s along pages that are there and that the role opens', async (role) => {
    const browser = visitor(demo)
    await browser.post('/fr/demo', { role })
    const { html } = await browser.get('/fr/demo')
    for (const { path } of paths[role]) {
      expect(html).toContain(`<a href="/fr${path}">`)
      expect([path, (await browser.get(`/fr${path}`)).status]).toEqual([path, 200])
    }
  })

  test('changes role: the session of the one before ends', async () => {
    const browser = visitor(demo)
    await browser.post('/fr/demo', { role: 'officer' })
    const before = browser.cookie
    await browser.post('/fr/demo', { role: 'auditor' })
    expect(browser.cookie).not.toBe(before)
    browser.cookie = before
    expect((await browser.get('/fr')).location).toContain('/fr/sign-in')
  })

  test('knows no other roles, and no form of another page', async () => {
    const browser = visitor(demo)
    expect((await browser.post('/fr/demo', { role: 'system' })).status).toBe(422)
    expect((await browser.post('/fr/demo', {})).status).toBe(422)
    const headers = { origin: 'https://elsewhere.example' }
    expect((await browser.post('/fr/demo', { role: 'officer' }, { headers })).status).toBe(403)
    expect(browser.cookie).toBeUndefined()
  })
})

describe('outside the demo', () => {
  test('there is no such door, even with the people there', async () => {
    const browser = visitor(app)
    expect((await browser.get('/fr/demo')).status).toBe(404)
    expect((await browser.post('/fr/demo', { role: 'officer' })).status).toBe(404)
    expect(browser.cookie).toBeUndefined()
    expect((await browser.get('/fr/sign-in')).html).not.toContain('/fr/demo')
  })
})
