import { z } from 'zod'
import { unread } from '#core/issues.ts'
import { isPositive } from '#core/money.ts'
import { readMoney } from '#core/money-reading.ts'
import {
  fiscalYearField,
  positiveAmountField,
  refuseInput,
  textField,
} from '#platform/http/input.ts'
import { notPositive } from '#platform/http/input-sentences.ts'
import { termOf } from './envelope-terms.ts'
import { proposalStates } from './proposal.ts'
import { codeField, optional } from './proposal-input.routes.ts'

const measuresMax = 100
const termsMax = 20

const bilingual = z.strictObject({ fr: textField(300), en: textField(300) })

/** An amount with the precision of the text it is written in: 5,8 M$ is stated to 100 000.00. */
const statedAmountField = z
  .string()
  .meta({ format: 'decimal', description: 'As the source writes it.', examples: ['19 M$'] })
  .transform((text, context) => {
    const reading = readMoney(text)
    if (!reading.ok) {
      return refuseInput(context, reading.issue)
    }
    const refused = unread('input/not-positive', notPositive, text)
    return isPositive(reading.value.value) || refused.ok
      ? reading.value
      : refuseInput(context, refused.issue)
  })

const termField = z
  .strictObject({
    kind: z.enum(['term', 'recurring']),
    amount: statedAmountField,
    asStated: optional(textField(200)),
    precision: optional(positiveAmountField),
    firstFiscalYear: fiscalYearField,
    lastFiscalYear: optional(fiscalYearField),
    stated: z.boolean().meta({ description: 'False when the first fiscal year is inferred.' }),
  })
  .transform(termOf)

const sourceField = z.strictObject({
  document: textField(100).meta({ description: 'Code of a source document, known or new.' }),
  quote: textField(4000),
  title: optional(bilingual),
  url: optional(textField(2000)),
  sha256: optional(textField(64)),
})

export const envelopeBody = z.strictObject({
  code: codeField,
  programme: codeField,
  title: bilingual,
  measures: z.array(codeField).max(measuresMax).default([]),
  organization: codeField,
  terms: z.array(termField).min(1).max(termsMax),
  source: sourceField,
})

export const ofCode = z.strictObject({ code: codeField })

const amountText = z.string().meta({ format: 'decimal', examples: ['19000000.00'] })
const names = z.object({ fr: z.string(), en: z.string() })

/** The envelope as the OpenAPI page describes it, from draft to approval. */
export const envelopeSchema = z
  .object({
    code: z.string().meta({ examples: ['CA-2018'] }),
    programme: z.string(),
    title: names,
    organization: z.string(),
    organizationStated: z.boolean(),
    measures: z.array(z.string()),
    terms: z.array(
      z.object({
        kind: z.enum(['term', 'recurring']),
        amount: amountText,
        asStated: z.string(),
        precision: amountText,
        firstFiscalYear: z.string(),
        lastFiscalYear: z.string().nullable(),
        stated: z.boolean(),
      }),
    ),
    relations: z.array(z.unknown()),
    financing: z.enum(['current', 'previous']).nullable(),
    notes: z.array(z.unknown()),
    source: z.object({
      document: z.string(),
      sha256: z.string().nullable(),
      quote: z.string(),
      title: names.nullable().optional(),
      url: z.string().nullable().optional(),
    }),
    state: z.enum(proposalStates),
    version: z.int().meta({ description: 'Sent as ETag; named by If-Match.' }),
    preparedBy: z.string().optional().meta({ description: 'Until it is approved.' }),
    submittedBy: z.string().nullable().optional(),
    approvedBy: z.string().nullable().optional(),
    position: z.int().nullable().optional(),
  })
  .meta({ id: 'Envelope' })
