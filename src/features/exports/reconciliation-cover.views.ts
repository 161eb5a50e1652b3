import type { Bilingual } from '#core/language.ts'
import { words } from './cells.views.ts'
import { overallVerdict } from './checks.views.ts'
import { controlItems, tieOutItems } from './control-totals.views.ts'
import {
  type CoverItem,
  fact,
  noteItems,
  section,
  sheetItems,
  standingItems,
} from './cover.views.ts'
import type { DetailKind } from './detail.ts'
import { checksOf } from './reconciliation-checks.views.ts'
import {
  countedSheets,
  type ReconciliationDraft,
  type ReconciliationPlaces,
  rowCounts,
} from './reconciliation-draft.views.ts'
import {
  dimensionWords,
  jurisdictionWords,
  said,
  sheetNames,
  spreadWords,
} from './workbook-words.ts'

/** The cover of a reconciliation, item by item. */
type Item = CoverItem<ReconciliationPlaces>

const linkedSheets = [
  'summary',
  'variances',
  'planned',
  'expenditures',
  'exceptions',
  'checks',
  'dictionary',
  'provenance',
] as const

const detailWords: Readonly<Record<DetailKind, Bilingual>> = {
  documents: { fr: 'Pièce par pièce.', en: 'Document by document.' },
  cells: {
    fr: 'Cellule par cellule du journal, sans les pièces : ce lecteur ne peut pas les ouvrir, ou elles sont trop nombreuses.',
    en: 'Cell by cell of the journal, without the documents: this reader may not open them, or they are too many.',
  },
}

export function coverItems(draft: ReconciliationDraft): readonly Item[] {
  const { sources, language } = draft
  const names = linkedSheets.map((role) => sheetNames[role][language])
  return [
    ...questionItems(draft),
    ...standingItems<ReconciliationPlaces>(sources, language),
    ...statusItems(draft),
    ...controlItems(draft),
    ...countItems(draft),
    ...tieOutItems(draft),
    ...sheetItems<ReconciliationPlaces>(names, language),
    ...noteItems<ReconciliationPlaces>(sources, language),
  ]
}

function questionItems({ sources, language }: ReconciliationDraft): readonly Item[] {
  const { by, from, to, jurisdiction, spread } = sources.reconciliation.question
  const item = (name: string, label: Bilingual, value: Bilingual): Item =>
    fact(name, said(label, language), words(value, language))
  return [
    item('government', { fr: 'Palier', en: 'Government' }, jurisdictionWords[jurisdiction]),
    item('by', { fr: 'Ventilation', en: 'Dimension' }, dimensionWords[by]),
    item(
      'range',
      { fr: 'Exercices', en: 'Fiscal years' },
      { fr: `de ${from} à ${to}, tous deux compris`, en: `from ${from} to ${to}, both included` },
    ),
    item(
      'spread',
      { fr: 'Répartition dans le temps', en: 'Spread over time' },
      spreadWords[spread],
    ),
    item(
      'detail',
      { fr: 'Détail des dépenses', en: 'Detail of spending' },
      detailWords[sources.detailKind],
    ),
  ]
}

function statusItems(draft: ReconciliationDraft): readonly Item[] {
  const { language } = draft
  return [
    {
      name: 'status',
      label: said({ fr: 'État des contrôles', en: 'Status of the checks' }, language),
      cell: (places) => ({
        formula: places.checks.total('verdict'),
        result: overallVerdict(checksOf(draft), places, language),
      }),
    },
  ]
}

const countHeading = { fr: 'Nombre de lignes', en: 'Number of rows' }

function countItems(draft: ReconciliationDraft): readonly Item[] {
  const { language } = draft
  const counts = rowCounts(draft)
  return [
    section('count', countHeading, language),
    ...countedSheets.map((role) =>
      fact<ReconciliationPlaces>(`count.${role}`, sheetNames[role][language], {
        count: counts[role],
      }),
    ),
  ]
}
