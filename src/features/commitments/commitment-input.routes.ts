import { z } from 'zod'
import {
  cursorField,
  fiscalYearField,
  limitField,
  positiveAmountField,
  textField,
  uuidField,
} from '#platform/http/input.ts'
import { commitmentStates } from './commitment.ts'

/** What the routes of commitments take: bodies, paths and queries. */
const code = textField(60)
const optional = <T extends z.ZodType>(field: T) =>
  field.nullish().transform((value) => value ?? null)

export const newCommitment = z.strictObject({
  organization: code,
  measure: optional(code),
  envelope: optional(code),
  fiscalYear: fiscalYearField,
  supplier: textField(200),
  reference: textField(100),
  description: textField(2000),
  amount: positiveAmountField,
})

export const commitmentChange = z.strictObject({
  organization: code.optional(),
  measure: code.nullable().optional(),
  envelope: code.nullable().optional(),
  fiscalYear: fiscalYearField.optional(),
  supplier: textField(200).optional(),
  reference: textField(100).optional(),
  description: textField(2000).optional(),
  amount: positiveAmountField.optional(),
})

export const ofCommitment = z.strictObject({ id: uuidField })
export const reasonBody = z.strictObject({ reason: textField(2000) })
export const releaseBody = z.strictObject({
  amount: optional(positiveAmountField).meta({ description: 'All that remains when left out.' }),
  reason: textField(2000),
})

export const commitmentQuery = z.strictObject({
  organization: code.optional(),
  measure: code.optional(),
  envelope: code.optional(),
  fiscalYear: fiscalYearField.optional(),
  state: z.enum(commitmentStates).optional(),
  supplier: textField(200).optional(),
  limit: limitField,
  cursor: cursorField,
})
