import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { type Seen, textOf, type Visitor, visitor } from '#test/support/pages.ts'
import { recordOf } from '#test/support/refusals.ts'
import { sessionFor } from '#test/support/sessions.ts'

/** Which columns of an accounting system say what, by forms alone; and an extract read by them. */
let app: TestApp
let officer: Person
let browser: Visitor

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer')
  browser = visitor(app, await sessionFor(app, officer.email))
})
afterAll(() => app.close())

const plain = ({ html }: Seen): string => textOf(html).replaceAll('\u00a0', ' ')
const mappings = async () => (await officer.get('/extract-mappings')).body.items

const stated = {
  ...{ organization: 'MSP', system: 'SAGIR', spendingSign: 'negative' },
  ...{ date: 'Jour', document: 'Réf.', description: 'Texte', amount: 'Net' },
}

async function follow(seen: Seen): Promise<Seen> {
  expect({ status: seen.status, said: plain(seen).slice(0, 300) }).toMatchObject({ status: 303 })
  return browser.get(seen.location ?? '')
}

describe('a mapping', () => {
  test('is added, listed, and taken away as files with the same rows', async () => {
    const page = await browser.get('/fr/extracts/mapping')
    const list = await follow(await browser.send(page, stated))
    expect(plain(list)).toContain('La correspondance est enregistrée.')
    expect(plain(list)).toMatch(/MSP SAGIR 1 Jour — Réf\. Texte — Net — — négatif/)
    const csv = await browser.get('/fr/extracts/mappings.csv?dialect=open')
    expect(csv.html).toContain('MSP,SAGIR,1,Jour')
    expect((await browser.get('/fr/extracts/mappings.xlsx')).status).toBe(200)
  })

  test('sent twice is saved once; another one of its name is refused and keeps what was typed', async () => {
    const page = await browser.get('/fr/extracts/mapping')
    const twice = { ...stated, system: 'Deux fois' }
    const sent = [await browser.send(page, twice), await browser.send(page, twice)]
    expect(sent.map(({ status, location }) => [status, location])).toEqual(
      sent.map(() => [303, '/fr/extracts/mappings?done=saved']),
    )
    const again = await browser.send(await browser.get('/fr/extracts/mapping'), {
      ...stated,
      date: 'Date comptable',
    })
    expect([again.status, plain(again)]).toEqual([
      412,
      expect.stringContaining('à la version 1, et non 0'),
    ])
    expect(again.html).toContain('value="Date comptable"')
  })

  test('is changed at its own address, by who saw it last', async () => {
    const list = await browser.get('/fr/extracts/mappings')
    const href = /href="([^"]*mapping\?[^"]*SAGIR)"/.exec(list.html)?.[1]?.replaceAll('&amp;', '&')
    const page = await browser.get(href ?? '')
    const older = await browser.get(href ?? '')
    expect(page.html).toContain('value="Réf."')
    const { amount: _amount, ...rest } = stated
    const split = { ...rest, amount: '', debit: 'Débit', credit: 'Crédit' }
    await follow(await browser.send(page, split))
    const [changed] = (await mappings()).filter(
      ({ system }: { system: string }) => system === 'SAGIR',
    )
    expect(changed).toMatchObject({ version: 2, amount: null, debit: 'Débit', credit: 'Crédit' })
    const stale = await browser.send(older, stated)
    expect([stale.status, stale.html.includes('id="errors"')]).toEqual([412, true])
  })

  test.each([
    ['nothing', { system: '', date: '' }, 'Système comptable : Ce champ est requis.'],
    ['a column twice', { document: 'JOUR' }, 'La colonne « jour » sert à deux choses.'],
    ['no amounts', { amount: '' }, 'Nommez la colonne des montants'],
    ['too long a name', { date: 'é'.repeat(101) }, 'au plus 100 caractères'],
    ['a sign that is none', { spendingSign: 'up' }, 'Signe d’une dépense :'],
  ])('is refused with %s', async (_what, change, sentence) => {
    const before = await recordOf(app.database.owner)
    const fields = { ...stated, system: 'Autre', ...change }
    const refused = await browser.send(await browser.get('/fr/extracts/mapping'), fields)
    expect([refused.status, plain(refused)]).toEqual([422, expect.stringContaining(sentence)])
    expect(await recordOf(app.database.owner)).toEqual(before)
  })

  test('of markup is shown as text', async () => {
    const system = '<script>alert(1)</script>'
    const list = await follow(
      await browser.send(await browser.get('/fr/extracts/mapping'), { ...stated, system }),
    )
    expect(list.html).not.toContain('<script>alert')
    const edit = `/fr/extracts/mapping?${new URLSearchParams({ organization: 'MSP', system })}`
    const page = await browser.get(edit)
    expect([page.status, page.html.includes('<script>alert')]).toEqual([200, false])
  })

  test('of another organization is neither shown nor changed', async () => {
    const jurist = await app.person('jurist', 'officer', 'MJQ')
    const other = visitor(app, await sessionFor(app, jurist.email))
    const there = '/fr/extracts/mapping?organization=MSP&system=SAGIR'
    expect((await other.get(there)).status).toBe(404)
    const forced = await other.send(await other.get('/fr/extracts/mapping'), {
      ...stated,
      system: 'Ailleurs',
    })
    expect(forced.status).toBe(403)
    expect(plain(await other.get('/fr/extracts/mappings'))).not.toContain('SAGIR')
  })

  test('reads the next extract of its system', async () => {
    const content = 'Jour;Réf.;Texte;Débit;Crédit\n2025-06-03;F-1;Projet;0,00;12,50\n'
    const fields = {
      ...{ organization: 'MSP', fiscalYear: '2025-2026', period: '3', rows: '1' },
      ...{ total: '-12,50', system: 'SAGIR' },
    }
    const page = await browser.get('/fr/extracts')
    expect(page.html).toContain('/fr/extracts/mappings')
    const loaded = await follow(await browser.sendFile(page, { name: 'x.csv', content, fields }))
    expect(loaded.html).toContain('data-list-total="12.50"')
  })
})
