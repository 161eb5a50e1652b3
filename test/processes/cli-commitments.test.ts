import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { type Ran, runVigie } from '#test/support/processes.ts'

/** Commitments and corrections at the terminal, as processes, by two people. */
vi.setConfig({ testTimeout: 240_000 })

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
  for (const [email, role] of [
    ['agente@msp.example', 'officer'],
    ['chef@msp.example', 'approver'],
  ] as const) {
    const person = ['--email', email, '--name', 'X. Y', '--role', role, '--organization', 'MSP']
    expect((await vigie('users', 'add', ...person)).code).toBe(0)
  }
})
afterAll(() => database.close())

const vigie = (...args: string[]): Promise<Ran> =>
  runVigie(args, { env: { DATABASE_URL: database.url } })

const officer = ['--as', 'agente@msp.example', '--format', 'json']
const approver = ['--as', 'chef@msp.example', '--format', 'json']

/** All went well: the document as it now is. */
const done = async (...args: string[]) => {
  const { code, stdout, stderr } = await vigie(...args)
  expect({ args, code, stderr: code === 0 ? '' : stderr }).toEqual({ args, code: 0, stderr: '' })
  return JSON.parse(stdout)
}

describe('a commitment', () => {
  test('is reserved, consumed by an expenditure, and released', async () => {
    const stated = [
      ...['--organization', 'msp', '--measure', '12', '--fiscal-year', '2025-26'],
      ...['--supplier', 'PIPQ', '--reference', 'C-17', '--description', 'Projet pilote'],
      ...['--amount', '1 000,00 $'],
    ]
    const { number } = await done('commitments', 'add', ...stated, ...officer)
    expect(number).toBe('E-2025-2026-000001')
    const step = (verb: string, ...args: string[]) => done('commitments', verb, number, ...args)
    expect((await step('submit', ...officer)).state).toBe('submitted')
    const returned = await step('return', '--reason', 'Mauvais exercice', ...approver)
    expect(returned.state).toBe('draft')
    await step('submit', ...officer)
    expect((await step('approve', ...approver)).state).toBe('approved')

    const spent = await done(
      ...['expenditures', 'add', '--organization', 'msp', '--measure', '12'],
      ...['--service-date', '2025-06-15', '--document-number', 'F-1', '--supplier', 'PIPQ'],
      ...['--description', 'Projet', '--amount', '600', '--commitment', number.toLowerCase()],
      ...officer,
    )
    await done('expenditures', 'submit', spent.number, ...officer)
    await done('expenditures', 'approve', spent.number, ...approver)
    const shown = await done('commitments', 'show', number, ...officer)
    expect(shown).toMatchObject({ id: spent.commitment, consumed: '600.00', remaining: '400.00' })

    const part = ['--amount', '150', '--reason', 'Moins cher', ...approver]
    expect((await step('release', ...part)).released).toBe('150.00')
    expect((await step('release', '--reason', 'Terminé', ...approver)).state).toBe('closed')
    const again = await vigie('commitments', 'release', number, '--reason', 'Encore', ...approver)
    expect(again).toMatchObject({ code: 5, stdout: '' })
    const table = await vigie('commitments', 'list', '--state', 'closed', '--as', officer[1] ?? '')
    expect(table.stdout.replaceAll('\u00a0', ' ')).toMatch(
      /E-2025-2026-000001 +fermé .* 1 000,00 \$ +600,00 \$ +0,00 \$/,
    )
  })
})

describe('a posted expenditure', () => {
  test('is refunded in part, then reclassified, each decided by another person', async () => {
    const { number } = await done(
      ...['expenditures', 'add', '--organization', 'msp', '--measure', '15'],
      ...['--service-date', '2025-06-15', '--document-number', 'F-2', '--supplier', 'PIPQ'],
      ...['--description', 'Projet', '--amount', '100', ...officer],
    )
    await done('expenditures', 'submit', number, ...officer)
    await done('expenditures', 'approve', number, ...approver)
    const correct = async (verb: string, ...args: string[]) => {
      const asking = ['expenditures', verb, number, ...args, '--reason', 'Erreur']
      const request = (await done(...asking, ...officer)).requests.at(-1)
      const decision = ['decide', number, '--request', request.id, '--approve']
      return done('expenditures', ...decision, ...approver)
    }
    const refunded = await correct('refund', '--amount', '30', '--date', '2026-05-04')
    expect(refunded).toMatchObject({ state: 'posted', refunded: '30.00' })
    const { state, reclassifiedTo } = await correct('reclassify', '--measure', 'a3')
    expect(state).toBe('reversed')
    const moved = await done('expenditures', 'show', reclassifiedTo, ...officer)
    expect(moved).toMatchObject({ measure: 'QC-A3', refunded: '30.00', state: 'posted' })
    const list = ['expenditures', 'list', '--text', 'F-2', '--as', officer[1] ?? '']
    expect((await vigie(...list)).stdout.replaceAll('\u00a0', ' ')).toMatch(/total .* 70,00 \$/)
  })
})
