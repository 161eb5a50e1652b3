import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { type Ran, runVigie } from '#test/support/processes.ts'

/** `vigie export`: files for other programs, on stdout or under the name that was given. */
vi.setConfig({ testTimeout: 120_000 })

let database: TestDatabase
let folder: string

beforeAll(async () => {
  database = await testDatabase({ template: 'published' })
  folder = await mkdtemp(join(tmpdir(), 'vigie-export-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true })
  await database.close()
})

const run = (...args: string[]): Promise<Ran> =>
  runVigie(['export', ...args], { cwd: folder, env: { DATABASE_URL: database.url } })

describe('export journal', () => {
  test.concurrent('is for hledger unless told, and a file is what stdout shows', async () => {
    const [shown, written] = await Promise.all([
      run('journal'),
      run('journal', '-o', 'vigie.journal'),
    ])
    expect(shown).toMatchObject({ code: 0, stderr: '' })
    expect(shown.stdout).toMatch(/^; Vigie/)
    expect(shown.stdout).toContain('\n    spent:QC-M13:QC-13:MSP:2025-2026  1210596.00 CAD\n')
    expect(written).toMatchObject({ code: 0, stdout: '', stderr: 'vigie.journal\n' })
    expect(readFileSync(join(folder, 'vigie.journal'), 'utf8')).toBe(shown.stdout)
  })

  test.concurrent('as CSV begins with its columns and ends with its total', async () => {
    const open = await run('journal', '--format', 'csv')
    const excel = await run('journal', '--format', 'csv', '--dialect', 'excel-fr')
    expect(open.stdout).toMatch(/^id,kind,organization,effective_on,recorded_in_fiscal_year,/)
    expect(open.stdout).toMatch(/\ntotal,,,,,,,,,,,,,,,0\.00,,,,,,,\n$/)
    expect(excel.stdout).toMatch(/^\uFEFFÉcriture;Nature;Organisme;/)
    expect(excel.stdout).toMatch(/\r\ntotal;;;;;;;;;;;;;;;0,00;;;;;;;\r\n$/)
  })

  test.concurrent('that cannot be made is refused, and a file of before stays', async () => {
    writeFileSync(join(folder, 'kept.journal'), 'hier')
    const ahead = await run('journal', '--as-of', '99999', '-o', 'kept.journal')
    expect(ahead).toMatchObject({ code: 6, stdout: '' })
    expect(ahead.stderr).toContain('[audit/moment-ahead]')
    const unknown = await run('journal', '--format', 'beancount', '-o', 'other.journal')
    expect(unknown).toMatchObject({ code: 2, stdout: '' })
    expect(unknown.stderr).toContain('hledger, csv')
    expect(readFileSync(join(folder, 'kept.journal'), 'utf8')).toBe('hier')
    expect(readdirSync(folder).filter((name) => /other|partial/.test(name))).toEqual([])
  })
})

describe('export template', () => {
  test.concurrent('writes a workbook, in the language that is asked', async () => {
    const asked = ['template', '--organization', 'msp', '--fiscal-year', '2025-2026']
    const [named, piped] = await Promise.all([
      run(...asked, '-o', 'gabarit.xlsx'),
      run(...asked, '--lang', 'en'),
    ])
    expect(named).toMatchObject({ code: 0, stdout: '', stderr: 'gabarit.xlsx\n' })
    expect(readFileSync(join(folder, 'gabarit.xlsx')).subarray(0, 2).toString()).toBe('PK')
    expect([piped.code, piped.stdout.slice(0, 2)]).toEqual([0, 'PK'])
  })

  test.concurrent('is refused for whom and when there is nothing to enter', async () => {
    const [unknown, later, missing] = await Promise.all([
      run('template', '--organization', 'XYZ', '--fiscal-year', '2025-2026', '-o', 'no.xlsx'),
      run('template', '--organization', 'MSP', '--fiscal-year', '2098-2099', '-o', 'no.xlsx'),
      run('template', '--organization', 'MSP'),
    ])
    expect([unknown.code, later.code, missing.code]).toEqual([6, 6, 2])
    expect(unknown.stderr).toContain('[organizations/unknown]')
    expect(later.stderr).toContain('[imports/year-not-begun]')
    expect(readdirSync(folder)).not.toContain('no.xlsx')
  })
})

describe('a list', () => {
  const list = (...args: string[]): Promise<Ran> =>
    runVigie([...args], { cwd: folder, env: { DATABASE_URL: database.url } })

  test.concurrent('is a table, JSON or CSV, on stdout or in a file', async () => {
    const asked = ['periods', 'list', '--organization', 'MSP', '--fiscal-year', '2025-2026']
    const [table, json, csv, file] = await Promise.all([
      list(...asked),
      list(...asked, '--format', 'json'),
      list(...asked, '--format', 'csv'),
      list(...asked, '--format', 'csv', '--dialect', 'excel-fr', '-o', 'periodes.csv'),
    ])
    expect(table.stdout).toMatch(/^Périodes\n/)
    expect(JSON.parse(json.stdout)).toHaveLength(13)
    expect(csv.stdout.split('\n')[0]).toMatch(/^organization,fiscal_year,period,key,version,state,/)
    expect(file).toMatchObject({ code: 0, stdout: '', stderr: 'periodes.csv\n' })
    expect(readFileSync(join(folder, 'periodes.csv'), 'utf8')).toMatch(
      /^\uFEFFOrganisme;Exercice;Période;Clé;Version;État;.*\r\nMSP;2025-2026;1;/,
    )
  })

  test.concurrent('in a form that there is none of is refused, and nothing is written', async () => {
    const refused = await list('periods', 'list', '--format', 'pdf', '-o', 'periodes.pdf')
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toContain('table, json, csv')
    expect(readdirSync(folder)).not.toContain('periodes.pdf')
  })
})
