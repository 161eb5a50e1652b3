import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { givePassword, goodPassword } from '#test/support/browser.ts'
import { type Seen, textOf, type Visitor, visitor } from '#test/support/pages.ts'
import { sessionFor } from '#test/support/sessions.ts'

/** What a person keeps of their own: tokens, password, sessions. */
let app: TestApp
let auditor: Person
let admin: Person
let browser: Visitor

beforeAll(async () => {
  app = await testApp()
  auditor = await app.person('auditor', 'auditor')
  admin = await app.person('admin', 'administrator')
  await givePassword(app, auditor.email)
  browser = visitor(app, await sessionFor(app, auditor.email))
})
afterAll(() => app.close())

const plain = ({ html }: Seen): string => textOf(html).replaceAll('\u00a0', ' ')
const tokenIn = ({ html }: Seen): string => /vigie_[\w-]{43}/.exec(html)?.[0] ?? ''

const opens = async (token: string): Promise<number> => {
  const { statusCode } = await app.server.inject({
    url: '/api/v1/session',
    headers: { authorization: `Bearer ${token}` },
  })
  return statusCode
}

/** Of one's own tokens, the newest first. */
const tokens = async () => (await auditor.get('/tokens')).body.items

describe('an account', () => {
  test('says who one is, in which roles, and until when', async () => {
    const page = await browser.get('/fr/account')
    expect(plain(page)).toContain('auditor@vigie.test')
    expect(plain(page)).toContain('vérificateur')
    expect(page.html).toMatch(/<time dateTime="[^"]+">|<time datetime="[^"]+">/)
  })
})

describe('a token', () => {
  test('is shown once, opens what its person may, and is in no address', async () => {
    const page = await browser.get('/fr/tokens')
    const given = await browser.send(page, { label: 'Tableau de bord', days: '30' })
    expect([given.status, given.location]).toEqual([200, undefined])
    expect(given.headers['cache-control']).toBe('no-store')
    const token = tokenIn(given)
    expect(await opens(token)).toBe(200)
    const before = (await tokens()).length
    const again = await browser.send(page, { label: 'Tableau de bord', days: '30' })
    expect([again.status, tokenIn(again), (await tokens()).length]).toEqual([200, '', before])
    expect(plain(again)).toContain('déjà montré')
    const kept = await app.database.owner.query('select answer::text from idempotency_key')
    expect(JSON.stringify(kept.rows)).not.toContain(token)
    const list = await browser.get('/fr/tokens')
    expect([tokenIn(list), plain(list).includes('Tableau de bord')]).toEqual(['', true])
    const csv = await browser.get('/fr/tokens.csv?dialect=open')
    expect([csv.html.includes('Tableau de bord'), tokenIn(csv)]).toEqual([true, ''])
    expect((await browser.get('/fr/tokens.xlsx')).status).toBe(200)
  })

  test.each([
    ['no days', { days: '' }, 'Ce champ est requis.'],
    ['too many days', { days: '367' }, 'Un jeton vaut de 1 à 366 jours.'],
    ['half a day', { days: '0,5' }, 'Un jeton vaut de 1 à 366 jours.'],
    ['a label that is too long', { days: '1', label: 'é'.repeat(201) }, 'au plus 200 caractères'],
    ['somebody else’s address', { days: '1', email: 'a@b.c' }, '« email » n’est pas reconnu'],
  ])('is not issued with %s', async (_what, fields, sentence) => {
    const before = await tokens()
    const refused = await browser.send(await browser.get('/fr/tokens'), fields)
    expect([refused.status, plain(refused)]).toEqual([422, expect.stringContaining(sentence)])
    expect(await tokens()).toEqual(before)
  })

  test('whose label is markup shows it as text', async () => {
    const label = '<b>Outil</b><script>alert(1)</script>'
    const given = await browser.send(await browser.get('/fr/tokens'), { label, days: '1' })
    expect(given.status).toBe(200)
    const list = await browser.get('/fr/tokens')
    expect(list.html).not.toContain('<script>alert')
    expect(textOf(list.html)).toContain(label)
  })

  test('is revoked once, and opens nothing from then on', async () => {
    const given = await browser.send(await browser.get('/fr/tokens'), { days: '1' })
    const token = tokenIn(given)
    const [{ id }] = await tokens()
    const page = await browser.get(`/fr/tokens/${id}/revoke`)
    const revoked = await browser.send(page, {})
    expect([revoked.status, revoked.location]).toEqual([303, '/fr/tokens?done=revoked'])
    expect(await opens(token)).toBe(401)
    expect((await browser.send(page, {})).location).toBe('/fr/tokens?done=revoked')
    const late = await browser.get(`/fr/tokens/${id}/revoke`)
    expect([plain(late).includes('Ce jeton a été révoqué'), late.html.includes('danger')]).toEqual([
      true,
      false,
    ])
    const stale = await browser.send(page, { key: crypto.randomUUID() })
    expect(stale.status).toBe(412)
  })

  test('of somebody else is not there, but for an administrator, who takes it away', async () => {
    const other = await app.person('other', 'analyst')
    const [{ id }] = (await other.get('/tokens')).body.items
    expect((await browser.get(`/fr/tokens/${id}/revoke`)).status).toBe(404)
    const administrator = visitor(app, await sessionFor(app, admin.email))
    expect(plain(await administrator.get('/fr/tokens'))).toContain(other.email)
    const page = await administrator.get(`/fr/tokens/${id}/revoke`)
    expect((await administrator.send(page, {})).status).toBe(303)
    expect(await opens(other.token)).toBe(401)
  })
})

const next = 'une phrase bien à moi'

describe('a password', () => {
  test.each([
    ['nothing', {}, 'Mot de passe actuel : Ce champ est requis.'],
    ['two different ones', { current: goodPassword, next, again: `${next}!` }, 'diffèrent'],
    ['a wrong one', { current: 'pas le bon du tout', next, again: next }, 'n’est pas le bon'],
    ['a short one', { current: goodPassword, next: 'court', again: 'court' }, 'de 12 à 128'],
    [
      'one’s own name',
      { current: goodPassword, next: 'auditor@vigie.test', again: 'auditor@vigie.test' },
      'Ce mot de passe se devine',
    ],
    ['far too much', { current: 'x'.repeat(1025), next, again: next }, 'Mot de passe actuel :'],
  ])('is not changed with %s, and comes back in no page', async (_what, fields, sentence) => {
    const page = await browser.get('/fr/account/password')
    const refused = await browser.send(page, fields)
    expect([refused.status, plain(refused)]).toEqual([422, expect.stringContaining(sentence)])
    for (const typed of Object.values(fields)) {
      expect(refused.html).not.toContain(`value="${typed}"`)
    }
  })

  test('is not kept by the page that asks to sign in again', async () => {
    const gone = visitor(app, await sessionFor(app, auditor.email))
    const page = await gone.get('/fr/account/password')
    gone.cookie = undefined
    const asked = await gone.send(page, { current: goodPassword, next, again: next })
    expect([asked.status, asked.html.includes('name="password"')]).toEqual([401, true])
    expect([asked.html.includes(goodPassword), asked.html.includes(next)]).toEqual([false, false])
  })

  test('is not changed by a page of somebody else', async () => {
    const page = await browser.get('/fr/account/password')
    const fields = { current: goodPassword, next, again: next }
    const headers = { origin: 'https://elsewhere.example' }
    expect((await browser.send(page, fields, { headers })).status).toBe(403)
    expect((await browser.send(page, { ...fields, csrf: 'x'.repeat(43) })).status).toBe(403)
  })

  test('is changed, every session ends, and one signs in with the new one', async () => {
    const elsewhere = visitor(app, await sessionFor(app, auditor.email))
    const page = await browser.get('/fr/account/password')
    const changed = await browser.send(page, { current: goodPassword, next, again: next })
    expect([changed.status, changed.location]).toEqual([303, '/fr/sign-in?done=password'])
    expect(browser.cookie).toBeUndefined()
    expect((await elsewhere.get('/fr')).location).toContain('/fr/sign-in')
    const signIn = await browser.get('/fr/sign-in?done=password')
    expect(plain(signIn)).toContain('Votre mot de passe est changé.')
    const { email } = auditor
    expect((await browser.send(signIn, { email, password: goodPassword })).status).toBe(401)
    expect((await browser.send(signIn, { email, password: next })).status).toBe(303)
    expect(await opens(auditor.token)).toBe(200)
  })
})
