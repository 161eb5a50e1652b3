import type { Bilingual } from '#core/language.ts'
import { scenarios } from '#features/comparison/scenario.ts'
import { asked } from './book-cover.views.ts'
import type { CoverItem } from './cover.views.ts'
import type { DetailKind } from './detail.ts'
import type { ReconciliationDraft, ReconciliationPlaces } from './reconciliation-draft.views.ts'
import {
  dimensionWords,
  everyReader,
  jurisdictionWords,
  scenarioWords,
  spreadWords,
} from './workbook-words.ts'

/** What was asked of a reconciliation, and who may read its details. */
export function reconciliationQuestion({
  sources,
  language,
}: ReconciliationDraft): readonly CoverItem<ReconciliationPlaces>[] {
  const { by, from, to, jurisdiction, spread } = sources.reconciliation.question
  const { scenario, assume } = sources.report.parameters
  const read = scenarios.find((known) => known === scenario)
  return asked(language, [
    ['government', { fr: 'Palier', en: 'Government' }, jurisdictionWords[jurisdiction]],
    ['by', { fr: 'Ventilation', en: 'Dimension' }, dimensionWords[by]],
    ['range', { fr: 'Exercices', en: 'Fiscal years' }, rangeWords({ from, to })],
    ['spread', { fr: 'Répartition dans le temps', en: 'Spread over time' }, spreadWords[spread]],
    ...(read === undefined ? [] : [scenarioLine(scenarioWords[read])]),
    ...(assume === undefined ? [] : [switchedLine(assume)]),
    [
      'detail',
      { fr: 'Détail des dépenses', en: 'Detail of spending' },
      detailWords[sources.detailKind],
    ],
  ])
}

type Line = readonly [name: string, label: Bilingual, value: Bilingual]

export const scenarioLine = (words: Bilingual): Line => [
  'scenario',
  { fr: 'Scénario fédéral', en: 'Federal scenario' },
  words,
]

export const switchedLine = (switches: string): Line => [
  'assume',
  { fr: 'Hypothèses changées', en: 'Assumptions switched' },
  { fr: switches, en: switches },
]

export const rangeWords = ({
  from,
  to,
}: {
  readonly from: string
  readonly to: string
}): Bilingual => ({
  fr: `de ${from} à ${to}, tous deux compris`,
  en: `from ${from} to ${to}, both included`,
})

const detailWords: Readonly<Record<DetailKind, Bilingual>> = {
  documents: { fr: 'Pièce par pièce.', en: 'Document by document.' },
  cells: {
    fr: 'Cellule par cellule du journal, sans les pièces.',
    en: 'Cell by cell of the journal, without the documents.',
  },
}

export const audienceOf: Readonly<Record<DetailKind, Bilingual>> = {
  documents: {
    fr: 'Qui peut ouvrir les pièces de tous les organismes.',
    en: 'Whoever may open the documents of every organization.',
  },
  cells: everyReader,
}
