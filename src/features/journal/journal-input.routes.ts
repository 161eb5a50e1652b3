import { z } from 'zod'
import { jurisdictions } from '#features/programmes/programme.ts'
import { fiscalYearField, momentField, textField } from '#platform/http/input.ts'
import { causes } from './cause.ts'
import { entryKinds } from './entry.ts'

/** What entries are asked for by: over the API, on their page and for its files. */
export const entriesAsked = z.strictObject({
  cause: z.enum(causes).optional(),
  kind: z.enum(entryKinds).optional(),
  jurisdiction: z.enum(jurisdictions).optional(),
  organization: textField(60).optional(),
  envelope: textField(60).optional(),
  measure: textField(60).optional(),
  fiscalYear: fiscalYearField.optional(),
  document: textField(60).optional(),
  since: momentField.optional(),
  asOf: momentField.optional(),
})
