import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { bring, bringRows, csvOf, expectRefused, type FileRow } from '#test/support/imports.ts'

let app: TestApp
let officer: Person

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer')
})
afterAll(() => app.close())

/** What is wrong with a row: its column, its value, the code. */
const bad: [what: string, row: FileRow, ...told: string[]][] = [
  ['no organization', { organisme: '' }, 'organisme imports/value-missing'],
  ['an organization that is none', { organisme: 'ABC' }, 'organisme ABC organizations/unknown'],
  [
    'an organization of others',
    { organisme: 'MJQ', mesure: '14' },
    'organisme MJQ expenditures/organization-of-others',
  ],
  ['no place at all', { mesure: '' }, 'mesure expenditures/cell-missing'],
  ['a measure that is none', { mesure: '99' }, 'mesure 99 expenditures/measure-unknown'],
  [
    'an envelope that is none',
    { enveloppe: 'QC-X' },
    'enveloppe QC-X expenditures/envelope-unknown',
  ],
  [
    'an envelope of another measure',
    { enveloppe: 'QC-M8' },
    'enveloppe QC-M8 expenditures/envelope-not-of-measure',
  ],
  [
    'an envelope for a measure that takes none',
    { mesure: '6', enveloppe: 'QC-M12' },
    'enveloppe QC-M12 expenditures/self-funded-takes-no-envelope',
  ],
  ['no day', { date: '' }, 'date imports/value-missing'],
  ['a day that never was', { date: '2025-02-29' }, 'date 2025-02-29 date/impossible'],
  ['a day after today', { date: '2031-01-01' }, 'date 2031-01-01 expenditures/service-date-ahead'],
  [
    'a day before all fiscal years',
    { date: '1980-01-01' },
    'date 1980-01-01 expenditures/service-date-too-early',
  ],
  ['no amount', { montant: '' }, 'montant imports/value-missing'],
  ['an amount in words', { montant: 'mille' }, 'montant mille money/malformed'],
  ['three decimals', { montant: '12,345' }, 'montant 12,345 money/too-many-decimals'],
  ['a negative amount', { montant: '-5,00' }, 'montant -5,00 input/not-positive'],
  ['zero', { montant: '0,00' }, 'montant 0,00 input/not-positive'],
  ['no document', { piece: '' }, 'piece imports/value-missing'],
  [
    'a document of a page',
    { piece: 'x'.repeat(101) },
    `piece ${'x'.repeat(64)} imports/text-too-long`,
  ],
  [
    'a supplier that cannot be printed',
    { fournisseur: 'a\u0007b' },
    'fournisseur a\uFFFDb imports/control-character',
  ],
  ['a commitment that is none', { engagement: 'E-1' }, 'engagement E-1 commitments/unknown'],
  [
    'everything at once',
    { organisme: '', mesure: '99', date: '31', montant: 'x', piece: '' },
    'organisme imports/value-missing',
    'date 31 date/malformed',
    'montant x money/malformed',
    'piece imports/value-missing',
    'mesure 99 expenditures/measure-unknown',
  ],
]

describe('a row is rejected, with all that is wrong with it, for', () => {
  test.each(bad)('%s', async (_what, row, ...told) => {
    // The row below says which mark the file has.
    const { status, body } = await bringRows(officer, [row, { piece: 'X-1', montant: '0,01' }])
    expect(status).toBe(201)
    const [rejected, right] = body.rows.items
    const problems = rejected.problems.map(
      ({ column, value, code }: { column: string; value: string | null; code: string }) =>
        [column, value, code].filter((each) => each !== null).join(' '),
    )
    expect(problems.toSorted()).toEqual(told.toSorted())
    expect(rejected).toMatchObject({ row: 2, state: 'rejected' })
    expect(right).toMatchObject({ row: 3, state: 'new' })
  })
})

describe('a file is refused whole', () => {
  test('when columns are missing, all of them named', async () => {
    const answer = await bring(officer, { content: 'piece;fournisseur\nF-1;X' })
    expectRefused(answer, 422, 'imports/column-missing')
    expect(answer.body.errors).toHaveLength(4)
  })

  test('never for a column that is Vigie’s own, and at its cell for one that is nobody’s', async () => {
    const [head = '', row = ''] = csvOf([{ piece: 'V-1' }]).split('\n')
    const own = await bring(officer, { content: `${head};État;Exercice\n${row};x;2025-2026` })
    expect(own.body.counts).toMatchObject({ new: 1, rejected: 0 })
    const strange = await bring(officer, { content: `${head};Remarque;Vide\n${row};à voir;` })
    expect(strange.body.rows.items[0].problems).toMatchObject([
      { row: 2, column: 'Remarque', value: 'à voir', code: 'imports/column-unknown' },
    ])
  })
})

describe('what is noticed without refusing', () => {
  test('a total that is a cent off, a name of another year, a document on two rows', async () => {
    const rows = [
      { piece: 'N-1', montant: '100,00' },
      { piece: 'N-1', montant: '50,00' },
    ]
    const content = `${csvOf(rows)}\nTotal;;;;150,01;;;;`
    const { body } = await bring(officer, { name: 'depenses_2023-2024.csv', content })
    const codes = body.findings.map(({ code }: { code: string }) => code)
    expect(codes).toEqual([
      'imports/total-differs',
      'imports/other-fiscal-year',
      'imports/key-repeated',
    ])
    expect(body.findings[0]).toMatchObject({ row: 4, value: '150.01' })
    expect(body.counts).toMatchObject({ rows: 3, ignored: 1, new: 1, changed: 1 })
    const right = await bring(officer, { content: content.replace('150,01', '150,00') })
    expect(right.body.findings.map(({ code }: { code: string }) => code)).toEqual([
      'imports/key-repeated',
    ])
  })
})
