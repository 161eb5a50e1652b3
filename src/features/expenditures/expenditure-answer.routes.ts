import { z } from 'zod'
import { pageSchema } from '#platform/http/lists.ts'
import { expenditureStates, requestKinds } from './expenditure.ts'

/** The document as the OpenAPI page describes it; `expenditureFacts` is what is sent. */
const amountText = z.string().meta({ format: 'decimal', examples: ['1234.50'] })
const day = z.string().meta({ format: 'date' })
export const periodSchema = z.object({ fiscalYear: z.string(), period: z.int().min(1).max(13) })

export const expenditureSchema = z
  .object({
    id: z.string().meta({ format: 'uuid' }),
    number: z.string().meta({ examples: ['D-2025-2026-000123'] }),
    state: z.enum(expenditureStates),
    version: z.int().meta({ description: 'Sent as ETag; named by If-Match.' }),
    organization: z.string(),
    measure: z.string().nullable(),
    envelope: z.string().nullable(),
    fiscalYear: z.string().meta({ description: 'Of the service date.', examples: ['2025-2026'] }),
    recordedIn: periodSchema.nullable().meta({ description: 'Known once posted.' }),
    serviceDate: day,
    documentDate: day.nullable(),
    documentNumber: z.string(),
    supplier: z.string(),
    description: z.string(),
    amount: amountText,
    commitment: z.string().nullable().meta({ description: 'Id of what it consumes first.' }),
    justification: z.string().nullable(),
    source: z.object({ document: z.string(), row: z.int(), url: z.string().nullable() }).nullable(),
    flags: z.array(z.string()),
    preparedBy: z.string(),
    submittedBy: z.string().nullable(),
    approvedBy: z.string().nullable(),
    reversedBy: z.string().nullable().meta({ description: 'Id of the entry that reversed it.' }),
    refunded: amountText.meta({ description: 'What came back of it; 0.00 once reversed.' }),
    reclassifiedFrom: z.string().nullable().meta({ description: 'Posted for that one again.' }),
    reclassifiedTo: z.string().nullable().meta({ description: 'Posted in its place.' }),
    entry: z.string().nullable(),
    position: z.int().nullable(),
    requests: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(requestKinds),
        state: z.enum(['asked', 'approved', 'refused']),
        amount: amountText.nullable().meta({ description: 'Of a refund.' }),
        date: day.nullable().meta({ description: 'Of a refund: when the money came back.' }),
        measure: z.string().nullable().meta({ description: 'Of a reclassification.' }),
        envelope: z.string().nullable(),
        serviceDate: day.nullable(),
        reason: z.string(),
        askedBy: z.string(),
        decidedBy: z.string().nullable(),
        entry: z.string().nullable().meta({ description: 'What its approval posted.' }),
      }),
    ),
  })
  .meta({ id: 'Expenditure' })

export const expendituresSchema = z.object({ items: z.array(expenditureSchema) })

export const expenditurePageSchema = pageSchema(expenditureSchema).extend({
  total: amountText.meta({ description: 'Net of reversals and refunds.' }),
  gross: amountText.meta({ description: 'Before reversals and refunds.' }),
})
