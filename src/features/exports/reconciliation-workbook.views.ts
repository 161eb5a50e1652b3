import type { Language } from '#core/language.ts'
import type { Workbook } from '#platform/tables/workbook.ts'
import { checksPlan, checksSheet } from './checks.views.ts'
import { coverCell, coverPlan, coverSheet } from './cover.views.ts'
import { type DescribedSheet, dictionarySheet } from './dictionary.views.ts'
import { exceptionsPlan, exceptionsSheet } from './exceptions.views.ts'
import { expendituresPlan, expendituresSheet } from './expenditures.views.ts'
import { plannedPlan, plannedSheet } from './planned.views.ts'
import { provenancePlan, provenanceSheet } from './provenance.views.ts'
import { checksOf } from './reconciliation-checks.views.ts'
import { coverItems } from './reconciliation-cover.views.ts'
import {
  draftOf,
  type ReconciliationDraft,
  type ReconciliationPlaces,
} from './reconciliation-draft.views.ts'
import { placed } from './sheet-plan.views.ts'
import { summaryPlan, summarySheet } from './summary.views.ts'
import { variancesPlan, variancesSheet } from './variances.views.ts'
import type { ReconciliationSources } from './workbook-sources.ts'
import { said } from './workbook-words.ts'

/**
 * A reconciliation that an auditor can compute again, from the lines up, in any spreadsheet
 * program. Every figure that a formula can give is a formula with the report's figure as its
 * result; what is typed is the lines themselves and the control totals of the cover.
 * @throws RangeError when the details given do not add up to the report's figures
 */
export function reconciliationWorkbook(
  sources: ReconciliationSources,
  language: Language,
): Workbook {
  const draft = draftOf(sources, language)
  const places = placesOf(draft)
  const { cover, ...others } = sheetsOf(draft, places)
  const described: readonly DescribedSheet[] = [
    { sheet: cover, columns: places.cover.columns },
    { sheet: others.summary, columns: places.summary.columns },
    { sheet: others.variances, columns: places.variances.columns },
    { sheet: others.planned, columns: places.planned.columns },
    { sheet: others.expenditures, columns: places.expenditures.columns },
    { sheet: others.exceptions, columns: places.exceptions.columns },
    { sheet: others.checks, columns: places.checks.columns },
    { sheet: others.provenance, columns: places.provenance.columns },
  ]
  return {
    language,
    title: said(sources.report.title, language),
    creator: 'Vigie',
    instant: sources.report.positionAt,
    sheets: [
      cover,
      others.summary,
      others.variances,
      others.planned,
      others.expenditures,
      others.exceptions,
      others.checks,
      dictionarySheet(described, language),
      others.provenance,
    ],
  }
}

function placesOf(draft: ReconciliationDraft): ReconciliationPlaces {
  const { sources, language, provenance } = draft
  const items = coverItems(draft)
  const cover = placed(coverPlan(sources.report.title, items, language))
  return {
    cover,
    summary: placed(summaryPlan(draft)),
    variances: placed(variancesPlan(draft)),
    planned: placed(plannedPlan(draft)),
    expenditures: placed(expendituresPlan(draft)),
    exceptions: placed(exceptionsPlan(draft)),
    checks: placed(checksPlan(checksOf(draft), language)),
    provenance: placed(provenancePlan(provenance, language)),
    onCover: (name) => coverCell(cover, items, name),
  }
}

const sheetsOf = (draft: ReconciliationDraft, places: ReconciliationPlaces) => {
  const { language, provenance } = draft
  return {
    cover: coverSheet(places.cover, coverItems(draft), places, language),
    summary: summarySheet(draft, places),
    variances: variancesSheet(draft, places),
    planned: plannedSheet(draft, places),
    expenditures: expendituresSheet(draft, places),
    exceptions: exceptionsSheet(draft, places),
    checks: checksSheet(places.checks, checksOf(draft), places, language),
    provenance: provenanceSheet(provenance, places.provenance, language),
  }
}
