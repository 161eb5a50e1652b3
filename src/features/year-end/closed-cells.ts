import type { FiscalYear } from '#core/fiscal-year.ts'
import { isZero, type Money, negate, sum } from '#core/money.ts'
import { isPlannedKind } from '#features/reconciliation/columns.ts'
import type { Balance } from '#features/reconciliation/facts.ts'

/**
 * What the closing of a year found and did, a cell of the journal a line: from the balances just
 * before its event and the entries of that event alone, not from the figures that were kept. Added
 * up by envelope they are those figures, or one of the two is wrong.
 * Example: 1 000.00 available, 200.00 taken from what is not distributed, 950.00 carried and 250.00
 * lapsed leave 0.00.
 */
export interface ClosedCell extends Pick<Balance, 'envelope' | 'measure' | 'organization'> {
  readonly programme: string
  readonly fiscalYear: FiscalYear
  readonly plannedBefore: Money
  readonly availableBefore: Money
  readonly toppedUp: Money
  readonly commitmentsCarried: Money
  readonly carried: Money
  readonly lapsed: Money
}

export interface ClosedYear {
  readonly programme: string
  readonly fiscalYear: FiscalYear
  readonly envelopes: readonly string[]
  readonly before: readonly Balance[]
  /** What the event of the closing added to them. */
  readonly moved: readonly Balance[]
}

export function closedCells(closed: ClosedYear): readonly ClosedCell[] {
  const { programme, fiscalYear, envelopes } = closed
  const isAsked = (balance: Balance): boolean =>
    balance.fiscalYear === fiscalYear && envelopes.includes(balance.envelope ?? '')
  const [before, moved] = [closed.before.filter(isAsked), closed.moved.filter(isAsked)]
  const cells = Map.groupBy([...before, ...moved], cellKey)
  return [...cells]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, [first]]) => {
      const cell = first === undefined ? [] : [amountsOf(key, before, moved)]
      return cell.flatMap((amounts) =>
        first === undefined || Object.values(amounts).every(isZero)
          ? []
          : [{ programme, fiscalYear, ...placeOf(first), ...amounts }],
      )
    })
}

const placeOf = ({ envelope, measure, organization }: Balance) => ({
  envelope,
  measure,
  organization,
})

const cellKey = (balance: Balance): string => JSON.stringify(Object.values(placeOf(balance)))

function amountsOf(key: string, before: readonly Balance[], moved: readonly Balance[]) {
  const added = (balances: readonly Balance[], is: (balance: Balance) => boolean): Money =>
    sum(balances.filter((each) => cellKey(each) === key && is(each)).map(({ amount }) => amount))
  const gone = (account: Balance['account'], kind: Balance['kind']): Money =>
    negate(added(moved, (each) => each.account === account && each.kind === kind))
  return {
    plannedBefore: added(
      before,
      ({ account, kind }) =>
        (account === 'available' || account === 'committed') && isPlannedKind(kind),
    ),
    availableBefore: added(before, ({ account }) => account === 'available'),
    toppedUp: added(
      moved,
      ({ account, kind }) => account === 'available' && kind === 'distribution',
    ),
    commitmentsCarried: gone('committed', 'carry-forward'),
    carried: gone('available', 'carry-forward'),
    lapsed: gone('available', 'lapse'),
  }
}
