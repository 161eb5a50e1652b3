import { describe, expect, test } from 'vitest'
import { version } from '#core/version.ts'
import { commandOf, madeWith, readCommand, readMadeWith } from '#features/exports/report-command.ts'
import { withSite } from '#features/exports/returned.ts'
import { buildReconciliation } from '#features/reports/reports.table.ts'
import { planRecord } from '#test/support/facts.ts'

const { facts } = await planRecord()
const report = buildReconciliation(facts, { name: 'reconciliation', by: 'axis' })
const written = commandOf(report, 'en', 'cells')

describe('the command that makes a workbook again', () => {
  test('says every parameter of the report, its position, its language and its detail', () => {
    expect(written).toBe(
      `vigie report reconciliation --by axis --from 2021-2022 --to 2025-2026 --jurisdiction QC --spread none --as-of ${facts.position} --detail cells --lang en --format xlsx`,
    )
  })

  test('is read as what it asks for', () => {
    expect(readCommand(written)).toEqual({
      request: {
        name: 'reconciliation',
        by: 'axis',
        from: '2021-2022',
        to: '2025-2026',
        jurisdiction: 'QC',
        spread: 'none',
        asOf: { position: facts.position },
      },
      language: 'en',
      detail: 'cells',
    })
  })

  test('writes each report’s own parameters, and no moment for a tie-out, which takes none', () => {
    const parameters = { organization: 'MSP', fiscalYear: '2025-2026', period: '3', run: 'r' }
    expect(commandOf({ ...report, name: 'tie-out', parameters }, 'fr')).toBe(
      'vigie report tie-out --organization MSP --fiscal-year 2025-2026 --period 3 --lang fr --format xlsx',
    )
  })

  test('says where pages are reached when documents are linked, and only then', () => {
    const site = 'https://vigie.example.org'
    const linked = commandOf(report, 'fr', 'documents', site)
    expect(linked).toContain(` --site ${site} --detail documents `)
    expect(readCommand(linked)?.request.site).toBe(site)
    expect(commandOf(report, 'fr', 'cells', site)).not.toContain('--site')
    expect(readCommand(linked.replace('https:', 'javascript:'))).toBeNull()
  })

  test.each([
    ['our own', 'https://vigie.example.org', 'https://vigie.example.org'],
    ['the reader’s machine', 'http://127.0.0.1:4000', 'http://127.0.0.1:4000'],
    ['elsewhere', 'https://127.0.0.1.evil.example', 'https://vigie.example.org'],
    ['nowhere', undefined, null],
  ])('of a returned file is believed where it is safe: %s', (_, told, drawn) => {
    const asked = readCommand(commandOf(report, 'fr', 'documents', told))
    if (asked === null) {
      throw new Error('the command is not read')
    }
    expect(withSite(asked, 'https://vigie.example.org').request.site).toBe(drawn)
  })

  test.each([
    '',
    'report reconciliation --lang fr --format xlsx',
    'vigie report budget --lang fr --format xlsx',
    'vigie report reconciliation --format xlsx',
    'vigie report reconciliation --lang de --format xlsx',
    'vigie report reconciliation --lang fr --format csv',
    'vigie report reconciliation --lang fr --lang en --format xlsx',
    'vigie report reconciliation --lang fr --format xlsx --constructor x',
    'vigie report reconciliation --by nothing --lang fr --format xlsx',
    'vigie report reconciliation --from 2021 --lang fr --format xlsx',
    'vigie report reconciliation --as-of 0 --lang fr --format xlsx',
    'vigie report reconciliation --detail all --lang fr --format xlsx',
    'vigie report reconciliation --lang fr --format xlsx; rm',
    'vigie report reconciliation  --lang fr --format xlsx',
  ])('%j is none', (text) => {
    expect(readCommand(text)).toBeNull()
  })

  test('stands in the properties of the file with the version that made it', () => {
    expect(readMadeWith(madeWith(written))).toEqual({ version, command: written })
    expect(readMadeWith(written)).toBeNull()
  })
})
