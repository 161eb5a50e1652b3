import { z } from 'zod'
import { envelopeBody } from './envelope-input.routes.ts'
import { relationBody } from './relation-proposals.routes.ts'

/** A form says yes and no as texts; everything else of it is what the API takes. */
const booleanOf = (text: unknown): unknown =>
  text === 'true' ? true : text === 'false' ? false : text

function withStated(fields: unknown): unknown {
  const { stated, ...rest }: Record<string, unknown> = Object(fields)
  return stated === undefined ? fields : { ...rest, stated: booleanOf(stated) }
}

function termsStated(fields: unknown): unknown {
  const { terms, ...rest }: Record<string, unknown> = Object(fields)
  return Array.isArray(terms) ? { ...rest, terms: terms.map(withStated) } : fields
}

export const envelopeForm = z.preprocess(termsStated, envelopeBody)
export const relationForm = z.preprocess(withStated, relationBody)
