import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { type Ran, runVigie } from '#test/support/processes.ts'

/** Closing a fiscal year at the terminal, as processes, by two people. */
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

const officer = ['--as', 'agente@msp.example']
const approver = ['--as', 'chef@msp.example']
const asked = ['--programme', 'qc-plan-2021', '--fiscal-year', '2025-26', '--policy', 'qc-m2=lapse']

test('a year is previewed, prepared, returned, prepared again, approved and reported', async () => {
  const preview = await vigie('year-end', 'preview', ...asked, ...officer)
  expect(preview).toMatchObject({ code: 0, stderr: '' })
  expect(preview.stdout.replaceAll('\u00a0', ' ')).toMatch(
    /QC-M2 .* périmer .* 50 000,00 \$ +0,00 \$ +0,00 \$ +50 000,00 \$/,
  )
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await vigie('year-end', ...args, '--format', 'json')
    expect({ args, code, stderr: code === 0 ? '' : stderr }).toEqual({ args, code: 0, stderr: '' })
    return JSON.parse(stdout)
  }
  const prepared = await run('prepare', ...asked, ...officer)
  expect(prepared).toMatchObject({ state: 'submitted', version: 1, fiscalYear: '2025-2026' })
  const named = 'QC-PLAN-2021/2025-2026'
  const returned = await run('return', named, '--reason', 'Politique', ...approver)
  expect(returned.state).toBe('draft')
  await run('prepare', ...asked, '--policy', 'QC-M13=2,5', ...officer)
  expect(await vigie('year-end', 'approve', named, ...officer)).toMatchObject({ code: 3 })
  expect((await run('approve', named, ...approver)).state).toBe('approved')
  const { rows } = await database.owner.query('select format, language from frozen_report')
  expect(rows).toHaveLength(3)
  expect((await run('show', prepared.id, ...officer)).policies).toEqual([
    { envelope: 'QC-M13', policy: 'carry-percent', percent: '2.50' },
    { envelope: 'QC-M2', policy: 'lapse', percent: null },
  ])
  const list = await vigie('year-end', 'list', '--state', 'approved', ...officer)
  expect(list.stdout).toMatch(/QC-PLAN-2021 +2025-2026 +approuvée +agente@msp\.example +chef@/)
  const report = await vigie('report', 'year-end', '--format', 'json')
  expect(JSON.parse(report.stdout).totals.lapsed).toBe('147106925.00')
  const bad = await vigie('year-end', 'preview', ...asked, '--policy', 'QC-M8=101', ...officer)
  expect(bad).toMatchObject({ code: 2, stdout: '' })
})
