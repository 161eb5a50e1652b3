import type { Bilingual } from './language.ts'

/**
 * A finding about one piece of input: a value, not an error. Parsers return what they read or why
 * they could not; a reader of a file collects all issues of all rows before anything is decided.
 * `pointer` is an RFC 6901 JSON pointer into the body (`/lines/0/amount`), empty for a lone value.
 */
export interface Issue {
  readonly pointer: string
  /** `feature/what-happened`, listed in docs/errors.md. */
  readonly code: string
  readonly detail: Bilingual
  readonly row?: number
  readonly column?: string
  readonly value?: string
}

export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly issue: Issue }

export const read = <T>(value: T): Reading<T> => ({ ok: true, value })

export const unread = (code: string, detail: Bilingual, value?: string): Reading<never> => ({
  ok: false,
  issue: { pointer: '', code, detail, ...(value === undefined ? {} : { value }) },
})

/** The same issue, said of the place in the body or file where the value stands. */
export const locate = (issue: Issue, place: Partial<Issue>): Issue => ({ ...issue, ...place })
