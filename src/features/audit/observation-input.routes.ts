import { z } from 'zod'
import { textField } from '#platform/http/input.ts'

/** What is said of a part of the record, and of which: over the API and in a form. */
export const observationBody = z.strictObject({
  subject: textField(200),
  text: textField(4_000),
})

export const ofSubject = z.strictObject({ subject: textField(200).optional() })
