import { add, isZero, Money, negate, subtract } from '#core/money.ts'
import type { EntryKind } from '#features/journal/entry.ts'
import type { Balance } from './facts.ts'

/**
 * The money columns of a report, net of reversals. initial: appropriations. revisions: supplements
 * less reductions. transfers: transfers, distributions and carry-forwards, over available and
 * committed. planned = initial + revisions + transfers. committed, spent: balances of lines with an
 * envelope. lapsed: what returned to the authority at a year's end. ownResources: spending without
 * an envelope. Null means that nothing was planned at all, which is not the same as zero.
 */
export interface Columns {
  readonly initial: Money | null
  readonly revisions: Money | null
  readonly transfers: Money | null
  readonly committed: Money
  readonly spent: Money
  readonly lapsed: Money
  readonly ownResources: Money | null
}

const columnOfKind: Readonly<Partial<Record<EntryKind, 'initial' | 'revisions' | 'transfers'>>> = {
  appropriation: 'initial',
  supplement: 'revisions',
  reduction: 'revisions',
  transfer: 'transfers',
  distribution: 'transfers',
  'carry-forward': 'transfers',
}

/** Entries that grant, move or take back planned money; what is used of it is of another kind. */
export const isPlannedKind = (kind: EntryKind): boolean => columnOfKind[kind] !== undefined

export const emptyColumns: Columns = {
  initial: null,
  revisions: null,
  transfers: null,
  committed: Money.zero,
  spent: Money.zero,
  lapsed: Money.zero,
  ownResources: null,
}

/** Moved to a cell and moved back by decisions of one kind: nothing is planned there for it. */
export const isUndone = ({ kind, amount }: Balance): boolean =>
  isZero(amount) && columnOfKind[kind] !== undefined && columnOfKind[kind] !== 'initial'

/** What one balance of the journal says in the columns of a report. */
export function columnsOf({ account, kind, envelope, amount }: Balance): Columns {
  if (account === 'spent') {
    return envelope === null
      ? { ...emptyColumns, ownResources: amount }
      : { ...emptyColumns, spent: amount }
  }
  const planned = columnOfKind[kind]
  const committed = account === 'committed' ? { committed: amount } : {}
  if (account === 'available' && kind === 'lapse') {
    return { ...emptyColumns, lapsed: negate(amount) }
  }
  const isPlanned = account === 'available' || (account === 'committed' && planned === 'transfers')
  return isPlanned && planned !== undefined
    ? { ...emptyColumns, ...committed, [planned]: amount }
    : { ...emptyColumns, ...committed }
}

export const addColumns = (a: Columns, b: Columns): Columns => ({
  initial: addKnown(a.initial, b.initial),
  revisions: addKnown(a.revisions, b.revisions),
  transfers: addKnown(a.transfers, b.transfers),
  committed: add(a.committed, b.committed),
  spent: add(a.spent, b.spent),
  lapsed: add(a.lapsed, b.lapsed),
  ownResources: addKnown(a.ownResources, b.ownResources),
})

/** Null when nothing was planned: neither an appropriation nor any revision or transfer. */
export const plannedOf = ({ initial, revisions, transfers }: Columns): Money | null =>
  addKnown(addKnown(initial, revisions), transfers)

/** planned − committed − spent − lapsed; what is not planned counts zero. Never floored. */
export const availableOf = (columns: Columns): Money =>
  subtract(
    subtract(subtract(plannedOf(columns) ?? Money.zero, columns.committed), columns.spent),
    columns.lapsed,
  )

const addKnown = (a: Money | null, b: Money | null): Money | null =>
  a === null ? b : b === null ? a : add(a, b)
