import { equals, isZero, Money, percentOf, subtract } from '#core/money.ts'
import type { Missing } from '#core/table.ts'
import { availableOf, type Columns, plannedOf } from './columns.ts'
import type { RowHead } from './dimension.ts'

/**
 * The figures of one row. A row of self-funded measures has no planned money at all: everything
 * but its own resources is not applicable, never 0 and never 100 %. Where nothing is planned,
 * available and variance still show what was spent; on a repeated row without a share of its own
 * they stand on the envelope's row. % spent is undefined when planned is absent or zero, or when
 * nothing is recorded.
 */
export interface Figures {
  readonly initial: Money | null
  readonly revisions: Money | null
  readonly transfers: Money | null
  readonly planned: Money | null
  readonly committed: Money | null
  readonly spent: Money | null
  readonly lapsed: Money | null
  readonly ownResources: Money | null
  readonly available: Money | null
  readonly variance: Money | null
  readonly percentSpent: string | null
  /** Why a null is null. */
  readonly missing: Missing
}

export const amountKeys = [
  'initial',
  'revisions',
  'transfers',
  'planned',
  'committed',
  'spent',
  'lapsed',
  'ownResources',
  'available',
  'variance',
] as const
export type AmountKey = (typeof amountKeys)[number]

export type Totals = Readonly<Record<AmountKey, Money>>

/** No measure of the row has an envelope of its own: what is spent there comes from own resources. */
export const hasOnlyOwnResources = ({ measures }: Pick<RowHead, 'measures'>): boolean =>
  measures.some(({ funding }) => funding === 'self_funded') &&
  measures.every(({ funding }) => funding !== 'own')

export function figuresOf(head: RowHead, columns: Columns, showsOwnResources: boolean): Figures {
  const ownResources = showsOwnResources ? (columns.ownResources ?? Money.zero) : null
  if (hasOnlyOwnResources(head) && isBare(columns)) {
    return { ...nothing, ownResources, missing: 'not-applicable' }
  }
  const planned = plannedOf(columns)
  const { committed, spent, lapsed } = columns
  const isElsewhere = planned === null && (head.isRepeated || isBare(columns))
  return {
    initial: columns.initial,
    revisions: planned === null ? null : (columns.revisions ?? Money.zero),
    transfers: planned === null ? null : (columns.transfers ?? Money.zero),
    planned,
    committed,
    spent,
    lapsed,
    ownResources,
    available: isElsewhere ? null : availableOf(columns),
    variance: isElsewhere ? null : subtract(planned ?? Money.zero, spent),
    percentSpent: isNothingRecorded(columns) || planned === null ? null : percentOf(spent, planned),
    missing: 'absent',
  }
}

/** Nothing planned and nothing recorded that has an envelope. */
const isBare = (columns: Columns): boolean =>
  plannedOf(columns) === null && [columns.committed, columns.spent, columns.lapsed].every(isZero)

export const isNothingRecorded = ({ committed, spent, ownResources }: Columns): boolean =>
  isZero(committed) && isZero(spent) && (ownResources === null || isZero(ownResources))

const nothing: Omit<Figures, 'missing' | 'ownResources'> = {
  initial: null,
  revisions: null,
  transfers: null,
  planned: null,
  committed: null,
  spent: null,
  lapsed: null,
  available: null,
  variance: null,
  percentSpent: null,
}

/** Nulls count zero. @throws RangeError when a row's figures do not add up: a bug of ours. */
export function assertFigures(figures: Figures): void {
  const { planned, committed, spent, lapsed, available } = figures
  if (available === null || committed === null || spent === null || lapsed === null) {
    return
  }
  const rest = subtract(subtract(subtract(planned ?? Money.zero, committed), spent), lapsed)
  if (!equals(rest, available)) {
    throw new RangeError(`available ${available} is not planned − committed − spent − lapsed`)
  }
}
