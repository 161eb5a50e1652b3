import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HttpServer } from '#platform/http/http-server.ts'
import { makeServer } from '#platform/http/server.ts'
import { makeLog } from '#platform/log.ts'
import { registerPages } from '#src/pages.ts'
import { type TestApp, testApp } from '#test/support/app.ts'
import { registerNotePages } from '#test/support/note-pages.tsx'
import { textOf, type Visitor, visitor } from '#test/support/pages.ts'
import { sessionFor } from '#test/support/sessions.ts'

let app: TestApp
let auditor: Visitor
let isReady = true

const secret = 'x'.repeat(32)

beforeAll(async () => {
  app = await testApp()
  await app.server.close()
  app = { ...app, server: await serverWithBugs() }
  const { email } = await app.person('auditor', 'auditor')
  auditor = visitor(app, await sessionFor(app, email))
})
afterAll(async () => {
  await app.server.close()
  await app.database.close()
})

/** Pages that go wrong in ways that ours should not. */
async function serverWithBugs(): Promise<HttpServer> {
  const { service } = app.database
  const server = await makeServer({ log: makeLog('silent'), ready: () => isReady })
  const isDemo = false
  const freeze = async () => undefined
  const record = { checks: [], anchorFiles: null }
  const options = { service, secret, constraints: {}, isDemo, freeze, ...record }
  await registerPages(server, options, (scope, pages) => {
    registerNotePages(scope, pages)
    scope.get('/bug', { config: { act: 'session.own' } }, (request, reply) =>
      pages.show(request, reply, () => Promise.reject(new Error('a secret of the inside'))),
    )
  })
  return server
}

const policy = expect.stringContaining("script-src 'self'")

describe('a refusal is a page', () => {
  test.each([
    [
      'fr',
      '/fr/nowhere',
      404,
      'Rien ne se trouve à cette adresse',
      'La ressource est introuvable.',
    ],
    ['en', '/en/nowhere', 404, 'There is nothing at this address', 'The resource was not found.'],
    [
      'fr',
      '/fr/note',
      403,
      'Votre rôle ne permet pas cette action',
      'Cette action n’est pas permise.',
    ],
    ['fr', '/fr/%ff', 400, 'L’adresse demandée est mal formée', 'La requête n’est pas valide.'],
    ['fr', '/fr/note%00', 400, 'L’adresse demandée est mal formée', 'La requête n’est pas valide.'],
    [
      'en',
      '/en/sign-in?colour=red',
      400,
      'The field “colour” is not known.',
      'The request is not valid.',
    ],
    [
      'fr',
      `/fr/sign-in?next=${'x'.repeat(2001)}`,
      400,
      'au plus 2 000 caractères',
      'La requête n’est pas valide.',
    ],
  ])('in %s at %s: %i', async (language, url, status, sentence, title) => {
    const seen = await auditor.get(url)
    expect(seen.status).toBe(status)
    expect(textOf(seen.html).replaceAll('\u00a0', ' ')).toContain(sentence)
    expect(seen.html).toContain(`<title>${title} – Vigie</title>`)
    expect(seen.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-language': language,
      'content-security-policy': policy,
      'cache-control': 'no-store',
    })
    expect(seen.html).toMatch(/<code>[0-9a-f-]{36}<\/code>/)
  })

  test('keeps the navigation of who is signed in, and offers the way home', async () => {
    const { html } = await auditor.get('/fr/nowhere')
    expect(html).toContain('auditor')
    expect(textOf(html)).toContain('Aller à l’accueil')
    const nobody = await visitor(app).get('/fr/nowhere')
    expect([nobody.status, nobody.html.includes('/fr/sign-out')]).toEqual([404, false])
  })

  test('a bug of ours gives its number and nothing from inside', async () => {
    const seen = await auditor.get('/en/bug')
    expect(seen.status).toBe(500)
    expect(textOf(seen.html)).toContain('The request could not be processed.')
    expect(seen.html).not.toMatch(/secret of the inside|node_modules|\.ts/)
    expect(seen.html).toMatch(/<code>[0-9a-f-]{36}<\/code>/)
  })

  test('a service that is not ready says when to come again', async () => {
    isReady = false
    const seen = await auditor.get('/fr/note')
    isReady = true
    expect([seen.status, seen.headers['retry-after']]).toEqual([503, '1'])
    expect(textOf(seen.html)).toContain('Le service démarre')
    expect(seen.html).toContain('<a href="/fr/note">Recharger la page</a>')
  })

  test.each([
    ['JSON', { 'content-type': 'application/json' }, 415],
    ['a file where none is taken', { 'content-type': 'multipart/form-data; boundary=x' }, 415],
  ])('%s is no form of a page', async (_what, headers, status) => {
    const seen = await auditor.post('/fr/sign-in', { email: 'a' }, { headers })
    expect(seen.status).toBe(status)
    expect(seen.html).toContain('<html lang="fr-CA">')
  })

  test('a form larger than any of ours is refused', async () => {
    const seen = await auditor.post('/fr/sign-in', { email: 'x'.repeat(1_100_000) })
    expect(seen.status).toBe(413)
    expect(textOf(seen.html)).toContain('dépasse la taille permise')
  })

  test('the API answers its own way still', async () => {
    const { status, headers } = await auditor.get('/api/v1/nowhere')
    expect([status, headers['content-type']]).toEqual([404, 'application/problem+json'])
  })
})
