import type { ZodType } from 'zod'

/**
 * What a route answers, for the OpenAPI document alone: what is sent is what the action gave, as
 * text that may have been kept for a retry, so the compiler has nothing to compare here. A test
 * compares real answers with these schemas.
 */
export const described = (answers: Readonly<Record<number, ZodType>>): unknown => answers
