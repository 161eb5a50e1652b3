import type { Bilingual } from '#core/language.ts'
import type { CodeWords } from '#features/audit/event-codes.ts'
import { stateNames as commitmentStates } from '#features/commitments/lifecycle.ts'
import { requestNames, requestStates } from '#features/expenditures/expenditure-words.ts'
import { stateNames as expenditureStates } from '#features/expenditures/lifecycle.ts'
import { reportTitle } from '#features/exports/report-words.ts'
import { signWords } from '#features/extracts/mapping.views.tsx'
import { relationWords, termWords } from '#features/funding/planned-words.ts'
import { proposalStateNames } from '#features/funding/proposal.ts'
import { revisionKindNames } from '#features/funding/revisions.table.ts'
import { roleWords } from '#features/identity/role-words.ts'
import { importStateNames } from '#features/imports/import-rules.ts'
import { flagWords } from '#features/journal/flag-words.ts'
import { causeNames } from '#features/matching/matching.table.ts'
import { runStateNames } from '#features/matching/run.ts'
import { reportNames } from '#features/reports/request.ts'
import { policyNames } from '#features/year-end/year-end.table.ts'

const languageNames = {
  fr: { fr: 'français', en: 'French' },
  en: { fr: 'anglais', en: 'English' },
} satisfies Record<string, Bilingual>

const yesNo = {
  true: { fr: 'oui', en: 'yes' },
  false: { fr: 'non', en: 'no' },
} satisfies Record<string, Bilingual>

const flags = Object.fromEntries(
  Object.entries(flagWords).map(([code, { label }]) => [code, label]),
)

/** The words of the codes that events hold, in the order of the shelf. */
export const eventCodes: CodeWords = {
  flags,
  language: languageNames,
  isDisabled: yesNo,
  stated: yesNo,
  organizationStated: yesNo,
  asked: yesNo,
  visit: yesNo,
  default: yesNo,
  lastYear: yesNo,
  role: roleWords,
  'envelope state': proposalStateNames,
  'envelope terms.kind': termWords,
  'relation state': proposalStateNames,
  'relation kind': relationWords,
  'revision state': proposalStateNames,
  'revision kind': revisionKindNames,
  'commitment state': commitmentStates,
  'expenditure state': expenditureStates,
  'expenditure requests.state': requestStates,
  'expenditure requests.kind': requestNames,
  'import state': importStateNames,
  spendingSign: Object.fromEntries(signWords),
  'matching state': runStateNames,
  cause: causeNames,
  'year-end state': proposalStateNames,
  policy: policyNames,
  'export report': Object.fromEntries(reportNames.map((name) => [name, reportTitle(name)])),
}
