import { z } from 'zod'
import { money } from '#core/money.ts'
import type { PeriodNumber } from '#core/period.ts'
import {
  amountField,
  cursorField,
  fiscalYearField,
  limitField,
  lineField,
  textField,
  uuidField,
} from '#platform/http/input.ts'
import { pageSchema } from '#platform/http/lists.ts'
import { toleranceDaysDefault, toleranceDefault } from './asked-run.ts'
import { failures } from './candidates.ts'
import { matchRules } from './rules.ts'
import { causes, runStates } from './run.ts'

/** What the routes of matching take and answer. */
const code = textField(60)
const optional = <T extends z.ZodType>(field: T) =>
  field.nullish().transform((value) => value ?? null)

export const newRun = z.strictObject({
  organization: code,
  fiscalYear: fiscalYearField,
  period: z
    .int()
    .min(1)
    .max(13)
    .transform((number) => number as PeriodNumber),
  tolerance: amountField
    .optional()
    .transform((amount) => amount ?? money(toleranceDefault))
    .meta({
      description: `By how much two amounts may differ; ${toleranceDefault} when left out.`,
    }),
  toleranceDays: z.int().min(0).max(366).default(toleranceDaysDefault),
})

const linesMax = 1_000
const rowNumber = z.int().min(1).max(2_147_483_647)

export const newMatch = z.strictObject({
  run: uuidField,
  extractRows: z.array(rowNumber).max(linesMax),
  expenditures: z.array(uuidField).max(linesMax),
  reason: textField(2000),
})

export const ofRun = z.strictObject({ id: uuidField })

export const splitBody = z.strictObject({
  extractRow: rowNumber,
  amounts: z
    .array(amountField)
    .min(1)
    .max(100)
    .meta({ description: 'Two parts or more, of the row’s sign, that add up to it.' }),
})

export const causesBody = z.strictObject({
  items: z
    .array(
      z.strictObject({
        extractRow: optional(rowNumber),
        expenditure: optional(uuidField),
        match: optional(uuidField),
        cause: z.enum(causes),
        owner: lineField(200).meta({ description: 'E-mail of the person who sees to it.' }),
        note: optional(textField(2000)),
      }),
    )
    .min(1)
    .max(linesMax)
    .meta({ description: 'Each names exactly one of row, expenditure or match.' }),
})

export const runQuery = z.strictObject({
  organization: code.optional(),
  fiscalYear: fiscalYearField.optional(),
  limit: limitField,
  cursor: cursorField,
})

const amountText = z.string().meta({ format: 'decimal', examples: ['1234.50'] })
const id = z.string().meta({ format: 'uuid' })
const counted = { rows: z.int(), total: amountText }
const side = z.object({
  opening: amountText,
  period: amountText,
  matched: amountText,
  closing: amountText,
})
const explained = {
  cause: z.enum(causes).nullable(),
  owner: z.string().nullable(),
  note: z.string().nullable(),
}
const head = {
  run: id,
  organization: z.string(),
  fiscalYear: z.string().meta({ examples: ['2025-2026'] }),
  period: z.int().min(1).max(13),
  state: z.enum(runStates),
  version: z.int().meta({ description: 'Sent as ETag; named by If-Match.' }),
  preparedBy: z.string(),
  changedBy: z.string(),
  signedBy: z.string().nullable(),
}
const open = {
  amount: amountText,
  date: z.string(),
  document: z.string(),
  ...explained,
  since: z.string().meta({ description: 'The period since which it is open.' }),
  age: z.int().meta({ description: 'Days, to the last day of the run’s period.' }),
}
const why = { code: z.enum(failures), why: z.string() }

export const runSchema = z
  .object({
    ...head,
    tolerance: amountText,
    toleranceDays: z.int(),
    carriedFrom: id.nullable().meta({ description: 'The run whose open lines it took over.' }),
    digest: z.string(),
    stopped: z.array(z.string()).meta({ description: 'Where not all sums were tried.' }),
    extract: z.object({ id, ...counted }),
    journal: z.object(counted),
    matches: z.array(
      z.object({
        id,
        rule: z.enum(matchRules),
        extractRows: z.array(z.int()),
        expenditures: z.array(z.string()),
        residual: amountText,
        reason: z.string(),
        ...explained,
      }),
    ),
    unmatchedExtract: z.array(
      z.object({
        row: z.int(),
        carriedRow: z.int().nullable().meta({ description: 'Its row in the file it came with.' }),
        splitOf: z.int().nullable(),
        ...open,
        candidates: z.array(z.object({ expenditure: z.string(), ...why })),
      }),
    ),
    unmatchedJournal: z.array(
      z.object({
        expenditure: z.string(),
        ...open,
        candidates: z.array(z.object({ row: z.int(), ...why })),
      }),
    ),
    difference: amountText.meta({ description: 'Extract less journal.' }),
    tieOut: z.object({
      extract: side,
      journal: side,
      difference: amountText,
      explained: z.array(z.object({ cause: z.enum(causes), amount: amountText })),
      unexplained: amountText,
      waiting: z.int().meta({ description: 'Lines and residuals without a cause.' }),
    }),
  })
  .meta({ id: 'MatchRun' })

export const runsSchema = pageSchema(z.object(head).meta({ id: 'ListedMatchRun' }))
