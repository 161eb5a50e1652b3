import type { Language } from '#core/language.ts'
import { Money } from '#core/money.ts'
import type { ComparedRow } from '#features/comparison/compare.ts'
import { formatAmount } from '#platform/i18n/format.ts'
import type { SheetChart } from '#platform/tables/workbook.ts'
import { said } from './workbook-words.ts'

/** The two governments side by side, never stacked, and the federal range year by year. */
export function comparedCharts({ qc, ca }: ComparedRow, language: Language): readonly SheetChart[] {
  const shown = (amount: Money | null) => formatAmount(amount ?? Money.zero, language)
  const [low, high] = [shown(ca.plannedLow), shown(ca.plannedHigh)]
  return [
    {
      kind: 'columns',
      title: said(
        { fr: 'Québec et Canada : prévu et dépensé', en: 'Quebec and Canada: planned and spent' },
        language,
      ),
      alt: said(
        {
          fr: `Par exercice, quatre colonnes côte à côte : prévu et dépensé du Québec, puis du Canada. Cumulé : Québec ${shown(qc.planned)} prévu, ${shown(qc.spent)} dépensé; Canada ${shown(ca.planned)} prévu, ${shown(ca.spent)} dépensé.`,
          en: `By fiscal year, four columns side by side: planned and spent of Quebec, then of Canada. Cumulated: Quebec ${shown(qc.planned)} planned, ${shown(qc.spent)} spent; Canada ${shown(ca.planned)} planned, ${shown(ca.spent)} spent.`,
        },
        language,
      ),
      categories: 'key',
      series: ['qc.planned', 'qc.spent', 'ca.planned', 'ca.spent'],
    },
    {
      kind: 'lines',
      title: said(
        {
          fr: 'Canada : lectures basse, choisie et haute',
          en: 'Canada: low, chosen and high readings',
        },
        language,
      ),
      alt: said(
        {
          fr: `Trois lignes par exercice : prévu fédéral en lecture basse, choisie et haute. Cumulé : de ${low} à ${high}.`,
          en: `Three lines by fiscal year: federal planned money in the low, chosen and high reading. Cumulated: from ${low} to ${high}.`,
        },
        language,
      ),
      categories: 'key',
      series: ['ca.plannedLow', 'ca.planned', 'ca.plannedHigh'],
    },
  ]
}
