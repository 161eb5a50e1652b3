import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { givePassword, goodPassword } from '#test/support/browser.ts'
import { formOf, type Seen, textOf, type Visitor, visitor } from '#test/support/pages.ts'
import { sessionFor } from '#test/support/sessions.ts'

/** Where a person is signed in, and the end of what they do not know. */
let app: TestApp
let officer: Person
let other: Person
/** Two windows of the officer's, and one of somebody else's. */
let here: Visitor
let there: Visitor
let elsewhere: Visitor

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer')
  other = await app.person('other', 'approver')
  await givePassword(app, officer.email)
})
beforeEach(async () => {
  await app.database.owner.query('update session set ended_at = now()')
  there = visitor(app, await sessionFor(app, officer.email))
  here = visitor(app, await sessionFor(app, officer.email))
  elsewhere = visitor(app, await sessionFor(app, other.email))
})
afterAll(() => app.close())

const plain = ({ html }: Seen): string => textOf(html).replaceAll('\u00a0', ' ')
const sessions = async () => (await officer.get('/sessions')).body.items
const isIn = async (browser: Visitor): Promise<boolean> =>
  (await browser.get('/fr/account')).status === 200
const endings = ({ html }: Seen): readonly string[] =>
  [...html.matchAll(/action="(\/fr\/account\/sessions\/[^"]+)"/g)].map(([, action = '']) => action)
const lastEvent = async () => {
  const { rows } = await app.database.owner.query(
    'select type, actor, subject, payload from event order by sequence desc limit 1',
  )
  return rows[0]
}

describe('one’s own sessions', () => {
  test('are listed with when and from where, and this one is marked', async () => {
    here.cookie = undefined
    const signIn = await here.get('/fr/sign-in')
    await here.send(signIn, { email: officer.email, password: goodPassword })
    const page = await here.get('/fr/account')
    expect(plain(page)).toContain('Depuis l’adresse')
    expect(plain(page)).toContain('127.0.0.1')
    expect([endings(page).length, plain(page).match(/Celle-ci/g)?.length]).toEqual([3, 1])
    expect(plain(await here.get('/en/account'))).toContain('This one')
  })

  test('are the same over the API, where a token is no session', async () => {
    const { body } = await officer.get('/sessions')
    expect(body).toMatchObject({ count: 2, nextCursor: null, total: null })
    expect(body.items[0]).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      version: 1,
      createdAt: expect.any(String),
      lastUsedAt: expect.any(String),
      expiresAt: expect.any(String),
      address: null,
      isCurrent: false,
    })
    expect((await officer.get('/sessions.csv')).text.split('\n')).toHaveLength(4)
  })

  test('a single one has nothing to end', async () => {
    await officer.send('DELETE', '/sessions')
    here = visitor(app, await sessionFor(app, officer.email))
    expect(endings(await here.get('/fr/account'))).toEqual([])
  })
})

describe('a session', () => {
  test('is ended from another one, at once and for good', async () => {
    const page = await here.get('/fr/account')
    const [action = ''] = endings(page)
    const ended = await here.send(page, {}, { action })
    expect([ended.status, ended.location]).toEqual([303, '/fr/account?done=ended'])
    expect([await isIn(here), await isIn(there)]).toEqual([true, false])
    expect(plain(await here.get('/fr/account?done=ended'))).toContain('n’est plus en session')
    expect(await lastEvent()).toMatchObject({
      type: 'person.sessions-ended',
      actor: officer.email,
      subject: `person/${officer.email}`,
      payload: expect.stringContaining(action.split('/').at(-2) ?? ''),
    })
    const again = await here.send(page, {}, { action })
    expect([again.status, again.location]).toEqual([303, '/fr/account?done=ended'])
    const { html, status } = await here.send(page, { key: crypto.randomUUID() }, { action })
    expect([status, textOf(html)]).toEqual([404, expect.stringContaining('Aucune de vos sessions')])
  })

  test('ends with all the others, and this one stays', async () => {
    const third = visitor(app, await sessionFor(app, officer.email))
    const page = await here.get('/fr/account')
    const ended = await here.send(page, {}, { action: '/fr/account/sessions/end' })
    expect(ended.status).toBe(303)
    expect(await Promise.all([here, there, third, elsewhere].map(isIn))).toEqual([
      true,
      false,
      false,
      true,
    ])
  })

  test('is ended over the API as it was seen', async () => {
    const [{ id }] = await sessions()
    const url = `/sessions/${id}`
    expect((await officer.send('DELETE', url)).status).toBe(428)
    expect((await officer.send('DELETE', url, { version: 2 })).status).toBe(412)
    expect((await officer.send('DELETE', url, { version: 1 })).status).toBe(204)
    expect((await officer.send('DELETE', url, { version: 1 })).body.code).toBe(
      'identity/session-not-found',
    )
    expect((await officer.send('DELETE', '/sessions')).status).toBe(204)
    expect(await sessions()).toEqual([])
    const before = await lastEvent()
    expect((await officer.send('DELETE', '/sessions')).status).toBe(204)
    expect(await lastEvent()).toEqual(before)
  })

  test('of somebody else is not there', async () => {
    const [{ id }] = await sessions()
    expect((await other.send('DELETE', `/sessions/${id}`, { version: 1 })).status).toBe(404)
    const page = await elsewhere.get('/fr/account/password')
    const { csrf = '' } = formOf(page.html).hidden
    const fields = { csrf, key: crypto.randomUUID(), version: '1' }
    const refused = await elsewhere.post(`/fr/account/sessions/${id}/end`, fields)
    expect([refused.status, await isIn(here), await isIn(there)]).toEqual([404, true, true])
  })
})
