import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, personOf, type TestApp, testApp } from '#test/support/app.ts'
import { draft } from '#test/support/drafts.ts'
import {
  bring,
  bringRows,
  csvOf,
  expectRefused,
  fetchBytes,
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

const listed = async (text: string) =>
  (await officer.get(`/expenditures?limit=500&text=${encodeURIComponent(text)}`)).body

const verified = async () => (await auditor.get('/verify')).body

interface Break {
  readonly code: string
  readonly breaks: readonly { readonly place: string }[]
}

const brokenChecks = async (): Promise<readonly (readonly [string, string])[]> =>
  (await verified()).checks.flatMap(({ code, breaks }: Break) =>
    breaks.map(({ place }) => [code, place]),
  )

/** Corrects what is marked, as a person would in a spreadsheet. */
async function corrected(
  bytes: Buffer,
  values: Readonly<Record<string, string>>,
): Promise<{ readonly bytes: Buffer; readonly marked: readonly string[] }> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(bytes as unknown as ArrayBuffer)
  const [sheet] = workbook.worksheets
  const marked: string[] = []
  sheet?.eachRow((row) => {
    row.eachCell({ includeEmpty: true }, (cell) => {
      const { fill } = cell
      if (fill?.type === 'pattern' && fill.fgColor?.argb === 'FFFFF2CC') {
        const shown = String(cell.value ?? '')
        marked.push(shown)
        cell.value = values[shown] ?? `?${shown}`
      }
    })
  })
  return { bytes: Buffer.from(await workbook.xlsx.writeBuffer()), marked }
}

describe('the error workbook', () => {
  const rows = [
    { piece: 'W-1', fournisseur: 'Classeur' },
    { piece: 'W-2', fournisseur: 'Classeur', mesure: '99', montant: '12,345' },
    { piece: 'W-3', fournisseur: '=Classeur', date: '2025-02-30' },
    { piece: '', fournisseur: 'Classeur', montant: '7,00' },
  ]

  test('with only its marked cells corrected brings no error and no duplicate', async () => {
    const { body } = await bringRows(officer, rows)
    const chosen = await officer.step(`/imports/${body.id}/confirm`, 1, { rows: [2] })
    expect(chosen.status).toBe(200)
    const bytes = await fetchBytes(app, officer, `/imports/${body.id}/errors.xlsx`)
    const { marked, bytes: fixed } = await corrected(bytes, {
      '99': '12',
      '12,345': '12,34',
      '2025-02-30': '2025-02-28',
      '': 'W-4',
    })
    expect(marked).toEqual(['99', '12,345', '2025-02-30', ''])
    const again = await bring(officer, { name: 'corrige.xlsx', content: fixed })
    expect(again.body.counts).toMatchObject({ new: 3, duplicate: 0, changed: 0, rejected: 0 })
    const done = await officer.step(`/imports/${again.body.id}/confirm`, 1)
    expect(done.body.confirmed).toMatchObject({ rows: 3, amount: '1253.84' })
    expect((await listed('=Classeur')).items).toMatchObject([
      { documentNumber: 'W-3', supplier: '=Classeur', serviceDate: '2025-02-28' },
    ])
  })

  test('is not there when nothing is wrong, nor for who may not see the import', async () => {
    const clean = await bringRows(officer, [{ piece: 'W-9', fournisseur: 'Propre' }])
    expectRefused(
      await officer.get(`/imports/${clean.body.id}/errors.xlsx`),
      404,
      'imports/no-errors',
    )
    const jurist = await app.person('jurist', 'officer', 'MJQ')
    for (const path of ['', '/errors.xlsx']) {
      const answer = await jurist.get(`/imports/${clean.body.id}${path}`)
      expectRefused(answer, 404, 'imports/not-found')
    }
    const taken = await jurist.step(`/imports/${clean.body.id}/confirm`, 1)
    expectRefused(taken, 404, 'imports/not-found')
    expect((await jurist.get('/imports')).body.count).toBe(0)
  })
})

describe('an import that is reversed', () => {
  test('while its documents are drafts deletes them at once', async () => {
    const done = await imported(
      officer,
      manyRows(2, () => ({ fournisseur: 'Brouillon' })),
    )
    const back = await officer.step(`/imports/${done.id}/reverse`, done.version, { reason: 'Faux' })
    expect(back.body).toMatchObject({ state: 'reversed', reversal: { reason: 'Faux' } })
    expect((await listed('Brouillon')).count).toBe(0)
    expect(await brokenChecks()).toEqual([])
    const again = await bringRows(
      officer,
      manyRows(2, () => ({ fournisseur: 'Brouillon' })),
    )
    expect(again.body.counts).toMatchObject({ new: 2, duplicate: 0 })
  })

  test('once posted takes two people, and leaves nothing of its money', async () => {
    const spent = async () => (await officer.get('/reports/reconciliation')).body.totals.spent
    const before = await spent()
    const done = await imported(
      officer,
      manyRows(3, () => ({ fournisseur: 'Retiré' })),
      true,
    )
    const posted = (await approver.step(`/imports/${done.id}/approve`, done.version)).body
    expect(await spent()).not.toBe(before)
    const asked = await officer.step(`/imports/${done.id}/reverse`, posted.version, {
      reason: 'Doublon du lot 7',
    })
    expect(asked.body.state).toBe('reversal-asked')
    const { version } = asked.body
    expect((await officer.step(`/imports/${done.id}/reversal/approve`, version)).status).toBe(403)
    const refused = await approver.step(`/imports/${done.id}/reversal/refuse`, version, {
      reason: 'Non',
    })
    expect(refused.body).toMatchObject({ state: 'posted', reversal: null })
    const again = await officer.step(`/imports/${done.id}/reverse`, refused.body.version, {
      reason: 'Doublon du lot 7',
    })
    const gone = await approver.step(`/imports/${done.id}/reversal/approve`, again.body.version)
    expect(gone.body).toMatchObject({
      state: 'reversed',
      reversal: { askedBy: officer.email, approvedBy: approver.email },
    })
    expect(await spent()).toBe(before)
    const states = (await listed('Retiré')).items.map(({ state }: { state: string }) => state)
    expect(states).toEqual(['reversed', 'reversed', 'reversed'])
    expect(await brokenChecks()).toEqual([])
  })

  test('is refused with its rows when some were refunded since', async () => {
    const done = await imported(
      officer,
      manyRows(2, () => ({ fournisseur: 'Remboursé' })),
      true,
    )
    const posted = (await approver.step(`/imports/${done.id}/approve`, done.version)).body
    const one = (await listed('Remboursé')).items.find(
      ({ documentNumber }: { documentNumber: string }) => documentNumber === 'F-2',
    )
    const asked = await officer.step(`/expenditures/${one.id}/refund`, one.version, {
      amount: '1.00',
      date: '2025-07-01',
      reason: 'Note de crédit',
    })
    const { id, version, requests } = asked.body
    await approver.step(`/expenditures/${id}/requests/${requests[0].id}/approve`, version)
    const refused = await officer.step(`/imports/${done.id}/reverse`, posted.version, {
      reason: 'Faux',
    })
    expectRefused(refused, 409, 'imports/documents-in-the-way')
    expect(refused.body.errors).toMatchObject([{ row: 3, code: 'expenditures/settled' }])
    expect(await brokenChecks()).toEqual([])
  })
})

describe('the record of an import', () => {
  test('stays true when its documents go their own ways', async () => {
    const done = await imported(
      officer,
      manyRows(4, () => ({ fournisseur: 'Chemins' })),
    )
    const [changed, deleted, alone] = (await listed('Chemins')).items
    await officer.send('PATCH', `/expenditures/${changed.id}`, {
      version: changed.version,
      body: { description: 'Précisé' },
    })
    await officer.send('DELETE', `/expenditures/${deleted.id}`, { version: deleted.version })
    const waiting = await officer.step(`/expenditures/${alone.id}/submit`, alone.version)
    await approver.send('POST', '/expenditures/approve', {
      body: { items: [{ id: alone.id, version: waiting.body.version }] },
    })
    expect(await brokenChecks()).toEqual([])
    const rest = await officer.step(`/imports/${done.id}/submit`, done.version)
    const posted = await approver.step(`/imports/${done.id}/approve`, rest.body.version)
    expect(posted.body.state).toBe('posted')
    expect((await listed('Chemins')).items.map(({ state }: { state: string }) => state)).toEqual([
      'posted',
      'posted',
      'posted',
    ])
    expect(await brokenChecks()).toEqual([])
  })

  test('names the document, the file and the count that somebody altered behind it', async () => {
    const done = await imported(
      officer,
      manyRows(3, () => ({ fournisseur: 'Altéré' })),
      true,
    )
    await approver.step(`/imports/${done.id}/approve`, done.version)
    const [one] = (await listed('Altéré')).items
    const { owner } = app.database
    const without = async (table: string, trigger: string, statement: string) => {
      await owner.query(`alter table ${table} disable trigger ${trigger}`)
      await owner.query(statement)
      await owner.query(`alter table ${table} enable always trigger ${trigger}`)
    }
    const describe = (text: string) =>
      without(
        'expenditure',
        'settled',
        `update expenditure set description = '${text}' where id = '${one.id}'`,
      )
    await describe('Autre chose')
    expect(await brokenChecks()).toEqual([['documents', `expenditure ${one.number}`]])
    await describe('Projet')
    expect(await brokenChecks()).toEqual([])
    await without(
      'import_batch',
      'settled',
      `update import_batch set confirmed_rows = 2 where id = '${done.id}'`,
    )
    expect(await brokenChecks()).toEqual([['imports', `import ${done.id}`]])
    await without(
      'import_batch',
      'settled',
      `update import_batch set confirmed_rows = 3 where id = '${done.id}'`,
    )
    await without(
      'expenditure_seal',
      'append_only_rows',
      `delete from expenditure_seal where expenditure = '${one.id}'`,
    )
    const codes = (await brokenChecks()).map(([code]) => code)
    expect(codes).toContain('documents-sealed')
  })
})

describe('a file brought again', () => {
  test('under the same key and with another boundary is the same request', async () => {
    const content = csvOf([{ piece: 'I-1', fournisseur: 'Idem' }])
    const first = await bring(officer, { content }, 'idem-1')
    const second = await bring(officer, { content }, 'idem-1')
    expect(second.text).toBe(first.text)
    const other = await bring(officer, { content: `${content}\n` }, 'idem-1')
    expectRefused(other, 422, 'http/key-reused')
  })

  test('is taken by no route but its own, and needs its file', async () => {
    const before = (await officer.get('/imports')).body.count
    const headers = { 'content-type': 'multipart/form-data; boundary=x' }
    const elsewhere = await officer.send('POST', '/expenditures', { body: '--x--\r\n', headers })
    expectRefused(elsewhere, 415, 'http/unsupported-type')
    const json = await officer.send('POST', '/imports/expenditures', { body: draft() })
    expectRefused(json, 415, 'http/unsupported-type')
    const empty = await officer.send('POST', '/imports/expenditures', {
      body: '--x\r\ncontent-disposition: form-data; name="sheet"\r\n\r\nA\r\n--x--\r\n',
      headers,
    })
    expectRefused(empty, 400, 'http/file-missing')
    const cut = await officer.send('POST', '/imports/expenditures', {
      body: '--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\norganisme;mes',
      headers,
    })
    expectRefused(cut, 400, 'http/form-truncated')
    const strange = await bring(officer, { content: 'a', fields: { decimals: ',' } })
    expectRefused(strange, 422, 'http/invalid-body')
    expect((await officer.get('/imports')).body.count).toBe(before)
  })

  test('is refused when it is one byte over the limit, and read at the limit', async () => {
    const limit = 20 * 1024 * 1024
    const line = csvOf([{ piece: 'L-1', fournisseur: 'Limite' }])
    const padded = (bytes: number) => {
      const long = `\nMSP;12;;2025-06-15;1,00;L-2;Limite;${'x'.repeat(30_000)};`
      const text = line + long.repeat(Math.floor((bytes - line.length) / long.length))
      return text + ' '.repeat(bytes - text.length)
    }
    const at = await bring(officer, { content: padded(limit) })
    expect([at.status, at.body.counts?.new]).toEqual([201, 1])
    const over = await bring(officer, { content: padded(limit + 1) })
    expectRefused(over, 413, 'http/file-too-large')
    const far = await bring(officer, { content: Buffer.alloc(limit * 2, 'a') })
    expectRefused(far, 413, 'http/file-too-large')
  })
})

test('somebody without a token brings nothing', async () => {
  const nobody = personOf(app.server, 'x', 'x')
  expect((await bring(nobody, { content: csvOf([{}]) })).status).toBe(401)
})

test('a file whose empty columns have the strangest names has an error workbook all the same', async () => {
  const names = ['_x0041_', '=1+1', 'x'.repeat(400), 'x'.repeat(401)]
  const content = `organisme;mesure;date;montant;piece;${names.join(';')}\nMSP;12;2025-06-15;abc;F-91;;;;`
  const { body } = await bring(officer, { name: '_x003D_1+1.csv', content })
  const bytes = await fetchBytes(app, officer, `/imports/${body.id}/errors.xlsx`)
  const values = { abc: '12,00' }
  const again = await bring(officer, {
    name: 'corrigé.xlsx',
    content: (await corrected(bytes, values)).bytes,
  })
  expect(again.body.counts).toMatchObject({ new: 1, rejected: 0 })
})
