import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { type Fields, type Seen, textOf, type Visitor, visitor } from '#test/support/pages.ts'
import { plannedEnvelope, plannedRelation } from '#test/support/planned.ts'
import { sessionFor } from '#test/support/sessions.ts'

let app: TestApp
let officer: Person
let approver: Person
let proposing: Visitor
let deciding: Visitor
let stranger: Visitor

const windowOf = async ({ email }: Person): Promise<Visitor> =>
  visitor(app, await sessionFor(app, email))

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
  proposing = await windowOf(officer)
  deciding = await windowOf(approver)
  stranger = await windowOf(await app.person('jurist', 'officer', 'MJQ'))
})
afterAll(() => app.close())

const saidBy = ({ html }: Seen): string => textOf(html).replaceAll('\u00a0', ' ')
const idIn = (text = ''): string => /[0-9a-f-]{36}/.exec(text)?.[0] ?? ''
const markup = '<script>alert(1)</script>'
const relation: Fields = { ...plannedRelation(), stated: 'true' }

/** What the form of an envelope sends. */
const envelope = (change: Fields = {}): Fields => ({
  code: 'QC-M90',
  programme: 'QC-PLAN-2021',
  organization: 'MSP',
  'title.fr': 'Enveloppe d’essai',
  'title.en': 'Trial envelope',
  'terms.1.kind': 'term',
  'terms.1.amount': '2 M$',
  'terms.1.firstFiscalYear': '2024-2025',
  'terms.1.lastFiscalYear': '2025-2026',
  'terms.1.stated': 'true',
  'source.document': 'ESSAI',
  'source.quote': '2 millions de dollars sur deux ans',
  ...change,
})

const form = () => proposing.get('/fr/proposals/envelopes/new')
const proposed = async (): Promise<number> =>
  [...(await proposing.get('/fr/proposals/envelopes.csv?dialect=open')).html.matchAll(/\nQC-/g)]
    .length

describe('an envelope', () => {
  const path = '/fr/proposals/envelopes/QC-M90'

  test('is proposed with its terms and its source, once however often it is sent', async () => {
    const page = await form()
    const first = await proposing.send(page, envelope())
    const second = await proposing.send(page, envelope())
    expect([first.status, first.location, second.location]).toEqual([303, path, path])
    const shown = await proposing.get(path)
    expect(saidBy(shown)).toMatch(/2 000 000,00 \$ 2 M\$ 1 000 000,00 \$ 2024-2025 2025-2026/)
    expect(shown.html).toContain('<q>2 millions de dollars sur deux ans</q>')
    const list = await deciding.get('/fr/proposals')
    expect(list.html).toContain(`<a href="${path}">QC-M90</a>`)
    expect((await deciding.get('/fr/proposals/envelopes.xlsx')).status).toBe(200)
    expect((await stranger.get(path)).status).toBe(404)
    expect(saidBy(await stranger.get('/fr/proposals'))).toContain('Aucune enveloppe en attente.')
  })

  test('is changed, returned with a reason, and approved by another person', async () => {
    const edit = await proposing.get(`${path}/edit`)
    expect(edit.html).toContain('value="2000000.00"')
    const other = await proposing.send(edit, envelope({ code: 'QC-M91' }))
    expect(other.html).toContain('<a href="#f-code">Code')
    await proposing.send(edit, envelope({ 'title.fr': markup, key: crypto.randomUUID() }))
    await proposing.send(await proposing.get(`${path}/submit`), {})
    expect((await proposing.get(`${path}/approve`)).status).toBe(403)
    const back = await deciding.get(`${path}/return`)
    expect((await deciding.send(back, {})).status).toBe(422)
    await deciding.send(back, { reason: markup })
    const returned = await proposing.get(path)
    expect(saidBy(returned)).toContain(`retournée – approver@vigie.test Motif : ${markup}`)
    expect(returned.html).not.toContain(markup)
    const submit = await proposing.get(`${path}/submit`)
    await proposing.send(submit, {})
    const stale = await proposing.send(submit, { key: crypto.randomUUID() })
    expect([stale.status, saidBy(stale)]).toEqual([412, expect.stringContaining('Relisez-la')])
    const approved = await deciding.send(await deciding.get(`${path}/approve`), {})
    expect(approved.location).toBe(path)
    expect((await proposing.get(path)).html).toContain('href="/fr/envelopes/QC-M90"')
    expect((await stranger.get('/fr/envelopes/QC-M90')).status).toBe(200)
    expect(await proposed()).toBe(0)
  })

  test.each([
    ['nothing at all', { code: '', programme: '', organization: '' }, 'code'],
    ['a code that is taken', envelope({ code: 'QC-M12' }), 'code'],
    ['a plan there is not', envelope({ code: 'QC-M92', programme: 'QC-1999' }), 'programme'],
    ['no title', envelope({ code: 'QC-M92', 'title.fr': '', 'title.en': '' }), 'title'],
    ['half a title', envelope({ code: 'QC-M92', 'title.en': '' }), 'title-en'],
    ['too long a title', envelope({ code: 'QC-M92', 'title.fr': 'x'.repeat(301) }), 'title-fr'],
    [
      'an ambiguous amount',
      envelope({ code: 'QC-M92', 'terms.1.amount': '1,234' }),
      'terms-0-amount',
    ],
    [
      'a fixed total without end',
      envelope({ code: 'QC-M92', 'terms.1.lastFiscalYear': '' }),
      'terms-0-lastFiscalYear',
    ],
    [
      'neither stated nor inferred',
      envelope({ code: 'QC-M92', 'terms.1.stated': '' }),
      'terms-0-stated',
    ],
    [
      'words that say otherwise',
      envelope({ code: 'QC-M92', 'terms.1.asStated': '3 M$' }),
      'terms-0-asStated',
    ],
    ['a measure there is not', envelope({ code: 'QC-M92', 'measures.2': 'QC-99' }), 'measures-0'],
    ['no words quoted', envelope({ code: 'QC-M92', 'source.quote': '' }), 'source-quote'],
    ['no SHA-256', envelope({ code: 'QC-M92', 'source.sha256': 'abc' }), 'source-sha256'],
  ])('is refused beside its field: %s', async (_what, fields, field) => {
    const refused = await proposing.send(await form(), fields)
    expect(refused.status).toBe(422)
    expect(refused.html).toContain(`href="#f-${field}"`)
    expect(refused.html).toContain(`id="f-${field}"`)
    expect(await proposed()).toBe(0)
  })

  test('is for its organization’s officers to propose', async () => {
    expect((await deciding.get('/fr/proposals/envelopes/new')).status).toBe(403)
    const page = await stranger.get('/fr/proposals/envelopes/new')
    expect((await stranger.send(page, envelope({ code: 'QC-M93' }))).status).toBe(403)
  })

  test('is deleted while it is a draft', async () => {
    await officer.send('POST', '/envelopes', { body: plannedEnvelope({ code: 'QC-M94' }) })
    const gone = await proposing.get('/fr/proposals/envelopes/QC-M94/delete')
    expect((await proposing.send(gone, {})).location).toBe('/fr/proposals')
    expect((await proposing.get('/fr/proposals/envelopes/QC-M94')).status).toBe(404)
    // Whoever proposes the same code again does not read what became of the one before.
    await officer.send('POST', '/envelopes', { body: plannedEnvelope({ code: 'QC-M94' }) })
    const again = await proposing.get('/fr/proposals/envelopes/QC-M94')
    expect(saidBy(again).match(/saisie – officer/g)).toHaveLength(1)
  })
})

describe('a relation', () => {
  test('is proposed from an envelope’s page, and approved by another person', async () => {
    const plan = await proposing.get('/fr/envelopes/QC-M12')
    expect(plan.html).toContain('/fr/proposals/relations/new?from=QC-M12')
    const page = await proposing.get('/fr/proposals/relations/new?from=QC-M12')
    expect(page.html).toContain('value="QC-M12"')
    const done = await proposing.send(page, { ...relation, citation: markup })
    const path = `/fr/proposals/relations/${idIn(done.location)}`
    expect([done.status, done.location]).toEqual([303, path])
    const edit = await proposing.get(`${path}/edit`)
    expect(edit.html).not.toContain(markup)
    await proposing.send(edit, { ...relation, stated: 'false', citation: 'Somme ajoutée' })
    await proposing.send(await proposing.get(`${path}/submit`), {})
    const csv = await deciding.get('/fr/proposals/relations.csv?dialect=open')
    expect(csv.html).toContain('QC-M12,s’ajoute à,QC-M2,soumise,')
    expect((await deciding.get('/fr/proposals/relations.xlsx')).status).toBe(200)
    const approved = await deciding.send(await deciding.get(`${path}/approve`), {})
    expect(approved.location).toBe(path)
    expect(saidBy(await stranger.get('/fr/envelopes/QC-M12'))).toContain('s’ajoute à QC-M2')
    expect((await stranger.get(path)).status).toBe(404)
  })

  test.each([
    ['an envelope there is not', { to: 'QC-M99' }, 'to'],
    ['itself', { to: 'QC-M12' }, 'to'],
    ['no words quoted', { citation: '' }, 'citation'],
    ['unknown, without its low reading', { kind: 'unknown' }, 'ifNotAdditive'],
    ['a document there is not', { document: 'RIEN' }, 'document'],
    ['neither stated nor inferred', { stated: 'maybe' }, 'stated'],
  ])('is refused beside its field: %s', async (_what, change, field) => {
    const page = await proposing.get('/fr/proposals/relations/new')
    const refused = await proposing.send(page, { ...relation, ...change })
    expect(refused.status).toBe(422)
    expect(refused.html).toContain(`<a href="#f-${field}">`)
    expect(refused.html).toContain(`id="f-${field}"`)
  })

  test('is returned and deleted', async () => {
    const { body } = await officer.send('POST', '/relations', { body: plannedRelation() })
    const path = `/fr/proposals/relations/${body.id}`
    await proposing.send(await proposing.get(`${path}/submit`), {})
    await deciding.send(await deciding.get(`${path}/return`), { reason: 'À préciser' })
    expect(saidBy(await proposing.get(path))).toContain('Motif : À préciser')
    const gone = await proposing.send(await proposing.get(`${path}/delete`), {})
    expect(gone.location).toBe('/fr/proposals')
  })
})

describe('the queue of approvals', () => {
  test('leads to what is submitted to the budget', async () => {
    const page = await deciding.get('/fr/approvals')
    for (const list of ['commitments', 'revisions', 'year-end']) {
      expect(page.html).toContain(`href="/fr/${list}?state=submitted"`)
    }
    expect(page.html).toContain('href="/fr/proposals"')
  })
})

describe('the list of proposals', () => {
  test('is asked by state, on its page, in its files and over the API', async () => {
    const { body } = await officer.send('POST', '/envelopes', {
      body: plannedEnvelope({ code: 'QC-M80' }),
    })
    await officer.send('POST', '/envelopes', { body: plannedEnvelope({ code: 'QC-M81' }) })
    await officer.step('/envelopes/QC-M80/submit', body.version)
    const codes = async (query: string) => {
      const { html } = await deciding.get(`/fr/proposals${query}`)
      return [...html.matchAll(/\/fr\/proposals\/envelopes\/(QC-M8\d)"/g)].map(([, code]) => code)
    }
    expect(await codes('')).toEqual(['QC-M80', 'QC-M81'])
    expect(await codes('?state=submitted')).toEqual(['QC-M80'])
    expect(await codes('?state=draft')).toEqual(['QC-M81'])
    const csv = await deciding.get('/fr/proposals/envelopes.csv?state=draft&dialect=open')
    expect([csv.html.includes('QC-M81'), csv.html.includes('QC-M80')]).toEqual([true, false])
    const refused = await deciding.get('/fr/proposals?state=approved')
    expect([refused.status, saidBy(refused)]).toEqual([400, expect.stringContaining('À corriger')])
    const listed = async (state: string) =>
      (await officer.get(`/envelopes?state=${state}&limit=500`)).body.items.map(
        ({ code }: { code: string }) => code,
      )
    expect(await listed('draft')).toContain('QC-M81')
    expect(await listed('draft')).not.toContain('QC-M80')
    expect(await listed('approved')).not.toContain('QC-M81')
    await officer.send('POST', '/relations', { body: plannedRelation({ stated: false }) })
    const relations = (await officer.get('/relations?state=draft')).body.items
    expect(new Set(relations.map(({ state }: { state: string }) => state))).toEqual(
      new Set(['draft']),
    )
  })
})
