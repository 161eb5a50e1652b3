import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answered, type Person, type TestApp, testApp } from '#test/support/app.ts'
import { bringFile, extractHeader, formOf } from '#test/support/extracts.ts'
import { recordOf } from '#test/support/refusals.ts'
import { workbookBytes } from '#test/support/workbook-bytes.ts'

/** The files of ledgers as accounting systems and spreadsheets write them. */
let app: TestApp
let officer: Person
let auditor: Person
let port: number

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer')
  auditor = await app.person('auditor', 'auditor')
  await app.server.listen({ host: '127.0.0.1', port: 0 })
  port = Number(Object(app.server.server.address()).port)
})
afterAll(() => app.close())

const rowsOf = async (extract: Answered) =>
  (await auditor.get(`/extracts/${extract.body.id}/rows`)).body.items.map(
    ({ number, date, document, amount }: Record<string, unknown>) =>
      `${number} ${date} ${document} ${amount}`,
  )

const understood = ({ body }: Answered, ...keys: readonly string[]) =>
  keys.map((key) => body.understood[key]?.value ?? null)

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')

const text = (address: string, value: string): string =>
  `<c r="${address}" t="inlineStr"><is><t>${value}</t></is></c>`

const workbook = workbookBytes({
  formats: ['yyyy\\-mm\\-dd'],
  sheets: [
    { name: 'Notes', data: `<row r="1">${text('A1', 'Extrait de juin')}</row>` },
    {
      name: 'GL',
      data: [
        `<row r="1">${text('A1', 'Ministère')}</row>`,
        `<row r="3">${['date', 'compte', 'piece', 'libelle', 'montant'].map((name, at) => text(`${'ABCDE'[at]}3`, name)).join('')}</row>`,
        `<row r="4"><c r="A4" s="1"><v>45811</v></c>${text('C4', '0042')}${text('D4', 'PIPQ')}<c r="E4"><v>1234.5</v></c></row>`,
        `<row r="6" hidden="1"><c r="A6" s="1"><v>45812</v></c>${text('C6', 'F-2')}<c r="E6"><f>E4-1234</f><v>0.5</v></c></row>`,
        `<row r="7">${text('A7', 'Total')}<c r="E7"><v>1235</v></c></row>`,
      ].join(''),
    },
  ],
})

describe('a file of a ledger is read as it was written', () => {
  test('CSV in Windows-1252, semicolons, decimal commas, days first, a title above', async () => {
    const content = latin1(
      `Extrait du grand livre, été 2025\r\n\r\n${extractHeader.replace('piece', 'Pièce')}\r\n13/06/2025;5100;F-1;Éducation;1 234,50\r\n01/06/2025;5100;F-2;;(34,50)\r\nTotal;;;;1 200,00\r\n`,
    )
    const loaded = await bringFile(
      officer,
      { name: 'gl.csv', content },
      { rows: '2', total: '1200' },
    )
    expect(
      understood(loaded, 'encoding', 'delimiter', 'headerRow', 'decimal', 'dateOrder'),
    ).toEqual(['windows-1252', ';', 3, ',', 'day-first'])
    expect(loaded.body.understood.columns.document).toBe('Pièce')
    expect(loaded.body).toMatchObject({
      ...{ rows: 2, lines: 3, leftOut: { blank: 0, total: 1, headerAgain: 0 }, findings: [] },
    })
    expect(await rowsOf(loaded)).toEqual(['4 2025-06-13 F-1 1234.50', '5 2025-06-01 F-2 -34.50'])
    expect((await auditor.get(`/extracts/${loaded.body.id}`)).body).toEqual(loaded.body)
  })

  test('CSV in UTF-8 with a mark, commas, points, English names, the header on each page', async () => {
    const page = 'date,account,document,description,amount'
    const content = `\ufeff${page}\n2025-07-02,5100,F-1,"a, b","1,234.50"\n${page}\n\n2025-07-03,,F-2,,-4.50\n`
    const fields = { period: '4', rows: '2', total: '1230.00' }
    const loaded = await bringFile(officer, { name: 'gl.csv', content }, fields)
    expect(understood(loaded, 'encoding', 'delimiter', 'decimal', 'dateOrder')).toEqual([
      ...['utf-8', ',', '.', null],
    ])
    expect(loaded.body.lines).toBe(4)
    expect(loaded.body.leftOut).toEqual({ blank: 1, total: 0, headerAgain: 1 })
    expect(await rowsOf(loaded)).toEqual(['2 2025-07-02 F-1 1234.50', '5 2025-07-03 F-2 -4.50'])
  })

  test('a workbook: date cells, a formula, a hidden row, the sheet that has the names', async () => {
    const fields = { period: '5', rows: '2', total: '1235.00' }
    const loaded = await bringFile(officer, { name: 'gl.xlsx', content: workbook }, fields)
    expect(understood(loaded, 'sheet', 'headerRow')).toEqual(['GL', 3])
    expect(loaded.body.understood).toMatchObject({
      ...{ format: 'xlsx', formulas: 1, hiddenRows: 1, otherSheets: ['Notes'] },
    })
    expect(loaded.body).toMatchObject({ lines: 4, leftOut: { blank: 1, total: 1 } })
    expect(await rowsOf(loaded)).toEqual(['4 2025-06-03 0042 1234.50', '6 2025-06-04 F-2 0.50'])
  })

  test('what could be read in two ways is refused, and read as a person says', async () => {
    const bring = (row: string, fields: object = {}) =>
      bringFile(
        officer,
        { name: 'gl.csv', content: `${extractHeader}\n${row}\n` },
        { period: '6', rows: '1', total: '1234.00', ...fields },
      )
    const amount = '2025-09-01;;F-1;;1,234'
    const unclear = await bring(amount)
    expect([unclear.status, unclear.body.code]).toEqual([422, 'files/decimal-unclear'])
    const read = await bring(amount, { decimal: '.' })
    expect([read.status, read.body.understood.decimal]).toMatchObject([201, { asked: true }])
    const day = '01/09/2025;;F-1;;1,00'
    const other = { period: '7', total: '1.00' }
    expect((await bring(day, other)).body.code).toBe('files/date-order-unclear')
    const dated = await bring(day, { ...other, dateOrder: 'month-first' })
    expect(await rowsOf(dated)).toEqual(['2 2025-01-09 F-1 1.00'])
    const sheet = { period: '8', rows: '2', total: '1235.00', sheet: 'Notes' }
    const notes = await bringFile(officer, { name: 'x.xlsx', content: workbook }, sheet)
    expect([notes.status, notes.body.code]).toEqual([409, 'extracts/already-loaded'])
    const wrong = await bring(`${day}\n`, { period: '8', sheet: 'Feuil9' })
    expect([wrong.status, wrong.body.code]).toEqual([422, 'files/sheet-missing'])
  })

  test('a cell that cannot be read is told with its row, its column and what stands in it', async () => {
    const content = `${extractHeader}\n2025-13-01;;F-1;;1.00;perdu\n2025-10-02;;F-2;${'x'.repeat(2_001)};\n`
    const fields = { period: '9', rows: '2', total: '1.00' }
    const { status, body } = await bringFile(officer, { name: 'gl.csv', content }, fields)
    expect([status, body.code]).toEqual([422, 'extracts/rows-refused'])
    expect(
      body.errors.map(
        ({ row, column, code }: Record<string, unknown>) => `${row} ${column} ${code}`,
      ),
    ).toEqual([
      '2 F files/cell-without-column',
      '2 date date/impossible',
      '3 montant money/empty',
      '3 libelle extracts/cell-too-long',
    ])
    const twice = `${extractHeader};Pièce\n2025-10-02;;F-2;;1.00;F-3\n`
    const repeated = await bringFile(officer, { name: 'gl.csv', content: twice }, fields)
    expect(repeated.body.errors[0]).toMatchObject({ code: 'extracts/column-repeated', row: 1 })
  })
})

describe('an upload is whole, or refused', () => {
  const limit = 20 * 1024 * 1024
  const first = `${extractHeader}\n2025-12-01;;F-1;;1.00\n`

  /** One row, then blank ones: whatever is cut off at the end, what is left reads alike. */
  const padded = (bytes: number): Buffer => {
    const content = Buffer.alloc(bytes, `;;;;${' '.repeat(30_000)}\n`)
    content.write(first)
    return content
  }
  const fields = { rows: '1', total: '1.00' }
  const brought = (bytes: number, period: string) =>
    bringFile(officer, { name: 'gl.csv', content: padded(bytes) }, { ...fields, period })

  test.each([
    ['one byte less than the limit', limit - 1, '10'],
    ['the limit', limit, '11'],
  ])('of %s is read', async (_name, bytes, period) => {
    const { status, body } = await brought(bytes, period)
    expect([status, body.rows, body.lines - body.leftOut.blank]).toEqual([201, 1, 1])
  })

  test.each([
    ['one byte more than the limit', limit + 1],
    ['ten times the limit', limit * 10],
  ])('of %s is refused, and nothing is stored', async (_name, bytes) => {
    const before = await recordOf(app.database.owner)
    const { status, body } = await brought(bytes, '12')
    expect([status, body.code]).toEqual([413, 'http/file-too-large'])
    expect(await recordOf(app.database.owner)).toEqual(before)
  })

  /** Over a real connection: without a length, or cut after some bytes. */
  const sent = (bytes: number, cutAfter?: number): Promise<number | 'cut'> => {
    const stated = { organization: 'MSP', fiscalYear: '2025-2026', period: '12', ...fields }
    const { payload, headers } = formOf(stated, { name: 'gl.csv', content: padded(bytes) })
    return new Promise((resolve) => {
      const asked = httpRequest({
        ...{ host: '127.0.0.1', port, method: 'POST', path: '/api/v1/extracts' },
        headers: { ...headers, authorization: `Bearer ${officer.token}` },
      })
      asked.on('response', (answer) => {
        answer.resume()
        resolve(answer.statusCode ?? 0)
      })
      asked.on('error', () => resolve('cut'))
      if (cutAfter === undefined) {
        asked.flushHeaders()
        asked.end(payload)
      } else {
        asked.write(payload.subarray(0, cutAfter), () => asked.destroy())
      }
    })
  }

  test('without a length is held to the same limit', async () => {
    expect(await sent(limit + 1)).toBe(413)
  })

  test('whose connection is cut stores nothing', async () => {
    const before = await recordOf(app.database.owner)
    for (const cutAfter of [200, first.length + 900, 1024 * 1024]) {
      expect(await sent(2 * 1024 * 1024, cutAfter)).toBe('cut')
    }
    // Another request is answered after those: they have ended.
    const cut = formOf({ organization: 'MSP' }, { name: 'gl.csv', content: first })
    const body = cut.payload.subarray(0, -30)
    const { status, body: said } = await officer.send('POST', '/extracts', {
      body,
      headers: cut.headers,
    })
    expect([status, said.code]).toEqual([400, 'http/form-truncated'])
    expect(await recordOf(app.database.owner)).toEqual(before)
  })
})
