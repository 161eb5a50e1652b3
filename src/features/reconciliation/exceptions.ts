import { type Exception, exceptionFlags } from './exception.ts'
import { noticedExceptions } from './exceptions-noticed.ts'
import { planExceptions, yearExceptions } from './exceptions-of-plan.ts'
import { sourceExceptions } from './exceptions-of-sources.ts'
import { timeExceptions } from './exceptions-of-time.ts'
import { type Facts, factsOf, type Question } from './facts.ts'
import { reconcile } from './reconcile.ts'
import type { Thresholds } from './threshold.ts'

/**
 * Everything in a range that a reader must look at twice, from the same facts and the same
 * computation as the reconciliation: by flag, then by key, year and organization.
 */
export interface Exceptions {
  readonly question: Question
  readonly thresholds: Thresholds
  readonly found: readonly Exception[]
}

export function findExceptions(
  allFacts: Facts,
  question: Question,
  thresholds: Thresholds,
): Exceptions {
  const facts = factsOf(allFacts, question.jurisdiction)
  const found = [
    ...planExceptions(reconcile(allFacts, question), facts),
    ...yearExceptions(facts, question),
    ...noticedExceptions(facts, question),
    ...timeExceptions(facts, question, thresholds),
    ...sourceExceptions(facts, question, thresholds),
  ]
  return { question, thresholds, found: found.toSorted(inOrder) }
}

function inOrder(a: Exception, b: Exception): number {
  const byFlag = exceptionFlags.indexOf(a.flag) - exceptionFlags.indexOf(b.flag)
  const [first, second] = [placeOf(a), placeOf(b)]
  return byFlag !== 0 ? byFlag : first < second ? -1 : first > second ? 1 : 0
}

const placeOf = ({ key, fiscalYear, envelope, organization }: Exception): string =>
  [key.replace(/\d+/, (digits) => digits.padStart(4, '0')), fiscalYear, envelope, organization]
    .map((part) => part ?? '')
    .join(' ')
