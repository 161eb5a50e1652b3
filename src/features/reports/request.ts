import type { FiscalYear } from '#core/fiscal-year.ts'
import type { Moment } from '#core/moment.ts'
import type { PeriodNumber } from '#core/period.ts'
import { Problem } from '#core/problem.ts'
import type { Assumed, Scenario, Switches } from '#features/comparison/scenario.ts'
import type { Jurisdiction } from '#features/programmes/programme.ts'
import type { Dimension, Spread } from '#features/reconciliation/facts.ts'

/** The catalogue: a report is one line here, one builder, and everything prints it. */
export const reportNames = [
  'reconciliation',
  'comparison',
  'exceptions',
  'bridge',
  'forecast',
  'tie-out',
  'year-end',
  'announcements',
] as const
export type ReportName = (typeof reportNames)[number]

/** What somebody asked of a report; what is left out takes the report's own default. */
export interface ReportRequest {
  readonly name: ReportName
  readonly by?: Dimension | undefined
  readonly from?: FiscalYear | undefined
  readonly to?: FiscalYear | undefined
  readonly jurisdiction?: Jurisdiction | undefined
  readonly spread?: Spread | undefined
  readonly scenario?: Scenario | undefined
  /** Assumptions of a federal total taken otherwise than the scenario takes them. */
  readonly assume?: Switches | undefined
  /** An earlier moment of the record; the last position when left out. */
  readonly asOf?: Moment | undefined
  /** Where a bridge begins. */
  readonly since?: Moment | undefined
  /** Thresholds of exceptions: percentage points with two decimals, and months. */
  readonly ahead?: string | undefined
  readonly behind?: string | undefined
  readonly late?: number | undefined
  /** Of a tie-out: whose, and of which period. */
  readonly organization?: string | undefined
  readonly fiscalYear?: FiscalYear | undefined
  readonly period?: PeriodNumber | undefined
  /** Of a workbook: where its pages are reached; null: nowhere. Left out: where the service says. */
  readonly site?: string | null | undefined
}

/** How federal announcements are read; high, with nothing switched, unless asked otherwise. */
export const assumedOf = ({
  scenario = 'high',
  assume,
}: Pick<ReportRequest, 'scenario' | 'assume'>): Assumed => ({
  scenario,
  switches: assume ?? new Map(),
})

/** A tie-out is that of one period, as it stands. */
const ofYears = reportNames.filter((name) => name !== 'tie-out')

/**
 * What only some reports can honour. Elsewhere it is refused: figures that do not follow it would
 * be taken for an answer to it. What has the same meaning everywhere, or changes nothing, is not.
 */
const onlyOf: Readonly<Partial<Record<keyof ReportRequest, readonly ReportName[]>>> = {
  since: ['bridge'],
  assume: ['reconciliation', 'comparison'],
  ahead: ['exceptions'],
  behind: ['exceptions'],
  late: ['exceptions'],
  organization: ['tie-out'],
  fiscalYear: ['tie-out'],
  period: ['tie-out'],
  asOf: ofYears,
  by: ofYears,
  from: ofYears,
  to: ofYears,
  jurisdiction: ofYears,
}

/** @throws Problem `reports/parameter-unused` */
export function assertUsed(request: ReportRequest): void {
  for (const [parameter, names] of Object.entries(onlyOf)) {
    if (request[parameter as keyof ReportRequest] !== undefined && !names.includes(request.name)) {
      throw new Problem('invalid', 'reports/parameter-unused', {
        fr: `Le rapport « ${request.name} » ne tient pas compte de « ${parameter} ». Rapports qui en tiennent compte : ${names.join(', ')}.`,
        en: `The report “${request.name}” does not take “${parameter}”. Reports that do: ${names.join(', ')}.`,
      })
    }
  }
}
