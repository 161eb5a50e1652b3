import type { Comparison } from '#features/comparison/compare.ts'
import type { Announcement, PlanNote, SourceDocument } from '#features/programmes/programme.ts'
import type { Facts } from '#features/reconciliation/facts.ts'
import type { Reconciliation } from '#features/reconciliation/reconcile.ts'
import type { Report } from '#features/reports/report.ts'
import type { DetailKind, DetailRow } from './detail.ts'

/**
 * What a workbook is made from. The report and the findings behind it come from one call, over one
 * snapshot of the facts: a workbook computes no figure of its own.
 */
export interface WorkbookSources {
  readonly report: Report
  /** SHA-256 of the report's rows and totals. */
  readonly dataDigest: string
  /** What a person types to make the same file again. */
  readonly command: string
  /**
   * Where this Vigie is reached, `https://…` without a last slash; without it, pages are not
   * linked.
   */
  readonly site?: string | undefined
}

/** With the plan and what it cites. */
export interface PlanSources extends WorkbookSources {
  readonly facts: Facts
  /** The documents that the plan and the published figures were read from. */
  readonly documents: readonly SourceDocument[]
  /** Published figures that are not spending. */
  readonly announcements: readonly Announcement[]
  /** What a reader must know of a programme's or an envelope's figures, by its code. */
  readonly notes?: ReadonlyMap<string, readonly PlanNote[]>
}

export interface ReconciliationSources extends PlanSources {
  readonly reconciliation: Reconciliation
  readonly details: readonly DetailRow[]
  readonly detailKind: DetailKind
}

export interface ComparisonSources extends PlanSources {
  readonly comparison: Comparison
}
