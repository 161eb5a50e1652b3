import { type FiscalYear, fiscalYearsBetween } from '#core/fiscal-year.ts'
import { isZero, Money, percentOf, subtract } from '#core/money.ts'
import { absorptions, isAbsorbed } from '#features/funding/relation.ts'
import {
  addColumns,
  type Columns,
  emptyColumns,
  plannedOf,
} from '#features/reconciliation/columns.ts'
import { type Facts, factsOf, type Question, type Range } from '#features/reconciliation/facts.ts'
import { firstYears } from '#features/reconciliation/first-years.ts'
import { type Portion, selectPortions } from '#features/reconciliation/portion.ts'
import { isWithin } from '#features/reconciliation/range.ts'
import { standing } from '#features/reconciliation/reconcile.ts'
import { type Assumption, assumptionsOf } from './assumption.ts'
import { readsAsNotAdditive, type Scenario } from './scenario.ts'

/**
 * Quebec and Canada side by side, a fiscal year a row, and cumulated. The two are never added. The
 * federal side is a range, since some announcements may hold one another: low reads every unknown
 * relation as not additive, high as additive; planned is the scenario that was chosen.
 */
export interface Side {
  readonly planned: Money | null
  readonly spent: Money
  readonly variance: Money | null
  readonly percentSpent: string | null
  readonly isDerived: boolean
  readonly flags: readonly string[]
}

export interface FederalSide extends Side {
  readonly plannedLow: Money | null
  readonly plannedHigh: Money | null
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
}

export interface ComparisonQuestion extends Range {
  readonly spread: Question['spread']
  readonly scenario: Scenario
}

export function compareGovernments(facts: Facts, question: ComparisonQuestion): Comparison {
  const { from, to, spread, scenario } = question
  const side = (jurisdiction: 'QC' | 'CA'): Government => {
    const own = factsOf(facts, jurisdiction)
    const asked: Question = { by: 'fiscal-year', from, to, spread, jurisdiction }
    return { facts: own, range: { from, to }, portions: selectPortions(own, asked).portions }
  }
  const [quebec, canada] = [side('QC'), side('CA')]
  const row = (key: string, year: FiscalYear | null): ComparedRow => ({
    key,
    qc: sideOf(quebec, year, () => true),
    ca: federalSide(canada, year, scenario),
  })
  return {
    question,
    rows: [...fiscalYearsBetween(from, to).map((year) => row(year, year)), row('cumulated', null)],
    assumptions: assumptionsOf(canada.facts, canada.portions, scenario),
  }
}

interface Government {
  readonly facts: Facts
  readonly range: Range
  readonly portions: readonly Portion[]
}

type IsCounted = (portion: Portion) => boolean

function federalSide(canada: Government, year: FiscalYear | null, scenario: Scenario): FederalSide {
  const countedIn = (reading: Scenario): IsCounted => {
    const absorbed = absorptions(canada.facts.relations, firstYears(canada.facts), (relation) =>
      readsAsNotAdditive(reading, relation),
    )
    return ({ envelope, fiscalYear }) =>
      envelope === null || !isAbsorbed(absorbed, envelope, fiscalYear)
  }
  return {
    ...sideOf(canada, year, countedIn(scenario)),
    plannedLow: plannedOf(columnsOf(canada, year, countedIn('low'))),
    plannedHigh: plannedOf(columnsOf(canada, year, countedIn('high'))),
  }
}

/** Spending is what it is in every scenario: only planned money depends on the reading. */
function sideOf(side: Government, year: FiscalYear | null, isCounted: IsCounted): Side {
  const { spent } = columnsOf(side, year, () => true)
  const planned = plannedOf(columnsOf(side, year, isCounted))
  const isDerived = side.portions.some(
    (portion) => portion.isDerived && isOf(portion, year) && isCounted(portion),
  )
  const counts = new Map<string, number>()
  for (const { flag, fiscalYear, entries } of side.facts.flags) {
    const isAsked = year === null || fiscalYear === year
    if (isAsked && fiscalYear !== null && isWithin(fiscalYear, side.range)) {
      counts.set(flag, (counts.get(flag) ?? 0) + entries)
    }
  }
  return {
    planned,
    spent,
    variance: planned === null && isZero(spent) ? null : subtract(planned ?? Money.zero, spent),
    percentSpent: planned === null || isZero(spent) ? null : percentOf(spent, planned),
    isDerived,
    flags: [
      ...standing(counts),
      ...(planned === null ? ['absent'] : []),
      ...(isZero(spent) ? ['nothing-recorded'] : []),
      ...(isDerived ? ['derived'] : []),
    ],
  }
}

const columnsOf = (side: Government, year: FiscalYear | null, isCounted: IsCounted): Columns =>
  side.portions
    .filter((portion) => isOf(portion, year) && isCounted(portion))
    .reduce((total, { columns }) => addColumns(total, columns), emptyColumns)

const isOf = (portion: Portion, year: FiscalYear | null): boolean =>
  year === null || portion.fiscalYear === year
