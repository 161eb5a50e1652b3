import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { commit } from '#test/support/commitments.ts'
import { post } from '#test/support/drafts.ts'
import { type Seen, textOf, type Visitor, visitor } from '#test/support/pages.ts'
import { recordOf } from '#test/support/refusals.ts'
import { sessionFor } from '#test/support/sessions.ts'
import { yearEnd } from '#test/support/year-ends.ts'

let app: TestApp
let officer: Person
let approver: Person
let preparing: Visitor
let deciding: Visitor

const windowOf = async ({ email }: Person): Promise<Visitor> =>
  visitor(app, await sessionFor(app, email))

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
  preparing = await windowOf(officer)
  deciding = await windowOf(approver)
  await post(officer, approver, { amount: '100.00' })
  await commit(officer, approver, { amount: '50.00' })
})
afterAll(() => app.close())

const saidBy = ({ html }: Seen): string => textOf(html).replaceAll('\u00a0', ' ')
const idIn = (text = ''): string => /[0-9a-f-]{36}/.exec(text)?.[0] ?? ''
const count = async (): Promise<number> => (await officer.get('/year-end')).body.count
const markup = '<script>alert(1)</script>'

const lapse = {
  programme: 'QC-PLAN-2021',
  fiscalYear: '2023-2024',
  'policies.0.envelope': 'QC-M12',
  'policies.0.policy': 'lapse',
}
const preview = (fields: Readonly<Record<string, string>> = lapse) =>
  preparing.get(`/fr/year-end/preview?${new URLSearchParams(fields)}`)

describe('the preview', () => {
  test('asks for a plan and a year first', async () => {
    const page = await preparing.get('/fr/year-end/preview')
    expect(saidBy(page)).toContain('Ici rien n’est écrit.')
    expect(page.html).toContain('<option value="QC-PLAN-2021">')
    expect(page.html).not.toContain('CA-STRATEGY-2004')
  })

  test('shows what closing would do, as the files do, and writes nothing', async () => {
    const before = await recordOf(app.database.owner)
    const page = await preview()
    expect(page.status).toBe(200)
    expect(saidBy(page)).toMatch(/QC-M12 2023-2024 périmer/)
    const query = new URLSearchParams({ ...lapse, dialect: 'open' })
    const csv = await preparing.get(`/fr/year-end/preview.csv?${query}`)
    const [, digest = ''] = /<code>([0-9a-f]{64})<\/code>/.exec(page.html) ?? []
    const asked = await officer.send('POST', '/year-end/preview', {
      body: yearEnd({
        fiscalYear: '2023-2024',
        policies: [{ envelope: 'QC-M12', policy: 'lapse' }],
      }),
    })
    expect(asked.body.digest).toBe(digest)
    const { toppedUp, commitmentsCarried, carried, lapsed } = asked.body.totals
    expect(csv.html.trimEnd().split('\n').at(-1)).toContain(
      [toppedUp, commitmentsCarried, carried, lapsed].join(','),
    )
    expect((await preparing.get(`/fr/year-end/preview.xlsx?${query}`)).status).toBe(200)
    expect(await recordOf(app.database.owner)).toEqual(before)
  })

  test.each([
    ['a plan there is not', { programme: 'QC-PLAN-1999' }, 'programme', 'n’existe pas'],
    ['a year that goes on', { fiscalYear: '2026-2027' }, 'fiscalYear', 'se termine le'],
    ['no year', { fiscalYear: '' }, 'fiscalYear', 'Exercice'],
    ['a year that is none', { fiscalYear: '2024' }, 'fiscalYear', 'Exercice'],
    [
      'an envelope there is not',
      { 'policies.0.envelope': 'QC-M99' },
      'policies-0-envelope',
      'n’existe pas',
    ],
    [
      'an envelope of others',
      { 'policies.0.envelope': 'CA-2022' },
      'policies-0-envelope',
      'CA-STRATEGY-2004',
    ],
    [
      'no percentage',
      { 'policies.0.policy': 'carry-percent' },
      'policies-0-percent',
      'demande un pourcentage',
    ],
    [
      'a percentage too many',
      { 'policies.0.percent': '5' },
      'policies-0-percent',
      'ne prend pas de pourcentage',
    ],
    [
      '101 %',
      { 'policies.0.policy': 'carry-percent', 'policies.0.percent': '101' },
      'policies-0-percent',
      'de 0 à 100',
    ],
    ['a policy there is not', { 'policies.0.policy': 'keep' }, 'policies-0-policy', 'Politique'],
  ])('says what is wrong beside its field: %s', async (_what, change, field, sentence) => {
    const page = await preview({ ...lapse, ...change })
    expect(page.status).toBeGreaterThanOrEqual(400)
    expect(page.html).toContain(`<a href="#f-${field}">`)
    expect(page.html).toContain(`id="f-${field}"`)
    expect(saidBy(page)).toContain(sentence)
    expect(page.html).not.toContain('<h2>Ce que la fermeture ferait')
  })

  test('tells what is wrong by the rows that hold something, and shows them so', async () => {
    const { 'policies.0.envelope': envelope, 'policies.0.policy': policy, ...rest } = lapse
    const page = await preview({
      ...rest,
      'policies.3.envelope': envelope,
      'policies.3.policy': policy,
      'policies.5.envelope': envelope,
      'policies.5.policy': 'carry-all',
    })
    expect(page.html).toContain('<a href="#f-policies-1-envelope">Politique 2')
    expect(page.html).toContain('name="policies.1.envelope" aria-label')
  })

  test('of a plan of others is refused, and of an address that is none', async () => {
    const other = await preview({ programme: 'CA-STRATEGY-2004', fiscalYear: '2023-2024' })
    expect(other.status).toBe(403)
    expect((await preparing.get('/fr/year-end/preview?a..b=1')).status).toBe(400)
  })
})

describe('a year-end', () => {
  let id = ''

  test('is prepared from its preview, once however often it is sent', async () => {
    const before = await count()
    const page = await preview()
    const first = await preparing.send(page, {})
    const second = await preparing.send(page, {})
    id = idIn(first.location)
    expect([first.status, first.location]).toEqual([303, `/fr/year-end/${id}`])
    expect(second.location).toBe(first.location)
    expect(await count()).toBe(before + 1)
    const shown = await preparing.get(`/fr/year-end/${id}`)
    expect(saidBy(shown)).toContain('QC-M12 – périmer')
    expect(saidBy(shown)).toContain('Elle attend l’approbation d’une autre personne')
    expect((await preparing.get(`/fr/year-end/${id}/approve`)).status).toBe(403)
    const csv = await preparing.get(`/fr/year-end/${id}/figures.csv`)
    expect(csv.html).toContain('QC-M12')
    expect((await preparing.get(`/fr/year-end/${id}/figures.xlsx`)).status).toBe(200)
  })

  test('is listed, and the list is a file', async () => {
    const list = await deciding.get('/fr/year-end?state=submitted&fiscalYear=2023-2024')
    expect(list.html).toContain(`<a href="/fr/year-end/${id}">2023-2024</a>`)
    const csv = await deciding.get('/fr/year-end.csv?state=submitted&dialect=open')
    expect(csv.html).toContain(`${id},QC-PLAN-2021,2023-2024,soumise`)
    expect((await deciding.get('/fr/year-end.xlsx')).status).toBe(200)
    expect((await deciding.get('/fr/year-end?state=lost')).status).toBe(400)
  })

  test('is returned with a reason, and prepared again from where it was', async () => {
    const form = await deciding.get(`/fr/year-end/${id}/return`)
    expect((await deciding.send(form, {})).status).toBe(422)
    await deciding.send(form, { reason: markup })
    const returned = await preparing.get(`/fr/year-end/${id}`)
    expect(saidBy(returned)).toContain(`retournée – approver@vigie.test Motif : ${markup}`)
    expect(returned.html).not.toContain(markup)
    expect(saidBy(returned)).toContain('Elle a été retournée : un agent financier')
    const again = /href="([^"]*year-end\/preview\?[^"]*)"/.exec(returned.html)?.[1] ?? ''
    const page = await preparing.get(again.replaceAll('&amp;', '&'))
    expect(page.html).toContain('value="QC-M12"')
    expect(idIn((await preparing.send(page, {})).location)).toBe(id)
  })

  test('whose figures changed meanwhile says so, and is not approved', async () => {
    const approve = await deciding.get(`/fr/year-end/${id}/approve`)
    await post(officer, approver, { serviceDate: '2023-06-15', documentNumber: 'F-9' })
    const refused = await deciding.send(approve, {})
    expect([refused.status, saidBy(refused)]).toEqual([
      412,
      expect.stringContaining('Préparez-la de nouveau'),
    ])
    expect(saidBy(refused)).toContain('Les chiffres ne sont plus ceux qui ont été préparés')
    await preparing.send(await preview(), {})
    const stale = await deciding.send(approve, { key: crypto.randomUUID() })
    expect([stale.status, saidBy(stale)]).toEqual([412, expect.stringContaining('Relisez-la')])
  })

  test('is approved by another person, and its files are kept with their SHA-256', async () => {
    const approve = await deciding.get(`/fr/year-end/${id}/approve`)
    expect((await deciding.send(approve, {})).location).toBe(`/fr/year-end/${id}`)
    const page = await preparing.get(`/fr/year-end/${id}`)
    expect(saidBy(page)).toContain('approuvée – approver@vigie.test')
    const found = [
      ...page.html.matchAll(
        /<a href="([^"]*\/report\.[a-z]+)">[^<]*<\/a><br\/>SHA-256 <code>([0-9a-f]{64})/g,
      ),
    ]
    expect(found.map(([, href]) => href)).toEqual([
      `/fr/year-end/${id}/report.xlsx`,
      `/en/year-end/${id}/report.xlsx`,
      `/fr/year-end/${id}/report.json`,
    ])
    for (const [, href = '', sha256] of found) {
      const file = await app.server.inject({
        url: href,
        headers: { cookie: preparing.cookie ?? '' },
      })
      expect(createHash('sha256').update(file.rawPayload).digest('hex')).toBe(sha256)
    }
    const closed = await preview()
    expect([closed.status, saidBy(closed)]).toEqual([
      409,
      expect.stringContaining('est déjà fermé'),
    ])
  })

  test('is not for others', async () => {
    const stranger = await windowOf(await app.person('jurist', 'officer', 'MJQ'))
    expect((await stranger.get(`/fr/year-end/${id}`)).status).toBe(404)
    expect((await stranger.get(`/fr/year-end/${id}/figures.csv`)).status).toBe(404)
    const auditor = await windowOf(await app.person('auditor', 'auditor'))
    const read = await auditor.get(`/fr/year-end/${id}`)
    expect([read.status, read.html.includes('year-end/preview?')]).toEqual([200, false])
    expect((await auditor.get(`/fr/year-end/${crypto.randomUUID()}/report.xlsx`)).status).toBe(404)
  })
})
