import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { systemActor } from '#features/identity/actor.ts'
import { perform } from '#features/identity/context.public.ts'
import { addPerson } from '#features/identity/identity.actions.ts'
import { within } from '#test/support/bounds.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { type Ran, runVigie } from '#test/support/processes.ts'

/** Closing, reopening and the queue at the command line, as processes. */
vi.setConfig({ testTimeout: 120_000 })

const people = [
  ['agente@msp.example', 'officer'],
  ['chef@msp.example', 'approver'],
  ['admin@vigie.example', 'administrator'],
] as const

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
  const call = { actor: systemActor, request: 'test', operatingSystemUser: null }
  for (const [email, role] of people) {
    await perform(database.service, call, (context) =>
      addPerson(context, { email, name: 'X. Y', role, organization: 'MSP' }),
    )
  }
})
afterAll(() => database.close())

const vigie = (...args: string[]): Promise<Ran> =>
  runVigie(args, { env: { DATABASE_URL: database.url } })
const jsonOf = ({ code, stdout, stderr }: Ran) => {
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout)
}

const period = (number: number) => [
  ...['--organization', 'msp', '--fiscal-year', '2025-2026', '--period', String(number)],
]
const asAdmin = ['--as', 'admin@vigie.example']

/** What an officer handed in, without a process for each. */
async function handIn(number: string, amount: string): Promise<void> {
  const officer = 'agente@msp.example'
  await within(database.handle, { actor: officer }, (work) =>
    sql`
      insert into expenditure (
        number, state, organization, measure, envelope, service_date, fiscal_year,
        document_number, supplier, description, amount, prepared_by, changed_by, submitted_by
      )
      values (${number}, 'submitted', 'MSP', 'QC-12', 'QC-M12', '2025-06-15', '2025-2026',
        ${number}, 'PIPQ', 'Projet pilote', ${amount}, ${officer}, ${officer}, ${officer})
    `.execute(work),
  )
}

describe('periods', () => {
  test('are closed, listed with who closed them, and reopened with a reason', async () => {
    const closed = await vigie('periods', 'close', ...period(1), ...asAdmin)
    expect(closed).toMatchObject({ code: 0, stderr: '' })
    expect(closed.stdout).toMatch(
      /MSP +2025-2026-P01 +fermée +ouvert +2 +admin@vigie\.example +\d{4}-\d\d-\d\dT/,
    )
    const list = ['periods', 'list', '--organization', 'MSP', '--fiscal-year', '2025-26']
    const listed = jsonOf(await vigie(...list, '--state', 'closed', '--format', 'json'))
    expect(listed).toMatchObject([
      { key: '2025-2026-P01', state: 'closed', closedBy: 'admin@vigie.example' },
    ])
    const reopened = await vigie(
      ...['periods', 'reopen', ...period(1), ...asAdmin, '--reason', 'Facture oubliée'],
    )
    expect(reopened.stdout).toMatch(/2025-2026-P01 +ouverte +ouvert +3 +— +—/)
  })

  test('say why they are not closed: each document, the role, the state, the number', async () => {
    const number = 'D-2025-2026-000001'
    await handIn(number, '10.00')
    const waiting = await vigie('periods', 'close', ...period(3), ...asAdmin)
    expect(waiting).toMatchObject({ code: 6, stdout: '' })
    expect(waiting.stderr).toContain('[periods/documents-waiting]')
    expect(waiting.stderr).toContain(`${number} (soumise, 2025-06-15)`)
    const chief = await vigie('periods', 'close', ...period(2), '--as', 'chef@msp.example')
    expect(chief).toMatchObject({ code: 3, stdout: '' })
    const open = await vigie(
      ...['periods', 'reopen', ...period(2), ...asAdmin, '--reason', 'Motif'],
    )
    expect(open).toMatchObject({ code: 5, stdout: '' })
    expect(await vigie('periods', 'reopen', ...period(2), ...asAdmin)).toMatchObject({ code: 2 })
  })
})

describe('the queue', () => {
  test('lists what waits with the reasons, and several are approved at once', async () => {
    const [first, second] = ['D-2025-2026-000002', 'D-2025-2026-000003']
    await handIn(first, '20.00')
    // QC-M12 grants 563 000.00.
    await handIn(second, '563000.01')
    const queue = ['approvals', 'list', '--as', 'chef@msp.example']
    const table = await vigie(...queue)
    expect(table).toMatchObject({ code: 0, stderr: '' })
    expect(table.stdout).toContain(`${first}  dépense`)
    expect(table.stdout).toMatch(new RegExp(`• ${second} : .* dépasse la marge de QC-M12`, 'u'))
    expect(table.stdout).toContain(`• ${second} : Une justification est requise pour approuver.`)
    const items = jsonOf(await vigie(...queue, '--format', 'json'))
    expect(
      items.map((item: { expenditure: { number: string } }) => item.expenditure.number),
    ).toEqual(expect.arrayContaining([first, second]))
    const approve = ['expenditures', 'approve', first, second, '--as', 'chef@msp.example']
    const refused = await vigie(...approve)
    expect(refused).toMatchObject({ code: 6, stdout: '' })
    expect(refused.stderr).toContain('[expenditures/above-headroom]')
    const approved = jsonOf(
      await vigie(...approve, '--justification', 'Décision du 3 juin', '--format', 'json'),
    )
    expect(approved).toMatchObject([
      { number: first, state: 'posted' },
      { number: second, state: 'posted', flags: ['over-spent'] },
    ])
    expect(approved[0].position).toBe(approved[1].position)
  })
})
