import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answered, type Person, type TestApp, testApp } from '#test/support/app.ts'
import { bring, extractHeader, formOf, ledgerRow } from '#test/support/extracts.ts'
import { recordOf } from '#test/support/refusals.ts'

/** What an organization's ledger says, from the file to the record. */
let app: TestApp
let officer: Person
let approver: Person
let auditor: Person
let jurist: Person

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
  auditor = await app.person('auditor', 'auditor')
  jurist = await app.person('jurist', 'officer', 'MJQ')
})
afterAll(() => app.close())

const outcomeOf = async (asked: Promise<Answered>): Promise<string> => {
  const { status, body } = await asked
  return `${status} ${body.code}`
}

const codesOf = ({ body }: Answered): readonly string[] =>
  body.findings.map(({ code, row, value }: Record<string, unknown>) => `${code} ${row} ${value}`)

describe('an extract', () => {
  test('is loaded with its control totals, listed, opened, and kept with its event', async () => {
    const rows = [
      ledgerRow('2025-06-03', 'F-1', '1 000,00'),
      ledgerRow('2025-06-04', 'F-2', '(149,75)'),
    ]
    const loaded = await bring(officer, {
      rows,
      fields: { period: '3', rows: '2', total: '850,25 $' },
    })
    expect([loaded.status, loaded.body]).toEqual([
      201,
      {
        id: expect.any(String),
        organization: 'MSP',
        fiscalYear: '2025-2026',
        period: 3,
        system: null,
        fileName: 'extrait.csv',
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        rows: 2,
        total: '850.25',
        statedTotal: '850.25',
        lines: 2,
        leftOut: { blank: 0, total: 0, headerAgain: 0 },
        understood: expect.objectContaining({ format: 'csv', spendingSign: 'positive' }),
        supersedes: null,
        supersededBy: null,
        loadedBy: officer.email,
        position: expect.any(Number),
        findings: [],
      },
    ])
    const { id, position } = loaded.body
    expect((await auditor.get(`/extracts/${id}`)).body).toEqual(loaded.body)
    const listed = (await approver.get('/extracts?organization=MSP&fiscalYear=2025-26')).body
    expect(listed).toMatchObject({ count: 1, total: '850.25', items: [{ id }] })
    expect((await auditor.get(`/extracts/${id}/rows?limit=1`)).body).toMatchObject({
      count: 2,
      total: '850.25',
      items: [{ number: 2, document: 'F-1', account: '5100', amount: '1000.00' }],
    })
    const { items } = (await auditor.get('/events?type=extract.loaded')).body
    expect(items[0]).toMatchObject({ position, subject: `extract/${id}`, actor: officer.email })
    expect((await jurist.get('/extracts')).body.count).toBe(0)
    expect(await outcomeOf(jurist.get(`/extracts/${id}`))).toBe('404 extracts/not-found')
  })

  test('that is brought twice is recognised by its bytes, whatever its name', async () => {
    const rows = [ledgerRow('2025-07-03', 'F-1', '10.00')]
    const first = await bring(officer, { rows, fields: { period: '4' } })
    const again = await bring(officer, { rows, name: 'autre.csv', fields: { period: '5' } })
    expect([again.status, again.body.code]).toEqual([409, 'extracts/already-loaded'])
    expect(again.body.errors[0].value).toBe(first.body.id)
  })

  test('that is corrected supersedes the one it names, and both are kept', async () => {
    const fields = { period: '5' }
    const first = await bring(officer, { rows: [ledgerRow('2025-08-01', 'F-1', '10.00')], fields })
    const rows = [ledgerRow('2025-08-01', 'F-1', '11.00')]
    const unnamed = await bring(officer, { rows, fields })
    expect([unnamed.status, unnamed.body.code]).toEqual([409, 'extracts/period-loaded'])
    const second = await bring(officer, {
      rows,
      fields: { ...fields, supersedes: first.body.id },
    })
    expect(second.body).toMatchObject({ supersedes: first.body.id, total: '11.00' })
    const { body } = await auditor.get('/extracts?period=5')
    expect(body).toMatchObject({ count: 2, total: '11.00' })
    expect(body.items[0].supersededBy).toBe(second.body.id)
    const third = [ledgerRow('2025-08-01', 'F-1', '12.00')]
    for (const supersedes of [first.body.id, '00000000-0000-4000-8000-000000000000']) {
      const wrong = bring(officer, { rows: third, fields: { ...fields, supersedes } })
      expect(await outcomeOf(wrong)).toBe('422 extracts/not-superseded')
    }
  })

  test('sent again with its key is answered again, whatever boundary the client chose', async () => {
    const { payload, headers } = formOf(
      { organization: 'MSP', fiscalYear: '2025-2026', period: '6', rows: '1', total: '5.00' },
      { name: 'a.csv', content: `${extractHeader}\n${ledgerRow('2025-09-01', 'F-9', '5.00')}\n` },
    )
    const send = (bytes: Buffer, type: string) =>
      officer.send('POST', '/extracts', {
        body: bytes,
        headers: { 'content-type': type },
        key: 'k',
      })
    const type = String(headers['content-type'])
    const first = await send(payload, type)
    const other = (text: string) => text.replaceAll('vigie-test-boundary', 'another-boundary')
    const again = await send(Buffer.from(other(payload.toString())), other(type))
    expect([first.status, again.status, again.text]).toEqual([201, 201, first.text])
  })
})

describe('a mapping of columns', () => {
  const mapping = {
    ...{ organization: 'MSP', system: 'SAGIR', version: 0 },
    ...{ date: 'Date écriture', document: 'No pièce', description: 'Texte', supplier: 'Tiers' },
    ...{ debit: 'Débit', credit: 'Crédit', spendingSign: 'positive' },
  }

  test('is saved for an organization and its system, and read by version', async () => {
    const saved = await officer.send('PUT', '/extract-mappings', { body: mapping })
    expect(saved.body).toMatchObject({ version: 1, account: null, changedBy: officer.email })
    const stale = officer.send('PUT', '/extract-mappings', { body: mapping })
    expect(await outcomeOf(stale)).toBe('412 extracts/mapping-stale')
    const body = { ...mapping, version: 1, account: 'Compte' }
    expect((await officer.send('PUT', '/extract-mappings', { body })).body.version).toBe(2)
    expect((await auditor.get('/extract-mappings')).body.items).toMatchObject([{ version: 2 }])
    expect((await jurist.get('/extract-mappings')).body.items).toEqual([])
  })

  test('names amounts, or debits and credits, and no column twice', async () => {
    const other = { ...mapping, system: 'SAP' }
    const both = officer.send('PUT', '/extract-mappings', { body: { ...other, amount: 'Montant' } })
    expect(await outcomeOf(both)).toBe('422 extracts/mapping-amounts')
    const body = { ...other, credit: 'DÉBIT' }
    const twice = officer.send('PUT', '/extract-mappings', { body })
    expect(await outcomeOf(twice)).toBe('422 extracts/mapping-repeated')
  })

  test('reads debits less credits, and tells the columns that it does not read', async () => {
    const loaded = await bring(officer, {
      header: 'Compte;Date écriture;No pièce;Texte;Tiers;Débit;Crédit;Devise',
      rows: ['5100;2025-10-01;F-1;Projet;PIPQ;100,00;;CAD', '5100;2025-10-02;F-2;;PIPQ;;30,00;CAD'],
      fields: { period: '7', system: 'SAGIR', rows: '2', total: '70.00' },
    })
    expect([loaded.body.total, codesOf(loaded)]).toEqual(['70.00', ['column-ignored null Devise']])
    const rows = [ledgerRow('2025-10-01', 'F-1', '1.00')]
    const unknown = bring(officer, { rows, fields: { system: 'ORACLE', period: '8' } })
    expect(await outcomeOf(unknown)).toBe('422 extracts/mapping-unknown')
  })

  test('turns spending that is negative in the file, and takes its total as the file has it', async () => {
    const sap = { ...mapping, system: 'SAP', debit: null, credit: null, amount: 'Montant' }
    await officer.send('PUT', '/extract-mappings', { body: { ...sap, spendingSign: 'negative' } })
    const { body } = await bring(officer, {
      header: 'Date écriture;No pièce;Texte;Tiers;Montant',
      rows: ['2025-11-01;F-1;Projet;PIPQ;-100,00'],
      fields: { period: '8', system: 'SAP', rows: '1', total: '-100.00' },
    })
    expect([body.total, body.statedTotal]).toEqual(['100.00', '-100.00'])
  })
})

describe('what is noticed at loading refuses nothing', () => {
  test('and is shown with its rows, and kept', async () => {
    const rows = [
      ledgerRow('2025-12-01', 'F-1', '100.00'),
      ledgerRow('2025-12-01', 'F-1', '100.00'),
      ledgerRow('2025-11-30', 'F-2', '3055000.00'),
      ledgerRow('2026-04-01', 'F-3', '1.00'),
    ]
    const { rows: measures } = await app.database.owner.query(
      `select amount from funding_term inner join envelope on envelope.code = envelope
      where envelope.organization = 'MSP' and envelope.code = 'QC-M12'`,
    )
    const planned = String(measures[0]?.amount)
    const loaded = await bring(officer, {
      rows: [...rows, ledgerRow('2025-12-05', 'F-4', planned), ';;Total;;3055201.00'],
      name: 'GL_2024-2025.csv',
      fields: {
        period: '9',
        rows: '5',
        total: `${3_055_201n + BigInt(planned.split('.')[0] ?? '')}.00`,
      },
    })
    expect(loaded.status).toBe(201)
    const gap = `-${planned}`
    expect(codesOf(loaded)).toEqual([
      'file-of-other-year null 2024-2025',
      'dates-outside-year 5 1',
      'dates-outside-period 4 1',
      'repeated-key 3 2',
      'equals-plan 6 QC-M12',
      `total-disagrees 7 ${gap}`,
    ])
    expect(loaded.body.findings[3].text.fr).toBe(
      'La ligne 3 a le compte, la pièce, la date et le montant de la ligne 2.',
    )
    const again = await auditor.get(`/extracts/${loaded.body.id}`)
    expect(again.body.findings).toEqual(loaded.body.findings)
  })

  test('a period that repeats the one before', async () => {
    const fields = { organization: 'MJQ', fiscalYear: '2024-2025' }
    const rows = (month: string) => [
      ledgerRow(`2024-${month}-02`, 'L-1', '500.00'),
      ledgerRow(`2024-${month}-03`, 'L-2', '700.00'),
    ]
    await bring(jurist, { rows: rows('04'), fields: { ...fields, period: '1' } })
    const second = await bring(jurist, {
      rows: rows('05').reverse(),
      fields: { ...fields, period: '2' },
    })
    expect(codesOf(second)).toEqual(['repeats-period null 2'])
  })
})

describe('what cannot be an extract', () => {
  const row = ledgerRow('2026-01-05', 'F-1', '10.00')
  const january = { period: '10' }

  test('is refused before anything is stored: count, total, columns, cells', async () => {
    const before = await recordOf(app.database.owner)
    const counted = await bring(officer, { rows: [row], fields: { ...january, rows: '2' } })
    expect([counted.status, counted.body.code]).toEqual([422, 'extracts/not-as-stated'])
    expect(counted.body.errors.map(({ code }: { code: string }) => code)).toEqual([
      'extracts/row-count',
    ])
    const summed = await bring(officer, { rows: [row], fields: { ...january, total: '10.01' } })
    expect(summed.body.errors[0]).toMatchObject({ code: 'extracts/control-total', value: '10.00' })
    const header = 'date;compte;libelle;montant'
    const columns = await bring(officer, { header, rows: ['2026-01-05;1;x;1.00'], fields: january })
    expect([columns.body.code, columns.body.errors[0].column]).toEqual([
      'extracts/columns-missing',
      'piece',
    ])
    const cells = await bring(officer, {
      rows: [ledgerRow('5 janvier', 'F-1', '12 $ 5'), ledgerRow('2026-02-30', 'F-1', '10.0055')],
      fields: { ...january, rows: '2', total: '2.00' },
    })
    expect(cells.body.code).toBe('extracts/rows-refused')
    expect(
      cells.body.errors.map((each: Record<string, unknown>) => [
        each.row,
        each.column,
        each.code,
        each.value,
      ]),
    ).toEqual([
      [2, 'date', 'date/malformed', '5 janvier'],
      [2, 'montant', 'money/malformed', '12 $ 5'],
      [3, 'date', 'date/impossible', '2026-02-30'],
      [3, 'montant', 'money/too-many-decimals', '10.0055'],
    ])
    const none = bring(officer, { rows: [], fields: { ...january, rows: '1', total: '0.00' } })
    expect(await outcomeOf(none)).toBe('422 extracts/rows-refused')
    expect(await recordOf(app.database.owner)).toEqual(before)
  })

  test('is refused for who may not load it, and where a field or the file is not there', async () => {
    expect(await outcomeOf(bring(jurist, { rows: [row], fields: january }))).toBe(
      '403 identity/forbidden',
    )
    expect(await outcomeOf(bring(approver, { rows: [row] }))).toBe('403 identity/forbidden')
    const organization = { ...january, organization: 'XYZ' }
    expect(await outcomeOf(bring(officer, { rows: [row], fields: organization }))).toBe(
      '403 identity/forbidden',
    )
    const form = (file: { name: string; content: string } | null) => {
      const { payload: body, headers } = formOf({ organization: 'MSP' }, file)
      return officer.send('POST', '/extracts', { body, headers })
    }
    expect(await outcomeOf(form(null))).toBe('400 http/file-missing')
    const bare = await form({ name: 'a.csv', content: extractHeader })
    expect([
      bare.status,
      bare.body.errors.map(({ pointer }: { pointer: string }) => pointer),
    ]).toEqual([422, ['/fiscalYear', '/period', '/rows', '/total']])
    const odd = { ...january, rows: '1.5', unheardOf: 'x' }
    expect((await bring(officer, { rows: [row], fields: odd })).status).toBe(422)
    const json = officer.send('POST', '/extracts', { body: { organization: 'MSP' } })
    expect(await outcomeOf(json)).toBe('415 http/unsupported-type')
  })
})
