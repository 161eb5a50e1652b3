import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Money, money, negate, sum } from '#core/money.ts'
import { safe } from '#features/journal/hledger.ts'
import { csvDialects, restoreNeutralised } from '#platform/tables/csv.ts'
import { type Answered, type Person, type TestApp, testApp } from '#test/support/app.ts'
import { commit } from '#test/support/commitments.ts'
import { dangerousTexts } from '#test/support/dangerous-texts.ts'
import { post } from '#test/support/drafts.ts'
import { revise } from '#test/support/revisions.ts'

/** The journal as files: every entry of the record, for another program to add up. */
let app: TestApp
let auditor: Person
let officer: Person
let approver: Person

const hard = { supplier: '; x [2025-01-01], y: z', description: '100 % sûr\n=1+1' }

beforeAll(async () => {
  app = await testApp()
  auditor = await app.person('auditor', 'auditor')
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
  await post(officer, approver, { measure: 'QC-6', documentNumber: 'F-1', amount: '10.00' })
  await commit(officer, approver)
  const lines = [
    { envelope: 'QC-COMMUNICATION', amount: '-100.00' },
    { envelope: 'QC-M12', measure: 'QC-12', amount: '100.00' },
  ]
  await revise({ officer, approver }, { kind: 'transfer', lines })
  await post(officer, approver, { documentNumber: 'F-2', ...hard })
})
afterAll(() => app.close())

const hledger = async (query = ''): Promise<string> =>
  (await auditor.get(`/journal/entries.hledger${query}`)).text

/** The entry of the last event, without what differs between runs. */
const lastEntry = (text: string): string =>
  (text.trimEnd().split('\n\n').at(-1) ?? '')
    .replace(/\((\d+)\)/, '(n)')
    .replace(/at: \S+/, 'at: …')
    .replace(/expenditure\/\S+/, 'expenditure/…')
    .replace(/position: \d+/, 'position: p')

describe('the journal for hledger', () => {
  test('has an entry with its cells as accounts, and its words in tags', async () => {
    expect(lastEntry(await hledger())).toBe(
      `
2025-06-15 * (n) expenditure
    ; position: p
    ; at: …
    ; recorded: 2025-2026-P03
    ; organization: MSP
    ; document: expenditure/…
    ; number: D-2025-2026-000002
    ; reference: F-2
    ; supplier: %3B x %5B2025-01-01]%2C y: z
    ; description: 100 %25 sûr%0A=1+1
    available:QC-M12:QC-12:MSP:2025-2026  -1234.50 CAD
    spent:QC-M12:QC-12:MSP:2025-2026  1234.50 CAD
`.trim(),
    )
  })

  test('declares the currency and every account it uses, once', async () => {
    const text = await hledger()
    const declared = [...text.matchAll(/^account (\S+)$/gm)].map(([, name]) => name)
    const used = [...text.matchAll(/^ {4}([a-z_]+:\S+) {2}-?\d/gm)].map(([, name]) => name)
    expect(declared).toEqual([...new Set(used)].sort())
    expect(declared).toContain('own_resources:no-envelope:QC-6:MSP:2025-2026')
    expect(declared).toContain('available:QC-COMMUNICATION:no-measure:MSP:undistributed')
    expect(text).toContain('\ncommodity CAD\n  format 1000.00 CAD\n')
  })

  test('stands at a position, and is the same bytes when it is asked for again', async () => {
    const now = await hledger()
    const [, position] = /^; position (\d+) · \S+ · [0-9a-f]{64}$/m.exec(now) ?? []
    await post(officer, approver, { measure: 'QC-15', documentNumber: 'F-3' })
    expect(await hledger(`?asOf=${position}`)).toBe(now)
    expect(await hledger()).not.toBe(now)
  })

  test('says what people wrote so that it comes back as it was', () => {
    for (const text of [...dangerousTexts, ' a ', '\u00a0a', 'a\u2028b', '\u0085', 'a\r\nb']) {
      expect(safe(text)).not.toMatch(/[\n\r;,[\u0085\u2028]|^\s|\s$/u)
      expect(decodeURIComponent(safe(text))).toBe(text)
    }
  })
})

describe.each(csvDialects)('the journal as CSV in the dialect %s', (dialect) => {
  const restore = dialect === 'open' ? (text: string) => text : restoreNeutralised
  const amountOf = (text: string): Money =>
    text.startsWith('-') ? negate(amountOf(text.slice(1))) : money(text.replace(',', '.'))
  const read = async (): Promise<string[][]> => {
    const { text, headers } = await auditor.get(`/journal/entries.csv?dialect=${dialect}&lang=en`)
    expect(headers['content-disposition']).toBe('attachment; filename=journal.csv')
    return parse(text, { bom: true, delimiter: dialect === 'open' ? ',' : ';' })
  }

  test('has a row for each line, the words as they were, and zero as its total', async () => {
    const [header = [], ...rows] = await read()
    const at = (name: string): number =>
      header.indexOf(dialect === 'open' ? name : (names[name] ?? name))
    const body = rows.slice(0, -1)
    const last = rows.at(-1)
    const mine = body.filter((row) => row[at('reference')] === 'F-2')
    expect(mine.map((row) => [row[at('lines_account')], row[at('lines_amount')]])).toEqual([
      ['available', dialect === 'open' ? '-1234.50' : '-1234,50'],
      ['spent', dialect === 'open' ? '1234.50' : '1234,50'],
    ])
    expect(restore(mine[0]?.[at('supplier')] ?? '')).toBe(hard.supplier)
    expect(restore(mine[0]?.[at('description')] ?? '')).toBe(hard.description)
    const total = sum(body.map((row) => amountOf(row[at('lines_amount')] ?? '')))
    expect([last?.[0], amountOf(last?.[at('lines_amount')] ?? ''), total]).toEqual([
      'total',
      Money.zero,
      Money.zero,
    ])
  })
})

const names: Readonly<Record<string, string>> = {
  reference: 'Reference',
  supplier: 'Supplier',
  description: 'Description',
  lines_account: 'Account',
  lines_amount: 'Amount',
}

describe('asked wrongly', () => {
  const refusal = ({ status, body }: Answered) => [status, body.code]

  test('the journal is refused before its first byte', async () => {
    const ask = async (query: string) => refusal(await auditor.get(`/journal/entries.${query}`))
    expect(await ask('hledger?asOf=999999')).toEqual([422, 'audit/moment-ahead'])
    expect(await ask('csv?asOf=2098-01-01T00:00:00Z')).toEqual([422, 'audit/moment-ahead'])
    expect(await ask('csv?asOf=1999-01-01T00:00:00Z')).toEqual([422, 'audit/moment-too-early'])
    expect(await ask('csv?dialect=excel-en')).toEqual([400, 'http/invalid-query'])
    expect(await ask('beancount')).toEqual([404, 'http/unknown-route'])
  })

  test.each(['hledger', 'csv'])('as %s it is for auditors', async (ending) => {
    expect(refusal(await officer.get(`/journal/entries.${ending}`))).toEqual([
      403,
      'identity/forbidden',
    ])
  })
})
