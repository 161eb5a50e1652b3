import { z } from 'zod'
import { readDate } from '#core/calendar-date.ts'
import {
  amountField,
  cursorField,
  dateField,
  fiscalYearField,
  limitField,
  refuseInput,
  textField,
  uuidField,
} from '#platform/http/input.ts'
import { proposalStates } from './proposal.ts'
import { codeField, optional } from './proposal-input.routes.ts'
import { revisionKinds } from './revision.ts'

const linesMax = 500

const line = z.strictObject({
  envelope: codeField,
  measure: optional(codeField),
  fiscalYear: optional(fiscalYearField),
  amount: amountField,
})

export const revisionBody = z.strictObject({
  kind: z.enum(revisionKinds),
  reason: textField(2000),
  documentReference: textField(200),
  effectiveOn: dateField,
  lines: z.array(line).min(1).max(linesMax),
})

export const ofRevision = z.strictObject({ id: uuidField })

/** The list is in the order of effective dates: what stands in for one must be a day. */
const dayCursorField = cursorField.transform((parts, context) => {
  const reading = parts === null ? null : readDate(parts[0] ?? '')
  return reading === null || reading.ok ? parts : refuseInput(context, reading.issue)
})

export const revisionQuery = z.strictObject({
  organization: codeField.optional(),
  envelope: codeField.optional(),
  kind: z.enum(revisionKinds).optional(),
  state: z.enum(proposalStates).optional(),
  limit: limitField,
  cursor: dayCursorField,
})

/** The document as the OpenAPI page describes it; `revisionFacts` is what is sent. */
export const revisionSchema = z
  .object({
    id: z.string().meta({ format: 'uuid' }),
    number: z.string().meta({ examples: ['R-2025-2026-000001'] }),
    state: z.enum(proposalStates),
    version: z.int().meta({ description: 'Sent as ETag; named by If-Match.' }),
    kind: z.enum(revisionKinds),
    organization: z.string().meta({ description: 'Responsible; of a transfer, for the giver.' }),
    reason: z.string(),
    documentReference: z.string(),
    effectiveOn: z.string().meta({ format: 'date' }),
    lines: z.array(
      z.object({
        envelope: z.string(),
        measure: z.string().nullable(),
        fiscalYear: z.string().nullable().meta({ description: 'Null: undistributed.' }),
        amount: z.string().meta({ format: 'decimal', examples: ['-2903063.00'] }),
      }),
    ),
    preparedBy: z.string(),
    submittedBy: z.string().nullable(),
    approvedBy: z.string().nullable(),
    entry: z.string().nullable(),
    position: z.int().nullable(),
  })
  .meta({ id: 'Revision' })
