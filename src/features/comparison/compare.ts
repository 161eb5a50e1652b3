import { type FiscalYear, fiscalYearsBetween } from '#core/fiscal-year.ts'
import { isZero, Money, percentOf, subtract } from '#core/money.ts'
import {
  addColumns,
  type Columns,
  emptyColumns,
  plannedOf,
} from '#features/reconciliation/columns.ts'
import { type Facts, factsOf, type Question, type Range } from '#features/reconciliation/facts.ts'
import { type Portion, selectPortions } from '#features/reconciliation/portion.ts'
import { isWithin } from '#features/reconciliation/range.ts'
import { standing } from '#features/reconciliation/reconcile.ts'
import {
  type Assumption,
  assertKnown,
  assumptionsOf,
  countedUnder,
  type IsCounted,
  plainly,
} from './assumption.ts'
import { type Comparability, comparabilityOf, runRateOf } from './comparability.ts'
import { type ComparedMoney, moneyOf } from './money.ts'
import { type Premise, premisesOf } from './premise.ts'
import type { Assumed } from './scenario.ts'

/**
 * Quebec and Canada side by side, a fiscal year a row, and cumulated. The two are never added. The
 * federal side is a range, since some announcements may hold one another: low reads every unknown
 * relation as not additive, high as additive; planned is the scenario that was chosen, with the
 * assumptions that were switched alone.
 */
export interface Side extends Comparability {
  readonly planned: Money | null
  readonly spent: Money
  readonly variance: Money | null
  readonly percentSpent: string | null
  readonly isDerived: boolean
  readonly flags: readonly string[]
  /** Recurring money of the year; null over several years, which have no rate of their own. */
  readonly runRate: Money | null
}

export interface FederalSide extends Side {
  readonly plannedLow: Money | null
  readonly plannedHigh: Money | null
  /** Of planned and spent, what is paid on to a province or a charity, which may count it too. */
  readonly plannedOnward: Money | null
  readonly spentOnward: Money
}

export interface ComparedRow {
  /** A fiscal year, or `cumulated`. */
  readonly key: string
  readonly qc: Side
  readonly ca: FederalSide
}

export interface Comparison {
  readonly question: ComparisonQuestion
  readonly rows: readonly ComparedRow[]
  readonly assumptions: readonly Assumption[]
  /** What the rows add up. */
  readonly money: readonly ComparedMoney[]
}

export interface ComparisonQuestion extends Range, Assumed {
  readonly spread: Question['spread']
}

/** @param onward envelopes whose money is paid on to a province or a charity */
export function compareGovernments(
  facts: Facts,
  question: ComparisonQuestion,
  onward: ReadonlySet<string> = new Set(),
): Comparison {
  const { from, to, spread } = question
  const side = (jurisdiction: 'QC' | 'CA'): Government => {
    const own = factsOf(facts, jurisdiction)
    const asked: Question = { by: 'fiscal-year', from, to, spread, jurisdiction }
    return { facts: own, range: { from, to }, portions: selectPortions(own, asked).portions }
  }
  const [quebec, canada] = [side('QC'), side('CA')]
  const premises = premisesOf(canada.facts, canada.portions)
  assertKnown(premises, question.switches)
  const row = (key: string, year: FiscalYear | null): ComparedRow => ({
    key,
    qc: sideOf(quebec, year, () => true),
    ca: federalSide({ ...canada, onward }, year, premises, question),
  })
  return {
    question,
    rows: [...fiscalYearsBetween(from, to).map((year) => row(year, year)), row('cumulated', null)],
    assumptions: assumptionsOf(premises, canada.portions, question),
    money: [
      ...moneyOf({ ...quebec, jurisdiction: 'QC', premises: [], onward: new Set() }),
      ...moneyOf({ ...canada, jurisdiction: 'CA', premises, onward }),
    ],
  }
}

interface Government {
  readonly facts: Facts
  readonly range: Range
  readonly portions: readonly Portion[]
}

function federalSide(
  canada: Government & { readonly onward: ReadonlySet<string> },
  year: FiscalYear | null,
  premises: readonly Premise[],
  assumed: Assumed,
): FederalSide {
  const plannedIn = (reading: Assumed): Money | null =>
    plannedOf(columnsOf(canada, year, countedUnder(premises, reading)))
  const isOnward: IsCounted = ({ envelope }) => envelope !== null && canada.onward.has(envelope)
  const isCounted = countedUnder(premises, assumed)
  const [plannedLow, plannedHigh] = [plannedIn(plainly('low')), plannedIn(plainly('high'))]
  return {
    ...sideOf(canada, year, isCounted, plannedLow?.toString() !== plannedHigh?.toString()),
    plannedLow,
    plannedHigh,
    plannedOnward: plannedOf(
      columnsOf(canada, year, (portion) => isOnward(portion) && isCounted(portion)),
    ),
    spentOnward: columnsOf(canada, year, isOnward).spent,
  }
}

/** Spending is what it is in every scenario: only planned money depends on the reading. */
function sideOf(
  side: Government,
  year: FiscalYear | null,
  isCounted: IsCounted,
  isRange = false,
): Side {
  const { spent } = columnsOf(side, year, () => true)
  const planned = plannedOf(columnsOf(side, year, isCounted))
  const portions = side.portions.filter((portion) => isOf(portion, year))
  const counted = portions.filter(isCounted)
  const isDerived = counted.some((portion) => portion.isDerived)
  const flags = standingFlags(side, year)
  const variance = planned === null && isZero(spent) ? null : subtract(planned ?? Money.zero, spent)
  const figures = { planned, spent, variance, isDerived }
  return {
    ...figures,
    ...comparabilityOf(portions, side.facts.envelopes, { ...figures, flags, isRange }),
    percentSpent: planned === null || isZero(spent) ? null : percentOf(spent, planned),
    runRate: year === null ? null : runRateOf(counted),
    flags: [
      ...flags,
      ...(planned === null ? ['absent'] : []),
      ...(isZero(spent) ? ['nothing-recorded'] : []),
      ...(isDerived ? ['derived'] : []),
    ],
  }
}

/** What was noticed at posting and still stands, of a year or of the range. */
function standingFlags(side: Government, year: FiscalYear | null): readonly string[] {
  const counts = new Map<string, number>()
  for (const { flag, fiscalYear, entries } of side.facts.flags) {
    const isAsked = year === null || fiscalYear === year
    if (isAsked && fiscalYear !== null && isWithin(fiscalYear, side.range)) {
      counts.set(flag, (counts.get(flag) ?? 0) + entries)
    }
  }
  return standing(counts)
}

const columnsOf = (side: Government, year: FiscalYear | null, isCounted: IsCounted): Columns =>
  side.portions
    .filter((portion) => isOf(portion, year) && isCounted(portion))
    .reduce((total, { columns }) => addColumns(total, columns), emptyColumns)

const isOf = (portion: Portion, year: FiscalYear | null): boolean =>
  year === null || portion.fiscalYear === year
