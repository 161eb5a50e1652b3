import { z } from 'zod'
import { takings } from '#features/comparison/scenario.ts'

/** A report as the OpenAPI page describes it; its rows are described by the dictionary of words. */
const bilingual = z.object({ fr: z.string(), en: z.string() })
const proofLine = z.object({ rows: z.string(), repeats: z.string(), total: z.string() })

export const reportSchema = z
  .object({
    report: z.string(),
    title: bilingual,
    parameters: z.record(z.string(), z.string()),
    position: z.int().meta({ description: 'Sequence of the last event the figures stand on.' }),
    positionAt: z.string(),
    seal: z.string().meta({ description: 'Hash of the chain at that position.' }),
    dataDigest: z.string().meta({ description: 'SHA-256 of rows and totals.' }),
    horizon: z.string(),
    formulas: z.record(z.string(), z.string()),
    rows: z.array(z.record(z.string(), z.unknown())),
    totals: z.record(z.string(), z.string().nullable()).optional(),
    proof: z.object({ planned: proofLine, spent: proofLine }).optional(),
    tieOut: z
      .object({ announced: z.string(), table: z.string(), unexplained: z.string() })
      .nullish(),
    assumptions: z
      .array(
        z.object({
          code: z.string(),
          reading: bilingual,
          stated: z.boolean(),
          effect: z.string(),
          citation: z.string(),
          taken: z.enum(takings).meta({ description: 'high counts its money, low does not.' }),
          change: z.string().meta({ description: 'What switching it alone does to the total.' }),
        }),
      )
      .optional(),
    opening: z
      .object({ position: z.int(), positionAt: z.string(), seal: z.string() })
      .optional()
      .meta({ description: 'Where a bridge begins.' }),
    elapsed: z
      .object({ day: z.string(), monthsElapsed: z.int(), months: z.int() })
      .optional()
      .meta({ description: 'Months that a forecast counts, at the day of the position.' }),
    yearEnds: z
      .array(z.string())
      .optional()
      .meta({ description: 'Of a report of closed years: whose files are kept.' }),
    notes: z.array(z.object({ code: z.string(), text: bilingual })),
  })
  .meta({ id: 'Report' })
