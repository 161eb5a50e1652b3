import { z } from 'zod'
import { expenditureStates } from './expenditure.ts'

/** The document as the OpenAPI page describes it; `expenditureFacts` is what is sent. */
const amountText = z.string().meta({ format: 'decimal', examples: ['1234.50'] })
const day = z.string().meta({ format: 'date' })
const period = z.object({ fiscalYear: z.string(), period: z.int().min(1).max(13) })

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
    recordedIn: period.nullable().meta({ description: 'Known once posted.' }),
    serviceDate: day,
    documentDate: day.nullable(),
    documentNumber: z.string(),
    supplier: z.string(),
    description: z.string(),
    amount: amountText,
    commitment: z.string().nullable(),
    justification: z.string().nullable(),
    source: z.object({ document: z.string(), row: z.int(), url: z.string().nullable() }).nullable(),
    flags: z.array(z.string()),
    preparedBy: z.string(),
    submittedBy: z.string().nullable(),
    approvedBy: z.string().nullable(),
    reversedBy: z.string().nullable().meta({ description: 'Id of the entry that reversed it.' }),
    entry: z.string().nullable(),
    position: z.int().nullable(),
    requests: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(['reverse']),
        state: z.enum(['asked', 'approved', 'refused']),
        amount: amountText.nullable(),
        reason: z.string(),
        askedBy: z.string(),
        decidedBy: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Expenditure' })

export const expendituresSchema = z.object({ items: z.array(expenditureSchema) })
