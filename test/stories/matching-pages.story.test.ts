import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { post } from '#test/support/drafts.ts'
import { extractHeader, ledgerRow } from '#test/support/extracts.ts'
import { type Seen, textOf, type Visitor, visitor } from '#test/support/pages.ts'
import { sessionFor } from '#test/support/sessions.ts'

/** From an extract to the closed period, by forms alone. */
let app: TestApp
let people: Readonly<Record<'officer' | 'approver' | 'administrator', Person>>
let officer: Visitor
let approver: Visitor
let administrator: Visitor
let run: string

beforeAll(async () => {
  app = await testApp()
  people = {
    officer: await app.person('officer', 'officer'),
    approver: await app.person('approver', 'approver'),
    administrator: await app.person('administrator', 'administrator'),
  }
  const [first, second, third] = await Promise.all(
    Object.values(people).map(async ({ email }) => visitor(app, await sessionFor(app, email))),
  )
  officer = first as Visitor
  approver = second as Visitor
  administrator = third as Visitor
  for (const [documentNumber, amount] of [
    ['F-1', '1000.00'],
    ['F-2', '600.00'],
  ] as const) {
    await post(people.officer, people.approver, {
      documentNumber,
      amount,
      serviceDate: '2025-06-03',
      supplier: `Tiers ${documentNumber}`,
    })
  }
})
afterAll(() => app.close())

async function follow(browser: Visitor, seen: Seen): Promise<Seen> {
  expect({ status: seen.status, said: textOf(seen.html).slice(0, 300) }).toMatchObject({
    status: 303,
  })
  return browser.get(seen.location ?? '')
}

const plain = ({ html }: Seen): string => textOf(html).replaceAll('\u00a0', ' ')

const content = [
  extractHeader,
  ledgerRow('2025-06-03', 'F-1', '1000.00'),
  ledgerRow('2025-06-05', 'F-2', '590.00'),
  ledgerRow('2025-06-20', 'G-7', '30.00', 'Abonnement'),
  '',
].join('\n')

const stated = {
  ...{ organization: 'MSP', fiscalYear: '2025-2026', period: '3' },
  ...{ rows: '3', total: '1620,00' },
}

describe('an extract', () => {
  test('is refused as a whole when it is not what was stated, and what was stated is kept', async () => {
    const page = await officer.get('/fr/extracts')
    const fields = { ...stated, total: '1,00', system: '' }
    const refused = await officer.sendFile(page, { name: 'extrait.csv', content, fields })
    expect(refused.status).toBe(422)
    expect(refused.html).toContain('value="1,00"')
    const none = await officer.sendFile(page, { name: 'extrait.csv', content: '', fields: stated })
    expect([none.status, plain(none)]).toEqual([
      400,
      expect.stringContaining('Choisissez un fichier'),
    ])
    const empty = await officer.sendFile(page, { name: 'extrait.csv', content })
    expect(plain(empty)).toContain('Total de contrôle : Ce champ est requis.')
  })

  test('is loaded, listed with its total, and opens to the same total', async () => {
    const page = await officer.get('/fr/extracts')
    const sent = await officer.sendFile(page, { name: 'extrait.csv', content, fields: stated })
    const loaded = await follow(officer, sent)
    expect(loaded.html).toContain('data-list-total="1620.00"')
    const list = await officer.get('/fr/extracts')
    expect(list.html).toContain('data-total="1620.00"')
    const csv = await officer.get('/fr/extracts.csv')
    expect(csv.html).toContain('1620,00')
  })
})

describe('a matching', () => {
  test('proposes the nearest expenditure with its reason, and one gesture accepts it', async () => {
    const page = await officer.get('/fr/matching')
    const extract = /<option value="([0-9a-f-]{36})"/.exec(page.html)?.[1] ?? ''
    const wrong = await officer.send(page, { extract, tolerance: '5', toleranceDays: 'x' })
    expect(wrong.status).toBe(422)
    expect(plain(wrong)).toContain('nombre entier de jours')
    const made = await officer.send(page, { extract, tolerance: '0,05', toleranceDays: '10' })
    const shown = await follow(officer, made)
    run = /matching\/([0-9a-f-]{36})/.exec(made.location ?? '')?.[1] ?? ''
    expect(plain(shown)).toContain('Le montant diffère de 10,00 $.')
    expect(plain(shown)).toContain('Même pièce, même montant, même date.')
    const row = /name="extractRows.0" value="(\d+)"/.exec(shown.html)?.[1] ?? ''
    const expenditure = /name="expenditures.0" value="([0-9a-f-]{36})"/.exec(shown.html)?.[1] ?? ''
    const accepted = await officer.send(shown, {
      ...{ step: 'match', 'extractRows.0': row, 'expenditures.0': expenditure },
      reason: 'Proposition acceptée. Le montant diffère de 10,00 $.',
    })
    const after = await follow(officer, accepted)
    expect(plain(after)).toContain('Écarts résiduels sans cause')
  })

  test.each([
    ['a cause for no line', { step: 'explain', cause: 'timing', owner: 'a@b.c' }, 'Aucune ligne'],
    ['a match of no line', { step: 'match', reason: 'x' }, 'Aucune ligne'],
    ['a cause that is none', { step: 'explain', cause: 'x', owner: 'a', 'extractRows.0': '4' }, ''],
    ['no owner', { step: 'explain', cause: 'timing', 'extractRows.0': '4' }, 'Responsable'],
    [
      'a row that is not there',
      { step: 'match', reason: 'x', 'extractRows.0': '99' },
      'ne contient pas',
    ],
    [
      'parts that do not add up',
      { step: 'split', extractRow: '4', 'amounts.0': '1' },
      'deux parts',
    ],
    ['no step at all', { reason: 'x' }, ''],
  ])('refuses %s and keeps what was typed', async (_what, fields, sentence) => {
    const refused = await officer.send(await officer.get(`/fr/matching/${run}`), fields)
    expect(refused.status).toBe(422)
    expect(refused.html).toContain('id="errors"')
    expect(plain(refused)).toContain(sentence)
  })

  test('that changed since it was shown is not explained', async () => {
    const older = await officer.get(`/fr/matching/${run}`)
    const page = await officer.get(`/fr/matching/${run}`)
    const split = { step: 'split', extractRow: '4', 'amounts.0': '10,00', 'amounts.1': '20,00' }
    await follow(officer, await officer.send(page, split))
    const explained = { step: 'explain', cause: 'timing', owner: 'a@b.c', 'extractRows.0': '4' }
    const stale = await officer.send(older, explained)
    expect(stale.status).toBe(412)
    expect(plain(stale)).toContain('a changé depuis que vous l’avez vu')
  })

  test('is not signed before all of it is explained', async () => {
    const page = await approver.get(`/fr/matching/${run}`)
    expect(plain(page)).toContain('On ne peut pas encore signer')
    const refused = await approver.send(await approver.get(`/fr/matching/${run}/sign`), {})
    expect(refused.status).toBe(422)
    expect(plain(refused)).toContain('encore sans cause ni responsable')
  })

  test('explained to the last line is signed by somebody else, and then changes no more', async () => {
    const page = await officer.get(`/fr/matching/${run}`)
    const boxes = Object.fromEntries(
      [...page.html.matchAll(/type="checkbox" name="([^"]+)" value="([^"]+)"/g)].map(
        ([, name = '', value = '']) => [name, value],
      ),
    )
    const explained = await officer.send(page, {
      ...{ step: 'explain', cause: 'amount', owner: people.officer.email, note: '<b>à voir</b>' },
      ...boxes,
    })
    const after = await follow(officer, explained)
    expect(after.html).not.toContain('<b>à voir')
    expect(plain(after)).toContain('une autre personne doit le signer')
    expect((await approver.get(`/fr/matching/${run}`)).html).toContain(`${run}/sign`)
    const signing = await approver.get(`/fr/matching/${run}/sign`)
    const signed = await follow(approver, await approver.send(signing, {}))
    expect(plain(signed)).toContain(`Signé par ${people.approver.email}`)
    expect((await officer.get(`/fr/matching/${run}`)).html).not.toContain('name="step"')
    expect(
      (await officer.send(page, { step: 'match', reason: 'x', 'extractRows.0': '4' })).status,
    ).toBe(409)
  })
})

describe('a period', () => {
  const path = '/fr/periods/MSP/2025-2026-P03'

  test('says what stands in the way, and is closed once nothing does', async () => {
    const draft = await people.officer.send('POST', '/expenditures', {
      body: {
        ...{ organization: 'MSP', measure: 'QC-12', serviceDate: '2025-06-20', amount: '10.00' },
        ...{ documentNumber: 'D-1', supplier: 'Tiers', description: 'Brouillon' },
      },
    })
    expect(draft.status).toBe(201)
    const page = await administrator.get(path)
    expect(plain(page)).toContain('Ce qui empêche de la fermer')
    expect(plain(page)).toContain(draft.body.number)
    const refused = await administrator.send(page, {})
    expect(refused.status).toBe(422)
    await people.officer.send('DELETE', `/expenditures/${draft.body.id}`, {
      version: draft.body.version,
    })
    const older = await administrator.get(path)
    const free = await administrator.get(path)
    expect(plain(free)).toContain('Rien n’empêche de la fermer.')
    const closed = await follow(administrator, await administrator.send(free, {}))
    expect(plain(closed)).toContain('La période a été fermée.')
    expect(plain(await administrator.get(path))).toContain(
      `Fermée par ${people.administrator.email}`,
    )
    expect((await administrator.send(older, {})).status).toBe(412)
  })

  test('is reopened with a reason, which is kept when it is too long', async () => {
    const page = await administrator.get(path)
    expect(plain(await administrator.send(page, {}))).toContain('demande un motif')
    const long = 'é'.repeat(2001)
    const refused = await administrator.send(page, { reason: long })
    expect([refused.status, refused.html.includes(long)]).toEqual([422, true])
    const reopened = await administrator.send(page, { reason: 'Facture oubliée' })
    expect(plain(await follow(administrator, reopened))).toContain('La période a été rouverte.')
  })

  test.each([
    ['/fr/periods/MSP/2025-2026-P14', 404],
    ['/fr/periods/MSPX/2025-2026-P03', 422],
    ['/fr/periods?state=ajar', 400],
  ])('that is not one is refused: %s', async (url, status) => {
    expect((await administrator.get(url)).status).toBe(status)
  })

  test('is read by everybody and closed by administrators only', async () => {
    expect((await officer.get('/fr/periods?organization=MSP')).html).not.toContain(`href="${path}"`)
    expect((await officer.get(path)).status).toBe(403)
    const csv = await officer.get('/fr/periods.csv?organization=MSP&fiscalYear=2025-2026')
    expect(csv.html.trim().split('\n')).toHaveLength(14)
  })
})
