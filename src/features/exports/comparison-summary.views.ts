import type { Language } from '#core/language.ts'
import type { ComparedRow, FederalSide, Side } from '#features/comparison/compare.ts'
import type { Sheet, SheetCell } from '#platform/tables/workbook.ts'
import { amountOr, flagText, words } from './cells.views.ts'
import type { ComparisonDraft, ComparisonPlaces } from './comparison-draft.views.ts'
import { computed, percentFormula, rounded, sumOf } from './formulas.views.ts'
import { type CellsByKey, drawn, type SheetPlan } from './sheet-plan.views.ts'
import { comparedColumns, rangeOf } from './workbook-compared.ts'
import { kindWords, said, sheetNames } from './workbook-words.ts'

/**
 * Quebec and Canada side by side, a fiscal year a row. What each year's figure is comes from the
 * report; what follows from it (ranges, variances, percentages, everything cumulated) is a formula.
 * The two governments' columns meet in no formula: they are never added.
 */
const intro = {
  fr: 'Dollars canadiens. Les deux paliers ne s’additionnent pas : un même dollar peut passer de l’un à l’autre.',
  en: 'Canadian dollars. The two levels are not added: the same dollar may pass from one to the other.',
}

export const comparisonSummaryPlan = ({ sources, rows, language }: ComparisonDraft): SheetPlan => ({
  name: sheetNames.summary[language],
  kind: 'table',
  title: said(sources.report.title, language),
  intro: [said(intro, language)],
  columns: comparedColumns(sources.report.table.columns),
  rowCount: rows.length,
  hasTotal: true,
})

export function comparisonSummarySheet(
  { rows, cumulated, language }: ComparisonDraft,
  { summary }: ComparisonPlaces,
): Sheet {
  const { at } = summary
  return drawn(
    summary,
    language,
    rows.map((row, index) =>
      withFormulas(rowCells(row, language), (key) => rowFormula(key, (of) => at.cell(of, index))),
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

/** Null for what the report states and no other column gives. */
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

const rowCells = ({ key, qc, ca }: ComparedRow, language: Language): CellsByKey => ({
  key:
    key === 'cumulated' || key === 'undistributed'
      ? words(kindWords[key], language)
      : { text: key },
  ...sideCells('qc', qc, language),
  ...sideCells('ca', ca, language),
  ...rangeCells(ca),
})

const sideCells = (side: 'qc' | 'ca', figures: Side, language: Language): CellsByKey => {
  const { planned, spent, variance, percentSpent, isDerived, flags } = figures
  return {
    [`${side}.planned`]: amountOr(planned),
    [`${side}.spent`]: { amount: spent },
    [`${side}.variance`]: amountOr(variance),
    [`${side}.percentSpent`]:
      percentSpent === null ? { missing: 'absent' } : { percent: percentSpent },
    [`${side}.derived`]: { boolean: isDerived },
    [`${side}.flags`]: { text: flagText(flags, language) },
  }
}

const rangeCells = (federal: FederalSide): CellsByKey => ({
  'ca.plannedLow': amountOr(federal.plannedLow),
  'ca.plannedHigh': amountOr(federal.plannedHigh),
  'ca.range': amountOr(rangeOf(federal)),
})
