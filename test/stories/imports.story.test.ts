import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { draft } from '#test/support/drafts.ts'
import {
  bring,
  bringRows,
  csvOf,
  expectRefused,
  imported,
  manyRows,
} from '#test/support/imports.ts'

let app: TestApp
let officer: Person
let approver: Person
let auditor: Person

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
  auditor = await app.person('auditor', 'auditor')
})
afterAll(() => app.close())

const position = async (): Promise<number> => (await auditor.get('/verify')).body.position

const listed = async (text: string) =>
  (await officer.get(`/expenditures?limit=500&text=${encodeURIComponent(text)}`)).body

describe('a preview', () => {
  test('tells every row, counts each line once, and records nothing', async () => {
    await officer.send('POST', '/expenditures', {
      body: draft({ documentNumber: 'T-1', amount: '100.00', supplier: 'Aperçu' }),
    })
    await officer.send('POST', '/expenditures', {
      body: draft({ documentNumber: 'T-2', amount: '100.00', supplier: 'Aperçu' }),
    })
    const before = await position()
    const row = (piece: string, montant: string, more = {}) => ({
      fournisseur: 'Aperçu',
      piece,
      montant,
      ...more,
    })
    const { status, body } = await bringRows(officer, [
      row('T-1', '100,00'),
      row('T-2', '100,01'),
      row('T-3', '10,00'),
      row('T-3', '10,00'),
      row('T-4', '5,00', { mesure: '99', date: '2031-01-01' }),
    ])
    expect(status).toBe(201)
    expect(body.counts).toEqual({
      rows: 5,
      accepted: 4,
      rejected: 1,
      ignored: 0,
      new: 1,
      duplicate: 2,
      changed: 1,
    })
    expect(body.sums).toEqual({
      rows: '225.01',
      accepted: '220.01',
      rejected: '5.00',
      new: '10.00',
      duplicate: '110.00',
      changed: '100.01',
      unreadable: 0,
    })
    const rows = body.rows.items
    expect(rows.map(({ row, state }: { row: number; state: string }) => [row, state])).toEqual([
      [2, 'duplicate'],
      [3, 'changed'],
      [4, 'new'],
      [5, 'duplicate'],
      [6, 'rejected'],
    ])
    expect(rows[0].sameAs.document).toMatch(/^D-2025-2026-/)
    expect(rows[1].differs).toEqual(['amount'])
    expect(rows[3].sameAs).toEqual({ document: null, row: 4 })
    expect(rows[4].problems).toMatchObject([
      { row: 6, column: 'date', value: '2031-01-01', code: 'expenditures/service-date-ahead' },
      { row: 6, column: 'mesure', value: '99', code: 'expenditures/measure-unknown' },
    ])
    expect(await position()).toBe(before)
    expect((await listed('Aperçu')).count).toBe(2)
  })

  test('says what it understood of the file, and takes a person’s word first', async () => {
    const content = csvOf([{ montant: '1,234', piece: 'U-1' }])
    const unclear = await bring(officer, { content })
    expectRefused(unclear, 422, 'files/decimal-unclear')
    const { body } = await bring(officer, { content, fields: { decimal: '.' } })
    expect(body.understood.decimal).toMatchObject({ value: '.', asked: true })
    expect(body.understood.delimiter).toMatchObject({ value: ';', asked: false })
    expect(body.sums.new).toBe('1234.00')
  })

  test('is paged and filtered by state, in the order of the file', async () => {
    const { body } = await bringRows(
      officer,
      manyRows(7, (at) => ({ fournisseur: 'Pages', mesure: at % 3 === 0 ? 'X' : '12' })),
    )
    const first = await officer.get(`/imports/${body.id}?state=new&limit=3`)
    expect(first.body.rows).toMatchObject({ count: 4 })
    expect(first.body.rows.items.map(({ row }: { row: number }) => row)).toEqual([3, 4, 6])
    const { nextCursor } = first.body.rows
    const second = await officer.get(`/imports/${body.id}?state=new&limit=3&cursor=${nextCursor}`)
    expect(second.body.rows.items.map(({ row }: { row: number }) => row)).toEqual([7])
    expect(second.body.rows.nextCursor).toBeNull()
  })

  test('can be thrown away, and an import that is confirmed cannot', async () => {
    const { body } = await bringRows(officer, [{ piece: 'J-1' }])
    const thrown = await officer.send('DELETE', `/imports/${body.id}`, { version: body.version })
    expect(thrown.status).toBe(204)
    expectRefused(await officer.get(`/imports/${body.id}`), 404, 'imports/not-found')
    const kept = await imported(officer, [{ piece: 'J-2' }])
    const refused = await officer.send('DELETE', `/imports/${kept.id}`, { version: kept.version })
    expectRefused(refused, 409, 'imports/wrong-state')
  })

  test('rejects rows for organizations that the officer does not enter for', async () => {
    const { body } = await bringRows(officer, [
      { organisme: 'MJQ', mesure: '14', piece: 'O-1' },
      { organisme: 'XYZ', piece: 'O-2' },
    ])
    const codes = body.rows.items.map(({ problems }: { problems: { code: string }[] }) =>
      problems.map(({ code }) => code),
    )
    expect(codes).toEqual([['expenditures/organization-of-others'], ['organizations/unknown']])
  })
})

describe('a confirmation', () => {
  test('makes all documents in one event, as drafts that are as if entered one by one', async () => {
    const before = await position()
    const done = await imported(
      officer,
      manyRows(3, (at) => ({ fournisseur: 'Trois', mesure: at === 0 ? 'QC-6' : '12' })),
    )
    expect(done).toMatchObject({ state: 'confirmed', confirmed: { rows: 3, amount: '3703.50' } })
    expect(await position()).toBe(before + 1)
    const { items, count } = await listed('Trois')
    expect(count).toBe(3)
    const entered = await officer.send('POST', '/expenditures', {
      body: draft({ supplier: 'Trois', documentNumber: 'F-9', description: 'Projet' }),
    })
    const { id: _a, number: _b, documentNumber: _c, ...likeOne } = entered.body
    const {
      id: _d,
      number: _e,
      documentNumber: _f,
      ...imports
    } = items.find(({ documentNumber }: { documentNumber: string }) => documentNumber === 'F-2')
    expect(imports).toEqual(likeOne)
  })

  test('of a file with a rejected or a changed row is refused, unless rows are chosen', async () => {
    await imported(officer, [{ piece: 'C-1', fournisseur: 'Choix' }])
    const { body } = await bringRows(officer, [
      { piece: 'C-1', fournisseur: 'Choix', montant: '9,99' },
      { piece: 'C-2', fournisseur: 'Choix' },
      { piece: 'C-3', fournisseur: 'Choix', mesure: '99' },
    ])
    const at = `/imports/${body.id}/confirm`
    const whole = await officer.step(at, 1)
    expectRefused(whole, 422, 'imports/rows-rejected')
    expect(whole.body.errors).toMatchObject([{ row: 4, column: 'mesure', value: '99' }])
    expectRefused(await officer.step(at, 1, { rows: [3, 4] }), 422, 'imports/row-not-importable')
    expectRefused(await officer.step(at, 1, { rows: [3, 900] }), 422, 'imports/row-not-importable')
    expect((await listed('Choix')).count).toBe(1)
    const chosen = await officer.step(at, 1, { rows: [2, 3] })
    expect(chosen.body.confirmed).toMatchObject({ rows: 2, amount: '1244.49' })
    expect((await listed('Choix')).count).toBe(3)
  })

  test('sees what was recorded since the preview, and then writes nothing', async () => {
    const { body } = await bringRows(
      officer,
      manyRows(2, () => ({ fournisseur: 'Entretemps' })),
    )
    await officer.send('POST', '/expenditures', {
      body: draft({ supplier: 'Entretemps', documentNumber: 'F-2' }),
    })
    const refused = await officer.step(`/imports/${body.id}/confirm`, 1)
    expectRefused(refused, 409, 'imports/recorded-meanwhile')
    expect(refused.body.errors).toMatchObject([{ row: 3 }])
    expect((await listed('Entretemps')).count).toBe(1)
  })

  test('of the same file again adds nothing, and of a longer one only what is new', async () => {
    const rows = manyRows(3, () => ({ fournisseur: 'Encore' }))
    await imported(officer, rows)
    const again = await bringRows(officer, rows)
    expect(again.body.counts).toMatchObject({ new: 0, duplicate: 3 })
    expect(again.body.findings.map(({ code }: { code: string }) => code)).toEqual([
      'imports/file-again',
    ])
    expectRefused(
      await officer.step(`/imports/${again.body.id}/confirm`, 1),
      409,
      'imports/nothing-new',
    )
    const longer = await imported(officer, [...rows, { piece: 'F-4', fournisseur: 'Encore' }])
    expect(longer.confirmed).toMatchObject({ rows: 1 })
    expect((await listed('Encore')).count).toBe(4)
  })

  test('needs the version that was seen, happens once, and is answered again by its key', async () => {
    const { body } = await bringRows(officer, [{ piece: 'K-1', fournisseur: 'Clé' }])
    const at = `/imports/${body.id}/confirm`
    expect((await officer.send('POST', at)).status).toBe(428)
    expectRefused(await officer.step(at, 7), 412, 'imports/stale')
    const first = await officer.send('POST', at, { version: 1, key: 'confirm-1' })
    const replayed = await officer.send('POST', at, { version: 1, key: 'confirm-1' })
    expect([first.status, replayed.status]).toEqual([200, 200])
    expect(replayed.text).toBe(first.text)
    expectRefused(await officer.step(at, 1), 412, 'imports/stale')
    expectRefused(await officer.step(at, 2), 409, 'imports/wrong-state')
    expect((await listed('Clé')).count).toBe(1)
  })
})

describe('what was imported is approved as a whole', () => {
  test('by somebody else, in one event with its entries', async () => {
    const done = await imported(
      officer,
      manyRows(4, () => ({ fournisseur: 'Ensemble' })),
      true,
    )
    expect(done.state).toBe('submitted')
    expect((await officer.step(`/imports/${done.id}/approve`, done.version)).status).toBe(403)
    const before = await position()
    const posted = await approver.step(`/imports/${done.id}/approve`, done.version)
    expect(posted.body).toMatchObject({ state: 'posted', approvedBy: approver.email })
    expect(await position()).toBe(before + 1)
    const { items } = await listed('Ensemble')
    expect(items).toHaveLength(4)
    for (const item of items) {
      expect(item).toMatchObject({
        state: 'posted',
        approvedBy: approver.email,
        recordedIn: { fiscalYear: '2025-2026', period: 3 },
        position: before + 1,
      })
    }
    expect((await auditor.get('/verify')).body).toMatchObject({ isIntact: true })
  })

  test('not by one person in two roles, whatever the routes would let through', async () => {
    await app.person('both', 'officer')
    const both = await app.person('both', 'approver')
    const done = await imported(both, [{ piece: 'B-1', fournisseur: 'Seule' }], true)
    expectRefused(
      await both.step(`/imports/${done.id}/approve`, done.version),
      403,
      'imports/own-work',
    )
  })

  test('with a justification above the headroom, and nothing without it', async () => {
    const rows = [
      { piece: 'H-1', fournisseur: 'Marge', montant: '1,00' },
      { piece: 'H-2', fournisseur: 'Marge', montant: '90000000,00' },
    ]
    const done = await imported(officer, rows, true)
    const at = `/imports/${done.id}/approve`
    const refused = await approver.step(at, done.version)
    expectRefused(refused, 422, 'expenditures/above-headroom')
    expect(refused.body.errors).toMatchObject([{ row: 3 }])
    const states = (await listed('Marge')).items.map(({ state }: { state: string }) => state)
    expect(states).toEqual(['submitted', 'submitted'])
    const posted = await approver.step(at, done.version, { justification: 'Autorisé' })
    expect(posted.status).toBe(200)
    const flags = (await listed('Marge')).items.map(({ flags }: { flags: string[] }) => flags)
    expect(flags.flat()).toContain('over-spent')
  })

  test('only once each row outside the term says why', async () => {
    const done = await imported(officer, [
      { piece: 'Y-1', fournisseur: 'Terme' },
      { piece: 'Y-2', fournisseur: 'Terme', date: '2019-05-01' },
    ])
    const at = `/imports/${done.id}/submit`
    const refused = await officer.step(at, done.version)
    expectRefused(refused, 409, 'imports/documents-in-the-way')
    expect(refused.body.errors).toMatchObject([
      { row: 3, code: 'expenditures/justification-needed' },
    ])
    const outside = (await listed('Terme')).items.find(
      ({ documentNumber }: { documentNumber: string }) => documentNumber === 'Y-2',
    )
    await officer.send('PATCH', `/expenditures/${outside.id}`, {
      version: outside.version,
      body: { justification: 'Entente antérieure' },
    })
    expect((await officer.step(at, done.version)).body.state).toBe('submitted')
    expect((await auditor.get('/verify')).body).toMatchObject({ isIntact: true })
  })

  test('and returned as a whole, with its reason', async () => {
    const done = await imported(
      officer,
      manyRows(2, () => ({ fournisseur: 'Retour' })),
      true,
    )
    const back = await approver.step(`/imports/${done.id}/return`, done.version, {
      reason: 'Mauvaise période',
    })
    expect(back.body).toMatchObject({ state: 'confirmed', submittedBy: null })
    expect((await listed('Retour')).items.map(({ state }: { state: string }) => state)).toEqual([
      'draft',
      'draft',
    ])
  })
})
