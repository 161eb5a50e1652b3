import { z } from 'zod'
import { decimalMarks } from '#core/amount-column.ts'
import { dateOrders } from '#core/date-column.ts'
import { fileDelimiters, fileEncodings } from '#core/grid.ts'
import { lineField } from './input.ts'

/** What a form says of the file it brings, before anything is found in it. All fields are texts. */
export const fileFields = {
  encoding: z.enum(fileEncodings).optional(),
  /** `tab` for a tabulation, which a form cannot show. */
  delimiter: z
    .enum([...fileDelimiters, 'tab'])
    .transform((typed) => (typed === 'tab' ? '\t' : typed))
    .optional(),
  decimal: z.enum(decimalMarks).optional(),
  dateOrder: z.enum(dateOrders).optional(),
  sheet: lineField(200).optional(),
  headerRow: z
    .string()
    .regex(/^[1-9]\d{0,6}$/)
    .transform(Number)
    .optional(),
}
