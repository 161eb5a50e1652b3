import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readAllRevisions } from '#features/funding/revision-document.actions.ts'
import { view } from '#features/identity/context.public.ts'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { type Fields, type Seen, textOf, type Visitor, visitor } from '#test/support/pages.ts'
import { revise, revision, submittedRevision } from '#test/support/revisions.ts'
import { sessionFor } from '#test/support/sessions.ts'

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
})
afterAll(() => app.close())

const saidBy = ({ html }: Seen): string => textOf(html).replaceAll('\u00a0', ' ')
const idIn = (text = ''): string => /[0-9a-f-]{36}/.exec(text)?.[0] ?? ''
const read = async (id: string) => (await officer.get(`/revisions/${id}`)).body
const count = async (): Promise<number> => (await officer.get('/revisions')).body.count
const markup = '<script>alert(1)</script>'

type Line = readonly [envelope: string, amount: string, measure?: string, fiscalYear?: string]

/** What the form of a revision sends, its lines where they are in the form. */
function typed(kind: string, lines: readonly Line[], first = 0): Fields {
  const { reason, documentReference, effectiveOn } = revision()
  const fields = lines.flatMap(([envelope, amount, measure = '', fiscalYear = ''], place) =>
    Object.entries({ envelope, amount, measure, fiscalYear }).map(
      ([name, value]) => [`lines.${first + place}.${name}`, value] as const,
    ),
  )
  return { kind, reason, documentReference, effectiveOn, ...Object.fromEntries(fields) }
}

const form = (query = '') => preparing.get(`/fr/revisions/new${query}`)

describe('the list of revisions', () => {
  test('is no file of a page where it is longer than one holds', async () => {
    await revise({ officer, approver })
    const roles = [{ role: 'officer', organization: 'MSP' }] as const
    const actor = { email: officer.email, roles }
    const reader = { actor, request: 'test', operatingSystemUser: null }
    const listed = (max: number) =>
      view(app.database.service, reader, (viewing) => readAllRevisions(viewing, {}, max))
    expect((await listed(1)).length).toBe(1)
    await expect(listed(0)).rejects.toMatchObject({ code: 'funding/too-many-lines' })
  })

  test('shows each line, leads to its document, and is a file with the same rows', async () => {
    const two = { officer, approver }
    const { id, number } = await submittedRevision(two, { documentReference: 'CT L-1' })
    await revise(two)
    const page = await preparing.get('/fr/revisions?state=submitted&envelope=QC-COMMUNICATION')
    expect(page.html).toContain(`<a href="/fr/revisions/${id}">${number}</a>`)
    expect(saidBy(page)).toContain('1 révision(s)')
    const asked = 'state=submitted&envelope=QC-COMMUNICATION'
    const csv = await preparing.get(`/fr/revisions.csv?${asked}&dialect=open`)
    expect(csv.html.trimEnd().split('\n')).toHaveLength(2)
    expect(csv.html).toContain(`${number},soumise,crédit supplémentaire,2026-11-02,1`)
    expect((await preparing.get(`/fr/revisions.xlsx?${asked}`)).status).toBe(200)
    expect((await preparing.get(`/fr/revisions/${id}/lines.csv`)).html).toContain(number)
    expect((await preparing.get(`/fr/revisions/${id}/lines.xlsx`)).status).toBe(200)
  })

  test('is read page by page', async () => {
    const first = await preparing.get('/fr/revisions?limit=1')
    const next = /href="([^"]*cursor=[^"]*)"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&')
    const second = await preparing.get(next ?? '')
    expect([second.status, saidBy(second)]).toEqual([200, expect.stringContaining('Première page')])
  })

  test.each(['kind=gift', 'state=lost', 'cursor=x'])('asks again for %s', async (query) => {
    expect((await preparing.get(`/fr/revisions?${query}`)).status).toBe(400)
  })
})

describe('a revision', () => {
  test.each([
    ['supplement', [['QC-M12', '1 000,00 $']]],
    ['reduction', [['QC-M12', '500,00']]],
    [
      'transfer',
      [
        ['QC-M12', '-250,00'],
        ['QC-COMMUNICATION', '250,00'],
      ],
    ],
    [
      'distribution',
      [
        ['QC-COMMUNICATION', '-300,00'],
        ['QC-COMMUNICATION', '100,00', '3', '2025-2026'],
        ['QC-COMMUNICATION', '200,00', 'A1', '2024-25'],
      ],
    ],
  ] as const)('of the kind %s is prepared, submitted and approved', async (kind, lines) => {
    const page = await form(`?kind=${kind}`)
    expect(page.html).toContain(`<option value="${kind}" selected>`)
    // The first rows of the form are left empty.
    const done = await preparing.send(page, typed(kind, lines, 2))
    const id = idIn(done.location)
    expect([done.status, done.location]).toEqual([303, `/fr/revisions/${id}`])
    await preparing.send(await preparing.get(`/fr/revisions/${id}/submit`), {})
    const approved = await deciding.send(await deciding.get(`/fr/revisions/${id}/approve`), {})
    expect(approved.location).toBe(`/fr/revisions/${id}`)
    expect(await read(id)).toMatchObject({ kind, state: 'approved' })
    expect((await read(id)).lines).toHaveLength(lines.length)
    const shown = await preparing.get(`/fr/revisions/${id}`)
    expect(saidBy(shown)).toMatch(/saisie – .*soumise – .*approuvée – approver@vigie\.test/)
    expect((await preparing.get('/fr/envelopes/QC-COMMUNICATION')).status).toBe(200)
  })

  test('is changed, returned with its reason and deleted while it is a draft', async () => {
    const done = await preparing.send(await form(), typed('supplement', [['QC-M12', '1,00']]))
    const id = idIn(done.location)
    const edit = await preparing.get(`/fr/revisions/${id}/edit`)
    expect(edit.html).toContain('value="QC-M12"')
    const changed = [
      ['QC-M12', '2,00'],
      ['QC-M2', '3,00'],
    ] as const
    await preparing.send(edit, typed('supplement', changed))
    expect((await read(id)).lines.map(({ amount }: { amount: string }) => amount)).toEqual([
      '2.00',
      '3.00',
    ])
    await preparing.send(await preparing.get(`/fr/revisions/${id}/submit`), {})
    const back = await deciding.get(`/fr/revisions/${id}/return`)
    expect((await deciding.send(back, {})).status).toBe(422)
    await deciding.send(back, { reason: markup })
    const returned = await preparing.get(`/fr/revisions/${id}`)
    expect(saidBy(returned)).toContain(`retournée – approver@vigie.test Motif : ${markup}`)
    expect(returned.html).not.toContain(markup)
    const gone = await preparing.send(await preparing.get(`/fr/revisions/${id}/delete`), {})
    expect(gone.location).toBe('/fr/revisions?state=draft')
    expect((await preparing.get(`/fr/revisions/${id}`)).status).toBe(404)
  })

  test('that would leave an envelope above its headroom says every operand', async () => {
    const lines = [{ envelope: 'QC-M12', amount: '90000000.00' }]
    const { id } = await submittedRevision({ officer, approver }, { kind: 'reduction', lines })
    const refused = await deciding.send(await deciding.get(`/fr/revisions/${id}/approve`), {})
    expect(refused.status).toBe(422)
    expect(saidBy(refused)).toMatch(
      /90 000 000,00 \$ dépasse la marge de QC-M12, .*disponible de cette part .*non réparti .*insuffisance .*disponible en tout/,
    )
    expect((await read(id)).state).toBe('submitted')
  })
})

describe('what is wrong with a revision', () => {
  test('stands beside the line it is in, and what was typed is kept', async () => {
    const before = await count()
    const lines = [
      ['QC-M12', '1,234'],
      ['QC-M99', '10,00'],
      ['', '10,00'],
    ] as const
    const malformed = await preparing.send(await form(), typed('supplement', lines))
    expect(malformed.status).toBe(422)
    expect(malformed.html).toMatch(/<a href="#f-lines-0-amount">Ligne 1, Montant/)
    expect(malformed.html).toMatch(/<a href="#f-lines-2-envelope">Ligne 3, Enveloppe/)
    expect(malformed.html).toContain('value="1,234"')
    const unknown = await preparing.send(await form(), typed('supplement', [['QC-M99', '10,00']]))
    expect(saidBy(unknown)).toContain('L’enveloppe « QC-M99 » n’existe pas.')
    const twice = [
      ['QC-M12', '1,00'],
      ['QC-M12', '2,00'],
    ] as const
    const repeated = await preparing.send(await form(), typed('supplement', twice))
    expect(repeated.html).toContain('<a href="#f-lines-1">Ligne 2')
    expect(repeated.html).toContain('id="f-lines-1"')
    expect(await count()).toBe(before)
  })

  test.each([
    ['nothing at all', {}, 'f-kind'],
    ['no line', typed('supplement', []), 'f-lines'],
    [
      'a transfer that does not cancel out',
      typed('transfer', [
        ['QC-M12', '-1,00'],
        ['QC-M2', '2,00'],
      ]),
      'f-lines',
    ],
    ['a negative supplement', typed('supplement', [['QC-M12', '-1,00']]), 'f-lines-0-amount'],
    [
      'a day ahead',
      { ...typed('supplement', [['QC-M12', '1,00']]), effectiveOn: '2027-01-01' },
      'f-effectiveOn',
    ],
    [
      'too long a reason',
      { ...typed('supplement', [['QC-M12', '1,00']]), reason: 'x'.repeat(2001) },
      'f-reason',
    ],
    ['a kind there is not', typed('gift', [['QC-M12', '1,00']]), 'f-kind'],
  ])('is told: %s', async (_what, fields, field) => {
    const before = await count()
    const empty = { kind: '', effectiveOn: '' }
    const refused = await preparing.send(await form(), { ...empty, ...fields })
    expect(refused.status).toBe(422)
    expect(refused.html).toContain(`href="#${field}"`)
    expect(refused.html).toContain(`id="${field}"`)
    expect(await count()).toBe(before)
  })

  test('is not that it was sent twice: it is entered once', async () => {
    const before = await count()
    const page = await form()
    const first = await preparing.send(page, typed('supplement', [['QC-M12', '1,00']]))
    const second = await preparing.send(page, typed('supplement', [['QC-M12', '1,00']]))
    expect([second.status, second.location]).toEqual([303, first.location])
    expect(await count()).toBe(before + 1)
  })

  test('is said when it changed meanwhile, or is for somebody else', async () => {
    const lines = [{ envelope: 'QC-M12', amount: '1.00' }]
    const { id, version } = await submittedRevision({ officer, approver }, { lines })
    const approve = await deciding.get(`/fr/revisions/${id}/approve`)
    const back = await approver.step(`/revisions/${id}/return`, version, { reason: 'Non' })
    await officer.step(`/revisions/${id}/submit`, back.body.version)
    const stale = await deciding.send(approve, {})
    expect([stale.status, saidBy(stale)]).toEqual([412, expect.stringContaining('Relisez-la')])
    const edit = await preparing.get(`/fr/revisions/${id}/edit`)
    expect(saidBy(edit)).toContain('n’est pas possible maintenant')
    expect((await preparing.get(`/fr/revisions/${id}/approve`)).status).toBe(403)
    expect((await deciding.get('/fr/revisions/new')).status).toBe(403)
    const jurist = await windowOf(await app.person('jurist', 'officer', 'MJQ'))
    expect((await jurist.get(`/fr/revisions/${id}`)).status).toBe(404)
    const page = await jurist.get('/fr/revisions/new')
    const refused = await jurist.send(page, typed('supplement', [['QC-M12', '1,00']]))
    expect(refused.status).toBe(403)
  })
})
