/**
 * A fault that somebody could make one day, and the test that must find it. `find` stands once in
 * its file; when it no longer does, the sabotage has to be written anew.
 */
export interface Sabotage {
  /** Number of the promise it breaks. */
  readonly promise: number
  readonly name: string
  readonly edits: readonly Edit[]
  readonly test: string
  /** Of the tests in that file, those whose names match. */
  readonly pattern?: string
}

export interface Edit {
  readonly file: string
  readonly find: string
  readonly replace: string
}
