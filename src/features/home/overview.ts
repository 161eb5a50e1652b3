import type { Jurisdiction } from '#features/programmes/programme.ts'
import type { Exception } from '#features/reconciliation/exception.ts'
import type { Range } from '#features/reconciliation/facts.ts'
import type { Totals } from '#features/reconciliation/figures.ts'

/**
 * A government at a glance: the totals of its reconciliation, and which of its exceptions are about
 * time. Nothing is computed here.
 */
export interface Glance {
  readonly jurisdiction: Jurisdiction
  readonly range: Range
  readonly totals: Totals
  /** The documents that the spending adds up to, where the reader opens them all. */
  readonly spentPath: string | null
  readonly timing: readonly Exception[]
}

export const isOfTime = ({ flag }: Pick<Exception, 'flag'>): boolean =>
  flag === 'ahead-of-time' || flag === 'behind-time'
