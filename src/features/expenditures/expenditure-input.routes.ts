import { z } from 'zod'
import { readDate } from '#core/calendar-date.ts'
import { unread } from '#core/issues.ts'
import { readPeriod } from '#core/period.ts'
import { measureCode } from '#features/programmes/measure.ts'
import { jurisdictions } from '#features/programmes/programme.ts'
import {
  cursorField,
  dateField,
  fiscalYearField,
  limitField,
  positiveAmountField,
  refuseInput,
  textField,
  uuidField,
} from '#platform/http/input.ts'
import { expenditureStates } from './expenditure.ts'
import { expenditureFundings } from './filter.ts'

/** What the routes of expenditures take: bodies, paths and queries. */
const code = textField(60)

const optional = <T extends z.ZodType>(field: T) =>
  field.nullish().transform((value) => value ?? null)

const statement = {
  organization: code,
  measure: optional(code),
  envelope: optional(code),
  serviceDate: dateField,
  documentDate: optional(dateField),
  documentNumber: textField(100),
  supplier: textField(200),
  description: textField(2000),
  amount: positiveAmountField,
  commitment: optional(uuidField).meta({ description: 'Id of what it consumes first.' }),
  justification: optional(textField(2000)),
}

export const newExpenditure = z.strictObject(statement)

/** As a form takes it: the commitment by the number that people see. */
export const statementForm = newExpenditure.extend({ commitment: optional(code) })

export const expenditureChange = z.strictObject({
  organization: code.optional(),
  measure: code.nullable().optional(),
  envelope: code.nullable().optional(),
  serviceDate: dateField.optional(),
  documentDate: dateField.nullable().optional(),
  documentNumber: textField(100).optional(),
  supplier: textField(200).optional(),
  description: textField(2000).optional(),
  amount: positiveAmountField.optional(),
  commitment: uuidField.nullable().optional(),
  justification: textField(2000).nullable().optional(),
})

export const ofExpenditure = z.strictObject({ id: uuidField })
export const ofRequest = z.strictObject({ id: uuidField, requestId: uuidField })
export const reasonBody = z.strictObject({ reason: textField(2000) })
export const refundBody = z.strictObject({
  amount: positiveAmountField,
  date: dateField,
  reason: textField(2000),
})
export const reclassificationBody = z.strictObject({
  measure: code.nullable().optional(),
  envelope: code.nullable().optional(),
  serviceDate: dateField.optional(),
  reason: textField(2000),
})
export const approvalBody = z.strictObject({ justification: textField(2000).nullish() }).nullish()
export const bulkApprovalBody = z.strictObject({
  items: z
    .array(
      z.strictObject({
        id: uuidField,
        version: z.int().positive(),
        justification: textField(2000).nullish(),
      }),
    )
    .min(1)
    .max(500),
})

/** Boxes that were checked: each names its document, and holds the version that was shown. */
export const chosenRows = z
  .record(
    uuidField,
    z
      .string()
      .regex(/^[1-9]\d{0,8}$/)
      .transform(Number),
  )
  .refine((rows) => Object.keys(rows).length <= 500)

const periodField = z
  .string()
  .meta({ description: 'A recorded period.', examples: ['2025-2026-P03'] })
  .transform((text, context) => {
    const reading = readPeriod(text)
    return reading.ok ? reading.value : refuseInput(context, reading.issue)
  })

const fundingField = z
  .string()
  .meta({ description: 'One or several, separated by commas.', examples: ['own,shared'] })
  .transform((text, context) => {
    const asked = text.split(',')
    const known = expenditureFundings.filter((funding) => asked.includes(funding))
    if (known.length === asked.length) {
      return known
    }
    const refused = unread(
      'expenditures/funding-unknown',
      {
        fr: `Financement inconnu : choisissez parmi ${expenditureFundings.join(', ')}.`,
        en: `Unknown funding: choose among ${expenditureFundings.join(', ')}.`,
      },
      text,
    )
    return refused.ok ? known : refuseInput(context, refused.issue)
  })

/** The list is in the order of service dates: what stands in for one must be a day. */
const dayCursorField = cursorField.transform((parts, context) => {
  const reading = parts === null ? null : readDate(parts[0] ?? '')
  return reading === null || reading.ok ? parts : refuseInput(context, reading.issue)
})

export const expenditureQuery = z.strictObject({
  organization: code.optional(),
  measure: code.optional(),
  axis: code.optional(),
  lead: code.optional(),
  envelope: code.optional(),
  jurisdiction: z.enum(jurisdictions).optional(),
  funding: fundingField.optional(),
  fiscalYear: fiscalYearField.optional(),
  period: periodField.optional(),
  state: z.enum(expenditureStates).optional(),
  from: dateField.optional(),
  to: dateField.optional(),
  preparedBy: textField(254).optional(),
  returned: z
    .literal('true')
    .transform((): true => true)
    .optional()
    .meta({ description: 'Only drafts that were submitted and returned.' }),
  text: textField(200).optional(),
  limit: limitField,
  cursor: dayCursorField,
})

type ExpenditureQuery = z.infer<typeof expenditureQuery>

/** The question without its page: `12` is `QC-12`. */
export function filterOf({ limit: _limit, cursor: _cursor, ...asked }: ExpenditureQuery) {
  const { measure, ...filter } = asked
  return { ...filter, measure: measure === undefined ? undefined : measureCode(measure) }
}
