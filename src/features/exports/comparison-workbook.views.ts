import type { Language } from '#core/language.ts'
import { switchesText } from '#features/comparison/scenario.ts'
import type { Workbook } from '#platform/tables/workbook.ts'
import { assumptionsPlan, assumptionsSheet } from './assumptions.views.ts'
import type { BookSheet } from './book.views.ts'
import { asked } from './book-cover.views.ts'
import { comparabilityPlan, comparabilitySheet } from './comparability.views.ts'
import { moneyPlan, moneySheet } from './compared-money.views.ts'
import { comparisonChecks } from './comparison-checks.views.ts'
import {
  type ComparisonDraft,
  type ComparisonPlaces,
  type ComparisonRole,
  comparisonDraft,
} from './comparison-draft.views.ts'
import { comparisonSummaryPlan, comparisonSummarySheet } from './comparison-summary.views.ts'
import { type CoverItem, fact } from './cover.views.ts'
import { readingWords } from './formulas.views.ts'
import { provenancePlan, provenanceSheet } from './provenance.views.ts'
import { audienceOf, rangeWords, scenarioLine, switchedLine } from './reconciliation-cover.views.ts'
import { workbookOf } from './workbook.views.ts'
import { cumulatedTotals } from './workbook-compared.ts'
import { readings, recordedKey } from './workbook-readings.ts'
import type { ComparisonSources } from './workbook-sources.ts'
import {
  jurisdictionWords,
  said,
  scenarioWords,
  sheetNames,
  spreadWords,
} from './workbook-words.ts'

/**
 * A comparison that a reader can take apart and put together otherwise: each federal total is a
 * formula of what it takes for granted, and the checks tie it to the record.
 */
export function comparisonWorkbook(sources: ComparisonSources, language: Language): Workbook {
  const draft = comparisonDraft(sources, language)
  return workbookOf({
    sources,
    language,
    question: [...questionItems(draft), readingsItem(draft)],
    audience: audienceOf.cells,
    control: controlItems(draft),
    further: governmentItems(draft),
    sheets: sheetsOf(draft),
    checks: comparisonChecks(draft),
  })
}

type Item = CoverItem<ComparisonPlaces>

function questionItems({ sources, language }: ComparisonDraft): readonly Item[] {
  const { from, to, spread, scenario, switches } = sources.comparison.question
  return asked(language, [
    [
      'governments',
      { fr: 'Paliers', en: 'Governments' },
      { fr: 'Québec et Canada, jamais additionnés', en: 'Quebec and Canada, never added' },
    ],
    ['range', { fr: 'Exercices', en: 'Fiscal years' }, rangeWords({ from, to })],
    ['spread', { fr: 'Répartition dans le temps', en: 'Spread over time' }, spreadWords[spread]],
    scenarioLine(scenarioWords[scenario]),
    ...(switches.size === 0 ? [] : [switchedLine(switchesText(switches))]),
  ])
}

/** Whether somebody has typed over a reading since the file was made. */
const readingsItem = ({ assumptions, language }: ComparisonDraft): Item => ({
  name: 'readings',
  label: said({ fr: 'Lectures des hypothèses', en: 'Readings of the assumptions' }, language),
  cell: ({ assumptions: sheet }) => {
    const changes = readings.map(
      (reading) => `SUMXMY2(${sheet.range(reading)},${sheet.range(recordedKey(reading))})`,
    )
    const [recorded, changed] = [readingWords.recorded, readingWords.changed].map(
      (words) => `"${words[language]}"`,
    )
    const result = { text: readingWords.recorded[language] }
    return assumptions.length === 0
      ? result
      : { formula: `IF(${changes.join('+')}=0,${recorded},${changed})`, result }
  },
})

function controlItems({ sources, cumulated, language }: ComparisonDraft): readonly Item[] {
  const labels = new Map(sources.report.table.columns.map(({ key, label }) => [key, label]))
  return cumulatedTotals(cumulated).map(({ key, amount }) =>
    fact<ComparisonPlaces>(
      `control.${key}`,
      said(labels.get(key) ?? { fr: key, en: key }, language),
      { amount },
    ),
  )
}

/** By which the summary finds each government's money. */
const governmentItems = ({ language }: ComparisonDraft): readonly Item[] =>
  (['QC', 'CA'] as const).map((code) =>
    fact(`government.${code.toLowerCase()}`, said(jurisdictionWords[code], language), {
      text: code,
    }),
  )

function sheetsOf(draft: ComparisonDraft): readonly BookSheet<ComparisonRole>[] {
  const { provenance, language } = draft
  return [
    {
      role: 'summary',
      name: sheetNames.summary,
      plan: comparisonSummaryPlan(draft),
      draw: (places) => comparisonSummarySheet(draft, places),
    },
    {
      role: 'comparability',
      name: sheetNames.comparability,
      plan: comparabilityPlan(draft),
      draw: (places) => comparabilitySheet(draft, places),
    },
    {
      role: 'assumptions',
      name: sheetNames.assumptions,
      plan: assumptionsPlan(draft),
      draw: (places) => assumptionsSheet(draft, places),
    },
    {
      role: 'money',
      name: sheetNames.money,
      plan: moneyPlan(draft),
      draw: (places) => moneySheet(draft, places),
    },
    {
      role: 'provenance',
      name: sheetNames.provenance,
      plan: provenancePlan(provenance, language),
      draw: (places) => provenanceSheet(provenance, places.provenance, language),
      isAppendix: true,
    },
  ]
}
