import type { Bilingual, Language } from '#core/language.ts'
import { scenarios } from '#features/comparison/scenario.ts'
import { jurisdictions } from '#features/programmes/programme.ts'
import { dimensions, spreads } from '#features/reconciliation/facts.ts'
import type { Report } from '#features/reports/report.ts'
import { asked } from './book-cover.views.ts'
import type { CoverItem } from './cover.views.ts'
import { dimensionWords, jurisdictionWords, scenarioWords, spreadWords } from './workbook-words.ts'

/** What was asked of a report, in words: one line a parameter, codes said as people say them. */
export const parameterItems = <P>(
  { parameters }: Report,
  language: Language,
): readonly CoverItem<P>[] =>
  asked(
    language,
    Object.entries(parameters).flatMap(([name, value]) => {
      const label = labels[name]
      return label === undefined ? [] : [[name, label, wordsOf(name, value)] as const]
    }),
  )

/** A parameter without a label says nothing to a reader: the id of a run. */
const labels: Readonly<Record<string, Bilingual>> = {
  jurisdiction: { fr: 'Palier', en: 'Government' },
  by: { fr: 'Ventilation', en: 'Dimension' },
  since: { fr: 'Position d’ouverture', en: 'Opening position' },
  from: { fr: 'Premier exercice', en: 'First fiscal year' },
  to: { fr: 'Dernier exercice', en: 'Last fiscal year' },
  spread: { fr: 'Répartition dans le temps', en: 'Spread over time' },
  scenario: { fr: 'Scénario fédéral', en: 'Federal scenario' },
  ahead: { fr: 'Seuil d’avance, en points', en: 'Threshold ahead, in points' },
  behind: { fr: 'Seuil de retard, en points', en: 'Threshold behind, in points' },
  late: { fr: 'Seuil de retard d’inscription, en mois', en: 'Threshold of recording, in months' },
  organization: { fr: 'Organisme', en: 'Organization' },
  fiscalYear: { fr: 'Exercice', en: 'Fiscal year' },
  period: { fr: 'Période', en: 'Period' },
}

function wordsOf(name: string, value: string): Bilingual {
  const known = <T extends string>(
    list: readonly T[],
    words: Readonly<Record<T, Bilingual>>,
  ): Bilingual | undefined => {
    const found = list.find((each) => each === value)
    return found === undefined ? undefined : words[found]
  }
  const said =
    name === 'jurisdiction'
      ? known(jurisdictions, jurisdictionWords)
      : name === 'by'
        ? known(dimensions, dimensionWords)
        : name === 'spread'
          ? known(spreads, spreadWords)
          : name === 'scenario'
            ? known(scenarios, scenarioWords)
            : undefined
  return said ?? { fr: value.replace('.', ','), en: value }
}
