import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { draft, post, submitted } from '#test/support/drafts.ts'
import { freshKey, type Seen, textOf, type Visitor, visitor } from '#test/support/pages.ts'
import { sessionFor } from '#test/support/sessions.ts'

let app: TestApp
let officer: Person
let approver: Person
let entering: Visitor
let deciding: Visitor

const windowOf = async ({ email }: Person): Promise<Visitor> =>
  visitor(app, await sessionFor(app, email))

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
  entering = await windowOf(officer)
  deciding = await windowOf(approver)
})
afterAll(() => app.close())

const saidBy = ({ html }: Seen): string => textOf(html).replaceAll('\u00a0', ' ')
const idIn = (text = ''): string => /[0-9a-f-]{36}/.exec(text)?.[0] ?? ''
const read = async (id: string) => (await officer.get(`/expenditures/${id}`)).body
const entered = async (change: Record<string, unknown> = {}) =>
  (await officer.send('POST', '/expenditures', { body: draft(change) })).body

describe('the list of expenditures', () => {
  test('says what its question adds up to, and its files say the same', async () => {
    await post(officer, approver, { documentNumber: 'L-1', supplier: 'Liste', amount: '10.25' })
    await entered({ documentNumber: 'L-2', supplier: 'Liste', amount: '0.50' })
    const page = await entering.get('/fr/expenditures?text=Liste')
    expect(page.html).toContain('data-list-total="10.75"')
    const drafts = await entering.get('/fr/expenditures?text=Liste&state=draft')
    expect(drafts.html).toContain('data-list-total="0.50"')
    expect(saidBy(drafts)).not.toContain('10,25')
    const csv = await entering.get('/en/expenditures.csv?text=Liste&dialect=open')
    expect(csv.html).toMatch(/\ntotal,/)
    expect(csv.html).toContain('10.75')
    const file = await entering.get('/fr/expenditures.xlsx?text=Liste')
    expect([file.status, file.headers['content-disposition']]).toEqual([
      200,
      'attachment; filename=expenditures.xlsx',
    ])
  })

  test('is read page by page, whatever the page its total is the whole’s', async () => {
    const first = await entering.get('/fr/expenditures?text=Liste&limit=1')
    expect(first.html).toContain('data-list-total="10.75"')
    const next = /href="([^"]*cursor=[^"]*)"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&')
    const second = await entering.get(next ?? '')
    expect(second.html).toContain('data-list-total="10.75"')
    expect(second.html).not.toContain('rel="next"')
  })

  test.each([
    ['fiscalYear=2025', 'Exercice'],
    ['from=hier', 'Du'],
    ['state=lost', 'État'],
    ['period=13', 'Période'],
    ['funding=gold', 'Financement'],
  ])('asks again for what it cannot answer: %s', async (query, label) => {
    const page = await entering.get(`/fr/expenditures?${query}`)
    expect(page.status).toBe(400)
    expect(saidBy(page)).toContain(label)
    expect(page.html).toContain('aria-invalid="true"')
    expect(page.html).toContain(query.split('=')[1])
  })

  test('refuses a cursor of somebody’s making', async () => {
    expect((await entering.get('/fr/expenditures?cursor=x')).status).toBe(400)
  })
})

describe('an expenditure', () => {
  test('shows what it says, who did what and why, to who may open it', async () => {
    const { id, version } = await submitted(officer, {
      documentNumber: 'S-1',
      supplier: '<b>Non</b>',
    })
    await approver.step(`/expenditures/${id}/return`, version, { reason: 'Pièce illisible' })
    const page = await entering.get(`/fr/expenditures/${id}`)
    expect(page.html).toContain('&lt;b>Non&lt;/b>')
    const text = saidBy(page)
    expect(text).toContain('1 234,50 $')
    expect(text).toContain('15 juin 2025')
    expect(text).toMatch(/saisie – officer@vigie.test.*soumise.*retournée – approver@vigie.test/)
    expect(text).toContain('Motif : Pièce illisible')
    const stranger = await windowOf(await app.person('stranger', 'officer', 'MJQ'))
    const refused = await stranger.get(`/fr/expenditures/${id}`)
    expect([refused.status, saidBy(refused)]).toEqual([
      404,
      expect.stringContaining('n’existe pas, ou vous n’y avez pas accès'),
    ])
  })

  test('goes through its steps by forms alone', async () => {
    const { id } = await entered({ documentNumber: 'S-2' })
    const edit = await entering.get(`/fr/expenditures/${id}/edit`)
    const changed = await entering.send(edit, { ...draft({ documentNumber: 'S-2b' }) })
    expect([changed.status, changed.location]).toEqual([303, `/fr/expenditures/${id}`])
    const handed = await entering.send(await entering.get(`/fr/expenditures/${id}/submit`), {})
    expect([handed.status, (await read(id)).state]).toEqual([303, 'submitted'])
    const approving = await deciding.get(`/fr/expenditures/${id}/approve`)
    expect((await deciding.send(approving, {})).status).toBe(303)
    const refund = await entering.get(`/fr/expenditures/${id}/refund`)
    const asked = await entering.send(refund, {
      amount: '34,50',
      date: '2025-06-20',
      reason: 'Trop payé',
    })
    expect(asked.status).toBe(303)
    const request = (await read(id)).requests[0].id
    const path = `/fr/expenditures/${id}/requests/${request}/approve`
    expect((await deciding.get(`/fr/expenditures/${id}`)).html).toContain(path)
    const decision = await deciding.get(path)
    expect(saidBy(decision)).toContain('remboursement , demandée par officer@vigie.test')
    await deciding.send(
      decision,
      {},
      { action: `/fr/expenditures/${id}/requests/${request}/approve` },
    )
    expect(await read(id)).toMatchObject({ state: 'posted', refunded: '34.50' })
    expect(saidBy(await entering.get(`/fr/expenditures/${id}`))).toContain('1 200,00 $')
  })

  test('has a request refused with a reason, and is moved or reversed by another', async () => {
    const { id } = await post(officer, approver, { documentNumber: 'S-3' })
    const ask = async (step: string, fields: Record<string, string>) =>
      entering.send(await entering.get(`/fr/expenditures/${id}/${step}`), fields)
    expect((await ask('reverse', { reason: 'Erreur' })).status).toBe(303)
    const requestId = (await read(id)).requests[0].id
    const refusal = await deciding.get(`/fr/expenditures/${id}/requests/${requestId}/refuse`)
    expect((await deciding.send(refusal, {})).status).toBe(422)
    expect((await deciding.send(refusal, { reason: 'Non' })).status).toBe(303)
    const moved = await ask('reclassify', {
      measure: 'QC-13',
      serviceDate: '2025-06-15',
      reason: 'Mauvaise mesure',
    })
    expect(moved.status).toBe(303)
    const second = (await read(id)).requests[1].id
    const approval = await deciding.get(`/fr/expenditures/${id}/requests/${second}/approve`)
    expect((await deciding.send(approval, {})).status).toBe(303)
    const reversed = await read(id)
    expect(reversed.state).toBe('reversed')
    expect((await entering.get(`/fr/expenditures/${id}`)).html).toContain(
      `/fr/expenditures/${reversed.reclassifiedTo}`,
    )
  })

  test('says what is wrong beside its field, and keeps what was typed', async () => {
    const { id } = await entered({ documentNumber: 'S-4' })
    const edit = await entering.get(`/fr/expenditures/${id}/edit`)
    const { supplier: _supplier, ...rest } = draft({ amount: '1,234', measure: 'QC-99' })
    const refused = await entering.send(edit, rest)
    expect(refused.status).toBe(422)
    expect(refused.html).toMatch(/<a href="#f-amount">Montant/)
    expect(refused.html).toMatch(/<a href="#f-supplier">Fournisseur/)
    expect(refused.html).toContain('value="1,234"')
    const unknown = await entering.send(edit, draft({ measure: 'QC-99' }))
    expect(unknown.html).toMatch(/<a href="#f-measure">Mesure/)
    const none = await entering.send(edit, draft({ commitment: 'E-2025-2026-000009' }))
    expect([none.status, saidBy(none)]).toEqual([
      422,
      expect.stringContaining('Cet engagement n’existe pas.'),
    ])
  })

  test('that changed meanwhile, or is at another point, is shown as it is now', async () => {
    const { id } = await entered({ documentNumber: 'S-5' })
    const edit = await entering.get(`/fr/expenditures/${id}/edit`)
    await officer.send('PATCH', `/expenditures/${id}`, { version: 1, body: { amount: '2.00' } })
    const stale = await entering.send(edit, draft())
    expect([stale.status, saidBy(stale)]).toEqual([412, expect.stringContaining('Relisez-la')])
    await officer.step(`/expenditures/${id}/submit`, 2)
    const late = await entering.get(`/fr/expenditures/${id}/edit`)
    expect(saidBy(late)).toContain('n’est pas possible maintenant')
    const own = await deciding.get(`/fr/expenditures/${id}/reverse`)
    expect(own.status).toBe(403)
  })

  test('is deleted while it is a draft, once', async () => {
    const { id } = await entered({ documentNumber: 'S-6' })
    const form = await entering.get(`/fr/expenditures/${id}/delete`)
    const first = await entering.send(form, {})
    const second = await entering.send(form, {})
    expect([first.status, first.location]).toEqual([303, '/fr/expenditures/new'])
    expect(second.status).toBe(404)
    expect((await entering.get(`/fr/expenditures/${id}`)).status).toBe(404)
  })
})

describe('the queue of approvals', () => {
  test('says why each line is flagged, and approves those that are chosen', async () => {
    const one = await submitted(officer, { documentNumber: 'A-1', amount: '1.00' })
    const two = await submitted(officer, { documentNumber: 'A-2', amount: '2.00' })
    await submitted(officer, { documentNumber: 'A-2', amount: '2.00' })
    const page = await deciding.get('/fr/approvals')
    expect(saidBy(page)).toContain('doublon possible – Une autre dépense de MSP')
    expect(page.html).toMatch(/data-list-total="\d+\.\d\d"/)
    const chosen = Object.fromEntries([one, two].map((each) => [`rows.${each.id}`, '2']))
    const done = await deciding.send(page, chosen)
    expect(done.location).toBe('/fr/approvals?approved=2')
    expect(saidBy(await deciding.get(done.location ?? ''))).toContain('2 dépense(s) approuvée(s).')
    expect([(await read(one.id)).state, (await read(two.id)).state]).toEqual(['posted', 'posted'])
  })

  test('approves all or nothing, and says which one kept the others', async () => {
    const one = await submitted(officer, { documentNumber: 'B-1', amount: '1.00' })
    const two = await submitted(officer, { documentNumber: 'B-2', amount: '2.00' })
    const page = await deciding.get('/fr/approvals')
    const refused = await deciding.send(page, { [`rows.${one.id}`]: '2', [`rows.${two.id}`]: '7' })
    expect(refused.status).toBe(412)
    expect(refused.html).toContain(`<a href="#f-rows-${two.id}">`)
    expect((await read(one.id)).state).toBe('submitted')
    const nothing = await deciding.send(page, {})
    expect(nothing.status).toBe(422)
    const malformed = await deciding.send(page, { 'rows.x': '1' })
    expect(malformed.status).toBe(422)
  })

  test('asks for a justification where one is needed', async () => {
    const over = await submitted(officer, { documentNumber: 'C-1', amount: '90000000.00' })
    const page = await deciding.get('/fr/approvals')
    expect(page.html).toContain(`name="justifications.${over.id}"`)
    const chosen = { [`rows.${over.id}`]: '2' }
    const refused = await deciding.send(page, chosen)
    expect([refused.status, saidBy(refused)]).toEqual([422, expect.stringContaining('dépasse')])
    const said = { [`justifications.${over.id}`]: 'Décision du comité' }
    expect((await deciding.send(page, { ...chosen, ...said, key: freshKey() })).status).toBe(303)
    expect((await read(over.id)).justification).toBe('Décision du comité')
  })

  test('returns one with its reason, and is a file too', async () => {
    const { id } = await submitted(officer, { documentNumber: 'E-1' })
    const form = await deciding.get(`/fr/expenditures/${id}/return`)
    expect((await deciding.send(form, {})).status).toBe(422)
    const done = await deciding.send(form, { reason: 'Mauvais fournisseur' })
    expect(idIn(done.location)).toBe(id)
    expect(saidBy(await deciding.get(done.location ?? ''))).toContain('retournée en brouillon')
    expect((await deciding.get('/fr/approvals.csv')).html).toContain('total')
    expect((await deciding.get('/fr/approvals.xlsx')).status).toBe(200)
  })
})
