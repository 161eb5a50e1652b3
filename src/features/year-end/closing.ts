import { allocate } from '#core/allocate.ts'
import { compareFiscalYears, type FiscalYear } from '#core/fiscal-year.ts'
import {
  add,
  isPositive,
  isZero,
  Money,
  max,
  min,
  percentageOf,
  subtract,
  sum,
  toCents,
} from '#core/money.ts'
import { type Envelope, termYears } from '#features/funding/envelope.ts'
import type { Account, Cell } from '#features/journal/entry.ts'
import type { ChosenPolicy } from './policy.ts'
import { cover, type Part, type Parts, type Taking } from './top-up.ts'

/**
 * What closing a fiscal year does to one envelope. First the year is topped up from what is not
 * distributed (top-up.ts); in the term's last year all that is left there follows, but for what
 * other open years of the term draw on. Then open commitments are carried, whatever the policy, and
 * the policy says what becomes of what is left, summed over the measures: carried, or lapsed. At
 * the end of the money only commitments are carried. Below zero nothing moves: it stays, and shows.
 * Example: planned 1 000.00, committed 200.00, spent 500.00, 5 %: 200.00 and 50.00 are carried,
 * 250.00 lapse.
 */
export interface YearBalance extends Cell {
  readonly account: Extract<Account, 'available' | 'committed'>
  readonly amount: Money
  /** Of it, what decisions planned; null where there was none. */
  readonly planned: Money | null
}

export interface ToClose {
  readonly envelope: Envelope
  readonly policy: ChosenPolicy
  readonly fiscalYear: FiscalYear
  /** Where carried money goes: the first year after it that is not closed. */
  readonly carriedTo: FiscalYear
  /** Years of the programme closed before. */
  readonly closed: readonly FiscalYear[]
  readonly balances: readonly YearBalance[]
}

export interface Figures extends ChosenPolicy {
  /** Only open commitments are carried: the money ends with this year. */
  readonly isLastYear: boolean
  readonly plannedBefore: Money | null
  readonly toppedUp: Money
  readonly commitmentsCarried: Money
  readonly carried: Money
  readonly lapsed: Money
  /** Zero, or what no money covered, below zero. */
  readonly availableLeft: Money
}

export interface PartAmount {
  readonly part: Part
  readonly amount: Money
}

/** What an envelope's entries are made of. */
export interface Closing {
  readonly envelope: Envelope
  readonly figures: Figures
  readonly takings: readonly Taking[]
  readonly commitments: readonly YearBalance[]
  readonly carried: readonly PartAmount[]
  readonly lapsed: readonly PartAmount[]
}

export function closingOf(asked: ToClose): Closing {
  const { envelope, policy, fiscalYear, balances } = asked
  const ofYear = balances.filter((balance) => balance.fiscalYear === fiscalYear)
  const takings = takingsOf(asked)
  const toppedUp = sum(takings.map(({ amount }) => amount))
  const commitments = ofYear.filter(
    ({ account, amount }) => account === 'committed' && !isZero(amount),
  )
  const available = new Map(availableIn(balances, fiscalYear))
  for (const { to, amount } of takings) {
    available.set(to, add(available.get(to) ?? Money.zero, amount))
  }
  const left = sum(available.values())
  const plannedBefore = plannedOf(ofYear)
  const isLastYear = !mayCarry(asked)
  const carriedAmount = isLastYear
    ? Money.zero
    : carriedOf(policy, left, add(plannedBefore ?? Money.zero, toppedUp))
  const lapsedAmount = subtract(max(Money.zero, left), carriedAmount)
  const carried = share(carriedAmount, available, partsOf(envelope))
  const lapsed = share(lapsedAmount, less(available, carried), partsOf(envelope))
  return {
    envelope,
    takings,
    commitments,
    carried,
    lapsed,
    figures: {
      ...policy,
      isLastYear,
      plannedBefore,
      toppedUp,
      commitmentsCarried: sum(commitments.map(({ amount }) => amount)),
      carried: carriedAmount,
      lapsed: lapsedAmount,
      availableLeft: subtract(subtract(left, carriedAmount), lapsedAmount),
    },
  }
}

/** Members in the order of the plan, then the common part. */
const partsOf = ({ measures }: Envelope): readonly Part[] => [...measures, null]

function takingsOf({ envelope, fiscalYear, closed, balances }: ToClose): readonly Taking[] {
  const years = termYears(envelope)
  if (!years.includes(fiscalYear)) {
    return []
  }
  const order = partsOf(envelope)
  const own = cover(availableIn(balances, null), availableIn(balances, fiscalYear), order)
  if (years.at(-1) !== fiscalYear) {
    return own.takings
  }
  const others = years.filter((year) => year !== fiscalYear && !closed.includes(year))
  const left = others.reduce(
    (parts, year) => cover(parts, availableIn(balances, year), order).left,
    own.left,
  )
  const following = [...left].flatMap(([part, amount]) =>
    isZero(amount) ? [] : [{ from: part, to: part, amount }],
  )
  return [...own.takings, ...following]
}

function availableIn(balances: readonly YearBalance[], year: FiscalYear | null): Parts {
  const parts = new Map<Part, Money>()
  for (const { account, measure, fiscalYear, amount } of balances) {
    if (account === 'available' && fiscalYear === year) {
      parts.set(measure, add(parts.get(measure) ?? Money.zero, amount))
    }
  }
  return parts
}

function plannedOf(balances: readonly YearBalance[]): Money | null {
  const planned = balances.flatMap((balance) => balance.planned ?? [])
  return planned.length === 0 ? null : sum(planned)
}

/** A fixed total ends with its last year; other money when no term reaches the year it would go to. */
function mayCarry({ envelope, fiscalYear, carriedTo }: ToClose): boolean {
  const end = termYears(envelope).at(-1)
  const endsHere =
    end !== undefined &&
    compareFiscalYears(fiscalYear, end) <= 0 &&
    compareFiscalYears(end, carriedTo) < 0
  return (
    !endsHere &&
    envelope.terms.some(
      ({ lastFiscalYear }) =>
        lastFiscalYear === null || compareFiscalYears(lastFiscalYear, carriedTo) >= 0,
    )
  )
}

function carriedOf({ policy, percent }: ChosenPolicy, left: Money, planned: Money): Money {
  const whole = max(Money.zero, left)
  switch (policy) {
    case 'carry-all':
      return whole
    case 'carry-percent':
      return min(whole, percentageOf(max(Money.zero, planned), percent ?? '0'))
    case 'lapse':
      return Money.zero
  }
}

/** In proportion to what each part has; one below zero has nothing to give. */
function share(whole: Money, available: Parts, order: readonly Part[]): readonly PartAmount[] {
  if (isZero(whole)) {
    return []
  }
  const giving = order.filter((part) => isPositive(available.get(part) ?? Money.zero))
  const weights = giving.map((part) => toCents(available.get(part) ?? Money.zero))
  const amounts = allocate(whole, weights)
  return giving.flatMap((part, place) => {
    const amount = amounts[place] ?? Money.zero
    return isZero(amount) ? [] : [{ part, amount }]
  })
}

function less(available: Parts, taken: readonly PartAmount[]): Parts {
  const parts = new Map(available)
  for (const { part, amount } of taken) {
    parts.set(part, subtract(parts.get(part) ?? Money.zero, amount))
  }
  return parts
}
