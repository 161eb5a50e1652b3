import type { Language } from '#core/language.ts'
import type { Workbook } from '#platform/tables/workbook.ts'
import { assumptionsPlan, assumptionsSheet } from './assumptions.views.ts'
import { checksPlan, checksSheet } from './checks.views.ts'
import { comparisonChecks } from './comparison-checks.views.ts'
import { comparisonCover } from './comparison-cover.views.ts'
import {
  type ComparisonDraft,
  type ComparisonPlaces,
  comparisonDraft,
} from './comparison-draft.views.ts'
import { comparisonSummaryPlan, comparisonSummarySheet } from './comparison-summary.views.ts'
import { coverCell, coverPlan, coverSheet } from './cover.views.ts'
import { dictionarySheet } from './dictionary.views.ts'
import { provenancePlan, provenanceSheet } from './provenance.views.ts'
import { placed } from './sheet-plan.views.ts'
import type { ComparisonSources } from './workbook-sources.ts'
import { said } from './workbook-words.ts'

/**
 * A comparison that a reader can take apart: each federal total with what it takes for granted, and
 * the checks that tie the range to the relations it comes from.
 */
export function comparisonWorkbook(sources: ComparisonSources, language: Language): Workbook {
  const draft = comparisonDraft(sources, language)
  const checks = comparisonChecks(draft)
  const places = placesOf(draft)
  const cover = coverSheet(places.cover, comparisonCover(draft), places, language)
  const summary = comparisonSummarySheet(draft, places)
  const assumptions = assumptionsSheet(draft, places)
  const checked = checksSheet(places.checks, checks, places, language)
  const provenance = provenanceSheet(draft.provenance, places.provenance, language)
  const dictionary = dictionarySheet(
    [
      { sheet: cover, columns: places.cover.columns },
      { sheet: summary, columns: places.summary.columns },
      { sheet: assumptions, columns: places.assumptions.columns },
      { sheet: checked, columns: places.checks.columns },
      { sheet: provenance, columns: places.provenance.columns },
    ],
    language,
  )
  return {
    language,
    title: said(sources.report.title, language),
    creator: 'Vigie',
    instant: sources.report.positionAt,
    sheets: [cover, summary, assumptions, checked, dictionary, provenance],
  }
}

function placesOf(draft: ComparisonDraft): ComparisonPlaces {
  const { sources, language, provenance } = draft
  const items = comparisonCover(draft)
  const cover = placed(coverPlan(sources.report.title, items, language))
  return {
    cover,
    summary: placed(comparisonSummaryPlan(draft)),
    assumptions: placed(assumptionsPlan(draft)),
    checks: placed(checksPlan(comparisonChecks(draft), language)),
    provenance: placed(provenancePlan(provenance, language)),
    onCover: (name) => coverCell(cover, items, name),
  }
}
