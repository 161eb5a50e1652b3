import { z } from 'zod'
import { rowsMax } from '#core/grid.ts'
import { fileFields } from '#platform/http/file-fields.ts'
import { cursorField, limitField, textField, uuidField } from '#platform/http/input.ts'
import { rowStates } from './import.ts'

/** What the routes of imports take. */
export const ofFile = z.strictObject(fileFields)

export const ofImport = z.strictObject({ id: uuidField })

export const confirmBody = z
  .strictObject({
    rows: z
      .array(z.int().min(1).max(rowsMax))
      .min(1)
      .max(100_000)
      .optional()
      .meta({ description: 'Numbers of the rows to take; the whole file when left out.' }),
    submit: z
      .boolean()
      .optional()
      .meta({ description: 'Submits at once what is made; left as drafts otherwise.' }),
  })
  .nullish()

export const reasonBody = z.strictObject({ reason: textField(2000) })
export const approvalBody = z.strictObject({ justification: textField(2000).nullish() }).nullish()

export const importsQuery = z.strictObject({ limit: limitField, cursor: cursorField })

export const importQuery = z.strictObject({
  state: z.enum(rowStates).optional(),
  limit: limitField,
  cursor: cursorField,
})
