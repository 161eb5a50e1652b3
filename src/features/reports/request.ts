import type { FiscalYear } from '#core/fiscal-year.ts'
import type { Scenario } from '#features/comparison/scenario.ts'
import type { Jurisdiction } from '#features/programmes/programme.ts'
import type { Dimension, Spread } from '#features/reconciliation/facts.ts'

/** The catalogue: a report is one line here, one builder, and everything prints it. */
export const reportNames = ['reconciliation', 'comparison', 'announcements'] as const
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
}
