import { z } from 'zod'
import type { Reading } from '#core/issues.ts'
import { readSwitches, scenarios } from '#features/comparison/scenario.ts'
import { jurisdictions } from '#features/programmes/programme.ts'
import { dimensions, spreads } from '#features/reconciliation/facts.ts'
import { readMonths, readPoints } from '#features/reconciliation/threshold.ts'
import type { ReportRequest } from '#features/reports/request.ts'
import {
  fiscalYearField,
  languageField,
  momentField,
  refuseInput,
  textField,
} from '#platform/http/input.ts'
import { csvDialects } from '#platform/tables/csv.ts'
import { detailKinds } from './detail.ts'
import { readPeriodNumber } from './report-input.ts'

export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const fieldOf = <T>(read: (text: string) => Reading<T>, description: string, example: string) =>
  z
    .string()
    .meta({ description, examples: [example] })
    .transform((text, context): T => {
      const reading = read(text)
      return reading.ok ? reading.value : refuseInput(context, reading.issue)
    })
    .optional()

/** What may be asked of a report, by the API and by its page alike. */
export const reportQuery = z.strictObject({
  by: z.enum(dimensions).optional(),
  from: fiscalYearField.optional(),
  to: fiscalYearField.optional(),
  jurisdiction: z.enum(jurisdictions).optional(),
  spread: z.enum(spreads).optional(),
  scenario: z.enum(scenarios).optional(),
  assume: fieldOf(
    readSwitches,
    'Assumptions of a federal total taken otherwise, each CODE=low or CODE=high.',
    'CA-2009:unknown:CA-2007=low',
  ),
  ahead: fieldOf(readPoints, 'Points ahead of time that make an exception.', '10.00'),
  behind: fieldOf(readPoints, 'Points behind time that make an exception.', '25.00'),
  late: fieldOf(readMonths, 'Months without recording that make an exception.', '3'),
  organization: textField(60).optional(),
  fiscalYear: fiscalYearField.optional(),
  period: fieldOf(readPeriodNumber, 'Of a tie-out: 1 (April) to 13 (supplementary).', '3'),
  asOf: momentField.optional(),
  since: momentField.optional(),
  /** The same, as the command's flag is written. */
  'as-of': momentField.optional(),
  lang: languageField.optional(),
  /** Of a workbook's spending: documents, for who may open them all, or cells of the journal. */
  detail: z.enum(detailKinds).optional(),
  dialect: z.enum(csvDialects).optional(),
})

/** The moment goes by two names: the field of the answer, and the command’s flag. */
export function askedOf(query: z.output<typeof reportQuery>): Omit<ReportRequest, 'name'> {
  const { lang: _lang, detail: _detail, dialect: _dialect, 'as-of': moment, ...asked } = query
  return moment === undefined ? asked : { ...asked, asOf: moment }
}
