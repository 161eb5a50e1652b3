import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { commit, commitment, correct, proposed } from '#test/support/commitments.ts'
import { post } from '#test/support/drafts.ts'
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
const read = async (id: string) => (await officer.get(`/commitments/${id}`)).body
const entered = async (change: Record<string, unknown> = {}) =>
  (await officer.send('POST', '/commitments', { body: commitment(change) })).body
const count = async (): Promise<number> => (await officer.get('/commitments')).body.count
const markup = '<script>alert(1)</script>'

describe('the list of commitments', () => {
  test('says what it adds up to, and what remains committed is the link of its own list', async () => {
    await commit(officer, approver, { supplier: 'Liste', amount: '10.25' })
    await entered({ supplier: 'Liste', amount: '0.50' })
    const page = await entering.get('/fr/commitments?supplier=Liste')
    expect(page.html).toContain('data-list-total="10.75"')
    const href = /href="([^"]*)" data-total="10\.25"/.exec(page.html)?.[1] ?? ''
    const held = await entering.get(href.replaceAll('&amp;', '&'))
    expect(held.html).toContain('data-list-total="10.25"')
    expect(saidBy(held)).not.toContain('0,50')
  })

  test('is a file too, with the same rows and totals', async () => {
    const csv = await entering.get('/en/commitments.csv?supplier=Liste&dialect=open')
    const lines = csv.html.trimEnd().split('\n')
    expect(lines).toHaveLength(4)
    expect(lines.at(-1)).toMatch(/^total,.*,10\.75,0\.00,0\.00,10\.25,/)
    const file = await entering.get('/fr/commitments.xlsx?supplier=Liste')
    expect([file.status, file.headers['content-disposition']]).toEqual([
      200,
      'attachment; filename=commitments.xlsx',
    ])
  })

  test('is read page by page, whatever the page its total is the whole’s', async () => {
    const first = await entering.get('/fr/commitments?supplier=Liste&limit=1')
    const next = /href="([^"]*cursor=[^"]*)"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&')
    const second = await entering.get(next ?? '')
    expect(second.html).toContain('data-list-total="10.75"')
    expect(second.html).not.toContain('rel="next"')
    expect((await entering.get('/fr/commitments?cursor=x')).status).toBe(400)
  })

  test.each([
    ['fiscalYear=2025', 'Exercice demandé'],
    ['state=lost', 'État'],
  ])('asks again for what it cannot answer: %s', async (query, label) => {
    const page = await entering.get(`/fr/commitments?${query}`)
    expect([page.status, saidBy(page)]).toEqual([400, expect.stringContaining(label)])
    expect(page.html).toContain('aria-invalid="true"')
  })
})

describe('a commitment', () => {
  test('is entered, changed, submitted, returned with a reason and approved', async () => {
    const form = await entering.get('/fr/commitments/new?envelope=QC-M12')
    expect(form.html).toContain('value="QC-M12"')
    const done = await entering.send(form, commitment({ amount: '1 000,00 $' }))
    const id = idIn(done.location)
    expect([done.status, done.location]).toEqual([303, `/fr/commitments/${id}`])
    const edit = await entering.get(`/fr/commitments/${id}/edit`)
    await entering.send(edit, commitment({ amount: '900,00', envelope: '' }))
    await entering.send(await entering.get(`/fr/commitments/${id}/submit`), {})
    const back = await deciding.get(`/fr/commitments/${id}/return`)
    expect((await deciding.send(back, {})).status).toBe(422)
    await deciding.send(back, { reason: markup })
    const returned = await entering.get(`/fr/commitments/${id}`)
    expect(saidBy(returned)).toContain(`retourné – approver@vigie.test Motif : ${markup}`)
    expect(returned.html).not.toContain(markup)
    await entering.send(await entering.get(`/fr/commitments/${id}/submit`), {})
    const approve = await deciding.get(`/fr/commitments/${id}/approve`)
    expect((await deciding.send(approve, {})).location).toBe(`/fr/commitments/${id}`)
    expect(await read(id)).toMatchObject({ state: 'approved', amount: '900.00' })
  })

  test('shows entry by entry what became of its money, and what remains', async () => {
    const { id, number } = await commit(officer, approver, { amount: '100.00', reference: 'M-1' })
    const spent = await post(officer, approver, {
      documentNumber: 'M-2',
      amount: '60.00',
      commitment: id,
    })
    await correct([officer, approver], spent, 'reverse')
    const again = await post(officer, approver, {
      documentNumber: 'M-3',
      amount: '30.00',
      commitment: id,
    })
    const page = await entering.get(`/fr/commitments/${id}`)
    expect(saidBy(page)).toContain('Reste engagé 70,00 $')
    expect(page.html).toContain(`<a href="/fr/expenditures/${again.id}"`)
    const csv = await entering.get(`/fr/commitments/${id}/movements.csv?dialect=open`)
    const amounts = csv.html.trimEnd().split('\n').slice(1)
    expect(amounts.map((line) => line.split(',').slice(1, 4))).toEqual([
      ['engagement', number, '100.00'],
      ['dépense', spent.number, '-60.00'],
      ['contre-passation (dépense)', spent.number, '60.00'],
      ['dépense', again.number, '-30.00'],
      ['', '', '70.00'],
    ])
    expect((await entering.get(`/fr/commitments/${id}/movements.xlsx`)).status).toBe(200)
    expect((await entering.get(`/fr/expenditures/${again.id}`)).html).toContain(
      `href="/fr/commitments/${id}"`,
    )
  })

  test('is released in part, then for what remains, which closes it', async () => {
    const { id } = await commit(officer, approver, { amount: '100.00', reference: 'R-1' })
    const release = await deciding.get(`/fr/commitments/${id}/release`)
    const above = await deciding.send(release, { amount: '100,01', reason: 'Trop' })
    expect([above.status, saidBy(above)]).toEqual([422, expect.stringContaining('100,00 $')])
    expect(above.html).toMatch(/<a href="#f-amount">Montant/)
    await deciding.send(above, { amount: '40,00', reason: 'Contrat réduit' })
    const rest = await deciding.get(`/fr/commitments/${id}/release`)
    await deciding.send(rest, { reason: 'Contrat terminé' })
    expect(await read(id)).toMatchObject({ state: 'closed', released: '100.00' })
    const closed = await entering.get(`/fr/commitments/${id}`)
    expect(saidBy(closed)).toContain('Il est fermé')
  })

  test('above what the envelope can bear says every operand, and stays as it was', async () => {
    const { id } = await proposed(officer, { amount: '90000000.00', reference: 'H-1' })
    const refused = await deciding.send(await deciding.get(`/fr/commitments/${id}/approve`), {})
    expect([refused.status, saidBy(refused)]).toEqual([
      422,
      expect.stringContaining('dépasse la marge de QC-M12'),
    ])
    expect(saidBy(refused)).toMatch(/non réparti .*insuffisance .*disponible de toute la durée/)
    expect((await read(id)).state).toBe('submitted')
  })

  test('is deleted while it is a draft, once', async () => {
    const { id } = await entered({ reference: 'X-1' })
    const form = await entering.get(`/fr/commitments/${id}/delete`)
    expect((await entering.send(form, {})).location).toBe('/fr/commitments?state=draft')
    expect((await entering.get(`/fr/commitments/${id}`)).status).toBe(404)
  })
})

describe('what is wrong with a commitment', () => {
  test('stands beside its field, and what was typed is kept', async () => {
    const before = await count()
    const form = await entering.get('/fr/commitments/new')
    const { supplier: _supplier, ...rest } = commitment({ amount: '1,234', description: markup })
    const refused = await entering.send(form, rest)
    expect(refused.status).toBe(422)
    expect(refused.html).toMatch(/<a href="#f-amount">Montant/)
    expect(refused.html).toMatch(/<a href="#f-supplier">Fournisseur ou bénéficiaire/)
    expect(refused.html).toContain('value="1,234"')
    expect(refused.html).not.toContain(markup)
    const long = await entering.send(form, commitment({ reference: 'x'.repeat(101) }))
    expect(saidBy(long)).toContain('au plus 100 caractères')
    const strange = await entering.send(form, { ...commitment(), colour: 'red' })
    expect(strange.status).toBe(422)
    const unknown = await entering.send(form, commitment({ measure: 'QC-99' }))
    expect(unknown.html).toMatch(/<a href="#f-measure">Mesure/)
    const unfunded = await entering.send(form, commitment({ measure: 'QC-6' }))
    expect(saidBy(unfunded)).toContain('est autofinancée')
    expect(await count()).toBe(before)
  })

  test('nothing, when it is sent twice: it is entered once', async () => {
    const before = await count()
    const form = await entering.get('/fr/commitments/new')
    const first = await entering.send(form, commitment({ reference: 'D-1' }))
    const second = await entering.send(form, commitment({ reference: 'D-1' }))
    expect([second.status, second.location]).toEqual([303, first.location])
    expect(await count()).toBe(before + 1)
  })

  test('is said when it changed meanwhile, or is at another point', async () => {
    const { id } = await entered({ reference: 'V-1' })
    const edit = await entering.get(`/fr/commitments/${id}/edit`)
    await officer.send('PATCH', `/commitments/${id}`, { version: 1, body: { amount: '2.00' } })
    const stale = await entering.send(edit, commitment())
    expect([stale.status, saidBy(stale)]).toEqual([412, expect.stringContaining('Relisez-le')])
    const unversioned = await entering.post(`/fr/commitments/${id}/submit`, {
      csrf: /name="csrf" value="([^"]*)"/.exec(edit.html)?.[1] ?? '',
      key: freshKey(),
    })
    expect(unversioned.status).toBe(400)
    await officer.step(`/commitments/${id}/submit`, 2)
    const late = await entering.get(`/fr/commitments/${id}/edit`)
    expect(saidBy(late)).toContain('n’est pas possible maintenant')
  })

  test('is that it is one’s own, somebody else’s, or of another role', async () => {
    const both = await app.person('both', 'officer')
    await app.person('both', 'approver')
    const window = await windowOf(both)
    const { id, version } = (await both.send('POST', '/commitments', { body: commitment() })).body
    await both.step(`/commitments/${id}/submit`, version)
    const own = await window.get(`/fr/commitments/${id}/approve`)
    expect(saidBy(own)).toContain('n’est pas possible maintenant')
    expect((await deciding.get('/fr/commitments/new')).status).toBe(403)
    expect((await entering.get(`/fr/commitments/${id}/approve`)).status).toBe(403)
    const stranger = await windowOf(await app.person('jurist', 'officer', 'MJQ'))
    expect((await stranger.get(`/fr/commitments/${id}`)).status).toBe(404)
    expect((await stranger.get(`/fr/commitments/${id}/movements.csv`)).status).toBe(404)
    const form = await stranger.get('/fr/commitments/new')
    const refused = await stranger.send(form, commitment({ organization: 'MSP' }))
    expect(refused.status).toBe(403)
  })
})

describe('the pages of the plan', () => {
  test('lead from what is committed to the commitments that make it', async () => {
    const envelope = await entering.get('/fr/envelopes/QC-M12')
    const [, href = '', total = ''] =
      /href="(\/fr\/commitments\?[^"]*)" data-total="([^"]*)"/.exec(envelope.html) ?? []
    const list = await entering.get(href.replaceAll('&amp;', '&'))
    expect(list.html).toContain(`data-list-total="${total}"`)
    expect(total).not.toBe('0.00')
    const stranger = await windowOf(await app.person('prosecutor', 'officer', 'DPCP'))
    const theirs = await stranger.get('/fr/envelopes/QC-M12')
    expect(theirs.html).not.toMatch(/href="\/fr\/commitments\?[^"]*" data-total/)
  })
})
