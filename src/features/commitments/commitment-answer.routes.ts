import { z } from 'zod'
import { pageSchema } from '#platform/http/lists.ts'
import { commitmentStates } from './commitment.ts'

/** The document as the OpenAPI page describes it; `commitmentFacts` is what is sent. */
const amountText = z.string().meta({ format: 'decimal', examples: ['1234.50'] })

export const commitmentSchema = z
  .object({
    id: z.string().meta({ format: 'uuid' }),
    number: z.string().meta({ examples: ['E-2025-2026-000123'] }),
    state: z.enum(commitmentStates),
    version: z.int().meta({ description: 'Sent as ETag; named by If-Match.' }),
    organization: z.string(),
    measure: z.string().nullable(),
    envelope: z.string(),
    fiscalYear: z.string().meta({ description: 'Asked on.', examples: ['2025-2026'] }),
    heldIn: z.string().meta({ description: 'The fiscal year that holds its money now.' }),
    recordedIn: z
      .object({ fiscalYear: z.string(), period: z.int().min(1).max(13) })
      .nullable()
      .meta({ description: 'Known once approved.' }),
    supplier: z.string(),
    reference: z.string(),
    description: z.string(),
    amount: amountText,
    consumed: amountText.meta({ description: 'Taken by expenditures, net of reversals.' }),
    released: amountText,
    remaining: amountText.meta({ description: 'amount − consumed − released' }),
    flags: z.array(z.string()),
    preparedBy: z.string(),
    submittedBy: z.string().nullable(),
    approvedBy: z.string().nullable(),
    releasedBy: z.string().nullable().meta({ description: 'Who released last.' }),
    entry: z.string().nullable(),
    position: z.int().nullable(),
  })
  .meta({ id: 'Commitment' })

export const commitmentsSchema = pageSchema(commitmentSchema).extend({
  remaining: amountText.meta({ description: 'What remains committed of the whole list.' }),
})
