import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { givePassword, goodPassword } from '#test/support/browser.ts'
import { draft, submitted } from '#test/support/drafts.ts'
import { expectRefused, imported } from '#test/support/imports.ts'
import { freshKey, type Seen, textOf, type Visitor, visitor } from '#test/support/pages.ts'
import { sessionFor } from '#test/support/sessions.ts'

let app: TestApp
let officer: Person
let approver: Person
let entering: Visitor

const windowOf = async ({ email }: Person): Promise<Visitor> =>
  visitor(app, await sessionFor(app, email))

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
  entering = await windowOf(officer)
})
afterAll(() => app.close())

const saidBy = ({ html }: Seen): string => textOf(html).replaceAll('\u00a0', ' ')
const list = async (query: string) => (await officer.get(`/expenditures?${query}`)).body
const { organization: _organization, ...typed } = draft()

describe('entering an expenditure', () => {
  test('saves it, and begins the next one with its date and its measure', async () => {
    const page = await entering.get('/fr/expenditures/new')
    const saved = await entering.send(page, {
      ...typed,
      documentNumber: 'N-1',
      amount: '1 234,50 $',
    })
    expect(saved.status).toBe(303)
    const next = await entering.get(saved.location ?? '')
    expect(next.html).toMatch(/name="serviceDate"[^>]* value="2025-06-15"/)
    expect(next.html).toMatch(/name="measure"[^>]* value="QC-12"/)
    expect(next.html).toMatch(/name="documentNumber"[^>]* autofocus/)
    expect(saidBy(next)).toMatch(/Enregistrée : D-2025-2026-\d{6} , 1 234,50 \$/)
    expect((await list('text=N-1')).items).toMatchObject([{ state: 'draft', amount: '1234.50' }])
  })

  test('is done once, however often it is sent', async () => {
    const page = await entering.get('/fr/expenditures/new')
    const [first, second] = [
      await entering.send(page, { ...typed, documentNumber: 'N-2' }),
      await entering.send(page, { ...typed, documentNumber: 'N-2' }),
    ]
    expect(second.location).toBe(first.location)
    expect((await list('text=N-2')).count).toBe(1)
  })

  test('shows what is left before anything is saved, whoever spent it', async () => {
    const before = await list('')
    const page = await entering.get('/fr/expenditures/new')
    const checked = await entering.send(page, { measure: '12', amount: '2,5 M$', check: '1' })
    const shown = await entering.get(checked.location ?? '')
    expect(shown.html).toContain('value="2,5 M$"')
    const said = saidBy(shown)
    expect(said).toContain('Montant lu : 2 500 000,00 $')
    expect(said).toMatch(
      /Reste dans QC-M12 pour 20\d\d-20\d\d : [\d ]+,\d\d \$ ; après cette dépense/,
    )
    expect((await list('')).count).toBe(before.count)
  })

  test('counts what other members of a shared envelope spent', async () => {
    const ask = async () => {
      const query = new URLSearchParams({ measure: 'QC-3', serviceDate: '2025-06-15' })
      const { html, headers } = await entering.get(`/fr/expenditures/new/standing.html?${query}`)
      expect(String(headers['content-type'])).toContain('text/html')
      return html.replaceAll('\u00a0', ' ')
    }
    expect(await ask()).toContain('<strong>2 903 063,00 $</strong>')
    const other = await submitted(officer, { measure: 'QC-4', amount: '63.00', supplier: 'Autre' })
    expect(await ask()).toContain('data-total="63.00"')
    await approver.step(`/expenditures/${other.id}/approve`, other.version)
    expect(await ask()).toContain('<strong>2 903 000,00 $</strong>')
  })

  test.each([
    ['an amount in two readings', { amount: '1,234' }, /deux façons|ambig|1 234/],
    ['a day that is none', { serviceDate: '2025-02-30', amount: '1' }, /date/i],
    ['a measure that is none', { measure: 'QC-99' }, /n’existe pas dans le plan/],
    ['a self-funded measure', { measure: 'QC-6', amount: '5' }, /autofinancée/],
    ['more than is left', { measure: 'QC-12', amount: '900 000 000' }, /dépasse ce qui reste/],
    ['a year outside the term', { serviceDate: '2020-05-01' }, /hors de la durée/],
  ])('says so at once of %s', async (_what, change, sentence) => {
    const query = new URLSearchParams({ measure: 'QC-12', serviceDate: '2025-06-15', ...change })
    const answer = await entering.get(`/fr/expenditures/new/standing.html?${query}`)
    expect(answer.status).toBe(200)
    expect(answer.html.replaceAll('\u00a0', ' ')).toMatch(sentence)
  })

  test.each([
    ['missing', { supplier: '' }, 'supplier'],
    ['malformed', { amount: 'douze' }, 'amount'],
    ['ahead of today', { serviceDate: '2099-01-01' }, 'serviceDate'],
    ['too long', { description: 'x'.repeat(2001) }, 'description'],
    ['duplicated', { supplier: ['A', 'B'] }, 'supplier'],
    ['unknown to the plan', { measure: 'QC-99' }, 'measure'],
  ])('is refused beside its field when that is %s', async (_what, change, name) => {
    const page = await entering.get('/fr/expenditures/new')
    const refused = await entering.send(page, { ...typed, documentNumber: 'N-<3>', ...change })
    expect(refused.status).toBe(422)
    expect(refused.html).toContain(`<a href="#f-${name}">`)
    expect(refused.html).toMatch(
      new RegExp(`id="f-${name}" name="${name}"[^>]*aria-invalid="true"`),
    )
    expect(refused.html).toContain('value="N-&lt;3>"')
  })

  test('is not for another organization, nor for who does not enter', async () => {
    const page = await entering.get('/fr/expenditures/new')
    const other = await entering.send(page, { ...typed, organization: 'MJQ' })
    expect(other.status).toBe(403)
    const refused = await (await windowOf(approver)).get('/fr/expenditures/new')
    expect([refused.status, saidBy(refused)]).toEqual([
      403,
      expect.stringContaining('Votre rôle ne permet pas cette action'),
    ])
  })

  test('whose session ended is kept, and sent after signing in', async () => {
    // A new password ends the sessions of before.
    const colleague = await app.person('colleague', 'officer')
    await givePassword(app, colleague.email)
    const browser = await windowOf(colleague)
    const page = await browser.get('/fr/expenditures/new')
    browser.cookie = undefined
    const asked = await browser.send(page, { ...typed, documentNumber: 'N-9' })
    const resumed = await browser.send(asked, { email: colleague.email, password: goodPassword })
    expect(saidBy(resumed)).toContain('N-9')
    expect((await browser.send(resumed, {})).status).toBe(303)
    expect((await list('text=N-9')).count).toBe(1)
  })
})

describe('a block pasted from a spreadsheet', () => {
  const row = (document: string, amount: string, date = '2025-06-15', measure = '12') =>
    [date, measure, document, 'PIPQ', 'Projet', amount].join('\t')
  const paste = async (block: string, browser = entering) =>
    browser.send(await browser.get('/fr/expenditures/new/paste'), { block })

  test('becomes as many drafts, in one event', async () => {
    const rows = Array.from({ length: 20 }, (_, at) => row(`P-${at}`, `${at + 1},50`))
    const done = await paste(`${rows.join('\r\n')}\r\n`)
    expect(done.location).toBe('/fr/expenditures/new?entered=20')
    expect(saidBy(await entering.get(done.location ?? ''))).toContain(
      '20 brouillon(s) enregistré(s).',
    )
    expect(await list('text=P-&state=draft')).toMatchObject({ count: 20, total: '220.00' })
    const { rows: events } = await app.database.owner.query(
      `select subject from event where type = 'expenditures.entered'`,
    )
    expect(events).toEqual([{ subject: 'expenditures' }])
  })

  test('keeps the good rows, and brings back the others with what is wrong in each cell', async () => {
    const refused = await paste(
      [
        'Montant\tPièce\tDate\tMesure\tFournisseur\tDescription',
        '10,00 $\tQ-1\t25/04/2025\t12\tPIPQ\t"Deux\nlignes"',
        'dix\tQ-2\t03/04/2025\t12\t<i>PIPQ</i>\tProjet',
        '12,00\tQ-3\t04/04/2025\tQC-99\tPIPQ\tProjet',
        '',
        'Total\t22,00',
      ].join('\n'),
    )
    expect(refused.status).toBe(422)
    expect(saidBy(refused)).toContain('1 brouillon(s) enregistré(s); 2 ligne(s) à corriger.')
    expect(refused.html).toContain('<a href="#f-lines-0-amount">Ligne 1, Montant')
    expect(refused.html).toContain('<a href="#f-lines-1-measure">Ligne 2, Mesure')
    expect(refused.html).toContain('value="&lt;i>PIPQ&lt;/i>"')
    expect(refused.html).toContain(
      'name="lines.0.serviceDate" aria-label="Ligne 1, Date de service"',
    )
    expect(refused.html).toContain('value="2025-04-03"')
    expect((await list('text=Q-')).items).toMatchObject([
      { documentNumber: 'Q-1', serviceDate: '2025-04-25', amount: '10.00' },
    ])
    const line = { supplier: 'PIPQ', description: 'Projet', serviceDate: '2025-04-03' }
    const lines = [
      { ...line, documentNumber: 'Q-2', amount: '11,00', measure: '12' },
      { ...line, documentNumber: 'Q-3', amount: '12,00', measure: '13' },
    ]
    const fields = Object.fromEntries(
      lines.flatMap((each, at) =>
        Object.entries(each).map(([name, value]) => [`lines.${at}.${name}`, value]),
      ),
    )
    const done = await entering.send(refused, fields)
    expect(done.location).toBe('/fr/expenditures/new?entered=2')
    expect(await list('text=Q-')).toMatchObject({ count: 3, total: '33.00' })
  })

  test('sent twice is entered once, and answered the same', async () => {
    const page = await entering.get('/fr/expenditures/new/paste')
    const block = [row('R-1', '1,00'), row('R-2', 'x')].join('\n')
    const [first, second] = [
      await entering.send(page, { block }),
      await entering.send(page, { block }),
    ]
    expect([first.status, second.status]).toEqual([422, 422])
    expect(saidBy(second)).toContain('1 brouillon(s) enregistré(s); 1 ligne(s) à corriger.')
    expect((await list('text=R-1')).count).toBe(1)
  })

  test('flags a row that says the same as the one before it', async () => {
    await paste([row('T-1', '1,00'), row('T-1', '1,00')].join('\n'))
    const { items } = await list('text=T-1')
    const flags = items.map((item: { flags: string[] }) => item.flags)
    expect(flags.toSorted()).toEqual([[], ['possible-duplicate']])
  })

  test.each([
    ['without a row', 'Date\tMontant\n', 'aucune ligne de dépense'],
    ['with a column too many', `${row('U-1', '1')}\tautre`, 'une colonne sans titre connu'],
    [
      'with a column of no known name',
      'Date\tMontant\tCouleur\n2025-06-15\t1\trouge',
      'sans titre',
    ],
    ['with a column twice', 'Date\tMontant\tAmount\n2025-06-15\t1\t2', 'qui disent la même chose'],
    [
      'too long',
      Array.from({ length: 501 }, (_, at) => row(`V-${at}`, '1')).join('\n'),
      'le maximum est 500',
    ],
  ])('is refused whole %s', async (_what, block, sentence) => {
    const before = (await list('')).count
    const refused = await paste(block)
    expect([refused.status, saidBy(refused)]).toEqual([422, expect.stringContaining(sentence)])
    expect(refused.html).toContain('<a href="#f-block">')
    expect((await list('')).count).toBe(before)
  })

  test('is missing, or for an organization of others', async () => {
    expect((await paste('')).status).toBe(422)
    const foreign = await paste(
      'Organisme\tDate\tMesure\tPièce\tFournisseur\tDescription\tMontant\n' +
        'MJQ\t2025-06-15\t12\tW-1\tPIPQ\tProjet\t1',
    )
    expect([foreign.status, foreign.html]).toEqual([
      422,
      expect.stringContaining('<a href="#f-lines-0-organization">'),
    ])
  })
})

describe('several drafts', () => {
  test('are submitted together, and verify holds', async () => {
    const page = await entering.get('/fr/expenditures/new')
    const chosen = (await list('state=draft&limit=500')).items as { id: string; version: number }[]
    const fields = Object.fromEntries(chosen.map(({ id, version }) => [`rows.${id}`, `${version}`]))
    const action = '/fr/expenditures/new/submit'
    const stale = await entering.send(
      page,
      { ...fields, [`rows.${chosen[0]?.id}`]: '9' },
      { action },
    )
    expect(stale.status).toBe(412)
    expect(stale.html).toContain(`<a href="#f-rows-${chosen[0]?.id}">`)
    const done = await entering.send(page, { ...fields }, { action })
    expect(done.location).toBe(`/fr/expenditures/new?submitted=${chosen.length}`)
    expect((await list('state=draft')).count).toBe(0)
    const none = await entering.send(page, { key: freshKey() }, { action })
    expect(none.status).toBe(422)
    const auditor = await app.person('auditor', 'auditor')
    expect((await auditor.get('/verify')).body).toMatchObject({ isIntact: true })
  })

  test('are shown to who opens them as entered and submitted with others', async () => {
    const { items } = await list('text=P-1&limit=1')
    const page = await entering.get(`/fr/expenditures/${items[0].id}`)
    expect(saidBy(page)).toMatch(/saisie avec d’autres – .*soumise avec d’autres –/)
  })

  test('that came from an import and changed are not approved with it', async () => {
    const batch = await imported(officer, [{ piece: 'I-1' }, { piece: 'I-2' }], true)
    const { items } = await list('text=I-1')
    const { id, version } = items[0]
    await approver.step(`/expenditures/${id}/return`, version, { reason: 'À revoir' })
    await officer.send('PATCH', `/expenditures/${id}`, {
      version: version + 1,
      body: { amount: '9.00' },
    })
    const page = await entering.get('/fr/expenditures/new')
    const done = await entering.send(
      page,
      { [`rows.${id}`]: `${version + 2}` },
      { action: '/fr/expenditures/new/submit' },
    )
    expect(done.location).toContain('submitted=1')
    const refused = await approver.step(`/imports/${batch.id}/approve`, batch.version)
    expectRefused(refused, 409, 'imports/documents-in-the-way')
    expect(refused.body.errors).toMatchObject([{ code: 'expenditures/stale' }])
  })
})
