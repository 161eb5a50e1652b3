import type { Language } from '#core/language.ts'
import { moneyWords } from '#core/money-words.ts'
import { basisWords, caveatWords } from '#features/comparison/comparability.ts'
import type { Side } from '#features/comparison/compare.ts'
import { scopeText } from '#features/comparison/comparison.table.ts'
import type { Sheet } from '#platform/tables/workbook.ts'
import { flagText, textOr } from './cells.views.ts'
import type { ComparisonDraft, ComparisonPlaces } from './comparison-draft.views.ts'
import { yearCell } from './comparison-summary.views.ts'
import { type CellsByKey, drawn, type SheetPlan } from './sheet-plan.views.ts'
import { comparabilityColumns } from './workbook-compared.ts'
import { said, sheetNames } from './workbook-words.ts'

/** What each figure of the summary is made of, and why it may not be held against the other's. */
const title = {
  fr: 'Ce dont chaque montant est fait, et pourquoi il peut ne pas se comparer',
  en: 'What each amount is made of, and why it may not compare',
}
const intro = {
  fr: 'Telles qu’au registre : ces mentions ne suivent pas les hypothèses que l’on change.',
  en: 'As in the record: these words do not follow the assumptions that one changes.',
}

export const comparabilityPlan = ({ sources, rows, language }: ComparisonDraft): SheetPlan => ({
  name: sheetNames.comparability[language],
  kind: 'table',
  title: said(title, language),
  intro: [said(intro, language)],
  columns: comparabilityColumns(sources.report.table.columns),
  rowCount: rows.length + 1,
  hasTotal: false,
})

export const comparabilitySheet = (
  { rows, cumulated, language }: ComparisonDraft,
  { comparability }: ComparisonPlaces,
): Sheet =>
  drawn(
    comparability,
    language,
    [...rows, cumulated].map(({ key, qc, ca }) => ({
      key: yearCell(key, language),
      ...sideCells('qc', qc, language),
      ...sideCells('ca', ca, language),
    })),
  )

/** A unit is no amount to add up: it is written as text. */
function sideCells(side: 'qc' | 'ca', figures: Side, language: Language): CellsByKey {
  const { flags, basis, scope, precision, caveats } = figures
  const isEmpty = scope.planned + scope.spent === 0
  return {
    [`${side}.flags`]: { text: flagText(flags, language) },
    [`${side}.basis`]: {
      text: basis.map((kind) => said(basisWords[kind], language)).join(', '),
    },
    [`${side}.scope`]: textOr(isEmpty ? null : scopeText(figures)),
    [`${side}.precision`]: textOr(precision === null ? null : moneyWords(precision)[language]),
    [`${side}.caveats`]: {
      text: caveats.map((caveat) => said(caveatWords[caveat], language)).join(', '),
    },
  }
}
