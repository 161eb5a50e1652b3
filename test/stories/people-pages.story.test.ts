import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { type Seen, textOf, type Visitor, visitor } from '#test/support/pages.ts'
import { recordOf } from '#test/support/refusals.ts'
import { sessionFor } from '#test/support/sessions.ts'

/** People and organizations as an administrator keeps them, by forms alone. */
let app: TestApp
let admin: Person
let officer: Person
let browser: Visitor

const markup = '<b>Anne</b> & "Côté" <script>alert(1)</script>'

beforeAll(async () => {
  app = await testApp()
  admin = await app.person('admin', 'administrator')
  officer = await app.person('officer', 'officer')
  browser = visitor(app, await sessionFor(app, admin.email))
})
afterAll(() => app.close())

const plain = ({ html }: Seen): string => textOf(html).replaceAll('\u00a0', ' ')

const user = async (email: string) => {
  const { body } = await admin.get('/users?limit=500')
  return body.items.find((item: { email: string }) => item.email === email)
}

async function follow(seen: Seen): Promise<Seen> {
  expect({ status: seen.status, said: plain(seen).slice(0, 300) }).toMatchObject({ status: 303 })
  return browser.get(seen.location ?? '')
}

const anne = { email: 'anne@msp.example', name: 'Anne Côté', role: 'officer', organization: 'MSP' }

/** The page's forms all go to one address: which of them is meant is said by its step. */
const send = (page: Seen, fields: Record<string, string>): Promise<Seen> =>
  browser.send(page, fields)

describe('an administrator', () => {
  test('adds a person, who appears in the list, its CSV and its workbook', async () => {
    const page = await browser.get('/fr/users')
    const added = await follow(await send(page, anne))
    expect(plain(added)).toContain('La personne a été ajoutée.')
    expect(plain(added)).toContain('vigie users password --email anne@msp.example')
    const list = await browser.get('/fr/users')
    expect(plain(list)).toContain('Anne Côté anne@msp.example agent financier – MSP ouvert')
    const csv = await browser.get('/en/users.csv?dialect=open')
    expect(csv.html).toContain('Anne Côté,anne@msp.example,')
    expect((await browser.get('/fr/users.xlsx')).status).toBe(200)
  })

  test('sent twice, one person is added; the address of somebody else is refused', async () => {
    const page = await browser.get('/fr/users')
    const twice = { ...anne, email: 'twice@msp.example' }
    const first = await send(page, twice)
    const second = await send(page, twice)
    expect([first.status, second.location]).toEqual([303, first.location])
    const again = await send(await browser.get('/fr/users'), twice)
    expect(again.status).toBe(409)
    expect(plain(again)).toContain('Une personne a déjà l’adresse twice@msp.example.')
    expect(again.html).toContain('value="Anne Côté"')
  })

  test.each([
    ['nothing', {}, 'Nom : Ce champ est requis.'],
    ['no address', { ...anne, email: 'anne' }, 'L’adresse de courriel est mal formée.'],
    ['a name of two lines', { ...anne, name: 'Anne\u2028Côté' }, 'une ligne d’au plus 200'],
    ['a name that is too long', { ...anne, name: 'é'.repeat(201) }, 'au plus 200 caractères'],
    ['a role that is none', { ...anne, role: 'king' }, 'Rôle :'],
    ['no organization', { ...anne, organization: '' }, 'agit pour un organisme'],
    ['an organization that is none', { ...anne, organization: 'XYZ' }, 'L’organisme « XYZ »'],
  ])('is shown the form again with %s', async (_what, fields, sentence) => {
    const before = await recordOf(app.database.owner)
    const email = 'email' in fields ? fields.email.replace('anne@', 'other@') : ''
    const page = await browser.get('/fr/users')
    const refused = await send(page, { ...fields, ...(email === '' ? {} : { email }) })
    expect(refused.status).toBe(422)
    expect(plain(refused)).toContain(sentence)
    expect(await recordOf(app.database.owner)).toEqual(before)
  })

  test('shows markup in a name as text', async () => {
    const page = await browser.get('/fr/users')
    const added = await follow(await send(page, { ...anne, email: 'x@y.example', name: markup }))
    expect(textOf(added.html)).toContain(markup)
    expect(added.html).not.toContain('<script>alert')
    expect((await browser.get('/fr/users')).html).not.toContain('<script>alert')
  })

  test('gives a role, takes one, changes a name, takes all access and gives it back', async () => {
    const { id } = await user(anne.email)
    const address = `/fr/users/${id}`
    const stepped = async (fields: Record<string, string>) => {
      const { version } = await user(anne.email)
      return follow(await send(await browser.get(address), { ...fields, version: String(version) }))
    }
    const bare = { role: '', organization: '' }
    await stepped({ step: 'add-role', role: 'auditor', organization: '' })
    await stepped({ step: 'remove-role', role: 'officer', organization: 'MSP' })
    expect((await user(anne.email)).roles).toEqual([{ role: 'auditor', organization: '*' }])
    await stepped({ step: 'rename', name: 'Anne Roy', ...bare })
    const off = await stepped({ step: 'disable', ...bare })
    expect(plain(off)).toContain('Cette personne n’a plus aucun accès.')
    const on = await stepped({ step: 'enable', ...bare })
    expect(plain(on)).toContain('Retirer tout accès')
    expect(await user(anne.email)).toMatchObject({ name: 'Anne Roy', disabled: false })
  })

  test('is told when somebody else changed the person meanwhile', async () => {
    const { id } = await user(officer.email)
    const stale = await browser.get(`/fr/users/${id}`)
    const step = { step: 'add-role', role: 'approver', organization: 'MJQ' }
    await follow(await send(await browser.get(`/fr/users/${id}`), step))
    const refused = await send(stale, step)
    expect([refused.status, refused.html.includes('class="errors"')]).toEqual([412, true])
  })

  test('does not change their own roles, and is offered nothing that would', async () => {
    const { id, version } = await user(admin.email)
    const page = await browser.get(`/fr/users/${id}`)
    expect(plain(page)).toContain('On ne change pas ses propres rôles')
    expect(page.html).not.toMatch(/value="(?:add-role|remove-role|disable)"/)
    const forced = await send(page, {
      ...{ step: 'add-role', role: 'approver', organization: 'MSP' },
      ...{ name: '', version: String(version) },
    })
    expect([forced.status, plain(forced)]).toEqual([
      403,
      expect.stringContaining('On ne change pas ses propres rôles'),
    ])
  })

  test('gives nobody a password: there is no field for one', async () => {
    const { id } = await user(officer.email)
    for (const url of ['/fr/users', `/fr/users/${id}`]) {
      expect((await browser.get(url)).html).not.toContain('type="password"')
    }
  })
})

function hiddenOf({ html }: Seen): Record<string, string> {
  const hidden = html
    .slice(html.indexOf('<main'))
    .matchAll(/name="(csrf|key|version)" value="([^"]*)"/g)
  return Object.fromEntries([...hidden].map(([, name = '', value = '']) => [name, value]))
}

describe('an organization', () => {
  test('is listed with its name, for everybody, as a page and as files', async () => {
    const reader = visitor(app, await sessionFor(app, officer.email))
    const list = await reader.get('/fr/organizations')
    expect(plain(list)).toContain('MSP')
    const csv = await reader.get('/fr/organizations.csv?dialect=open')
    const { body } = await admin.get('/organizations?limit=500')
    expect(csv.html.trimEnd().split('\n').length).toBe(body.items.length + 1)
    expect((await reader.get('/fr/organizations.xlsx')).status).toBe(200)
    const one = await reader.get('/fr/organizations/MSP')
    expect([one.status, one.html.includes('name="name.fr"')]).toEqual([200, false])
    expect((await reader.get('/fr/organizations/XYZ')).status).toBe(404)
  })

  test('is given a name once, in both languages, from then on', async () => {
    const page = await browser.get('/fr/organizations/MSP')
    const name = { 'name.fr': 'Sécurité publique', 'name.en': 'Public Security' }
    const renamed = await follow(await send(page, name))
    expect(plain(renamed)).toContain('Le nom a été changé. Sécurité publique')
    expect(textOf((await browser.get('/en/organizations/MSP')).html)).toContain('Public Security')
    const twice = await send(page, name)
    expect([twice.status, twice.location]).toEqual([303, '/fr/organizations/MSP?done=renamed'])
    const stale = await send(page, { ...name, 'name.fr': 'Autre' })
    expect(stale.status).toBe(409)
    expect((await send(stale, { ...name, 'name.fr': 'Autre' })).status).toBe(303)
  })

  test.each([
    ['nothing', { 'name.fr': '', 'name.en': 'x' }, 'Nom en français : Ce champ est requis.'],
    ['too much', { 'name.fr': 'é'.repeat(201), 'name.en': 'x' }, 'au plus 200 caractères'],
  ])('is not given %s as a name', async (_what, fields, sentence) => {
    const refused = await send(await browser.get('/fr/organizations/MJQ'), fields)
    expect([refused.status, plain(refused)]).toEqual([422, expect.stringContaining(sentence)])
  })

  test('is not renamed by who does not administer', async () => {
    const reader = visitor(app, await sessionFor(app, officer.email))
    const { csrf = '' } = hiddenOf(await reader.get('/fr/tokens'))
    const fields = { csrf, key: crypto.randomUUID(), version: '1', 'name.fr': 'a', 'name.en': 'b' }
    expect((await reader.post('/fr/organizations/MJQ', fields)).status).toBe(403)
  })
})
