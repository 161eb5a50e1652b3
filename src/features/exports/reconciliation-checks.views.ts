import { subtract, sum } from '#core/money.ts'
import { amountKeys } from '#features/reconciliation/figures.ts'
import { amountFormula, rounded, sumOf, sumWhere } from './formulas.views.ts'
import type { ReconciliationDraft } from './reconciliation-draft.views.ts'
import {
  labelOf,
  onCover,
  type ReconciliationCheck,
  sheetChecks,
  summaryTotal,
} from './sheet-checks.views.ts'

/**
 * The identities of a reconciliation. Each sheet is set against the record (the cover's control
 * totals) or against another sheet, never against itself. Results come from the report and from
 * exact sums of what the sheets hold.
 */
export const checksOf = (draft: ReconciliationDraft): readonly ReconciliationCheck[] => [
  ...controlChecks(draft),
  ...proofChecks(draft),
  ...identityChecks(draft),
  ...sheetChecks(draft),
]

const controlChecks = (draft: ReconciliationDraft): readonly ReconciliationCheck[] =>
  amountKeys.map((key) => {
    const { fr, en } = labelOf(draft, key)
    return {
      what: {
        fr: `Sommaire, ${fr} : total = total de contrôle`,
        en: `Summary, ${en}: total = control total`,
      },
      left: summaryTotal(draft, key),
      right: onCover(`control.${key}`, draft.sources.reconciliation.totals[key]),
    }
  })

/** One grand total: whatever is shown twice is taken out once, and what is left is the total. */
const proofChecks = (draft: ReconciliationDraft): readonly ReconciliationCheck[] =>
  (['planned', 'spent'] as const).map((key) => {
    const { fr, en } = labelOf(draft, key)
    const { rows, repeats } = draft.sources.reconciliation.proof[key]
    return {
      what: {
        fr: `Sommaire, ${fr} : toutes les lignes − lignes répétées = total`,
        en: `Summary, ${en}: all rows − repeated rows = total`,
      },
      left: ({ summary }) =>
        amountFormula(
          rounded(
            `${sumOf(summary.range(key))}-${sumWhere(summary.range(key), summary.range('repeated'), 'TRUE')}`,
          ),
          subtract(rows, repeats),
        ),
      right: summaryTotal(draft, key),
    }
  })

function identityChecks(draft: ReconciliationDraft): readonly ReconciliationCheck[] {
  const { planned, spent, committed, lapsed, available } = draft.sources.reconciliation.totals
  return [
    {
      what: {
        fr: 'Prévu = engagé + dépensé + périmé + disponible',
        en: 'Planned = committed + spent + lapsed + available',
      },
      left: summaryTotal(draft, 'planned'),
      right: ({ summary }) => {
        const parts = ['committed', 'spent', 'lapsed', 'available'].map(summary.total)
        return amountFormula(rounded(parts.join('+')), sum([committed, spent, lapsed, available]))
      },
    },
    {
      what: { fr: 'Écart = prévu − dépensé', en: 'Variance = planned − spent' },
      left: summaryTotal(draft, 'variance'),
      right: ({ summary }) =>
        amountFormula(
          rounded(`${summary.total('planned')}-${summary.total('spent')}`),
          subtract(planned, spent),
        ),
    },
  ]
}
