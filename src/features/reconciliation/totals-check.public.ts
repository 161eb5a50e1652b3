import { equals, type Money } from '#core/money.ts'
import type { RecordCheck } from '#features/audit/audit.public.ts'
import type { Break } from '#features/audit/check.ts'
import { jurisdictions } from '#features/programmes/programme.ts'
import { dimensions, type Facts, factsOf } from './facts.ts'
import { amountKeys } from './figures.ts'
import { defaultRange } from './range.ts'
import { reconcile } from './reconcile.ts'
import { readFacts } from './reconciliation.store.ts'

export const totalsChecks: readonly RecordCheck[] = [
  {
    code: 'grand-totals',
    claim: {
      fr: 'La même question par mesure, axe, porteur, organisme, enveloppe, exercice, période ou programme donne un seul total',
      en: 'The same question by measure, axis, lead, organization, envelope, year, period or programme gives one total',
    },
    run: async (handle) => findTotalBreaks(await readFacts(handle)),
  },
]

export function findTotalBreaks(facts: Facts): readonly Break[] {
  return jurisdictions.flatMap((jurisdiction) => {
    const range = defaultRange(factsOf(facts, jurisdiction))
    if (range === null) {
      return []
    }
    const totals = dimensions.map((by) => ({
      by,
      totals: reconcile(facts, { by, jurisdiction, spread: 'none', ...range }).totals,
    }))
    const [first] = totals
    return amountKeys.flatMap((key) =>
      totals.flatMap(({ by, totals: found }) =>
        first === undefined || equals(first.totals[key], found[key])
          ? []
          : [breakOf(`${jurisdiction} ${by} ${key}`, first.totals[key], found[key])],
      ),
    )
  })
}

const breakOf = (place: string, expected: Money, found: Money): Break => ({
  place,
  expected: expected.toString(),
  found: found.toString(),
})
