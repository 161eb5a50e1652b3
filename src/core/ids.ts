import type { Brand } from './brand.ts'
import { excerpt } from './excerpt.ts'
import type { FiscalYear } from './fiscal-year.ts'
import { type Reading, read, unread } from './issues.ts'

/**
 * Names of things. An id is a UUID in lower case (RFC 9562, section 4): both cases are read and one is
 * kept, so that two spellings cannot be two rows, two cache keys or two lines of the chain. People
 * see a document number instead, made of a prefix, the fiscal year and its place in it:
 * 'D-2025-2026-000123'. Six digits are a width, not a limit: the millionth is 'D-2025-2026-1000000'.
 */
export type Uuid = Brand<'Uuid'>

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const sequenceMax = 999_999_999

const malformed = {
  fr: 'L’identifiant doit être un UUID, par exemple 0198c7a0-3b1e-7cc1-8f3a-2d5e6f708192.',
  en: 'The identifier must be a UUID, for example 0198c7a0-3b1e-7cc1-8f3a-2d5e6f708192.',
}

/** True of the canonical lower-case form only. */
export const isUuid = (text: string): text is Uuid => uuidForm.test(text)

export function readUuid(text: string): Reading<Uuid> {
  const lower = text.length === 36 ? text.toLowerCase() : ''
  return isUuid(lower) ? read(lower) : unread('id/malformed', malformed, excerpt(text))
}

/** @throws RangeError unless the prefix is 1 to 4 capital letters and the sequence counts from 1. */
export function documentNumber(prefix: string, year: FiscalYear, sequence: number): string {
  if (!/^[A-Z]{1,4}$/.test(prefix)) {
    throw new RangeError(`not the prefix of a document number: ${prefix}`)
  }
  if (!Number.isInteger(sequence) || sequence < 1 || sequence > sequenceMax) {
    throw new RangeError(`not the sequence of a document number: ${sequence}`)
  }
  return `${prefix}-${year}-${String(sequence).padStart(6, '0')}`
}
