import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { bring, fetchBytes } from '#test/support/imports.ts'
import { convert, folderOfTest, python } from '#test/support/programs.ts'

/** An entry template filled in by a program that is not ours, and saved again by another. */
const script = fileURLToPath(new URL('./fill_template.py', import.meta.url))
let app: TestApp
let officer: Person

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer')
})
afterAll(() => app.close())

const typed = (change: Record<string, unknown>) => ({
  ...{ A: 'MSP', B: 'QC-12', D: '2025-06-15', E: 1234.5, F: 'F-1', G: 'PIPQ', H: 'Projet' },
  ...change,
})

test('openpyxl fills a template, LibreOffice saves it again, and all of it is imported', async () => {
  const folder = await folderOfTest()
  const [empty, filled] = [join(folder, 'empty.xlsx'), join(folder, 'filled.xlsx')]
  const url = '/imports/template.xlsx?organization=MSP&fiscalYear=2025-2026'
  await writeFile(empty, await fetchBytes(app, officer, url))
  const rows = [
    typed({ F: '00123', G: '=1+1', H: '-12,50' }),
    typed({ F: '3-4', B: '12', E: 0.05, G: '@x', H: '+1 418 555-0100' }),
    typed({ F: 'F-3', B: 'QC-6', D: '2026-03-31', E: 9999999999999.99, G: 'Été 𝒜', H: '' }),
  ]
  const rules: string[][] = JSON.parse(await python(script, [empty, filled, JSON.stringify(rows)]))
  expect(rules).toContainEqual([
    'E9:E5008',
    'decimal',
    'En dollars canadiens, deux décimales au plus. Un crédit se demande comme remboursement.',
  ])
  expect(rules).toHaveLength(9)
  for (const path of [filled, await convert(filled, 'xlsx')]) {
    const { body } = await bring(officer, { name: 'gabarit.xlsx', content: await readFile(path) })
    expect(body.counts).toMatchObject({ new: 3, rejected: 0, ignored: 1 })
    expect(body.findings).toMatchObject([{ code: 'imports/example-row', row: 8 }])
    expect(
      body.rows.items.map((row: Record<string, string>) => [
        row.documentNumber,
        row.supplier,
        row.description,
        row.amount,
        row.serviceDate,
      ]),
    ).toEqual([
      ['00123', '=1+1', '-12,50', '1234.50', '2025-06-15'],
      ['3-4', '@x', '+1 418 555-0100', '0.05', '2025-06-15'],
      ['F-3', 'Été 𝒜', '', '9999999999999.99', '2026-03-31'],
    ])
  }
})
