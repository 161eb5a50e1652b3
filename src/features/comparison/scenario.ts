import type { Relation } from '#features/funding/relation.ts'

/**
 * Which unknown relations a scenario reads as not additive. low: all of them. high: none.
 * announced: every announcement added, the yearly contribution that may be inside one of them apart.
 * Example, 2021-2022 … 2025-2026: low 87 646 666.66, announced 117 646 666.66, high 132 396 666.66.
 */
export const scenarios = ['low', 'high', 'announced'] as const
export type Scenario = (typeof scenarios)[number]

export function readsAsNotAdditive(scenario: Scenario, relation: Relation): boolean {
  switch (scenario) {
    case 'low':
      return true
    case 'high':
      return false
    case 'announced':
      return relation.ifNotAdditive === 'includes'
  }
}
