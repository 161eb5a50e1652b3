import { describe, expect, test } from 'vitest'
import { money } from '#core/money.ts'
import { scenarios } from '#features/comparison/scenario.ts'
import { comparisonWorkbook } from '#features/exports/comparison-workbook.views.ts'
import { writeWorkbook } from '#platform/tables/xlsx.ts'
import { planRecord } from '#test/support/facts.ts'
import { cellAt, rowOf, sheetNamed, totalAt } from './described-cells.ts'
import { recalculate } from './recalculate.ts'
import { comparisonSources, eventfulRecord } from './workbooks.ts'

const plain = await planRecord()
const eventful = await eventfulRecord()

describe('the workbook of a comparison', () => {
  test('has its six sheets in order, in French and in English', () => {
    const names = (language: 'fr' | 'en') =>
      comparisonWorkbook(comparisonSources(plain), language).sheets.map(({ name }) => name)
    expect(names('fr')).toEqual([
      'Couverture',
      'Sommaire',
      'Hypothèses',
      'Contrôles',
      'Dictionnaire',
      'Provenance',
    ])
    expect(names('en')).toEqual([
      'Cover',
      'Summary',
      'Assumptions',
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
    const taken = rows.flatMap((_, row) => {
      const held = cellAt(workbook, 'Hypothèses', row, 'heldInLow')
      return 'boolean' in held && held.boolean
        ? [
            [
              cellAt(workbook, 'Hypothèses', row, 'code'),
              cellAt(workbook, 'Hypothèses', row, 'effect'),
            ],
          ]
        : []
    })
    expect(taken).toEqual([
      [{ text: 'CA-2009:unknown:CA-2007' }, { amount: money('30000000.00') }],
      [{ text: 'CA-2017:unknown:CA-CCPE' }, { amount: money('14750000.00') }],
    ])
  })

  test('puts what belongs to no year on a row of its own', () => {
    const workbook = comparisonWorkbook(comparisonSources(plain, { spread: 'none' }), 'fr')
    const { rows } = sheetNamed(workbook, 'Sommaire')
    const last = rows.length - 1
    expect(cellAt(workbook, 'Sommaire', last, 'key')).toEqual({ text: 'Non réparti' })
    expect(cellAt(workbook, 'Sommaire', last, 'qc.planned')).toEqual({
      amount: money('147106925.00'),
    })
    const year = rowOf(workbook, 'Sommaire', '2023-2024')
    expect(cellAt(workbook, 'Sommaire', year, 'qc.planned')).toEqual({ missing: 'absent' })
  })

  test('never adds the two governments: no formula names a column of both', () => {
    const workbook = comparisonWorkbook(comparisonSources(plain), 'fr')
    const { columns, rows, totalRow = [] } = sheetNamed(workbook, 'Sommaire')
    const letters = (side: string) =>
      columns.flatMap(({ key }, at) =>
        key.startsWith(side) ? [String.fromCharCode('A'.charCodeAt(0) + at)] : [],
      )
    const [quebec, canada] = [letters('qc'), letters('ca')]
    const formulas = [...rows.flat(), ...totalRow].flatMap((cell) =>
      'formula' in cell ? [cell.formula] : [],
    )
    const names = (formula: string, side: readonly string[]) =>
      side.some((letter) => new RegExp(`\\b\\$?${letter}\\$?\\d`).test(formula))
    expect(formulas.length).toBeGreaterThan(20)
    expect(formulas.filter((text) => names(text, quebec) && names(text, canada))).toEqual([])
  })
})
