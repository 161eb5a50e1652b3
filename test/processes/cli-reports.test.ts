import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { type Environment, type Ran, runVigie } from '#test/support/processes.ts'

/** `vigie report`: the same figures in every form, alone on stdout or in the file that was named. */
vi.setConfig({ testTimeout: 120_000 })

let database: TestDatabase
let folder: string

beforeAll(async () => {
  database = await testDatabase({ template: 'published' })
  folder = await mkdtemp(join(tmpdir(), 'vigie-reports-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true })
  await database.close()
})

const report = (args: readonly string[], env: Environment = {}): Promise<Ran> =>
  runVigie(['report', ...args], { cwd: folder, env: { DATABASE_URL: database.url, ...env } })

async function dataOf(args: readonly string[], env: Environment = {}): Promise<string> {
  const { code, stdout, stderr } = await report(args, env)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return stdout
}

const planned = '147\u00a0106\u00a0925,00\u00a0$'
const spent = '6\u00a0389\u00a0496,00\u00a0$'

describe('the reconciliation', () => {
  test.concurrent('is a French table unless told, on a line of its own to the end', async () => {
    const text = await dataOf(['reconciliation'])
    expect(text).toMatch(/^Rapprochement budgétaire – Québec\n/)
    expect(text).toMatch(new RegExp(`^ *total +Total +.*${planned.replace('$', '\\$')}`, 'm'))
    expect(text).toContain(spent)
    expect(text).toMatch(/^position \d+ · \S+ · [0-9a-f]{64}$/m)
    expect(text).toMatch(/[^\n]\n$/)
  })

  test.concurrent.each([
    ['LC_ALL', ['reconciliation'], { LC_ALL: 'en_CA.UTF-8' }],
    ['--lang, whatever the locale', ['reconciliation', '--lang', 'en'], { LC_ALL: 'fr_CA.UTF-8' }],
  ])('is in English by %s', async (_what, args, env) => {
    const text = await dataOf(args, env)
    expect(text).toMatch(/^Budget reconciliation/)
    expect(text).toContain('$147,106,925.00')
  })

  test.concurrent('is in French by --lang in an English locale', async () => {
    const text = await dataOf(['reconciliation', '--lang', 'fr'], { LC_ALL: 'en_CA.UTF-8' })
    expect(text).toContain(planned)
  })

  test.concurrent('has the same totals whatever it is cut by', async () => {
    const cuts = ['lead', 'fiscal-year', 'programme']
    const texts = await Promise.all(
      cuts.map((by) => dataOf(['reconciliation', '--by', by, '--format', 'json'])),
    )
    for (const text of texts) {
      expect(JSON.parse(text).totals).toMatchObject({
        planned: '147106925.00',
        spent: '6389496.00',
      })
    }
  })

  test.concurrent('has 37 measures and the envelope that no measure draws on', async () => {
    const args = ['reconciliation', '--by', 'measure', '--jurisdiction', 'QC', '--format', 'json']
    const { rows, totals } = JSON.parse(await dataOf(args))
    expect(totals).toMatchObject({ planned: '147106925.00', spent: '6389496.00' })
    const keys: string[] = rows.map(({ key }: { key: string }) => key)
    expect(keys.filter((key) => /^QC-A?\d+$/.test(key))).toHaveLength(37)
    expect(keys).toContain('QC-COMMUNICATION')
  })

  test.concurrent('as CSV for programs ends with its total and no empty line', async () => {
    const lines = (await dataOf(['reconciliation', '--format', 'csv'])).split('\n')
    expect(lines[0]).toMatch(/^key,kind,label,.*percent_spent/)
    expect(lines.at(-1)).toBe('')
    expect(lines.at(-2)).toMatch(/^total,total,.*,147106925\.00,.*,6389496\.00,/)
  })

  test.concurrent('as CSV for Excel has its mark, semicolons, commas and line ends', async () => {
    const args = ['reconciliation', '--format', 'csv', '--dialect', 'excel-fr']
    const text = await dataOf(args)
    expect(text).toMatch(/^\uFEFF\S/)
    const lines = text.split('\r\n')
    expect(lines.at(-1)).toBe('')
    expect(lines.at(-2)).toMatch(/^total;.*;147106925,00;.*;6389496,00;/)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  })

  test.concurrent.each([
    ['table', []],
    ['json', []],
    ['csv', ['--dialect', 'excel-fr']],
  ])('written to a file as %s %j is what stdout would show', async (format, more) => {
    const args = ['reconciliation', '--by', 'axis', '--format', format, ...more]
    const path = join(folder, `axes-${more.at(-1)}.${format}`)
    const [shown, written] = await Promise.all([dataOf(args), report([...args, '-o', path])])
    expect(written).toEqual({ code: 0, signal: null, stdout: '', stderr: `${path}\n` })
    expect(readFileSync(path, 'utf8')).toBe(shown)
  })

  test.concurrent('as a workbook goes to the file that was named', async () => {
    const path = join(folder, 'classeur.xlsx')
    const named = await report(['reconciliation', '--format', 'xlsx', '-o', path])
    expect(named).toMatchObject({ code: 0, stdout: '', stderr: `${path}\n` })
    const parts = unzipSync(readFileSync(path))
    expect(strFromU8(parts['xl/workbook.xml'] ?? Buffer.of())).toContain('<sheet ')
  })

  test.concurrent('as a workbook goes to stdout, as data does, when no file is named', async () => {
    const piped = await report(['reconciliation', '--format', 'xlsx'])
    expect(piped).toMatchObject({ code: 0, stderr: '' })
    expect(piped.stdout.slice(0, 2)).toBe('PK')
  })
})

describe('the other reports', () => {
  test.concurrent('the comparison states its range and what it assumes', async () => {
    const years = ['--from', '2021-2022', '--to', '2025-2026', '--spread', 'straight-line']
    const text = await dataOf(['comparison', ...years, '--format', 'json'])
    const { rows, assumptions } = JSON.parse(text)
    expect(rows.at(-1)).toMatchObject({
      key: 'cumulated',
      ca: { plannedHigh: '132396666.66', plannedLow: '87646666.66' },
    })
    expect(assumptions.length).toBeGreaterThan(0)
    for (const { citation } of assumptions) expect(citation).toEqual(expect.any(String))
  })

  test.concurrent('the comparison is a table and a CSV too', async () => {
    const [table, csv] = await Promise.all([
      dataOf(['comparison', '--scenario', 'low']),
      dataOf(['comparison', '--format', 'csv']),
    ])
    expect(table).toMatch(/Québec.*Canada/)
    expect(csv.split('\n')[0]).toMatch(/^key,.*qc_planned.*ca_planned_low/)
  })

  test.concurrent('the bridge closes at the position that it is drawn to', async () => {
    const args = ['bridge', '--since', '1', '--format', 'json']
    const { rows, opening, position } = JSON.parse(await dataOf(args))
    expect([opening.position, position > 1]).toEqual([1, true])
    const spending = rows.find(({ key }: { key: string }) => key === 'spending')
    expect([rows[0].spent, spending.spent, rows.at(-1).key, rows.at(-1).spent]).toEqual([
      '0.00',
      '6389496.00',
      'closing',
      '6389496.00',
    ])
  })

  test.concurrent('a bridge without its beginning is bad usage, a report that is none is not found', async () => {
    const [bridge, unknown] = await Promise.all([report(['bridge']), report(['balance'])])
    expect(bridge).toMatchObject({ code: 2, stdout: '' })
    expect(bridge.stderr).toContain('[reports/since-missing]')
    expect(unknown).toMatchObject({ code: 4, stdout: '' })
  })

  test.concurrent('assumptions and thresholds are options, and are printed with the figures', async () => {
    const switched = ['--assume', 'CA-2017:unknown:CA-CCPE=low', '--format', 'json']
    const held = ['--ahead', '5', '--behind', '12.5', '--late', '6', '--format', 'json']
    const [comparison, exceptions] = await Promise.all([
      dataOf(['comparison', ...switched]),
      dataOf(['exceptions', ...held]),
    ])
    expect(JSON.parse(comparison).rows.at(-1).ca.planned).toBe('117646666.66')
    expect(JSON.parse(comparison).parameters.assume).toBe('CA-2017:unknown:CA-CCPE=low')
    expect(JSON.parse(exceptions).parameters).toMatchObject({
      ahead: '5.00',
      behind: '12.50',
      late: '6',
    })
  })

  test.concurrent('the announcements are listed, and say that they are not spending', async () => {
    const text = await dataOf(['announcements'])
    expect(text).toContain('aucun n’entre dans une colonne de dépenses')
  })
})

describe('a workbook that cannot be made', () => {
  const period = ['--organization', 'MSP', '--fiscal-year', '2025-2026', '--period', '3']
  test.concurrent.each([
    ['of a report that is none', ['balance'], 4, 'reports/unknown'],
    [
      'past the last open year',
      ['reconciliation', '--to', '2035-2036'],
      6,
      'reports/horizon-not-open',
    ],
    ['of a position to come', ['comparison', '--as-of', '999999'], 6, 'audit/moment-ahead'],
    [
      'of an instant to come',
      ['exceptions', '--as-of', '2098-01-01T00:00:00-05:00'],
      6,
      'audit/moment-ahead',
    ],
    [
      'of an earlier matching',
      ['tie-out', ...period, '--as-of', '1'],
      2,
      'reports/parameter-unused',
    ],
  ] as const)('%s is refused, and no file is written', async (says, args, exit, refusal) => {
    const file = join(folder, `${says}.xlsx`)
    const { code, stdout, stderr } = await report([...args, '--format', 'xlsx', '-o', file])
    expect({ code, stdout }).toEqual({ code: exit, stdout: '' })
    expect(stderr).toContain(`[${refusal}]`)
    expect(existsSync(file)).toBe(false)
  })
})
