import type { Issue } from '#core/issues.ts'
import type { Language } from '#core/language.ts'
import { Problem } from '#core/problem.ts'
import { frameworkProblem } from './framework-problems.ts'
import { internalSentence, internalTitle, titles } from './titles.ts'
import { InvalidInput } from './validator.ts'

/**
 * From anything that was thrown to the answer a person or a script can use: RFC 9457 in the
 * caller's language. Problems say themselves what they are; a violated constraint is told by name
 * into the Problem that the rule would have thrown, for two at once can pass the same check; a
 * database that is away is 503. Whatever is left is a bug: 500, the request's number, and nothing
 * from inside.
 */
export interface ProblemDocument {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
  readonly errors: readonly ProblemDocumentError[]
  readonly instance?: string
}

export interface ProblemDocumentError {
  readonly pointer: string
  readonly code: string
  readonly detail: string
  readonly row?: number
  readonly column?: string
  readonly value?: string
}

export interface ProblemSources {
  /** Whether the error says that the database is away and may come back. */
  readonly isUnavailable?: (error: unknown) => boolean
  /** Constraint name → the Problem that its rule throws. */
  readonly constraints?: Readonly<Record<string, () => Problem>>
}

/** @param requestId absent on a terminal, where nothing is logged under a number. */
export function problemJson(
  problem: Problem,
  language: Language,
  requestId?: string,
): ProblemDocument {
  return {
    type: `urn:vigie:problem:${problem.code}`,
    title: titles[problem.kind][language],
    status: problem.status,
    detail: problem.sentence[language],
    code: problem.code,
    errors: problem.issues.map((issue) => errorOf(issue, language)),
    ...instanceOf(requestId),
  }
}

/** The answer to a bug. It has no kind: nobody can throw it on purpose. */
export function internalJson(language: Language, requestId?: string): ProblemDocument {
  return {
    type: 'urn:vigie:problem:http/internal',
    title: internalTitle[language],
    status: 500,
    detail: internalSentence[language],
    code: 'http/internal',
    errors: [],
    ...instanceOf(requestId),
  }
}

const instanceOf = (requestId: string | undefined): { instance?: string } =>
  requestId === undefined ? {} : { instance: `urn:vigie:request:${requestId}` }

function errorOf(issue: Issue, language: Language): ProblemDocumentError {
  const { pointer, code, detail, ...place } = issue
  return { pointer, code, detail: detail[language], ...place }
}

/** Null for a bug. */
export function problemOf(error: unknown, sources: ProblemSources): Problem | null {
  if (error instanceof Problem) {
    return error
  }
  if (error instanceof InvalidInput) {
    return error.problem()
  }
  return (
    frameworkProblem(error) ??
    constraintProblem(error, sources.constraints ?? {}) ??
    unavailableProblem(error, sources)
  )
}

/** Class 23 is an integrity violation, 2B a row that others still depend on. */
function constraintProblem(
  error: unknown,
  constraints: Readonly<Record<string, () => Problem>>,
): Problem | null {
  const { constraint } = Object(error) as { constraint?: unknown }
  const isViolation = /^(?:23|2B)/.test(stateOf(error)) && typeof constraint === 'string'
  return isViolation && Object.hasOwn(constraints, constraint)
    ? (constraints[constraint]?.() ?? null)
    : null
}

/**
 * Besides a database that is away: class 53 (no disk, memory or connection left), a statement or a
 * lock that waited too long, and conflicts between transactions that even the retries met.
 */
const busyState = /^(?:53...|40001|40P01|55P03|57014)$/

function unavailableProblem(error: unknown, sources: ProblemSources): Problem | null {
  if (sources.isUnavailable?.(error)) {
    return new Problem(
      'unavailable',
      'http/unavailable',
      {
        fr: 'La base de données ne répond pas pour le moment. Recommencez dans un instant.',
        en: 'The database is not answering at the moment. Try again shortly.',
      },
      { cause: error },
    )
  }
  if (!busyState.test(stateOf(error))) {
    return null
  }
  return new Problem(
    'unavailable',
    'http/busy',
    {
      fr: 'Le service est trop sollicité pour le moment. Recommencez dans un instant.',
      en: 'The service is too busy at the moment. Try again shortly.',
    },
    { cause: error },
  )
}

function stateOf(error: unknown): string {
  const { code } = Object(error) as { code?: unknown }
  return typeof code === 'string' ? code : ''
}
