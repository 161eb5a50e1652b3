import type { FastifySchemaCompiler } from 'fastify'
import { z } from 'zod'
import type { Issue } from '#core/issues.ts'
import { Problem } from '#core/problem.ts'
import { issuesOf } from './input-issues.ts'
import { jsonRefusals } from './json-refusals.ts'

/**
 * Runs a route's zod schemas. What was wrong is kept as our own issues, since the error of
 * fastify-type-provider-zod loses the path ('/a/b' may be one name or two). The part of the request
 * decides the answer: a body that breaks its schema is 422, a query or header 400, and a path that
 * cannot name anything is 404, like one that names nothing.
 */
export class InvalidInput extends Error {
  readonly issues: readonly Issue[]
  readonly isBodyMissing: boolean
  /** Set by Fastify: body, querystring, params or headers. */
  validationContext: string | undefined = undefined

  constructor(issues: readonly Issue[], isBodyMissing: boolean) {
    super('the input does not match its schema')
    this.name = 'InvalidInput'
    this.issues = issues
    this.isBodyMissing = isBodyMissing
  }

  problem(): Problem {
    const { issues } = this
    if (this.validationContext === 'params') {
      return new Problem('not-found', 'http/not-found', {
        fr: 'Rien ne porte ce nom.',
        en: 'There is nothing of that name.',
      })
    }
    if (this.validationContext !== 'body') {
      const sentence = {
        fr: 'Les paramètres de la requête ne sont pas valides.',
        en: 'The parameters of the request are not valid.',
      }
      return new Problem('invalid', 'http/invalid-query', sentence, { issues })
    }
    if (this.isBodyMissing) {
      return new Problem('invalid', 'http/body-missing', jsonRefusals['http/body-missing'])
    }
    const sentence = {
      fr: 'Le corps de la requête n’est pas conforme à ce qui est attendu.',
      en: 'The body of the request is not what is expected.',
    }
    return new Problem('refused', 'http/invalid-body', sentence, { issues })
  }
}

export const zodValidator: FastifySchemaCompiler<z.core.$ZodType> =
  ({ schema, httpPart }) =>
  (data: unknown) => {
    // Fastify hands over null for a body that is not there.
    const input = httpPart === 'body' && data === null ? undefined : data
    const result = z.safeParse(schema, input, { reportInput: true })
    return result.success
      ? { value: result.data }
      : { error: new InvalidInput(issuesOf(result.error.issues), input === undefined) }
  }
