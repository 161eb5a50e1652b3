import type { Bilingual } from '#core/language.ts'
import { words } from './cells.views.ts'
import { overallVerdict } from './checks.views.ts'
import { comparisonChecks, cumulatedTotals } from './comparison-checks.views.ts'
import {
  type ComparisonDraft,
  type ComparisonPlaces,
  countedSheets,
  rowCounts,
} from './comparison-draft.views.ts'
import {
  type CoverItem,
  fact,
  noteItems,
  section,
  sheetItems,
  standingItems,
} from './cover.views.ts'
import { said, scenarioWords, sheetNames, spreadWords } from './workbook-words.ts'

/** The cover of a comparison. Names that start with `control.` are typed totals. */
type Item = CoverItem<ComparisonPlaces>

const linkedSheets = ['summary', 'assumptions', 'checks', 'dictionary', 'provenance'] as const

export function comparisonCover(draft: ComparisonDraft): readonly Item[] {
  const { sources, language } = draft
  const names = linkedSheets.map((role) => sheetNames[role][language])
  return [
    ...questionItems(draft),
    ...standingItems<ComparisonPlaces>(sources, language),
    statusItem(draft),
    ...controlItems(draft),
    ...countItems(draft),
    ...sheetItems<ComparisonPlaces>(names, language),
    ...noteItems<ComparisonPlaces>(sources, language),
  ]
}

function questionItems({ sources, language }: ComparisonDraft): readonly Item[] {
  const { from, to, spread, scenario } = sources.comparison.question
  const item = (name: string, label: Bilingual, value: Bilingual): Item =>
    fact(name, said(label, language), words(value, language))
  return [
    item(
      'governments',
      { fr: 'Paliers', en: 'Governments' },
      { fr: 'Québec et Canada, jamais additionnés', en: 'Quebec and Canada, never added' },
    ),
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
    item('scenario', { fr: 'Scénario fédéral', en: 'Federal scenario' }, scenarioWords[scenario]),
  ]
}

const statusItem = (draft: ComparisonDraft): Item => ({
  name: 'status',
  label: said({ fr: 'État des contrôles', en: 'Status of the checks' }, draft.language),
  cell: (places) => ({
    formula: places.checks.total('verdict'),
    result: overallVerdict(comparisonChecks(draft), places, draft.language),
  }),
})

const controlHeading = {
  fr: 'Totaux de contrôle cumulés, tirés du registre',
  en: 'Cumulated control totals, from the record',
}

function controlItems(draft: ComparisonDraft): readonly Item[] {
  const { sources, language } = draft
  const labels = new Map(sources.report.table.columns.map(({ key, label }) => [key, label]))
  return [
    section('control', controlHeading, language),
    ...cumulatedTotals(draft).map(({ key, amount }) =>
      fact<ComparisonPlaces>(
        `control.${key}`,
        said(labels.get(key) ?? { fr: key, en: key }, language),
        { amount },
      ),
    ),
  ]
}

function countItems(draft: ComparisonDraft): readonly Item[] {
  const { language } = draft
  const counts = rowCounts(draft)
  return [
    section('count', { fr: 'Nombre de lignes', en: 'Number of rows' }, language),
    ...countedSheets.map((role) =>
      fact<ComparisonPlaces>(`count.${role}`, sheetNames[role][language], { count: counts[role] }),
    ),
  ]
}
