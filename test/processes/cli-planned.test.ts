import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { type Ran, runVigie } from '#test/support/processes.ts'

/** Planned money at the terminal: envelopes, files of them, revisions. */
vi.setConfig({ testTimeout: 120_000 })

let database: TestDatabase
const folder = mkdtempSync(join(tmpdir(), 'vigie-plan-'))

beforeAll(async () => {
  database = await testDatabase()
  for (const [email, role, organization] of [
    ['agent@grc.example', 'officer', 'GRC'],
    ['chef@grc.example', 'approver', 'GRC'],
    ['agente@msp.example', 'officer', 'MSP'],
    ['chef@msp.example', 'approver', 'MSP'],
  ]) {
    const person = ['--email', email ?? '', '--name', 'X. Y', '--role', role ?? '']
    dataOf(await vigie('users', 'add', ...person, '--organization', organization ?? ''))
  }
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await database.close()
})

const vigie = (...args: string[]): Promise<Ran> =>
  runVigie(args, { env: { DATABASE_URL: database.url } })

function dataOf({ code, stdout, stderr }: Ran): string {
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return stdout
}

const jsonOf = (ran: Ran) => JSON.parse(dataOf(ran))
const as = (email: string): string[] => ['--as', email, '--format', 'json']

test.concurrent('an envelope goes from draft to the plan, by two people', async () => {
  const entered = jsonOf(
    await vigie(
      ...['envelopes', 'add', '--code', 'ca-2018', '--programme', 'ca-strategy-2004'],
      ...['--organization', 'grc', '--title-fr', 'Budget de 2018', '--title-en', 'Budget 2018'],
      ...['--term', '19 M$@2018-2019..2022-2023', '--recurring', '5,8 M$@2023-2024?'],
      ...['--document', 'BUDGET-2018', '--quote', '19 millions de dollars sur cinq ans'],
      ...as('agent@grc.example'),
    ),
  )
  expect(entered).toMatchObject({
    code: 'CA-2018',
    state: 'draft',
    terms: [
      { kind: 'term', amount: '19000000.00', precision: '1000000.00', stated: true },
      { kind: 'recurring', amount: '5800000.00', stated: false, lastFiscalYear: null },
    ],
  })
  const step = async (verb: string, email: string, ...more: string[]) =>
    jsonOf(await vigie('envelopes', verb, 'CA-2018', ...more, ...as(email))).state
  expect(await step('submit', 'agent@grc.example')).toBe('submitted')
  expect(await step('return', 'chef@grc.example', '--reason', 'Citez la page')).toBe('draft')
  expect(await step('submit', 'agent@grc.example')).toBe('submitted')
  expect(await step('approve', 'chef@grc.example')).toBe('approved')
  const listed = dataOf(await vigie('envelopes', 'list', '--as', 'agente@msp.example'))
  expect(listed).toMatch(/CA-2018 +approuvée +CA-STRATEGY\S* +GRC .*montant fixe +19\s000\s000,00/)
  const shown = jsonOf(await vigie('envelopes', 'show', 'ca-2018', ...as('agente@msp.example')))
  expect(shown).toMatchObject({ code: 'CA-2018', state: 'approved' })
})

test.concurrent('a revision goes from draft to the journal, by two people', async () => {
  const entered = jsonOf(
    await vigie(
      ...['revisions', 'add', '--kind', 'distribution', '--reason', 'Part de la mesure 3'],
      ...['--document-reference', 'CT 226 001', '--effective-on', '2026-04-01'],
      ...['--line', 'qc-communication=-1 000,00 $', '--line', 'QC-COMMUNICATION/3@2025-26=1000'],
      ...as('agente@msp.example'),
    ),
  )
  expect(entered).toMatchObject({
    number: 'R-2026-2027-000001',
    lines: [
      { envelope: 'QC-COMMUNICATION', measure: null, fiscalYear: null, amount: '-1000.00' },
      { measure: 'QC-3', fiscalYear: '2025-2026', amount: '1000.00' },
    ],
  })
  const step = async (verb: string, email: string) =>
    jsonOf(await vigie('revisions', verb, 'r-2026-2027-000001', ...as(email))).state
  expect(await step('submit', 'agente@msp.example')).toBe('submitted')
  expect(await step('approve', 'chef@msp.example')).toBe('approved')
  const listed = dataOf(await vigie('revisions', 'list', '--as', 'agente@msp.example'))
  expect(listed).toMatch(/R-2026-2027-000001 +approuvée +répartition .* -1\s000,00/)
  const malformed = await vigie(
    ...['revisions', 'add', '--kind', 'supplement', '--reason', 'x', '--document-reference', 'x'],
    ...['--effective-on', '2026-04-01', '--line', 'QC-M12', ...as('agente@msp.example')],
  )
  expect(malformed).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('ENVELOPPE[/MESURE]'),
  })
})

const header =
  'code;programme;title_fr;title_en;organization;kind;amount;first_fiscal_year;last_fiscal_year;stated;document;quote'
const row = (code: string, kind: string, amount: string, years: string) =>
  `${code};CA-STRATEGY-2004;Titre;Title;GRC;${kind};${amount};${years};oui;BUDGET-X;"six; millions"`

test.concurrent('a file of envelopes is entered whole, or not at all', async () => {
  const imported = (name: string, lines: readonly string[]) => {
    const path = join(folder, name)
    writeFileSync(path, `\uFEFF${lines.join('\r\n')}\r\n`)
    return vigie('plan', 'import', path, '--as', 'agent@grc.example')
  }
  const good = [
    header,
    row('CA-X1', 'term', '6 M$', '2026-2027;2028-2029'),
    row('CA-X1', 'recurring', '1,5 M$', '2029-2030;'),
    row('CA-X2', 'recurring', '2 000 000,00 $', '2026-2027;'),
  ]
  const refused = await imported('bad.csv', [
    ...good,
    row('CA-X3', 'term', '1,234', '2026-2027;2025-2026'),
    row('CA-2009', 'fixe', '1 $', '2026;'),
  ])
  expect(refused).toMatchObject({ code: 1, stdout: '' })
  const said = refused.stderr.split('\n').filter((line) => /^ {2}ligne/.test(line))
  expect(said.map((line) => line.split(' : ')[0]?.trim())).toEqual([
    'ligne 5, amount',
    'ligne 6, kind',
    'ligne 6, first_fiscal_year',
    'ligne 6, code',
  ])
  const none = await vigie('envelopes', 'show', 'CA-X1', ...as('agent@grc.example'))
  expect(none.code).toBe(4)
  expect(dataOf(await imported('good.csv', good))).toBe('CA-X1\nCA-X2\n')
  const shown = jsonOf(await vigie('envelopes', 'show', 'CA-X1', ...as('agent@grc.example')))
  expect(shown).toMatchObject({
    state: 'draft',
    source: { document: 'BUDGET-X', quote: 'six; millions' },
    terms: [{ amount: '6000000.00' }, { amount: '1500000.00', lastFiscalYear: null }],
  })
  const strange = await imported('strange.csv', ['code;amout', 'CA-X9;1'])
  expect(strange.stderr).toContain('Colonne inconnue : amout.')
  expect((await imported('empty.csv', [header])).code).toBe(6)
  const absent = await vigie(
    'plan',
    'import',
    join(folder, 'none.csv'),
    '--as',
    'agent@grc.example',
  )
  expect(absent).toMatchObject({ code: 2, stderr: expect.stringContaining('ne peut pas être lu') })
})
