import { z } from 'zod'
import { proposalStates } from '#features/funding/proposal.ts'
import {
  cursorField,
  fiscalYearField,
  limitField,
  refuseInput,
  textField,
  uuidField,
} from '#platform/http/input.ts'
import { policyKinds, readPercent } from './policy.ts'

const codeField = textField(60)
const policiesMax = 500

/** As text, or as the number that JSON writes: `5` and `2.5` are exact either way. */
const percentField = z
  .union([z.string(), z.number()])
  .meta({ description: '0 to 100, at most two decimals.', examples: ['5.00'] })
  .transform((value, context): string => {
    const reading = readPercent(String(value))
    return reading.ok ? reading.value : refuseInput(context, reading.issue)
  })

const policy = z.strictObject({
  envelope: codeField,
  policy: z.enum(policyKinds),
  percent: percentField.nullish().transform((value) => value ?? null),
})

export const yearEndBody = z.strictObject({
  programme: codeField,
  fiscalYear: fiscalYearField,
  policies: z.array(policy).max(policiesMax).default([]),
})

export const ofYearEnd = z.strictObject({ id: uuidField })
export const reasonBody = z.strictObject({ reason: textField(2000) })
export const approvalBody = z
  .strictObject({
    version: z
      .int()
      .positive()
      .max(2_147_483_647)
      .optional()
      .meta({ description: 'The one that was read; instead of If-Match.' }),
  })
  .optional()

export const yearEndQuery = z.strictObject({
  programme: codeField.optional(),
  fiscalYear: fiscalYearField.optional(),
  state: z.enum(proposalStates).optional(),
  limit: limitField,
  cursor: cursorField,
})

const amount = z.string().meta({ format: 'decimal', examples: ['1234.50'] })
const figureKeys = {
  plannedBefore: amount.nullable(),
  toppedUp: amount,
  commitmentsCarried: amount,
  carried: amount,
  lapsed: amount,
  availableLeft: amount,
}
const statedPolicy = {
  envelope: z.string(),
  policy: z.enum(policyKinds),
  percent: z.string().nullable(),
}
const figure = z.object({
  ...statedPolicy,
  default: z.boolean().meta({ description: 'Nobody stated a policy: all is carried.' }),
  lastYear: z.boolean().meta({ description: 'Only open commitments are carried.' }),
  ...figureKeys,
})
const figures = { figures: z.array(figure), totals: z.object(figureKeys) }

export const previewSchema = z
  .object({
    programme: z.string(),
    fiscalYear: z.string(),
    carriedTo: z.string(),
    digest: z.string(),
    ...figures,
  })
  .meta({ id: 'YearEndPreview' })

const document = {
  id: z.string().meta({ format: 'uuid' }),
  state: z.enum(proposalStates),
  version: z.int().meta({ description: 'Sent as ETag; named by If-Match.' }),
  programme: z.string(),
  organization: z.string().meta({ description: 'That of the programme.' }),
  fiscalYear: z.string(),
  policies: z.array(z.object(statedPolicy)),
  digest: z.string().meta({ description: 'SHA-256 of the figures that were prepared.' }),
  preparedBy: z.string(),
  submittedBy: z.string().nullable(),
  approvedBy: z.string().nullable(),
  position: z.int().nullable(),
}

/** A line of the list; alone it is shown with its figures. */
export const yearEndSchema = z.object(document).meta({ id: 'YearEnd' })

export const shownYearEndSchema = z
  .object({
    ...document,
    carriedTo: z.string(),
    current: z.boolean().meta({ description: 'Whether the figures are those that were prepared.' }),
    ...figures,
  })
  .meta({ id: 'YearEndShown' })
