import type { Language } from '#core/language.ts'
import { abs, Money, percentOf, sum } from '#core/money.ts'
import { formatAmount, missingSign } from '#platform/i18n/format.ts'
import {
  emptyCell,
  type Sheet,
  type SheetCell,
  type SheetChart,
} from '#platform/tables/workbook.ts'
import { flagText } from './cells.views.ts'
import {
  amountFormula,
  fixed,
  lookedUp,
  lookUp,
  percentCell,
  percentFormula,
  rounded,
  sumOf,
} from './formulas.views.ts'
import type {
  ReconciliationDraft,
  ReconciliationPlaces,
  VariedFinding,
} from './reconciliation-draft.views.ts'
import { type CellsByKey, drawn, type SheetPlan } from './sheet-plan.views.ts'
import { described } from './workbook-columns.ts'
import { said, sheetNames } from './workbook-words.ts'

/**
 * The rows that differ most from the plan, first. Money over and money under the plan would cancel
 * out in a share of the net variance, so the share is that of the absolute variances. Figures are
 * looked up on the summary by key: there is one place that computes them.
 */
const columns = [
  described(
    'rank',
    ['Rang', 'Rank'],
    ['Du plus grand écart au plus petit.', 'From the greatest variance to the smallest.'],
  ),
  described(
    'key',
    ['Code', 'Key'],
    ['Code de la ligne du sommaire.', 'Code of the row of the summary.'],
  ),
  described(
    'label',
    ['Intitulé', 'Label'],
    ['Intitulé de la ligne du sommaire.', 'Label of the row of the summary.'],
  ),
  described(
    'planned',
    ['Prévu', 'Planned'],
    ['Repris du sommaire par le code.', 'Taken from the summary by key.'],
  ),
  described(
    'spent',
    ['Dépensé', 'Spent'],
    ['Repris du sommaire par le code.', 'Taken from the summary by key.'],
  ),
  described(
    'variance',
    ['Écart (prévu − dépensé)', 'Variance (planned − spent)'],
    [
      'Repris du sommaire par le code; négatif si l’on a dépensé plus que prévu.',
      'Taken from the summary by key; negative when more was spent than planned.',
    ],
  ),
  described(
    'absolute',
    ['Écart absolu', 'Absolute variance'],
    ['Écart sans son signe.', 'Variance without its sign.'],
  ),
  described(
    'share',
    ['Part des écarts', 'Share of variances'],
    [
      'Écart absolu ÷ somme des écarts absolus × 100.',
      'Absolute variance ÷ sum of absolute variances × 100.',
    ],
  ),
  described(
    'flags',
    ['Signalements', 'Flags'],
    ['Ce qu’il faut savoir de la ligne.', 'What one must know of the row.'],
  ),
]

const title = { fr: 'Écarts, du plus grand au plus petit', en: 'Variances, the greatest first' }
const intro = {
  fr: 'Lignes non répétées qui ont un écart. Une ligne autofinancée n’en a pas : elle reste au sommaire.',
  en: 'Rows that are not repeated and have a variance. A self-funded row has none: it stays on the summary.',
}

export const variancesPlan = ({ variances, language }: ReconciliationDraft): SheetPlan => ({
  name: sheetNames.variances[language],
  kind: 'table',
  title: said(title, language),
  intro: [said(intro, language)],
  columns,
  rowCount: variances.length,
  hasTotal: true,
  charts: [chartOf(variances, language)],
})

const charted = 10

function chartOf(variances: readonly VariedFinding[], language: Language): SheetChart {
  const first = variances[0]
  const [key, amount] = [
    first?.head.key ?? '',
    formatAmount(first?.variance ?? Money.zero, language),
  ]
  return {
    kind: 'bars',
    title: said({ fr: 'Les plus grands écarts', en: 'The greatest variances' }, language),
    alt: said(
      {
        fr: `Barres des ${charted} plus grands écarts entre prévu et dépensé; le plus grand : ${key}, ${amount}.`,
        en: `Bars of the ${charted} greatest variances between planned and spent; the greatest: ${key}, ${amount}.`,
      },
      language,
    ),
    categories: 'key',
    series: ['variance'],
    rowsMax: charted,
  }
}

export function variancesSheet(draft: ReconciliationDraft, places: ReconciliationPlaces): Sheet {
  const { variances, language } = draft
  const { at } = places.variances
  const whole = sum(variances.map(({ variance }) => abs(variance)))
  const total = (key: 'variance' | 'absolute', amounts: readonly VariedFinding[]): SheetCell =>
    amountFormula(
      rounded(sumOf(at.range(key))),
      sum(amounts.map(({ variance }) => (key === 'absolute' ? abs(variance) : variance))),
    )
  return drawn(
    places.variances,
    language,
    variances.map((finding, index) => ({
      ...rowCells(finding, index, draft, places),
      share: percentCell(
        percentFormula(at.cell('absolute', index), fixed(at.total('absolute'))),
        percentOf(abs(finding.variance), whole),
      ),
    })),
    {
      rank: { text: said({ fr: 'Total', en: 'Total' }, language) },
      key: emptyCell,
      label: emptyCell,
      planned: emptyCell,
      spent: emptyCell,
      variance: total('variance', variances),
      absolute: total('absolute', variances),
      share: emptyCell,
      flags: emptyCell,
    },
  )
}

function rowCells(
  finding: VariedFinding,
  index: number,
  { language }: ReconciliationDraft,
  { summary, variances: sheet }: ReconciliationPlaces,
): CellsByKey {
  const { head, planned, spent, variance, flags } = finding
  const at = (key: string): string => sheet.at.cell(key, index)
  const fromSummary = (key: string): string =>
    lookUp(summary.range(key), at('key'), summary.range('key'))
  const sign = missingSign(finding.missing, language)
  return {
    rank: { count: index + 1 },
    key: { text: head.key },
    label: { text: head.label[language] },
    planned: lookedUp(fromSummary('planned'), planned, sign),
    spent: lookedUp(fromSummary('spent'), spent, sign),
    variance: amountFormula(fromSummary('variance'), variance),
    absolute: amountFormula(`ABS(${at('variance')})`, abs(variance)),
    flags: { text: flagText(flags, language) },
  }
}
