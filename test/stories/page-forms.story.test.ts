import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeServer } from '#platform/http/server.ts'
import { makeLog } from '#platform/log.ts'
import { registerPages } from '#src/pages.ts'
import { type TestApp, testApp } from '#test/support/app.ts'
import { givePassword, goodPassword } from '#test/support/browser.ts'
import { registerNotePages } from '#test/support/note-pages.tsx'
import { formOf, freshKey, textOf, type Visitor, visitor } from '#test/support/pages.ts'

let app: TestApp
let officer: Visitor

beforeAll(async () => {
  app = await testApp()
  const { service } = app.database
  const server = await makeServer({ log: makeLog('silent'), ready: () => true })
  await registerPages(
    server,
    {
      service,
      secret: 'x'.repeat(32),
      constraints: {},
      isDemo: false,
      checks: [],
      anchorFiles: null,
      freeze: async () => undefined,
    },
    registerNotePages,
  )
  app = { ...app, server }
  for (const [name, role] of [
    ['officer', 'officer'],
    ['auditor', 'auditor'],
  ] as const) {
    await givePassword(app, (await app.person(name, role)).email)
  }
  officer = await signedIn('officer')
})
afterAll(async () => {
  await app.server.close()
  await app.close()
})

async function signedIn(name: string): Promise<Visitor> {
  const browser = visitor(app)
  const page = await browser.get('/fr/sign-in')
  await browser.send(page, { email: `${name}@vigie.test`, password: goodPassword })
  return browser
}

const written = async (): Promise<unknown[]> => {
  const { rows } = await app.database.owner.query(
    `select actor, payload from event where type = 'note.written' order by sequence`,
  )
  return rows
}

describe('a list', () => {
  test('says what it adds up to, to people and to who compares', async () => {
    const page = await officer.get('/fr/note')
    expect(page.html).toContain('<strong data-list-total="12.50">12,50\u00a0$</strong>')
  })
})

describe('a form', () => {
  test('is done once, however often it is sent', async () => {
    const page = await officer.get('/fr/note')
    const before = (await written()).length
    const first = await officer.send(page, { text: 'Une fois' })
    const second = await officer.send(page, { text: 'Une fois' })
    expect([first.status, second.status]).toEqual([303, 303])
    expect(first.location).toMatch(/^\/fr\/note\?position=\d+$/)
    expect(second.location).toBe(first.location)
    expect((await written()).length).toBe(before + 1)
  })

  test('that was done and comes back with something else says so, and may then be sent', async () => {
    const page = await officer.get('/fr/note')
    await officer.send(page, { text: 'Première' })
    const again = await officer.send(page, { text: 'Deuxième' })
    expect(again.status).toBe(409)
    expect(textOf(again.html)).toContain('Ce formulaire a déjà été envoyé')
    expect(again.html).toContain('Deuxième')
    expect((await officer.send(again, { text: 'Deuxième' })).status).toBe(303)
  })

  test('comes back with what was typed and what is wrong beside its field', async () => {
    const page = await officer.get('/en/note')
    const refused = await officer.send(page, { text: '<script>alert(1)</script>', amount: '1e3' })
    expect(refused.status).toBe(422)
    expect(refused.html).toContain('&lt;script>alert(1)&lt;/script>')
    expect(refused.html).not.toContain('<script>alert')
    expect(refused.html).toMatch(/<a href="#f-amount">Amount: /)
    expect(refused.html).toMatch(/aria-describedby="f-amount-error"[^>]* aria-invalid="true"/)
    expect(refused.html).toContain('value="1e3"')
    const emptied = await officer.send(page, { text: '' })
    expect(emptied.status).toBe(422)
    expect(textOf(emptied.html)).toContain('This field is needed.')
    expect(emptied.html).not.toContain('Valeur première')
  })

  test.each([
    ['sent twice in one form', { text: ['a', 'b'] }, 'Ce champ a été envoyé plusieurs fois.'],
    ['too long', { text: 'x'.repeat(41) }, 'au plus 40 caractères'],
    ['not known', { text: 'a', colour: 'red' }, 'Le champ « colour » n’est pas reconnu.'],
  ])('is refused when a field is %s', async (_what, typed, sentence) => {
    const refused = await officer.send(await officer.get('/fr/note'), typed)
    expect(refused.status).toBe(422)
    expect(textOf(refused.html).replaceAll('\u00a0', ' ')).toContain(sentence)
  })

  test.each([
    ['without its key', { key: '' }],
    ['with a key of somebody’s making', { key: 'x' }],
    ['without the version it was of', { version: '' }],
    ['with a version that is none', { version: '0x3' }],
  ])('is refused %s', async (_what, change) => {
    const refused = await officer.send(await officer.get('/fr/note'), { text: 'a', ...change })
    expect(refused.status).toBe(400)
    expect(textOf(refused.html)).toContain('Le formulaire n’a pas pu être lu.')
  })

  test('is for whom it is for', async () => {
    const auditor = await signedIn('auditor')
    const refused = await auditor.get('/en/note')
    expect(refused.status).toBe(403)
    expect(refused.html).toContain('<html lang="en-CA">')
    expect(textOf(refused.html)).toContain('Your role does not allow this action')
    const { csrf = '' } = formOf((await auditor.get('/fr')).html, '/fr/sign-out').hidden
    const sent = await auditor.post('/fr/note', { csrf, key: freshKey(), text: 'a' })
    expect(sent.status).toBe(403)
  })
})

describe('a form of somebody else’s page', () => {
  test.each([
    ['without the page’s proof', { csrf: '' }, {}],
    ['with another proof', { csrf: 'x'.repeat(43) }, {}],
    ['from another origin', {}, { origin: 'https://elsewhere.example' }],
    ['from a page without an origin', {}, { origin: 'null' }],
    ['from another site', {}, { origin: undefined, 'sec-fetch-site': 'cross-site' }],
    ['that says nothing of itself', {}, { origin: undefined, 'sec-fetch-site': undefined }],
  ])('does nothing: %s', async (_what, fields, headers) => {
    const page = await officer.get('/fr/note')
    const before = await written()
    const refused = await officer.send(page, { text: 'a', ...fields }, { headers })
    expect(refused.status).toBe(403)
    expect(textOf(refused.html)).toContain('La demande ne vient pas d’une page de Vigie.')
    expect(await written()).toEqual(before)
  })
})

describe('a form whose session has ended', () => {
  test('keeps what was typed, and is sent again after signing in', async () => {
    const browser = await signedIn('officer')
    const page = await browser.get('/fr/note')
    browser.cookie = undefined
    const typed = '“Budget” <b>été</b> & cie'
    const asked = await browser.send(page, { text: typed })
    expect(asked.status).toBe(401)
    expect(textOf(asked.html)).toContain('Ce que vous avez saisi est gardé')
    const wrong = await browser.send(asked, { email: 'officer@vigie.test', password: 'x' })
    expect(wrong.status).toBe(401)
    const resumed = await browser.send(wrong, {
      email: 'officer@vigie.test',
      password: goodPassword,
    })
    expect([resumed.status, textOf(resumed.html)]).toEqual([200, expect.stringContaining(typed)])
    const before = await written()
    const sent = await browser.send(resumed, {})
    expect([sent.status, (await written()).length]).toEqual([303, before.length + 1])
  })
})
