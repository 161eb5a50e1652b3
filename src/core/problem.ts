import type { Issue } from './issues.ts'
import type { Bilingual } from './language.ts'

/**
 * A refusal: what the caller must know (kind, stable code, a sentence in both languages) kept apart
 * from what only the operator may know (`detail`, `cause`). Anything thrown that is not a Problem is
 * a bug and is answered 500 with nothing internal.
 * Statuses: RFC 9110, and RFC 6585 for 428 and 429.
 */
export const problemKinds = {
  invalid: 400,
  'signed-out': 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  stale: 412,
  'too-large': 413,
  'unsupported-type': 415,
  refused: 422,
  unversioned: 428,
  'too-many': 429,
  unavailable: 503,
} as const

export type ProblemKind = keyof typeof problemKinds

export interface ProblemOptions {
  /** For the log only; never shown to the caller. */
  readonly detail?: string
  readonly issues?: readonly Issue[]
  readonly cause?: unknown
  /** When the same request may be tried again; told as Retry-After. */
  readonly retrySeconds?: number
}

export class Problem extends Error {
  readonly kind: ProblemKind
  /** `feature/what-happened`, listed in docs/errors.md. */
  readonly code: string
  readonly sentence: Bilingual
  readonly detail: string | undefined
  readonly issues: readonly Issue[]
  readonly retrySeconds: number | undefined

  constructor(kind: ProblemKind, code: string, sentence: Bilingual, options: ProblemOptions = {}) {
    super(sentence.en, { cause: options.cause })
    this.name = 'Problem'
    this.kind = kind
    this.code = code
    this.sentence = sentence
    this.detail = options.detail
    this.issues = options.issues ?? []
    this.retrySeconds = options.retrySeconds
  }

  get status(): number {
    return problemKinds[this.kind]
  }
}
