import type { FiscalYear } from '#core/fiscal-year.ts'
import type { Bilingual } from '#core/language.ts'
import { add, Money } from '#core/money.ts'
import { absorptions, isAbsorbed, type Relation } from '#features/funding/relation.ts'
import { plannedOf } from '#features/reconciliation/columns.ts'
import type { Facts } from '#features/reconciliation/facts.ts'
import { firstYears } from '#features/reconciliation/first-years.ts'
import type { Portion } from '#features/reconciliation/portion.ts'
import { readsAsNotAdditive, type Scenario } from './scenario.ts'

/**
 * What a federal total takes for granted, each with the words it rests on and the money of the
 * range that hangs on it: switching one assumption moves the total by exactly its effect.
 */
export interface Assumption {
  readonly code: string
  readonly reading: Bilingual
  readonly stated: boolean
  readonly effect: Money
  readonly citation: string
}

export function assumptionsOf(
  facts: Facts,
  portions: readonly Portion[],
  scenario: Scenario,
): readonly Assumption[] {
  return [
    ...facts.relations.map((relation) => relationAssumption(relation, facts, portions, scenario)),
    ...inferredYears(facts, portions),
    ...phasing(facts, portions),
  ]
}

function relationAssumption(
  relation: Relation,
  facts: Facts,
  portions: readonly Portion[],
  scenario: Scenario,
): Assumption {
  const { from, to, kind, stated, citation } = relation
  const isUnknown = kind === 'unknown'
  const absorbed = absorptions([relation], firstYears(facts), () => true)
  // What an unknown or absorbing relation concerns is the other's money; otherwise its own.
  const effect = plannedWhere(portions, (envelope, year) =>
    absorbed.length > 0
      ? isAbsorbed(absorbed, envelope, year)
      : kind === 'adds' && envelope === from,
  )
  const reading =
    isUnknown && readsAsNotAdditive(scenario, relation)
      ? { fr: 'ne s’additionnent pas', en: 'not additive' }
      : readings[kind]
  const why = relation.reading
  return {
    code: `${from}:${kind}:${to}`,
    reading: {
      fr: `${from} / ${to} : ${reading.fr}.${why === null ? '' : ` ${why.fr}`}`,
      en: `${from} / ${to}: ${reading.en}.${why === null ? '' : ` ${why.en}`}`,
    },
    stated,
    effect,
    citation,
  }
}

const readings: Readonly<Record<Relation['kind'], Bilingual>> = {
  adds: { fr: 's’additionnent', en: 'additive' },
  renews: { fr: 'renouvellement', en: 'renewal' },
  replaces: { fr: 'remplacement', en: 'replacement' },
  includes: { fr: 'inclusion', en: 'inclusion' },
  unknown: { fr: 's’additionnent', en: 'additive' },
}

/** A recurring amount whose first year the sources do not state. */
function inferredYears(facts: Facts, portions: readonly Portion[]): readonly Assumption[] {
  return facts.envelopes.flatMap((envelope) =>
    envelope.terms
      .filter(({ stated }) => !stated)
      .map((term): Assumption => {
        const { firstFiscalYear: first } = term
        return {
          code: `${envelope.code}:first-year`,
          reading: {
            fr: `${envelope.code} : ${term.asStated} par année, à partir de ${first} (déduit).`,
            en: `${envelope.code}: ${term.asStated} a year, from ${first} (inferred).`,
          },
          stated: false,
          effect: plannedWhere(
            portions,
            (code, year) => code === envelope.code && year !== null && year >= first,
          ),
          citation: envelope.source.quote,
        }
      }),
  )
}

/** The sources give totals "over five years": the words, of each envelope spread, are its citation. */
function phasing(facts: Facts, portions: readonly Portion[]): readonly Assumption[] {
  const spread = portions.filter(({ isDerived }) => isDerived)
  const concerned = new Set(spread.map(({ envelope }) => envelope))
  const quotes = facts.envelopes
    .filter(({ code }) => concerned.has(code))
    .map(({ source }) => source.quote)
  return spread.length === 0
    ? []
    : [
        {
          code: 'equal-phasing',
          reading: {
            fr: 'Les totaux pluriannuels sont répartis en parts égales : leur répartition n’est pas publiée.',
            en: 'Multi-year totals are spread in equal parts: their phasing is not published.',
          },
          stated: false,
          effect: plannedWhere(spread, () => true),
          citation: [...new Set(quotes)].join(' · '),
        },
      ]
}

function plannedWhere(
  portions: readonly Portion[],
  isConcerned: (envelope: string, year: FiscalYear | null) => boolean,
): Money {
  return portions
    .filter(({ envelope, fiscalYear }) => envelope !== null && isConcerned(envelope, fiscalYear))
    .reduce((total, { columns }) => add(total, plannedOf(columns) ?? Money.zero), Money.zero)
}
