import type { Language } from '#core/language.ts'
import type { Workbook } from '#platform/tables/workbook.ts'
import type { Book, BookSheet } from './book.views.ts'
import { controlItems, tieOutItems } from './control-totals.views.ts'
import { exceptionsPlan, exceptionsSheets } from './exceptions.views.ts'
import { expendituresPlan, expendituresSheets } from './expenditures.views.ts'
import { plannedPlan, plannedSheet } from './planned.views.ts'
import { provenancePlan, provenanceSheet } from './provenance.views.ts'
import { checksOf } from './reconciliation-checks.views.ts'
import { audienceOf, reconciliationQuestion } from './reconciliation-cover.views.ts'
import {
  draftOf,
  type LongRole,
  type ReconciliationDraft,
  type ReconciliationRole,
} from './reconciliation-draft.views.ts'
import { summaryPlan, summarySheet } from './summary.views.ts'
import { variancesPlan, variancesSheet } from './variances.views.ts'
import { workbookOf } from './workbook.views.ts'
import type { ReconciliationSources } from './workbook-sources.ts'
import { sheetNames } from './workbook-words.ts'

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
  return workbookOf(reconciliationBook(draft))
}

export const reconciliationBook = (
  draft: ReconciliationDraft,
): Book<ReconciliationRole, LongRole> => ({
  sources: draft.sources,
  language: draft.language,
  question: reconciliationQuestion(draft),
  audience: audienceOf[draft.sources.detailKind],
  control: controlItems(draft),
  further: tieOutItems(draft),
  sheets: sheetsOf(draft),
  checks: checksOf(draft),
})

type OwnSheet = BookSheet<ReconciliationRole, LongRole>

function sheetsOf(draft: ReconciliationDraft): readonly OwnSheet[] {
  const { language, provenance, sheetRows } = draft
  const sheet = (
    role: OwnSheet['role'],
    plan: OwnSheet['plan'],
    draw: OwnSheet['draw'],
  ): OwnSheet => ({ role, name: sheetNames[role], plan, draw })
  return [
    sheet('summary', summaryPlan(draft), (places) => summarySheet(draft, places)),
    sheet('variances', variancesPlan(draft), (places) => variancesSheet(draft, places)),
    sheet('planned', plannedPlan(draft), (places) => plannedSheet(draft, places)),
    {
      ...sheet('expenditures', expendituresPlan(draft), (places) =>
        expendituresSheets(draft, places),
      ),
      sheetRows,
    },
    {
      ...sheet('exceptions', exceptionsPlan(draft), (places) => exceptionsSheets(draft, places)),
      sheetRows,
    },
    {
      ...sheet('provenance', provenancePlan(provenance, language), (places) =>
        provenanceSheet(provenance, places.provenance, language),
      ),
      isAppendix: true,
    },
  ]
}
