import {
  type Assumption,
  assumptionsOf,
  type FederalPlanned,
  federalPlanned,
} from '#features/comparison/assumption.ts'
import { premisesOf } from '#features/comparison/premise.ts'
import type { Assumed } from '#features/comparison/scenario.ts'
import { type Facts, factsOf } from '#features/reconciliation/facts.ts'
import type { Reconciliation } from '#features/reconciliation/reconcile.ts'

/** How a federal reconciliation was read, with what each assumption moves. */
export interface FederalReading {
  readonly planned: FederalPlanned
  readonly assumptions: readonly Assumption[]
  readonly assumed: Assumed
}

/** Null for Quebec, whose plan rests on no assumption. */
export function federalReading(
  facts: Facts,
  { question, portions }: Reconciliation,
  assumed: Assumed,
): FederalReading | null {
  if (question.jurisdiction !== 'CA') {
    return null
  }
  const premises = premisesOf(factsOf(facts, 'CA'), portions)
  return {
    planned: federalPlanned(premises, portions, assumed),
    assumptions: assumptionsOf(premises, portions, assumed),
    assumed,
  }
}
