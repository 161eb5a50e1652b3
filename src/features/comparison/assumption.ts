import type { Bilingual } from '#core/language.ts'
import { add, Money, subtract } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { plannedOf } from '#features/reconciliation/columns.ts'
import type { Portion } from '#features/reconciliation/portion.ts'
import type { Premise } from './premise.ts'
import type { Assumed, Scenario, Switches, Taking } from './scenario.ts'

/**
 * What a federal total takes for granted, each with the words it rests on and the money of the
 * range that hangs on it (`effect`). `change` is what switching it alone would do to the total as
 * it now stands: the effect, unless another assumption already leaves some of that money out.
 * Example: high, 2021-2022 … 2025-2026: CA-2009:unknown:CA-2007 has effect 30 000 000.00 and
 * change −30 000 000.00; in the low reading its change is +30 000 000.00.
 */
export interface Assumption {
  readonly code: string
  readonly reading: Bilingual
  readonly stated: boolean
  readonly effect: Money
  readonly citation: string
  readonly taken: Taking
  /** How the two plain readings take it. */
  readonly takenIn: Readonly<Record<'low' | 'high', Taking>>
  readonly change: Money
}

export type IsCounted = (portion: Portion) => boolean

/** Planned money is counted unless an assumption that is read low holds it. */
export function countedUnder(premises: readonly Premise[], assumed: Assumed): IsCounted {
  const low = premises.filter((premise) => takenUnder(premise, assumed) === 'low')
  return (portion) => !low.some(({ holds }) => holds(portion))
}

export const takenUnder = ({ code, taken }: Premise, { scenario, switches }: Assumed): Taking =>
  switches.get(code) ?? taken(scenario)

export function assumptionsOf(
  premises: readonly Premise[],
  portions: readonly Portion[],
  assumed: Assumed,
): readonly Assumption[] {
  const total = plannedWhere(portions, countedUnder(premises, assumed))
  return premises.map((premise) => {
    const { code, reading, stated, citation, holds, taken: takenBy } = premise
    const taken = takenUnder(premise, assumed)
    const other = taken === 'low' ? 'high' : 'low'
    const switched = { ...assumed, switches: new Map(assumed.switches).set(code, other) } as const
    const otherwise = plannedWhere(portions, countedUnder(premises, switched))
    return {
      code,
      reading: reading(taken),
      stated,
      effect: plannedWhere(portions, holds),
      citation,
      taken,
      takenIn: { low: takenBy('low'), high: takenBy('high') },
      change: subtract(otherwise, total),
    }
  })
}

/** The planned money of a range in the chosen reading and in the two that bound it. */
export interface FederalPlanned {
  readonly low: Money
  readonly high: Money
  readonly chosen: Money
}

export function federalPlanned(
  premises: readonly Premise[],
  portions: readonly Portion[],
  assumed: Assumed,
): FederalPlanned {
  const of = (reading: Assumed): Money => plannedWhere(portions, countedUnder(premises, reading))
  return { low: of(plainly('low')), high: of(plainly('high')), chosen: of(assumed) }
}

export const plainly = (scenario: Scenario): Assumed => ({ scenario, switches: new Map() })

/** @throws Problem `comparison/assumption-unknown` */
export function assertKnown(premises: readonly Premise[], switches: Switches): void {
  const codes = premises.map(({ code }) => code)
  const unknown = [...switches.keys()].find((code) => !codes.includes(code))
  if (unknown !== undefined) {
    const known = codes.join(', ')
    throw new Problem('invalid', 'comparison/assumption-unknown', {
      fr: `Ce rapport ne repose pas sur l’hypothèse « ${unknown} ». Hypothèses : ${known || 'aucune'}.`,
      en: `This report does not rest on the assumption “${unknown}”. Assumptions: ${known || 'none'}.`,
    })
  }
}

const plannedWhere = (portions: readonly Portion[], isIn: IsCounted): Money =>
  portions
    .filter(isIn)
    .reduce((total, { columns }) => add(total, plannedOf(columns) ?? Money.zero), Money.zero)
