import { z } from 'zod'
import { fileFormats } from '#core/grid.ts'
import type { Issue } from '#core/issues.ts'
import type { PeriodNumber } from '#core/period.ts'
import { fileFields } from '#platform/http/file-fields.ts'
import {
  amountField,
  cursorField,
  fiscalYearField,
  limitField,
  lineField,
  refuseInput,
  textField,
  uuidField,
} from '#platform/http/input.ts'
import { pageSchema } from '#platform/http/lists.ts'
import { findingCodes } from './findings.ts'
import { spendingSigns } from './mapping.ts'

/** What the routes of extracts take and answer. A form's fields are texts, numbers too. */
const code = textField(60)

const wholeNumber = (max: number, examples: readonly string[]) =>
  z
    .string()
    .meta({ pattern: '^[0-9]{1,7}$', examples: [...examples] })
    .transform((text, context): number => {
      const number = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN
      return number >= 1 && number <= max ? number : refuseInput(context, notANumber(max))
    })

const notANumber = (max: number): Issue => ({
  pointer: '',
  code: 'extracts/not-a-number',
  detail: {
    fr: `Écrivez un nombre entier de 1 à ${max}.`,
    en: `Write a whole number from 1 to ${max}.`,
  },
})

const rowsMax = 1_000_000

const optional = <T extends z.ZodType>(field: T) =>
  field.optional().transform((value) => value ?? null)

export const newExtract = z.strictObject({
  organization: code,
  fiscalYear: fiscalYearField,
  period: wholeNumber(13, ['3']).transform((number) => number as PeriodNumber),
  rows: wholeNumber(rowsMax, ['412']),
  total: amountField.meta({ description: 'The control total, in the signs of the file.' }),
  system: optional(lineField(60)).meta({ description: 'Whose saved mapping reads the columns.' }),
  supersedes: optional(uuidField).meta({ description: 'The extract that this one corrects.' }),
  ...fileFields,
})

export const ofExtract = z.strictObject({ id: uuidField })

export const extractQuery = z.strictObject({
  organization: code.optional(),
  fiscalYear: fiscalYearField.optional(),
  period: wholeNumber(13, ['3']).optional(),
  limit: limitField,
  cursor: cursorField,
})

export const pageQuery = z.strictObject({ limit: limitField, cursor: cursorField })

const columnField = lineField(100)
const columnOrNone = columnField.nullish().transform((name) => name ?? null)

export const mappingBody = z.strictObject({
  organization: code,
  system: lineField(60),
  version: z.int().min(0).meta({ description: 'The one that was read; 0 for a new mapping.' }),
  date: columnField,
  account: columnOrNone,
  document: columnField,
  description: columnField,
  supplier: columnOrNone,
  amount: columnOrNone,
  debit: columnOrNone,
  credit: columnOrNone,
  spendingSign: z.enum(spendingSigns).meta({ description: 'Sign of spending in the file.' }),
})

const amountText = z.string().meta({ format: 'decimal', examples: ['1234.50'] })

const because = z.object({ fr: z.string(), en: z.string() })
const understanding = z
  .object({ value: z.union([z.string(), z.int()]), asked: z.boolean(), because })
  .nullable()

const understoodSchema = z
  .object({
    format: z.enum(fileFormats),
    encoding: understanding,
    delimiter: understanding,
    dateSystem: understanding,
    sheet: understanding,
    headerRow: understanding,
    decimal: understanding,
    dateOrder: understanding,
    columns: z.record(z.string(), z.string()),
    spendingSign: z.enum(spendingSigns),
    formulas: z.int(),
    hiddenRows: z.int().meta({ description: 'Read like the others.' }),
    hiddenColumns: z.int(),
    merged: z.int(),
    otherSheets: z.array(z.string()).meta({ description: 'Not read.' }),
  })
  .meta({ description: 'How the file was read, and what each decision rests on.' })

export const extractSchema = z
  .object({
    id: z.string().meta({ format: 'uuid' }),
    organization: z.string(),
    fiscalYear: z.string().meta({ examples: ['2025-2026'] }),
    period: z.int().min(1).max(13),
    system: z.string().nullable(),
    fileName: z.string(),
    sha256: z.string(),
    rows: z.int(),
    total: amountText.meta({ description: 'Spending is positive.' }),
    statedTotal: amountText.meta({ description: 'In the signs of the file.' }),
    lines: z.int().meta({ description: 'Below the header: rows and what is left out.' }),
    leftOut: z.object({ blank: z.int(), total: z.int(), headerAgain: z.int() }),
    understood: understoodSchema,
    supersedes: z.string().nullable(),
    supersededBy: z.string().nullable(),
    loadedBy: z.string(),
    position: z.int().nullable(),
    findings: z.array(
      z.object({
        code: z.enum(findingCodes),
        row: z.int().nullable(),
        value: z.string().nullable(),
        text: z.object({ fr: z.string(), en: z.string() }),
      }),
    ),
  })
  .meta({ id: 'Extract' })

export const extractsSchema = pageSchema(extractSchema)

export const rowsSchema = pageSchema(
  z
    .object({
      number: z.int().meta({ description: 'As the file numbers it.' }),
      date: z.string(),
      account: z.string().nullable(),
      document: z.string(),
      description: z.string(),
      supplier: z.string().nullable(),
      amount: amountText,
    })
    .meta({ id: 'ExtractRow' }),
)

export const mappingSchema = z
  .object({
    organization: z.string(),
    system: z.string(),
    version: z.int(),
    date: z.string(),
    account: z.string().nullable(),
    document: z.string(),
    description: z.string(),
    supplier: z.string().nullable(),
    amount: z.string().nullable(),
    debit: z.string().nullable(),
    credit: z.string().nullable(),
    spendingSign: z.enum(spendingSigns),
    changedBy: z.string(),
  })
  .meta({ id: 'ExtractMapping' })
