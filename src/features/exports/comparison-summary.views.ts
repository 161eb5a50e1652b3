import type { Language } from '#core/language.ts'
import type { ComparedRow, FederalSide, Side } from '#features/comparison/compare.ts'
import type { Sheet, SheetCell } from '#platform/tables/workbook.ts'
import { amountOr, words } from './cells.views.ts'
import { comparedCharts } from './comparison-charts.views.ts'
import type { ComparisonDraft, ComparisonPlaces } from './comparison-draft.views.ts'
import { computed, fixed, percentFormula, rounded, sumOf, sumWhere } from './formulas.views.ts'
import { type CellsByKey, drawn, type SheetPlan } from './sheet-plan.views.ts'
import { comparedColumns, rangeOf } from './workbook-compared.ts'
import { kindWords, said, sheetNames } from './workbook-words.ts'

/**
 * Quebec and Canada side by side, a fiscal year a row. Every figure is a formula over the sheet of
 * amounts, so that it follows the assumptions. What the report says of it in words is on a sheet of
 * its own. The two governments' columns meet in no formula: they are never
 * added.
 */
const intro = [
  {
    fr: 'Dollars canadiens. Les deux paliers ne s’additionnent pas : un même dollar peut passer de l’un à l’autre.',
    en: 'Canadian dollars. The two levels are not added: the same dollar may pass from one to the other.',
  },
  {
    fr: 'Les montants suivent la feuille des hypothèses : changez-y une lecture, tout se recalcule.',
    en: 'The amounts follow the sheet of assumptions: change a reading there, and all is computed again.',
  },
]

export const comparisonSummaryPlan = ({
  sources,
  rows,
  cumulated,
  language,
}: ComparisonDraft): SheetPlan => ({
  name: sheetNames.summary[language],
  kind: 'table',
  title: said(sources.report.title, language),
  intro: intro.map((line) => said(line, language)),
  columns: comparedColumns(sources.report.table.columns),
  rowCount: rows.length,
  hasTotal: true,
  charts: comparedCharts(cumulated, language),
})

export function comparisonSummarySheet(
  { rows, cumulated, language }: ComparisonDraft,
  places: ComparisonPlaces,
): Sheet {
  const { summary } = places
  const { at } = summary
  return drawn(
    summary,
    language,
    rows.map((row, index) =>
      withFormulas(
        rowCells(row, language),
        (key) =>
          rowFormula(key, (of) => at.cell(of, index)) ??
          addedFormula(key, at.cell('key', index), places),
      ),
    ),
    withFormulas(
      rowCells(cumulated, language),
      (key) => rowFormula(key, at.total) ?? rounded(sumOf(at.range(key))),
    ),
  )
}

const withFormulas = (cells: CellsByKey, formulaOf: (key: string) => string | null): CellsByKey =>
  Object.fromEntries(
    Object.entries(cells).map(([key, cell]): [string, SheetCell] => {
      const formula = formulaOf(key)
      return [key, formula === null ? cell : computed(cell, formula)]
    }),
  )

/** Sums of the money of the row's year; null for what the report says in words. */
function addedFormula(
  key: string,
  year: string,
  { money, onCover }: ComparisonPlaces,
): string | null {
  const [side = '', figure] = key.split('.')
  const ofYear = (column: string, ...more: readonly string[]): string =>
    rounded(
      sumWhere(
        money.range(column),
        money.range('jurisdiction'),
        fixed(onCover(`government.${side}`)),
        money.range('fiscalYear'),
        year,
        ...more,
      ),
    )
  const where = (column: string): readonly string[] => [money.range(column), 'TRUE']
  // Quebec's money counts in every reading.
  switch (figure) {
    case 'planned':
      return ofYear('planned', ...where('inChosen'))
    case 'plannedLow':
      return ofYear('planned', ...where('inLow'))
    case 'plannedHigh':
      return ofYear('planned', ...where('inHigh'))
    case 'runRate':
      return ofYear('rate', ...where('inChosen'))
    case 'spent':
      return ofYear('spent')
    case 'plannedOnward':
      return ofYear('planned', ...where('onward'), ...where('inChosen'))
    case 'spentOnward':
      return ofYear('spent', ...where('onward'))
    default:
      return null
  }
}

/** What other columns of the row give; null for the rest. */
function rowFormula(key: string, at: (key: string) => string): string | null {
  const [side = '', figure] = key.split('.')
  switch (figure) {
    case 'range':
      return rounded(`${at('ca.plannedHigh')}-${at('ca.plannedLow')}`)
    case 'variance':
      return rounded(`N(${at(`${side}.planned`)})-N(${at(`${side}.spent`)})`)
    case 'percentSpent':
      return percentFormula(at(`${side}.spent`), at(`${side}.planned`))
    default:
      return null
  }
}

export const yearCell = (key: string, language: Language): SheetCell =>
  key === 'cumulated' || key === 'undistributed' ? words(kindWords[key], language) : { text: key }

const rowCells = ({ key, qc, ca }: ComparedRow, language: Language): CellsByKey => ({
  key: yearCell(key, language),
  ...sideCells('qc', qc),
  ...sideCells('ca', ca),
  ...rangeCells(ca),
})

const sideCells = (side: 'qc' | 'ca', figures: Side): CellsByKey => {
  const { planned, spent, variance, percentSpent, isDerived, runRate } = figures
  return {
    [`${side}.planned`]: amountOr(planned),
    [`${side}.spent`]: { amount: spent },
    [`${side}.variance`]: amountOr(variance),
    [`${side}.percentSpent`]:
      percentSpent === null ? { missing: 'absent' } : { percent: percentSpent },
    [`${side}.derived`]: { boolean: isDerived },
    [`${side}.runRate`]: amountOr(runRate, 'not-applicable'),
  }
}

const rangeCells = (federal: FederalSide): CellsByKey => ({
  'ca.plannedLow': amountOr(federal.plannedLow),
  'ca.plannedHigh': amountOr(federal.plannedHigh),
  'ca.range': amountOr(rangeOf(federal)),
  'ca.plannedOnward': amountOr(federal.plannedOnward),
  'ca.spentOnward': { amount: federal.spentOnward },
})
