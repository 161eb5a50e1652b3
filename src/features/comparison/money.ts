import type { FiscalYear } from '#core/fiscal-year.ts'
import { isZero, type Money } from '#core/money.ts'
import type { Jurisdiction } from '#features/programmes/programme.ts'
import {
  addColumns,
  type Columns,
  emptyColumns,
  plannedOf,
} from '#features/reconciliation/columns.ts'
import type { Portion } from '#features/reconciliation/portion.ts'
import { kindOf } from './comparability.ts'
import type { Premise } from './premise.ts'

/**
 * The money that a comparison is computed from, an envelope, a fiscal year and a kind of money a
 * line, with the assumptions that each line hangs on: it counts unless one of them is read low. All
 * that a comparison prints is a sum of these lines, so whoever reads an assumption otherwise can
 * add them up again. Own resources are no part of spent.
 * Example: CA-2007 in 2021-2022, 6 000 000.00, held by CA-2009:unknown:CA-2007.
 */
export interface ComparedMoney {
  readonly jurisdiction: Jurisdiction
  readonly envelope: string
  /** Null for money that no year has. */
  readonly fiscalYear: FiscalYear | null
  readonly isDerived: boolean
  readonly kind: 'term' | 'recurring'
  /** Paid on to a province or a charity. */
  readonly isOnward: boolean
  readonly planned: Money | null
  /** Of recurring money: what a year of it comes to. */
  readonly rate: Money | null
  readonly spent: Money
  /** Codes of assumptions. */
  readonly heldBy: readonly string[]
}

interface GovernmentMoney {
  readonly jurisdiction: Jurisdiction
  readonly portions: readonly Portion[]
  readonly premises: readonly Premise[]
  readonly onward: ReadonlySet<string>
}

export function moneyOf({
  jurisdiction,
  portions,
  premises,
  onward,
}: GovernmentMoney): readonly ComparedMoney[] {
  const groups = Map.groupBy(
    portions.filter(({ envelope }) => envelope !== null),
    sortKey,
  )
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, group]) => {
      const [first] = group
      const columns = group.reduce((total, each) => addColumns(total, each.columns), emptyColumns)
      return first === undefined || isNothing(columns)
        ? []
        : [lineOf(first, columns, { jurisdiction, premises, onward })]
    })
}

function lineOf(
  portion: Portion,
  columns: Columns,
  { jurisdiction, premises, onward }: Omit<GovernmentMoney, 'portions'>,
): ComparedMoney {
  const { fiscalYear, isDerived } = portion
  const envelope = portion.envelope ?? ''
  const kind = kindOf(portion)
  return {
    jurisdiction,
    envelope,
    fiscalYear,
    isDerived,
    kind,
    isOnward: onward.has(envelope),
    planned: plannedOf(columns),
    rate: kind === 'recurring' ? columns.initial : null,
    spent: columns.spent,
    heldBy: premises.filter(({ holds }) => holds(portion)).map(({ code }) => code),
  }
}

/** What an assumption looks at, and nothing else: lines that differ otherwise are one. */
const sortKey = (portion: Portion): string =>
  [portion.envelope, portion.fiscalYear ?? '', portion.isDerived, kindOf(portion)].join('\n')

const isNothing = (columns: Columns): boolean =>
  plannedOf(columns) === null && isZero(columns.spent)
