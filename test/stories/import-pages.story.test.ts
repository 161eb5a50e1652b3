import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { csvOf, manyRows } from '#test/support/imports.ts'
import { type Seen, textOf, type Visitor, visitor } from '#test/support/pages.ts'
import { sessionFor } from '#test/support/sessions.ts'

let app: TestApp
let roles: { readonly officer: Person; readonly approver: Person; readonly other: Person }
let officer: Visitor
let approver: Visitor

beforeAll(async () => {
  app = await testApp({ template: 'published' })
  roles = {
    officer: await app.person('officer', 'officer'),
    approver: await app.person('approver', 'approver'),
    other: await app.person('other', 'officer', 'MJQ'),
  }
  officer = visitor(app, await sessionFor(app, roles.officer.email))
  approver = visitor(app, await sessionFor(app, roles.approver.email))
})
afterAll(() => app.close())

/** Follows where a form that was done leads. */
async function follow(browser: Visitor, seen: Seen): Promise<Seen> {
  expect({ status: seen.status, said: textOf(seen.html).slice(0, 300) }).toMatchObject({
    status: 303,
  })
  return browser.get(seen.location ?? '')
}

async function previewed(content: string, name = 'depenses.csv'): Promise<Seen> {
  const sent = await officer.sendFile(await officer.get('/fr/imports'), { name, content })
  return follow(officer, sent)
}

const idOf = ({ url }: Seen): string => /imports\/([0-9a-f-]{36})/.exec(url)?.[1] ?? ''
const rows = (prefix: string, count: number) =>
  csvOf(manyRows(count, (at) => ({ piece: `${prefix}-${at + 1}` })))

describe('a file that somebody brings', () => {
  test('is shown row by row before anything is written, then taken in, approved and reversed', async () => {
    const preview = await previewed(rows('A', 3))
    const text = textOf(preview.html).replaceAll('\u00a0', ' ')
    expect(text).toContain('rien n’est encore inscrit')
    expect(text).toContain('encodage : utf-8')
    expect(text).toContain('3 lignes, 3 703,50 $')
    const id = idOf(preview)
    const confirmed = await follow(
      officer,
      await officer.send(preview, { choice: 'all' }, { action: `/fr/imports/${id}` }),
    )
    expect(textOf(confirmed.html)).toContain('Confirmé par')
    const asked = await officer.get(`/fr/imports/${id}/submit`)
    await follow(officer, await officer.send(asked, {}))
    const own = await officer.get(`/fr/imports/${id}`)
    expect(own.html).not.toContain(`${id}/approve`)
    const approving = await approver.get(`/fr/imports/${id}/approve`)
    const posted = await follow(approver, await approver.send(approving, {}))
    expect(textOf(posted.html)).toContain(`Approuvé par ${roles.approver.email}`)
    const reversing = await officer.get(`/fr/imports/${id}/reverse`)
    await follow(officer, await officer.send(reversing, { reason: 'Mauvais fichier' }))
    const decided = await follow(
      approver,
      await approver.send(await approver.get(`/fr/imports/${id}/approve-reversal`), {}),
    )
    expect(textOf(decided.html)).toContain('contre-passé')
  })

  test('with bad rows names each by its own number, column and value, and takes the good ones', async () => {
    const content = csvOf([
      { piece: 'B-1' },
      { piece: 'B-2', montant: 'mille' },
      { piece: 'B-3', date: '2025-02-30' },
    ])
    const preview = await previewed(content)
    const text = textOf(preview.html).replaceAll('\u00a0', ' ')
    expect(text).toContain('Ligne 3, « montant » :')
    expect(text).toContain('mille')
    expect(text).toContain('Ligne 4, « date » :')
    const action = { action: `/fr/imports/${idOf(preview)}` }
    const refused = await officer.send(preview, { choice: 'all' }, action)
    expect(refused.status).toBe(422)
    expect(textOf(refused.html)).toContain('Rien n’a été importé')
    const none = await officer.send(preview, { choice: 'chosen' }, action)
    expect(textOf(none.html)).toContain('aucune ligne n’est choisie')
    const book = await officer.get(`/fr/imports/${idOf(preview)}/errors.xlsx`)
    expect(book.status).toBe(200)
    const taken = await officer.send(preview, { choice: 'chosen', 'place.0': '2' }, action)
    expect(textOf((await follow(officer, taken)).html)).toContain('Confirmé par')
  })

  test('is read again as somebody says, without being sent again', async () => {
    const content = csvOf([
      { piece: 'C-1', date: '03/04/2025' },
      { piece: 'C-2', date: '25/04/2025' },
    ])
    const preview = await previewed(content)
    const id = idOf(preview)
    const asked = await officer.get(`/fr/imports/${id}/read-again`)
    const sent = await officer.send(asked, { dateOrder: 'day-first' })
    const again = await follow(officer, sent)
    expect(idOf(again)).not.toBe(id)
    expect(again.html).toContain('2025-04-03')
    expect((await officer.get(`/fr/imports/${id}`)).status).toBe(404)
  })

  test.each([
    ['nothing at all', 'depenses.csv', '', 400, 'Choisissez un fichier'],
    ['something else', 'photo.csv', '\u0089PNG\r\n\u001a\n\u0000', 400, ''],
    ['no column that is known', 'liste.csv', 'a;b\n1;2\n', 422, ''],
  ])(
    'is refused beside its field when it is %s',
    async (_what, name, content, status, sentence) => {
      const page = await officer.get('/fr/imports')
      const refused = await officer.sendFile(page, { name, content })
      expect({ status: refused.status, hasErrors: refused.html.includes('id="errors"') }).toEqual({
        status,
        hasErrors: true,
      })
      expect(textOf(refused.html)).toContain(sentence)
    },
  )

  test('shows what its cells hold as text', async () => {
    const preview = await previewed(
      csvOf([{ piece: '<b>D</b>', fournisseur: '<script>1</script>' }]),
    )
    expect(preview.html).not.toContain('<script>1')
    expect(preview.html).toContain('&lt;script>1')
  })
})

describe('an import', () => {
  test('that moved since it was shown is refused, and says so', async () => {
    const preview = await previewed(rows('E', 1))
    const action = { action: `/fr/imports/${idOf(preview)}` }
    const older = await officer.get(`/fr/imports/${idOf(preview)}`)
    await follow(officer, await officer.send(preview, { choice: 'all' }, action))
    const stale = await officer.send(older, { choice: 'all' }, action)
    expect(stale.status).toBe(412)
    expect(textOf(stale.html)).toContain('a changé depuis que vous l’avez vu')
  })

  test('sent twice is taken in once', async () => {
    const preview = await previewed(rows('F', 1))
    const action = { action: `/fr/imports/${idOf(preview)}` }
    const first = await officer.send(preview, { choice: 'all' }, action)
    const second = await officer.send(preview, { choice: 'all' }, action)
    expect(second.location).toBe(first.location)
  })

  test('is not there for another organization', async () => {
    const preview = await previewed(rows('G', 1))
    const elsewhere = visitor(app, await sessionFor(app, roles.other.email))
    expect((await elsewhere.get(`/fr/imports/${idOf(preview)}`)).status).toBe(404)
    expect((await elsewhere.get(`/en/imports/${idOf(preview)}`)).html).toContain('lang="en-CA"')
  })
})
