import type { Canonical } from '#core/canonical.ts'
import { equals } from '#core/money.ts'
import { moneyWords } from '#core/money-words.ts'
import {
  type Assumption,
  assertKnown,
  assumptionsOf,
  federalPlanned,
} from '#features/comparison/assumption.ts'
import { type Premise, premisesOf } from '#features/comparison/premise.ts'
import { type Assumed, switchesText } from '#features/comparison/scenario.ts'
import { type Facts, factsOf } from '#features/reconciliation/facts.ts'
import type { Note, Reconciliation } from '#features/reconciliation/reconcile.ts'

/**
 * What a federal total says beside itself. A reconciliation's planned is every announcement posted,
 * whatever the scenario; the low and the high reading and the chosen one stand beside it.
 */
export const assumeParameter = ({ switches }: Assumed): Readonly<Record<string, string>> =>
  switches.size === 0 ? {} : { assume: switchesText(switches) }

export const assumptionsJson = (assumptions: readonly Assumption[]): Canonical =>
  assumptions.map(({ code, reading, stated, effect, citation, taken, change }) => ({
    code,
    reading: { ...reading },
    stated,
    effect: effect.toString(),
    citation,
    taken,
    change: change.toString(),
  }))

/** Empty for Quebec, whose plan rests on none of these; an assumption named there is refused. */
export function federalExtras(
  facts: Facts,
  found: Reconciliation,
  assumed: Assumed,
): Readonly<Record<string, Canonical>> {
  const premises = premisesIn(facts, found)
  assertKnown(premises, assumed.switches)
  if (found.question.jurisdiction !== 'CA') {
    return {}
  }
  const { low, high, chosen } = federalPlanned(premises, found.portions, assumed)
  return {
    totals: {
      plannedLow: low.toString(),
      plannedHigh: high.toString(),
      plannedChosen: chosen.toString(),
    },
    assumptions: assumptionsJson(assumptionsOf(premises, found.portions, assumed)),
  }
}

/** Said when the chosen reading is another figure than the one that the rows add up to. */
export function federalNotes(
  facts: Facts,
  found: Reconciliation,
  assumed: Assumed,
): readonly Note[] {
  if (found.question.jurisdiction !== 'CA') {
    return []
  }
  const { chosen } = federalPlanned(premisesIn(facts, found), found.portions, assumed)
  const { planned } = found.totals
  if (equals(chosen, planned)) {
    return []
  }
  const [less, posted] = [moneyWords(chosen), moneyWords(planned)]
  return [
    {
      code: 'chosen-reading',
      text: {
        fr: `Dans la lecture choisie, le prévu est de ${less.fr}; les lignes montrent toutes les annonces inscrites, ${posted.fr}.`,
        en: `In the chosen reading planned is ${less.en}; the rows show every announcement posted, ${posted.en}.`,
      },
    },
  ]
}

const premisesIn = (facts: Facts, { question, portions }: Reconciliation): readonly Premise[] =>
  question.jurisdiction === 'CA' ? premisesOf(factsOf(facts, 'CA'), portions) : []
