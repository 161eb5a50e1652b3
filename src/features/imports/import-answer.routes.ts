import { z } from 'zod'
import { pageSchema } from '#platform/http/lists.ts'
import { importStates, rowStates } from './import.ts'

/** An import as the OpenAPI page describes it; `importFacts` is what is sent. */
const amountText = z.string().meta({ format: 'decimal', examples: ['1234.50'] })
const bilingual = z.object({ fr: z.string(), en: z.string() })

const problem = z.object({
  row: z.int().nullable().meta({ description: 'As the author of the file sees it.' }),
  column: z.string().nullable(),
  value: z.string().nullable(),
  code: z.string(),
  detail: bilingual,
})

const understanding = z
  .object({
    value: z.union([z.string(), z.int()]),
    asked: z.boolean().meta({ description: 'A person said so.' }),
    because: bilingual,
  })
  .nullable()

export const importSchema = z
  .object({
    id: z.string().meta({ format: 'uuid' }),
    state: z.enum(importStates),
    version: z.int().meta({ description: 'Sent as ETag; named by If-Match.' }),
    organizations: z.array(z.string()),
    file: z.object({ name: z.string(), bytes: z.int(), sha256: z.string() }),
    understood: z.object({
      format: z.string(),
      encoding: understanding,
      delimiter: understanding,
      dateSystem: understanding,
      sheet: understanding,
      headerRow: understanding,
      decimal: understanding,
      dateOrder: understanding,
      columns: z.array(z.string()),
      formulas: z.int(),
      hiddenRows: z.int(),
      hiddenColumns: z.int(),
      merged: z.int(),
      otherSheets: z.array(z.string()),
    }),
    counts: z
      .object({
        rows: z.int(),
        accepted: z.int(),
        rejected: z.int(),
        ignored: z.int(),
        new: z.int(),
        duplicate: z.int(),
        changed: z.int(),
      })
      .meta({ description: 'accepted + rejected + ignored = rows.' }),
    sums: z.object({
      rows: amountText,
      accepted: amountText,
      rejected: amountText,
      new: amountText,
      duplicate: amountText,
      changed: amountText,
      unreadable: z.int().meta({ description: 'Rejected rows whose amount is in no sum.' }),
    }),
    findings: z.array(problem).meta({ description: 'Noticed without refusing.' }),
    createdAt: z.string().meta({ format: 'date-time' }),
    preparedBy: z.string(),
    confirmed: z.object({ by: z.string(), rows: z.int(), amount: amountText }).nullable(),
    submittedBy: z.string().nullable(),
    approvedBy: z.string().nullable(),
    reversal: z
      .object({ askedBy: z.string(), reason: z.string(), approvedBy: z.string().nullable() })
      .nullable(),
  })
  .meta({ id: 'Import' })

const row = z
  .object({
    row: z.int(),
    state: z.enum(rowStates),
    organization: z.string().nullable(),
    measure: z.string().nullable(),
    envelope: z.string().nullable(),
    serviceDate: z.string().nullable().meta({ format: 'date' }),
    documentNumber: z.string().nullable(),
    supplier: z.string().nullable(),
    description: z.string().nullable(),
    amount: amountText.nullable(),
    commitment: z.string().nullable(),
    flags: z.array(z.string()),
    expenditure: z
      .string()
      .nullable()
      .meta({ description: 'Id that its document has or will have.' }),
    sameAs: z
      .object({ document: z.string().nullable(), row: z.int().nullable() })
      .nullable()
      .meta({ description: 'What it repeats or differs from.' }),
    differs: z.array(z.string()),
    problems: z.array(problem),
  })
  .meta({ id: 'ImportRow' })

export const openedImportSchema = importSchema
  .extend({ rows: pageSchema(row) })
  .meta({ id: 'OpenedImport' })

export const importPageSchema = pageSchema(importSchema)
