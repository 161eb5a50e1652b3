import { describe, expect, test } from 'vitest'
import { comparisonWorkbook } from '#features/exports/comparison-workbook.views.ts'
import { allowedConstants } from '#features/exports/formulas.views.ts'
import { reconciliationWorkbook } from '#features/exports/reconciliation-workbook.views.ts'
import { dimensions } from '#features/reconciliation/facts.ts'
import { layoutOf } from '#platform/tables/sheet-layout.ts'
import type { Sheet, Workbook } from '#platform/tables/workbook.ts'
import { writeWorkbook } from '#platform/tables/xlsx.ts'
import { readWorkbook } from './recalculate.ts'
import { comparisonSources, eventfulRecord, reconciliationSources } from './workbooks.ts'

const record = await eventfulRecord()
const workbooks: readonly (readonly [string, Workbook])[] = [
  ...dimensions.map(
    (by) => [by, reconciliationWorkbook(reconciliationSources(record, { by }), 'fr')] as const,
  ),
  [
    'federal',
    reconciliationWorkbook(
      reconciliationSources(record, { jurisdiction: 'CA', by: 'fiscal-year' }),
      'en',
    ),
  ],
  ['comparison', comparisonWorkbook(comparisonSources(record), 'fr')],
]

interface Placed {
  readonly address: string
  readonly formula: string
}

const columnsOfFormulas = (sheet: Sheet): readonly (readonly Placed[])[] => {
  const at = layoutOf(sheet)
  return sheet.columns.map(({ key }, column) =>
    sheet.rows.flatMap((row, index) => {
      const cell = row[column]
      return cell !== undefined && 'formula' in cell
        ? [{ address: at.cell(key, index), formula: cell.formula }]
        : []
    }),
  )
}

/** What is typed in a formula: no address, no name of a sheet or of a function. */
function constantsIn(formula: string): readonly string[] {
  const bare = formula.replace(/'(?:[^']|'')*'!/g, '').replace(/\$?[A-Z]{1,3}\$?\d+/g, '')
  const texts = bare.match(/"(?:[^"]|"")*"/g) ?? []
  const rest = bare.replace(/"(?:[^"]|"")*"/g, '')
  return [
    ...texts,
    ...(rest.match(/\b(?:TRUE|FALSE)\b/g) ?? []),
    ...(rest.match(/\d+(?:\.\d+)?/g) ?? []),
  ]
}

/**
 * A1 references turned into their distance: the same in each row of a column that was copied down.
 */
function shapeOf({ address, formula }: Placed): string {
  const own = Number(address.replace(/\D/g, ''))
  return formula.replace(/(\$?)([A-Z]{1,3})(\$?)(\d+)/g, (_, a, column, b, row) =>
    b === '$' ? `${a}${column}$${row}` : `${a}${column}[${Number(row) - own}]`,
  )
}

describe('the formulas of a workbook', () => {
  const allowed: readonly string[] = [
    ...allowedConstants.numbers,
    ...allowedConstants.booleans,
    ...allowedConstants.texts,
  ]

  test.each(workbooks)('hold no typed constant outside the list: %s', (_, workbook) => {
    const typed = workbook.sheets
      .flatMap(columnsOfFormulas)
      .flat()
      .flatMap(({ formula }) => constantsIn(formula))
    const totals = workbook.sheets
      .flatMap(({ totalRow = [] }) => totalRow)
      .flatMap((cell) => ('formula' in cell ? constantsIn(cell.formula) : []))
    expect([...typed, ...totals].filter((constant) => !allowed.includes(constant))).toEqual([])
  })

  test.each(workbooks)('are one a column, from the first row to the last: %s', (_, workbook) => {
    const oneEach = ['Sommaire', 'Summary', 'Écarts', 'Variances', 'Budget prévu', 'Planned budget']
    const mixed = workbook.sheets
      .filter(({ name }) => oneEach.includes(name))
      .flatMap((sheet) =>
        columnsOfFormulas(sheet).map((column, at) => ({
          column: `${sheet.name} ${sheet.columns[at]?.key}`,
          shapes: new Set(column.map(shapeOf)).size,
        })),
      )
    expect(mixed.length).toBeGreaterThan(10)
    expect(mixed.filter(({ shapes }) => shapes > 1)).toEqual([])
  })

  test.each(workbooks)('each have their result in the file: %s', async (_, workbook) => {
    const read = readWorkbook(await writeWorkbook(workbook))
    const formulas = read.names.flatMap((name) =>
      [...read.cells(name)].filter(([, { formula }]) => formula !== null),
    )
    expect(formulas.length).toBeGreaterThan(50)
    expect(formulas.filter(([, { value }]) => value === null)).toEqual([])
  })

  test('are where every computed figure is: the totals of the sheets hold no typed amount', () => {
    const typed = workbooks.flatMap(([, { sheets }]) =>
      sheets.flatMap(({ name, totalRow = [] }) =>
        totalRow.filter((cell) => 'amount' in cell).map(() => name),
      ),
    )
    expect(typed).toEqual([])
  })
})

describe('the reading of constants', () => {
  test.each([
    ["ROUND(SUM('Feuille 12'!$A$1:$A$9)*100,2)", ['100', '2']],
    ['IF(N(A1)=0,"",B7*1.05)', ['""', '0', '1.05']],
    ['SUMIFS(A1:A2,B1:B2,TRUE)', ['TRUE']],
  ])('finds those of %s', (formula, constants) => {
    expect(constantsIn(formula)).toEqual(constants)
  })
})
