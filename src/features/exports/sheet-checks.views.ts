import type { Bilingual } from '#core/language.ts'
import { add, type Money, sum } from '#core/money.ts'
import type { AmountKey } from '#features/reconciliation/figures.ts'
import type { FormulaCell } from '#platform/tables/workbook.ts'
import type { Check } from './checks.views.ts'
import { amountFormula, rounded, sumWhere } from './formulas.views.ts'
import { plannedTotal } from './planned.views.ts'
import type { ReconciliationDraft, ReconciliationPlaces } from './reconciliation-draft.views.ts'
import { allSpending } from './workbook-lines.ts'
import { plannedAmountKeys } from './workbook-planned.ts'

/**
 * Each sheet of a reconciliation against the summary, the cover or the sources: none is left out.
 */
export type ReconciliationCheck = Check<ReconciliationPlaces>

export const sheetChecks = (draft: ReconciliationDraft): readonly ReconciliationCheck[] => [
  ...plannedChecks(draft),
  ...spendingChecks(draft),
  ...varianceChecks(draft),
  ...readingChecks(draft),
  ...tieOutChecks(draft),
]

/** The report's own word for a figure, as it reads inside a sentence. */
export function labelOf({ sources }: ReconciliationDraft, key: string): Bilingual {
  const found = sources.report.table.columns.find((column) => column.key === key)
  const bare = (text: string) => text.replace(/ \(.*\)$/, '').toLowerCase()
  const { fr, en } = found?.label ?? { fr: key, en: key }
  return { fr: bare(fr), en: bare(en) }
}

export const summaryTotal =
  ({ sources }: ReconciliationDraft, key: AmountKey) =>
  ({ summary }: ReconciliationPlaces): FormulaCell =>
    amountFormula(summary.total(key), sources.reconciliation.totals[key])

export const onCover =
  (name: string, amount: Money) =>
  (places: ReconciliationPlaces): FormulaCell =>
    amountFormula(places.onCover(name), amount)

const plannedChecks = (draft: ReconciliationDraft): readonly ReconciliationCheck[] =>
  plannedAmountKeys.map((key) => {
    const { fr, en } = labelOf(draft, key)
    return {
      what: {
        fr: `Budget prévu, ${fr} : somme des cellules = total du sommaire`,
        en: `Planned budget, ${en}: sum of the cells = total of the summary`,
      },
      left: ({ planned }) => amountFormula(planned.total(key), plannedTotal(draft, key)),
      right: summaryTotal(draft, key),
    }
  })

function spendingChecks(draft: ReconciliationDraft): readonly ReconciliationCheck[] {
  const { totals } = draft.sources.reconciliation
  const ofKind =
    (isOwn: boolean) =>
    ({ expenditures }: ReconciliationPlaces): FormulaCell =>
      amountFormula(
        rounded(
          expenditures.over((part) =>
            sumWhere(part.range('amount'), part.range('ownResources'), isOwn ? 'TRUE' : 'FALSE'),
          ),
        ),
        isOwn ? draft.lines.ownResources : draft.lines.spent,
      )
  return [
    {
      what: {
        fr: 'Dépenses sur enveloppe : somme = dépensé du sommaire',
        en: 'Expenditures from envelopes: sum = spent of the summary',
      },
      left: ofKind(false),
      right: summaryTotal(draft, 'spent'),
    },
    {
      what: {
        fr: 'Dépenses sur ressources propres : somme = ressources propres du sommaire',
        en: 'Expenditures from own resources: sum = own resources of the summary',
      },
      left: ofKind(true),
      right: summaryTotal(draft, 'ownResources'),
    },
    {
      what: {
        fr: 'Dépenses : somme de la feuille = dépensé + ressources propres',
        en: 'Expenditures: sum of the sheet = spent + own resources',
      },
      left: ({ expenditures }) =>
        amountFormula(expenditures.total('amount'), allSpending(draft.lines)),
      right: ({ summary }) =>
        amountFormula(
          rounded(`${summary.total('spent')}+${summary.total('ownResources')}`),
          add(totals.spent, totals.ownResources),
        ),
    },
  ]
}

const varianceChecks = (draft: ReconciliationDraft): readonly ReconciliationCheck[] => [
  {
    what: {
      fr: 'Écarts : somme de la feuille = écart du sommaire',
      en: 'Variances: sum of the sheet = variance of the summary',
    },
    left: ({ variances }) =>
      amountFormula(
        variances.total('variance'),
        sum(draft.variances.map(({ variance }) => variance)),
      ),
    right: summaryTotal(draft, 'variance'),
  },
]

/** Canada only: what is left of planned money when every relation not stated is not additive. */
function readingChecks(draft: ReconciliationDraft): readonly ReconciliationCheck[] {
  const { plannedLow } = draft.sources.reconciliation
  if (plannedLow === null) {
    return []
  }
  const low = plannedTotal(
    { ...draft, budget: draft.budget.filter(({ isInLowReading }) => isInLowReading) },
    'planned',
  )
  return [
    {
      what: {
        fr: 'Budget prévu, lecture basse : somme des cellules = total de contrôle',
        en: 'Planned budget, low reading: sum of the cells = control total',
      },
      left: ({ planned }) =>
        amountFormula(
          rounded(sumWhere(planned.range('planned'), planned.range('lowReading'), 'TRUE')),
          low,
        ),
      right: onCover('control.plannedLow', plannedLow),
    },
  ]
}

function tieOutChecks({ sources }: ReconciliationDraft): readonly ReconciliationCheck[] {
  const { tieOut } = sources.reconciliation
  if (tieOut === null) {
    return []
  }
  return [
    {
      what: {
        fr: 'Tableau du plan : somme de la provenance = total de contrôle',
        en: 'Table of the plan: sum of provenance = control total',
      },
      left: onCover('tieOut.table', tieOut.table),
      right: onCover('control.table', tieOut.table),
    },
    {
      what: {
        fr: 'Annoncé − tableau − inexpliqué = 0',
        en: 'Announced − table − unexplained = 0',
      },
      left: onCover('tieOut.unexplained', tieOut.unexplained),
      right: onCover('control.unexplained', tieOut.unexplained),
    },
  ]
}
