import { excerpt } from '#core/excerpt.ts'
import { type Reading, read, unread } from '#core/issues.ts'
import type { Relation } from '#features/funding/relation.ts'

/**
 * Which unknown relations a scenario reads as not additive. low: all of them. high: none.
 * announced: every announcement added, the yearly contribution that may be inside one of them apart.
 * Example, 2021-2022 … 2025-2026: low 87 646 666.66, announced 117 646 666.66, high 132 396 666.66.
 */
export const scenarios = ['low', 'high', 'announced'] as const
export type Scenario = (typeof scenarios)[number]

/** How one assumption is taken: `high` counts the money that hangs on it, `low` leaves it out. */
export const takings = ['low', 'high'] as const
export type Taking = (typeof takings)[number]

/** By code; what is not named is taken as the scenario takes it. */
export type Switches = ReadonlyMap<string, Taking>

export interface Assumed {
  readonly scenario: Scenario
  readonly switches: Switches
}

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

const switchesMax = 100

/** `CA-2009:unknown:CA-2007=low,equal-phasing=low`: assumptions taken otherwise, each once. */
export function readSwitches(text: string): Reading<Switches> {
  const switches = new Map<string, Taking>()
  const parts = text.split(',')
  for (const part of parts) {
    const [, code = '', word = ''] = /^([\w:-]{1,200})=(low|high)$/.exec(part) ?? []
    const taking = takings.find((candidate) => candidate === word)
    if (taking === undefined || switches.has(code) || parts.length > switchesMax) {
      return unread('comparison/assume-malformed', malformed, excerpt(part))
    }
    switches.set(code, taking)
  }
  return read(switches)
}

const malformed = {
  fr: 'Écrivez chaque hypothèse une seule fois, avec sa lecture : CA-2009:unknown:CA-2007=low, séparées par des virgules.',
  en: 'Write each assumption once, with its reading: CA-2009:unknown:CA-2007=low, separated by commas.',
}

/** As `readSwitches` reads it, in one order whatever the one it was written in. */
export const switchesText = (switches: Switches): string =>
  [...switches]
    .map(([code, taking]) => `${code}=${taking}`)
    .sort()
    .join(',')
