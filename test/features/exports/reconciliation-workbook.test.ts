import { describe, expect, test } from 'vitest'
import { money } from '#core/money.ts'
import { reconciliationWorkbook } from '#features/exports/reconciliation-workbook.views.ts'
import { dimensions, type Question } from '#features/reconciliation/facts.ts'
import { writeWorkbook } from '#platform/tables/xlsx.ts'
import { planRecord } from '#test/support/facts.ts'
import { cellAt, rowOf, sheetNamed, totalAt } from './described-cells.ts'
import { recalculate } from './recalculate.ts'
import { type Asked, eventfulRecord, reconciliationSources } from './workbooks.ts'

const plain = await planRecord()
const eventful = await eventfulRecord()

/** Excel's engine takes minutes for what ours asks once; the second one needs a shorter range. */
const periods = { by: 'period', from: '2022-2023', to: '2023-2024' } as const

describe('the workbook of a reconciliation', () => {
  test.each([
    [
      'fr',
      [
        'Couverture',
        'Sommaire',
        'Écarts',
        'Budget prévu',
        'Dépenses',
        'Exceptions',
        'Contrôles',
        'Dictionnaire',
        'Provenance',
      ],
    ],
    [
      'en',
      [
        'Cover',
        'Summary',
        'Variances',
        'Planned budget',
        'Expenditures',
        'Exceptions',
        'Checks',
        'Dictionary',
        'Provenance',
      ],
    ],
  ] as const)('has its nine sheets in order (%s)', (language, names) => {
    const workbook = reconciliationWorkbook(reconciliationSources(plain), language)
    expect(workbook.sheets.map(({ name }) => name)).toEqual(names)
  })

  const questions: readonly Asked[] = (['QC', 'CA'] as const).flatMap((jurisdiction) =>
    (['none', 'straight-line'] as const).flatMap((spread: Question['spread']) =>
      dimensions.map((by) => ({ jurisdiction, spread, ...(by === 'period' ? periods : { by }) })),
    ),
  )
  test.each(questions)(
    'gives a second engine the same results, and every check is zero: $jurisdiction by $by, spread $spread',
    async (asked) => {
      const workbook = reconciliationWorkbook(reconciliationSources(eventful, asked), 'fr')
      const { formulas, differences } = await recalculate(await writeWorkbook(workbook))
      expect(differences).toEqual([])
      expect(formulas).toBeGreaterThan(100)
      expect(totalAt(workbook, 'Contrôles', 'verdict')).toMatchObject({
        result: { text: 'conforme' },
      })
    },
  )

  test.each(dimensions)('has the totals and the rows of the report, by %s', (by) => {
    const sources = reconciliationSources(eventful, { by })
    const workbook = reconciliationWorkbook(sources, 'fr')
    const { totals, findings } = sources.reconciliation
    for (const key of ['initial', 'planned', 'spent', 'available', 'ownResources'] as const) {
      expect(totalAt(workbook, 'Sommaire', key)).toMatchObject({ result: { amount: totals[key] } })
    }
    expect(sheetNamed(workbook, 'Sommaire').rows).toHaveLength(findings.length)
  })

  test('shows the shared envelope once in the total, and its members beside it', () => {
    const workbook = reconciliationWorkbook(reconciliationSources(eventful), 'fr')
    const member = rowOf(workbook, 'Sommaire', 'QC-3')
    expect(cellAt(workbook, 'Sommaire', member, 'repeated')).toEqual({ boolean: true })
    expect(cellAt(workbook, 'Sommaire', member, 'planned')).toMatchObject({
      result: { amount: money('500000.10') },
    })
    const whole = rowOf(workbook, 'Sommaire', 'QC-COMMUNICATION')
    expect(cellAt(workbook, 'Sommaire', whole, 'planned')).toMatchObject({
      result: { amount: money('2903063.00') },
    })
  })

  test('tells nothing planned and not applicable from zero', () => {
    const workbook = reconciliationWorkbook(reconciliationSources(plain), 'fr')
    const at = (key: string, column: string) =>
      cellAt(workbook, 'Sommaire', rowOf(workbook, 'Sommaire', key), column)
    expect(at('QC-4', 'planned')).toEqual({ missing: 'absent' })
    expect(at('QC-6', 'planned')).toEqual({ missing: 'not-applicable' })
    expect(at('QC-6', 'ownResources')).toMatchObject({ result: { amount: money('0.00') } })
    expect(at('QC-8', 'spent')).toMatchObject({ result: { amount: money('0.00') } })
    expect(at('QC-8', 'percentSpent')).toEqual({ missing: 'absent' })
  })

  test('ties the table to the announcement by a formula: 2 893 075 unexplained', async () => {
    const workbook = reconciliationWorkbook(reconciliationSources(plain), 'fr')
    const cover = sheetNamed(workbook, 'Couverture')
    const shown = cover.rows.map(([label, value]) => [label, value] as const)
    const unexplained = shown.find(
      ([label]) => label !== undefined && 'text' in label && label.text.startsWith('Annoncé −'),
    )
    expect(unexplained?.[1]).toMatchObject({
      formula: expect.stringContaining('-'),
      result: { amount: money('2893075.00') },
    })
  })

  test('lists each flag with its sentence, and what the range leaves out', () => {
    const asked = { from: '2022-2023', to: '2023-2024' }
    const workbook = reconciliationWorkbook(reconciliationSources(eventful, asked), 'fr')
    const { rows } = sheetNamed(workbook, 'Exceptions')
    const flags = rows.map((_, index) => cellAt(workbook, 'Exceptions', index, 'flag'))
    expect(flags).toContainEqual({ text: 'late-item' })
    const left = rowOf(workbook, 'Exceptions', 'QC-M25')
    expect(cellAt(workbook, 'Exceptions', left, 'flag')).toEqual({ text: 'not-distributed' })
    expect(cellAt(workbook, 'Exceptions', left, 'amount')).toEqual({ amount: money('79224900.00') })
    expect(
      rows.every((_, index) => 'text' in cellAt(workbook, 'Exceptions', index, 'meaning')),
    ).toBe(true)
  })

  test('sorts the variances, the greatest first whatever its sign', () => {
    const workbook = reconciliationWorkbook(reconciliationSources(eventful), 'fr')
    const keys = sheetNamed(workbook, 'Écarts').rows.map((_, index) =>
      cellAt(workbook, 'Écarts', index, 'key'),
    )
    expect(keys[0]).toEqual({ text: 'QC-25' })
    // 20 000.01 over the plan stands before measures that are less under it.
    expect(keys.findIndex((key) => 'text' in key && key.text === 'QC-2')).toBeGreaterThan(0)
  })
})
