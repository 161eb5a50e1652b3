import { z } from 'zod'
import { lineField } from '#platform/http/input.ts'

/** What routes about organizations take. */
export const ofOrganization = z.strictObject({ code: z.string().max(60) })
export const nameBody = z.strictObject({
  name: z.strictObject({ fr: lineField(200), en: lineField(200) }),
})
