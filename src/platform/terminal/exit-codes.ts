import type { ProblemKind } from '#core/problem.ts'

/** What a command's exit says to the script that called it (docs/operations.md). */
export const exitCodes = {
  done: 0,
  findings: 1,
  badInput: 2,
  notAllowed: 3,
  notFound: 4,
  conflict: 5,
  refused: 6,
  unavailable: 7,
  /** Ours, and nobody else's: EX_SOFTWARE of sysexits.h, which no script takes for findings. */
  bug: 70,
} as const

export const exitCodeOf: Readonly<Record<ProblemKind, number>> = {
  invalid: exitCodes.badInput,
  'too-large': exitCodes.badInput,
  'unsupported-type': exitCodes.badInput,
  'signed-out': exitCodes.notAllowed,
  forbidden: exitCodes.notAllowed,
  'not-found': exitCodes.notFound,
  conflict: exitCodes.conflict,
  stale: exitCodes.conflict,
  unversioned: exitCodes.conflict,
  refused: exitCodes.refused,
  'too-many': exitCodes.unavailable,
  unavailable: exitCodes.unavailable,
}
