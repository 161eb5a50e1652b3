import { z } from 'zod'
import { languages } from '#core/language.ts'
import { reportNames } from '#features/reports/request.ts'
import { differenceKinds } from '#platform/tables/difference.ts'
import { detailKinds } from './detail.ts'

/** What a workbook that came back was found to be, as the OpenAPI page describes it. */
export const verdictSchema = z
  .object({
    unchanged: z.boolean().meta({ description: 'Whether it says what the record says.' }),
    report: z.enum(reportNames),
    position: z.int().meta({ description: 'Of the record, where the file says that it stands.' }),
    seal: z.string().meta({ description: 'Hash of the chain at that position, in the record.' }),
    language: z.enum(languages),
    detail: z
      .enum(detailKinds)
      .nullable()
      .meta({ description: 'What the spending of a reconciliation is shown by.' }),
    count: z.int().meta({ description: 'All differences, listed or not.' }),
    differences: z
      .array(
        z.object({
          sheet: z
            .string()
            .nullable()
            .meta({ description: 'As the file names it; null for the whole workbook.' }),
          cell: z
            .string()
            .nullable()
            .meta({ description: 'C7, a row 7:7, a column C:C; null for the whole sheet.' }),
          kind: z.enum(differenceKinds),
          file: z.string().nullable().meta({ description: 'What the file says.' }),
          record: z.string().nullable().meta({ description: 'What the record says.' }),
        }),
      )
      .meta({ description: 'The first 1000.' }),
  })
  .meta({ id: 'Verdict' })
