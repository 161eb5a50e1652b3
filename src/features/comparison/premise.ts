import { compareFiscalYears } from '#core/fiscal-year.ts'
import type { Bilingual } from '#core/language.ts'
import { absorptions, isAbsorbed, type Relation } from '#features/funding/relation.ts'
import type { Facts } from '#features/reconciliation/facts.ts'
import { firstYears } from '#features/reconciliation/first-years.ts'
import type { Portion } from '#features/reconciliation/portion.ts'
import { readsAsNotAdditive, type Scenario, type Taking } from './scenario.ts'

/**
 * What a federal total may take one way or the other: how two envelopes relate, the first year of
 * a recurring amount where the sources state none, equal parts over a term. Read low, the planned
 * money that a premise holds is not counted. adds: the envelope that is said to add. renews and
 * replaces: the older one, from the first year of the newer. includes: the one included. unknown:
 * as its `ifNotAdditive` says. Only unknown relations depend on the scenario.
 */
export interface Premise {
  readonly code: string
  readonly stated: boolean
  readonly citation: string
  readonly reading: (taken: Taking) => Bilingual
  /** How a scenario takes it. */
  readonly taken: (scenario: Scenario) => Taking
  /** Whether this money hangs on it. */
  readonly holds: (portion: Portion) => boolean
}

/** Of one government's facts, and of the money that a question selects among them. */
export const premisesOf = (facts: Facts, portions: readonly Portion[]): readonly Premise[] => [
  ...facts.relations.map((relation) => relationPremise(relation, facts)),
  ...firstYearPremises(facts),
  ...phasingPremises(facts, portions),
]

function relationPremise(relation: Relation, facts: Facts): Premise {
  const { from, to, kind, stated, citation, reading: why } = relation
  const because = (language: keyof Bilingual): string => (why === null ? '' : ` ${why[language]}`)
  return {
    code: `${from}:${kind}:${to}`,
    stated,
    citation,
    reading: (taken) => {
      const said = taken === 'high' ? readHigh[kind] : readLow[kind]
      return {
        fr: `${from} / ${to} : ${said.fr}.${because('fr')}`,
        en: `${from} / ${to}: ${said.en}.${because('en')}`,
      }
    },
    taken: (scenario) => takenBy(scenario, relation),
    holds: heldBy(relation, facts),
  }
}

function takenBy(scenario: Scenario, relation: Relation): Taking {
  switch (relation.kind) {
    case 'adds':
    case 'renews':
      return 'high'
    case 'replaces':
    case 'includes':
      return 'low'
    case 'unknown':
      return readsAsNotAdditive(scenario, relation) ? 'low' : 'high'
  }
}

function heldBy(relation: Relation, facts: Facts): Premise['holds'] {
  if (relation.kind === 'adds') {
    return ({ envelope }) => envelope === relation.from
  }
  const read = relation.kind === 'renews' ? { ...relation, kind: 'replaces' as const } : relation
  const absorbed = absorptions([read], firstYears(facts), () => true)
  return ({ envelope, fiscalYear }) =>
    envelope !== null && isAbsorbed(absorbed, envelope, fiscalYear)
}

const additive = { fr: 's’additionnent', en: 'additive' }
const notAdditive = { fr: 'ne s’additionnent pas', en: 'not additive' }

const readHigh: Readonly<Record<Relation['kind'], Bilingual>> = {
  adds: additive,
  renews: { fr: 'renouvellement', en: 'renewal' },
  replaces: additive,
  includes: additive,
  unknown: additive,
}

const readLow: Readonly<Record<Relation['kind'], Bilingual>> = {
  adds: notAdditive,
  renews: notAdditive,
  replaces: { fr: 'remplacement', en: 'replacement' },
  includes: { fr: 'inclusion', en: 'inclusion' },
  unknown: notAdditive,
}

/** A recurring amount whose first year the sources do not state. */
const firstYearPremises = (facts: Facts): readonly Premise[] =>
  facts.envelopes.flatMap(({ code, terms, source }) =>
    terms
      .filter(({ stated }) => !stated)
      .map(({ firstFiscalYear: first, asStated }): Premise => {
        const left = { fr: ', non retenu', en: ', not counted' }
        const ending = (taken: Taking, language: keyof Bilingual): string =>
          taken === 'low' ? left[language] : ''
        return {
          code: `${code}:first-year`,
          stated: false,
          citation: source.quote,
          reading: (taken) => ({
            fr: `${code} : ${asStated} par année, à partir de ${first} (déduit)${ending(taken, 'fr')}.`,
            en: `${code}: ${asStated} a year, from ${first} (inferred)${ending(taken, 'en')}.`,
          }),
          taken: () => 'high',
          holds: ({ envelope, fiscalYear }) =>
            envelope === code && fiscalYear !== null && compareFiscalYears(fiscalYear, first) >= 0,
        }
      }),
  )

/** The sources give totals "over five years": the words, of each envelope spread, are its citation. */
function phasingPremises(facts: Facts, portions: readonly Portion[]): readonly Premise[] {
  const spread = new Set(portions.filter(isSpread).map(({ envelope }) => envelope))
  if (spread.size === 0) {
    return []
  }
  const quotes = facts.envelopes
    .filter(({ code }) => spread.has(code))
    .map(({ source }) => source.quote)
  return [
    {
      code: 'equal-phasing',
      stated: false,
      citation: [...new Set(quotes)].join(' · '),
      reading: (taken) => (taken === 'high' ? spreadEqually : notSpread),
      taken: () => 'high',
      holds: isSpread,
    },
  ]
}

const isSpread = ({ isDerived, envelope }: Portion): boolean => isDerived && envelope !== null

const spreadEqually = {
  fr: 'Les totaux pluriannuels sont répartis en parts égales : leur répartition n’est pas publiée.',
  en: 'Multi-year totals are spread in equal parts: their phasing is not published.',
}
const notSpread = {
  fr: 'Les totaux pluriannuels ne sont pas comptés : leur répartition n’est pas publiée.',
  en: 'Multi-year totals are not counted: their phasing is not published.',
}
