import type { Bilingual } from '#core/language.ts'
import { factsOf } from '#features/reconciliation/facts.ts'
import { amountKeys } from '#features/reconciliation/figures.ts'
import type { SheetCell } from '#platform/tables/workbook.ts'
import { type CoverItem, fact, section } from './cover.views.ts'
import { amountFormula, rounded, sumWhere } from './formulas.views.ts'
import type { ReconciliationDraft, ReconciliationPlaces } from './reconciliation-draft.views.ts'
import { said } from './workbook-words.ts'

/**
 * The totals that the record gives, typed once, and the announcement beside what the sources add up
 * to. Names that start with `control.` are typed; those that start with `tieOut.` are formulas.
 */
type Item = CoverItem<ReconciliationPlaces>

export function controlItems({ sources, language }: ReconciliationDraft): readonly Item[] {
  const { report, reconciliation } = sources
  const { totals, plannedLow, tieOut } = reconciliation
  const item = (name: string, label: Bilingual, cell: SheetCell): Item =>
    fact(`control.${name}`, said(label, language), cell)
  const labels = new Map(report.table.columns.map(({ key, label }) => [key, label]))
  return [
    ...amountKeys.map((key) =>
      item(key, labels.get(key) ?? { fr: key, en: key }, { amount: totals[key] }),
    ),
    ...(plannedLow === null
      ? []
      : [
          item(
            'plannedLow',
            { fr: 'Prévu, lecture basse', en: 'Planned, low reading' },
            { amount: plannedLow },
          ),
        ]),
    ...(tieOut === null
      ? []
      : [
          item(
            'announced',
            { fr: 'Plan annoncé', en: 'Plan as announced' },
            { amount: tieOut.announced },
          ),
          item(
            'table',
            { fr: 'Tableau du plan', en: 'Table of the plan' },
            { amount: tieOut.table },
          ),
          item(
            'unexplained',
            { fr: 'Inexpliqué', en: 'Unexplained' },
            { amount: tieOut.unexplained },
          ),
        ]),
  ]
}

const tieOutHeading = {
  fr: 'Rattachement du tableau à l’annonce',
  en: 'Tie-out of the table to the announcement',
}

/** Added up from the sources as read, not from the journal: two ways to the same figure. */
export function tieOutItems({ sources, language }: ReconciliationDraft): readonly Item[] {
  const { facts, reconciliation } = sources
  const { tieOut, question } = reconciliation
  const announcing = factsOf(facts, question.jurisdiction).programmes.find(
    ({ announced }) => announced !== null,
  )
  if (tieOut === null || announcing === undefined) {
    return []
  }
  const item = (name: string, label: Bilingual, cell: Item['cell']): Item => ({
    name: `tieOut.${name}`,
    label: said(label, language),
    cell,
  })
  return [
    section('tieOut', tieOutHeading, language),
    item('programme', { fr: 'Programme', en: 'Programme' }, () => ({ text: announcing.code })),
    item('document', { fr: 'Document du tableau', en: 'Document of the table' }, () => ({
      text: announcing.source.document,
    })),
    item(
      'table',
      { fr: 'Somme du tableau, par la provenance', en: 'Sum of the table, by provenance' },
      ({ provenance, onCover }) =>
        amountFormula(
          rounded(
            sumWhere(
              provenance.range('planned'),
              provenance.range('programme'),
              onCover('tieOut.programme'),
              provenance.range('document'),
              onCover('tieOut.document'),
            ),
          ),
          tieOut.table,
        ),
    ),
    item(
      'unexplained',
      { fr: 'Annoncé − tableau : inexpliqué', en: 'Announced − table: unexplained' },
      ({ onCover }) =>
        amountFormula(
          rounded(`${onCover('control.announced')}-${onCover('tieOut.table')}`),
          tieOut.unexplained,
        ),
    ),
  ]
}
