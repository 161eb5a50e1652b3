import { describe, expect, test } from 'vitest'
import { money } from '#core/money.ts'
import { scenarios } from '#features/comparison/scenario.ts'
import { comparisonWorkbook } from '#features/exports/comparison-workbook.views.ts'
import { columnLetters, layoutOf } from '#platform/tables/sheet-layout.ts'
import type { SheetCell, Workbook } from '#platform/tables/workbook.ts'
import { writeWorkbook } from '#platform/tables/xlsx.ts'
import { planRecord } from '#test/support/facts.ts'
import { cellAt, rowOf, sheetNamed, totalAt } from './described-cells.ts'
import { recalculate } from './recalculate.ts'
import { comparisonSources, eventfulRecord } from './workbooks.ts'

const plain = await planRecord()
const eventful = await eventfulRecord()

describe('the workbook of a comparison', () => {
  test('has its eight sheets in order, in French and in English', () => {
    const names = (language: 'fr' | 'en') =>
      comparisonWorkbook(comparisonSources(plain), language).sheets.map(({ name }) => name)
    expect(names('fr')).toEqual([
      'Couverture',
      'Sommaire',
      'Comparabilité',
      'Hypothèses',
      'Montants par enveloppe',
      'Contrôles',
      'Dictionnaire',
      'Provenance',
    ])
    expect(names('en')).toEqual([
      'Cover',
      'Summary',
      'Comparability',
      'Assumptions',
      'Amounts by envelope',
      'Checks',
      'Dictionary',
      'Provenance',
    ])
  })

  const asked = scenarios.flatMap((scenario) =>
    (['none', 'straight-line'] as const).map((spread) => ({ scenario, spread })),
  )
  test.each(asked)(
    'gives a second engine the same results, and every check is zero: $scenario, spread $spread',
    async (question) => {
      const workbook = comparisonWorkbook(comparisonSources(eventful, question), 'fr')
      expect(await recalculate(await writeWorkbook(workbook))).toMatchObject({ differences: [] })
      expect(totalAt(workbook, 'Contrôles', 'verdict')).toMatchObject({
        result: { text: 'conforme' },
      })
    },
  )

  test('with assumptions switched, says so on its cover, and every check is zero', async () => {
    const assume = new Map([
      ['CA-2009:unknown:CA-2007', 'low'] as const,
      ['equal-phasing', 'low'] as const,
    ])
    const workbook = comparisonWorkbook(comparisonSources(eventful, { assume }), 'fr')
    expect(await recalculate(await writeWorkbook(workbook))).toMatchObject({ differences: [] })
    expect(totalAt(workbook, 'Contrôles', 'verdict')).toMatchObject({
      result: { text: 'conforme' },
    })
    const cover = sheetNamed(workbook, 'Couverture').rows.flat()
    expect(cover).toContainEqual({ text: 'CA-2009:unknown:CA-2007=low,equal-phasing=low' })
  })

  test('runs from 87 646 666.66 to 132 396 666.66 over the years of the Quebec plan', () => {
    const workbook = comparisonWorkbook(comparisonSources(plain), 'fr')
    expect(totalAt(workbook, 'Sommaire', 'ca.plannedHigh')).toMatchObject({
      formula: expect.stringMatching(/^ROUND\(SUM\(/),
      result: { amount: money('132396666.66') },
    })
    expect(totalAt(workbook, 'Sommaire', 'ca.plannedLow')).toMatchObject({
      result: { amount: money('87646666.66') },
    })
    expect(totalAt(workbook, 'Sommaire', 'ca.range')).toMatchObject({
      result: { amount: money('44750000.00') },
    })
    expect(totalAt(workbook, 'Sommaire', 'qc.planned')).toMatchObject({
      result: { amount: money('147106925.00') },
    })
  })

  test('explains the range by the relations that are read two ways, and by nothing else', () => {
    const workbook = comparisonWorkbook(comparisonSources(plain), 'fr')
    const { rows } = sheetNamed(workbook, 'Hypothèses')
    const read = (row: number, column: string) => cellAt(workbook, 'Hypothèses', row, column)
    const taken = rows.flatMap((_, row) => {
      const [low, high] = [read(row, 'low'), read(row, 'high')]
      const isOpen = 'input' in low && 'input' in high && low.input !== high.input
      return isOpen && JSON.stringify(low) !== JSON.stringify(high)
        ? [[read(row, 'code'), read(row, 'effect')]]
        : []
    })
    expect(taken).toMatchObject([
      [{ text: 'CA-2009:unknown:CA-2007' }, { result: { amount: money('30000000.00') } }],
      [{ text: 'CA-2017:unknown:CA-CCPE' }, { result: { amount: money('14750000.00') } }],
    ])
  })

  test('puts what belongs to no year on a row of its own', () => {
    const workbook = comparisonWorkbook(comparisonSources(plain, { spread: 'none' }), 'fr')
    const { rows } = sheetNamed(workbook, 'Sommaire')
    const last = rows.length - 1
    expect(cellAt(workbook, 'Sommaire', last, 'key')).toEqual({ text: 'Non réparti' })
    expect(cellAt(workbook, 'Sommaire', last, 'qc.planned')).toMatchObject({
      result: { amount: money('147106925.00') },
    })
    const year = rowOf(workbook, 'Sommaire', '2023-2024')
    expect(cellAt(workbook, 'Sommaire', year, 'qc.planned')).toEqual({ missing: 'absent' })
  })

  test('never adds the two governments: no formula names a column of both', () => {
    const workbook = comparisonWorkbook(comparisonSources(plain), 'fr')
    const { columns, rows, totalRow = [] } = sheetNamed(workbook, 'Sommaire')
    const letters = (side: string) =>
      columns.flatMap(({ key }, at) => (key.startsWith(side) ? [columnLetters(at + 1)] : []))
    const [quebec, canada] = [letters('qc'), letters('ca')]
    const formulas = [...rows.flat(), ...totalRow].flatMap((cell) =>
      'formula' in cell ? [cell.formula] : [],
    )
    const own = (formula: string) =>
      formula.replace(/'[^']*'!\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?/g, '')
    const names = (formula: string, side: readonly string[]) =>
      side.some((letter) => new RegExp(`\\b\\$?${letter}\\$?\\d`).test(own(formula)))
    expect(formulas.length).toBeGreaterThan(20)
    expect(formulas.filter((text) => names(text, quebec) && names(text, canada))).toEqual([])
  })
})

describe('an assumption that is typed over', () => {
  const code = 'CA-2009:unknown:CA-2007'
  const workbook = comparisonWorkbook(comparisonSources(eventful), 'fr')
  const typedOver = (column: string, count: number): Workbook => ({
    ...workbook,
    sheets: workbook.sheets.map((sheet) => {
      const [row, at] = [
        sheet.rows.findIndex(([first]) => JSON.stringify(first) === JSON.stringify({ text: code })),
        sheet.columns.findIndex(({ key }) => key === column),
      ]
      return sheet.name === 'Hypothèses'
        ? { ...sheet, rows: sheet.rows.with(row, typed(sheet.rows[row] ?? [], at, count)) }
        : sheet
    }),
  })
  const typed = (row: readonly SheetCell[], at: number, count: number) =>
    row.with(at, { input: { count } })
  const summary = sheetNamed(workbook, 'Sommaire')
  const at = layoutOf(summary)
  const read = async (changed: Workbook, key: string) => {
    const { result } = await recalculate(await writeWorkbook(changed))
    const statusOf = (label: string) => {
      const cover = sheetNamed(workbook, 'Couverture')
      const row = cover.rows.findIndex(
        ([cell]) => cell !== undefined && 'text' in cell && cell.text === label,
      )
      return result('Couverture', layoutOf(cover).cell('value', row))
    }
    return {
      total: result('Sommaire', at.total(key)),
      readings: statusOf('Lectures des hypothèses'),
      checks: statusOf('État des contrôles'),
    }
  }

  test('moves the chosen total to that of the report which reads it so', async () => {
    const assume = new Map([[code, 'low'] as const])
    const { comparison } = comparisonSources(eventful, { assume })
    const planned = comparison.rows.at(-1)?.ca.planned
    expect(await read(typedOver('chosen', 0), 'ca.planned')).toEqual({
      total: Number(planned?.toString()),
      readings: 'changées',
      checks: 'écart',
    })
  })

  test.each([
    ['low', 1, 'ca.plannedLow', 36_000_000],
    ['high', 0, 'ca.plannedHigh', -36_000_000],
  ] as const)('moves the %s total by its effect', async (column, count, key, effect) => {
    const before = await read(workbook, key)
    expect(before).toMatchObject({ readings: 'comme au registre', checks: 'conforme' })
    const after = await read(typedOver(column, count), key)
    expect(after).toEqual({
      total: Number((Number(before.total) + effect).toFixed(2)),
      readings: 'changées',
      checks: 'écart',
    })
  })
})
