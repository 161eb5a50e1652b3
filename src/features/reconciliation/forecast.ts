import { type CalendarDate, torontoDay } from '#core/calendar-date.ts'
import { type FiscalYear, fiscalYearOf, startYear } from '#core/fiscal-year.ts'
import { add, fromCents, isZero, type Money, subtract, sum, toCents } from '#core/money.ts'
import { comparePeriods, periodOf } from '#core/period.ts'
import { isPlannedKind } from './columns.ts'
import type { Facts, Question, Range } from './facts.ts'
import type { Portion } from './portion.ts'
import { type Finding, type Reconciliation, reconcile } from './reconcile.ts'

/**
 * Where a range of years will end. By run-rate: what was spent in the months that have ended, over
 * their number, times all the months; by commitments: spent and still committed. Both are rounded
 * once, to the cent, half away from zero. Months are counted at the day of the position, in
 * Toronto, never today's. Where nothing is recorded there is no forecast, which is not zero.
 * Example: on 2025-11-16 seven months have ended; 700.00 spent in them is 1 200.00 by 31 March.
 */
export interface Elapsed {
  readonly day: CalendarDate
  /** Ended at that day. */
  readonly monthsElapsed: number
  readonly months: number
}

export interface ForecastAmounts {
  readonly planned: Money | null
  readonly spent: Money | null
  readonly committed: Money | null
  /** Recorded in the months that have ended. */
  readonly spentElapsed: Money | null
  readonly byRunRate: Money | null
  readonly byCommitments: Money | null
  readonly varianceByRunRate: Money | null
  readonly varianceByCommitments: Money | null
}

export interface ForecastRow extends ForecastAmounts {
  readonly finding: Finding
}

export interface Forecast {
  readonly reconciliation: Reconciliation
  readonly elapsed: Elapsed
  readonly rows: readonly ForecastRow[]
  /**
   * Of the rows that are not repeated, so that they add up. A variance that some planned row lacks
   * has no total: it would take that row's money for saved.
   */
  readonly totals: ForecastAmounts
  /** Planned rows without a forecast: nothing is recorded there. */
  readonly unforecast: number
  /** The money that was recorded in the months that have ended. */
  readonly ended: readonly Portion[]
}

export const forecastColumns = [
  'planned',
  'spent',
  'committed',
  'spentElapsed',
  'byRunRate',
  'byCommitments',
  'varianceByRunRate',
  'varianceByCommitments',
] as const satisfies readonly (keyof ForecastAmounts)[]

/** The fiscal year under way at the facts' position, or the nearest one that the range has. */
export function yearUnderWay(facts: Facts, { from, to }: Range): FiscalYear {
  const year = fiscalYearOf(dayOf(facts))
  return year < from ? from : year > to ? to : year
}

export function elapsedOf(facts: Facts, { from, to }: Range): Elapsed {
  const day = dayOf(facts)
  const months = (startYear(to) - startYear(from) + 1) * 12
  const { fiscalYear, number } = periodOf(day)
  const ended = (startYear(fiscalYear) - startYear(from)) * 12 + number - 1
  return { day, months, monthsElapsed: Math.min(Math.max(ended, 0), months) }
}

/** The day of a position in Toronto: what a report calls today. */
export const dayOf = ({ positionAt }: Facts): CalendarDate => torontoDay(new Date(positionAt))

export function forecast(facts: Facts, question: Question): Forecast {
  const elapsed = elapsedOf(facts, question)
  const reconciliation = reconcile(facts, question)
  const ended = reconcile(recordedInEndedMonths(facts, elapsed), question)
  const spentElapsed = new Map(ended.findings.map(({ head, spent }) => [head.key, spent]))
  const rows = reconciliation.findings.map((finding) => ({
    finding,
    ...amountsOf(finding, spentElapsed.get(finding.head.key) ?? null, elapsed),
  }))
  const counted = rows.filter(({ finding }) => !finding.head.isRepeated)
  const unforecast = counted.filter(
    ({ planned, byRunRate, byCommitments }) =>
      planned !== null && (byRunRate === null || byCommitments === null),
  ).length
  const { portions } = ended
  return { reconciliation, elapsed, rows, totals: totalsOf(counted), unforecast, ended: portions }
}

/** Once all months have ended, what later periods recorded about them is there too. */
function recordedInEndedMonths(facts: Facts, { day, monthsElapsed, months }: Elapsed): Facts {
  if (monthsElapsed === months) {
    return facts
  }
  const underWay = periodOf(day)
  const balances = facts.balances.filter(
    ({ kind, recordedIn }) =>
      isPlannedKind(kind) || (recordedIn !== null && comparePeriods(recordedIn, underWay) < 0),
  )
  return { ...facts, balances }
}

function amountsOf(
  { planned, spent, committed }: Finding,
  spentElapsed: Money | null,
  elapsed: Elapsed,
): ForecastAmounts {
  const used = spent === null || committed === null ? null : add(spent, committed)
  const byRunRate =
    spentElapsed === null || isZero(spentElapsed) ? null : runRate(spentElapsed, elapsed)
  const byCommitments = used === null || isZero(used) ? null : used
  return {
    planned,
    spent,
    committed,
    spentElapsed,
    byRunRate,
    byCommitments,
    varianceByRunRate: less(planned, byRunRate),
    varianceByCommitments: less(planned, byCommitments),
  }
}

const less = (planned: Money | null, forecasted: Money | null): Money | null =>
  planned === null || forecasted === null ? null : subtract(planned, forecasted)

/** Null before the first month has ended: nothing tells the rate. */
export function runRate(spent: Money, { monthsElapsed, months }: Elapsed): Money | null {
  if (monthsElapsed === 0) {
    return null
  }
  const [whole, parts] = [toCents(spent) * BigInt(months), BigInt(monthsElapsed)]
  const half = whole < 0n ? -parts : parts
  return fromCents((2n * whole + half) / (2n * parts))
}

function totalsOf(rows: readonly ForecastAmounts[]): ForecastAmounts {
  const isPartial = (key: keyof ForecastAmounts): boolean =>
    key.startsWith('variance') && rows.some((row) => row.planned !== null && row[key] === null)
  const total = (key: keyof ForecastAmounts): Money | null => {
    const known = rows.flatMap((row) => row[key] ?? [])
    return known.length === 0 || isPartial(key) ? null : sum(known)
  }
  return Object.fromEntries(forecastColumns.map((key) => [key, total(key)])) as Record<
    (typeof forecastColumns)[number],
    Money | null
  >
}
