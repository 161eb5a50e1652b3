import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type BlankDatabase, blankDatabase } from '#test/support/blank-database.ts'
import { within } from '#test/support/bounds.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { type Ran, runVigie } from '#test/support/processes.ts'

/** Every command that acts, as a process: data on stdout, messages on stderr, a code that says why. */
vi.setConfig({ testTimeout: 120_000 })

let database: TestDatabase
let blank: BlankDatabase

beforeAll(async () => {
  database = await testDatabase()
  blank = await blankDatabase()
  await Promise.all([
    addUser('agente@msp.example', 'officer'),
    addUser('chef@msp.example', 'approver'),
  ])
})
afterAll(async () => {
  await blank.close()
  await database.close()
})

const vigie = (...args: string[]): Promise<Ran> =>
  runVigie(args, { env: { DATABASE_URL: database.url } })

const addUser = (email: string, role: string): Promise<Ran> =>
  vigie('users', 'add', '--email', email, '--name', 'X. Y', '--role', role, '--organization', 'MSP')

/** All went well, and nothing was said beside the data. */
function dataOf({ code, stdout, stderr }: Ran): string {
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return stdout
}

const jsonOf = (ran: Ran) => JSON.parse(dataOf(ran))

test.concurrent('an empty database waits for its migrations, then takes the official plan once', async () => {
  const onBlank = (...args: string[]) => runVigie(args, { env: { DATABASE_URL: blank.url } })
  // Looking at it migrates nothing.
  const [first, second] = [await onBlank('db', 'status'), await onBlank('db', 'status')]
  const pending = dataOf(second).trimEnd().split('\n')
  expect(pending.length).toBeGreaterThan(5)
  expect(pending.every((line) => /^en attente {2}\d{4}_[a-z_]+\.sql$/.test(line))).toBe(true)
  expect(second).toEqual(first)
  const applied = dataOf(await onBlank('db', 'migrate'))
    .trimEnd()
    .split('\n')
  expect(applied).toEqual(pending.map((line) => line.replace('en attente', 'appliquée ')))

  // Nobody can work for an organization that the plan has not brought yet.
  const person = ['--email', 'a@b.example', '--name', 'A', '--role', 'officer']
  const early = await onBlank('users', 'add', ...person, '--organization', 'MSP')
  expect(early.code).toBe(6)
  expect(early.stderr).toContain('vigie plan load')

  const loaded = await onBlank('plan', 'load', '--published')
  expect(loaded).toMatchObject({ code: 0, stdout: '' })
  expect(loaded.stderr).toContain('mesures : +37')
  const again = await onBlank('plan', 'load', '--published')
  expect(again).toMatchObject({ code: 0, stdout: '' })
  const counts = again.stderr.trimEnd().split('\n')
  expect(counts.length).toBeGreaterThan(8)
  expect(counts.filter((line) => !line.endsWith(' : +0'))).toEqual([])
  const { totals } = jsonOf(await onBlank('report', 'reconciliation', '--format', 'json'))
  expect(totals).toMatchObject({ planned: '147106925.00', spent: '6389496.00' })
})

describe('users', () => {
  test.concurrent('are added, listed, given a token that stands alone on stdout, and disabled', async () => {
    const added = dataOf(await addUser('nouvelle@msp.example', 'officer'))
    expect(added).toMatch(/nouvelle@msp\.example +X\. Y +officer MSP +non/)
    const token = dataOf(await vigie('users', 'token', '--email', 'nouvelle@msp.example'))
    expect(token).toMatch(/^vigie_[A-Za-z0-9_-]{43}\n$/)
    expect(await vigie('users', 'disable', '--email', 'nouvelle@msp.example')).toMatchObject({
      code: 0,
      stdout: '',
      stderr: 'nouvelle@msp.example est désactivé.\n',
    })
    const listed = dataOf(await vigie('users', 'list'))
    expect(listed).toMatch(/nouvelle@msp\.example +X\. Y +officer MSP +oui/)
    const acting = await vigie('expenditures', 'list', '--as', 'nouvelle@msp.example')
    expect(acting).toMatchObject({ code: 3, stdout: '' })
  })

  test.concurrent('who are auditors see every organization, whatever is given', async () => {
    const person = ['--email', 'audit@vg.example', '--name', 'V. G.', '--role', 'auditor']
    const added = await vigie('users', 'add', ...person, '--organization', 'MSP')
    expect(dataOf(added)).toMatch(/audit@vg\.example +V\. G\. +auditor \* /)
  })
})

const officer = ['--as', 'agente@msp.example', '--format', 'json']
const approver = ['--as', 'chef@msp.example', '--format', 'json']

const entry = (amount: string, ...more: string[]): string[] => [
  'expenditures',
  'add',
  ...['--organization', 'msp', '--measure', '12', '--service-date', '2025-06-15'],
  ...['--document-number', 'F-1001', '--supplier', 'PIPQ', '--description', 'Projet pilote'],
  ...['--amount', amount],
  ...more,
]

describe('expenditures', () => {
  test.concurrent('go from draft to posted and back, by two people', async () => {
    const { number, ...draft } = jsonOf(await vigie(...entry('2 903,06 $', ...officer)))
    expect(draft).toMatchObject({
      state: 'draft',
      amount: '2903.06',
      organization: 'MSP',
      measure: 'QC-12',
      envelope: 'QC-M12',
      preparedBy: 'agente@msp.example',
    })
    const step = (verb: string, ...args: string[]) => vigie('expenditures', verb, number, ...args)
    expect(jsonOf(await step('submit', ...officer)).state).toBe('submitted')
    const returned = await step('return', '--reason', 'Pièce illisible', ...approver)
    expect(jsonOf(returned)).toMatchObject({ state: 'draft', submittedBy: null })
    expect(jsonOf(await step('submit', ...officer)).state).toBe('submitted')
    expect(jsonOf(await step('approve', ...approver))).toMatchObject({
      state: 'posted',
      recordedIn: { fiscalYear: '2025-2026', period: 3 },
      approvedBy: 'chef@msp.example',
    })
    const asked = await step('reverse', '--reason', 'Doublon', '--as', 'agente@msp.example')
    expect(asked).toMatchObject({ code: 0, stdout: expect.stringContaining(number) })
    // What the message says can be typed as it stands, but for the person.
    const [, request = ''] = /--request (\S+) --approve/.exec(asked.stderr) ?? []
    const refusal = ['--request', request, '--refuse', '--reason', 'Deux pièces']
    const refused = jsonOf(await step('decide', ...refusal, ...approver))
    expect(refused).toMatchObject({ state: 'posted', requests: [{ state: 'refused' }] })
    const [, again] = jsonOf(await step('reverse', '--reason', 'Encore', ...officer)).requests
    const reversed = await step('decide', '--request', again.id, '--approve', ...approver)
    expect(jsonOf(reversed)).toMatchObject({
      state: 'reversed',
      requests: [{ state: 'refused' }, { state: 'approved', decidedBy: 'chef@msp.example' }],
    })
    expect((await step('reverse', '--reason', 'Trop', ...officer)).code).toBe(5)
  })

  test.concurrent('are shown by number in any case, or by id in any case', async () => {
    const { id, number } = jsonOf(await vigie(...entry('15', ...officer)))
    const shown = await Promise.all(
      [number.toLowerCase(), id.toUpperCase()].map((name) =>
        vigie('expenditures', 'show', name, ...officer),
      ),
    )
    expect(shown.map((ran) => jsonOf(ran).id)).toEqual([id, id])
  })

  test.concurrent('are shown in a table whose number can be read whole and given to the next command', async () => {
    const entered = await vigie(...entry('17', '--as', 'agente@msp.example'))
    expect(dataOf(entered)).toMatch(/D-2025-2026-\d{6} +brouillon +MSP +QC-12 .* 17,00\u00a0\$/)
  })

  test.concurrent.each([
    ['2\u00a0903,06\u00a0$', '2903.06'],
    ['$1,234.50', '1234.50'],
    ['0,25 million de dollars', '250000.00'],
  ])('take the amount as people paste it: %s', async (pasted, amount) => {
    expect(jsonOf(await vigie(...entry(pasted, ...officer))).amount).toBe(amount)
  })

  test.concurrent.each([
    ['1,234', 'deux façons'],
    ['-5,00', 'supérieur à zéro'],
  ])('refuse the amount %s and record nothing', async (pasted, reason) => {
    const text = `Refus de ${pasted}`
    const { code, stdout, stderr } = await vigie(
      ...entry(pasted, '--justification', text, ...officer),
    )
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('--amount')
    expect(stderr).toContain(reason)
  })

  test.concurrent.each([
    ['a blank', '--supplier', ' '],
    ['2001 characters', '--description', 'x'.repeat(2001)],
  ])('refuse what the API refuses: %s as %s', async (_what, option, value) => {
    const { code, stderr } = await vigie(...entry('1', option, value, ...officer))
    expect(code).toBe(2)
    expect(stderr).toContain(`Valeur refusée pour ${option}`)
  })

  test.concurrent('are listed whole, and a list of one is a list', async () => {
    await within(database.handle, { actor: 'agente@msp.example' }, (work) =>
      sql`
        insert into expenditure (number, organization, measure, envelope, service_date,
          fiscal_year, document_number, supplier, description, amount, prepared_by, changed_by)
        select 'L-' || place, 'MSP', 'QC-15', 'QC-M15', date '2024-04-01' + place % 300,
          '2024-2025', 'L' || place, 'Lot', 'Un parmi beaucoup', 0.01, 'agente@msp.example',
          'agente@msp.example'
        from generate_series(1, 1001) place
      `.execute(work),
    )
    const list = (...args: string[]) => vigie('expenditures', 'list', ...args)
    const [all, table, one, english] = await Promise.all([
      list('--measure', '15', ...officer),
      list('--measure', 'a3', '--as', 'agente@msp.example'),
      list('--text', 'L1001', '--organization', 'msp', ...officer),
      list('--measure', '15', '--as', 'agente@msp.example', '--lang', 'en'),
    ])
    expect(new Set(jsonOf(all).map(({ id }: { id: string }) => id)).size).toBe(1001)
    expect(dataOf(table)).toContain('Aucune ligne.')
    expect(jsonOf(one)).toMatchObject([{ number: 'L-1001' }])
    expect(dataOf(english).trimEnd().split('\n').at(-1)).toMatch(/^total .*\$10\.01$/)
  })
})

describe('verify', () => {
  test.concurrent('finds a record whole, or names what does not hold', async () => {
    const other = await testDatabase({ template: 'published' })
    try {
      const whole = dataOf(await runVigie(['verify'], { env: { DATABASE_URL: other.url } }))
        .trimEnd()
        .split('\n')
      expect(whole.filter((line) => line.startsWith('✓ ')).length).toBeGreaterThan(10)
      expect(whole.filter((line) => line.startsWith('✗ '))).toEqual([])
      expect(whole.at(-1)).toMatch(/^position \d+ · [0-9a-f]{64}$/)
      await other.owner.query(
        `update journal_balance set amount = amount + 0.01
         where ctid = (select min(ctid) from journal_balance)`,
      )
      const { code, stdout, stderr } = await runVigie(['verify'], {
        env: { DATABASE_URL: other.url },
      })
      expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
      expect(stdout).toMatch(/^✗ /m)
      expect(stdout).toMatch(/ : attendu \S+, trouvé \S+$/m)
    } finally {
      await other.close()
    }
  })
})
