import type { FiscalYear } from '#core/fiscal-year.ts'
import { add, compare, isNegative, isPositive, Money, subtract, sum } from '#core/money.ts'
import { type Envelope, termYears } from '#features/funding/envelope.ts'
import { headroom } from '#features/journal/headroom.ts'
import { availableOf, type Columns, isPlannedKind, plannedOf } from './columns.ts'
import type { RowHead } from './dimension.ts'
import type { Facts, Question } from './facts.ts'
import { hasOnlyOwnResources, isNothingRecorded } from './figures.ts'

/**
 * What a reader must know beside a row's figures. Flags of the journal come first, as they were
 * noticed at posting; the others follow from the figures. A line wider than its envelope
 * (upper-bound) is never called over-spent.
 */
export interface RowMoney {
  readonly columns: Columns
  readonly isDerived: boolean
  readonly noticed: readonly string[]
  /** Part of the row's money is undistributed and out of range. */
  readonly isLeftOut: boolean
}

export function rowFlags(
  head: RowHead,
  money: RowMoney,
  question: Question,
  facts: Facts,
): readonly string[] {
  const { columns, isDerived, noticed, isLeftOut } = money
  const flags = [
    ...noticed.filter((flag) => !ceilingFlags.includes(flag)),
    ...absenceFlags(head, columns, isLeftOut, { question, facts }),
    ...ceilingFlagsOf(head, columns, question, facts),
    ...(isNothingRecorded(columns) && !isOnlyShared(head) ? ['nothing-recorded'] : []),
    ...(isDerived ? ['derived'] : []),
  ]
  const isUpperBound = noticed.includes('upper-bound')
  return [...new Set(flags)].filter((flag) => !isUpperBound || !ceilingFlags.includes(flag))
}

/** Said anew from the figures: what was above the ceiling on the day may not be any more. */
const ceilingFlags = ['over-spent', 'over-committed', 'over-share']

const isOnlyShared = (head: RowHead): boolean =>
  head.kind === 'lead' &&
  head.measures.length > 0 &&
  head.measures.every(({ funding }) => funding === 'shared')

function absenceFlags(
  head: RowHead,
  columns: Columns,
  isLeftOut: boolean,
  { question, facts }: { readonly question: Question; readonly facts: Facts },
): readonly string[] {
  if (hasOnlyOwnResources(head)) {
    const shares = head.measures.some(({ funding }) => funding === 'shared')
    return ['not-applicable', ...(shares ? ['in-shared-envelope'] : [])]
  }
  const shared = head.isRepeated || isOnlyShared(head) ? ['in-shared-envelope'] : []
  const leftOut = isLeftOut ? ['not-distributed'] : []
  if (plannedOf(columns) !== null) {
    return [...shared, ...leftOut]
  }
  const isYearAlone = head.kind === 'fiscal-year' && question.spread === 'none'
  if (isYearAlone && isOfTerm(head.key, facts)) {
    return ['absent', 'draws-on-undistributed']
  }
  const isUnplanned =
    shared.length === 0 && leftOut.length === 0 && isPositive(columns.spent) && isPlannedBy(head)
  return [
    ...(shared.length === 0 ? ['absent'] : []),
    ...shared,
    ...leftOut,
    ...(isUnplanned ? ['spent-without-plan'] : []),
  ]
}

const isOfTerm = (key: string, { envelopes }: Facts): boolean =>
  envelopes.some((envelope) => termYears(envelope).some((year) => year === key))

/** Who recorded is not who was granted, and a period grants nothing. */
const isPlannedBy = ({ kind }: RowHead): boolean => kind !== 'organization' && kind !== 'period'

function ceilingFlagsOf(
  head: RowHead,
  columns: Columns,
  question: Question,
  facts: Facts,
): readonly string[] {
  switch (head.kind) {
    case 'fiscal-year':
      return question.spread === 'none' ? yearFlags(head.key, facts) : []
    case 'period':
    case 'undistributed':
    case 'organization':
    case 'own-resources':
      return []
    case 'measure':
      return head.isRepeated ? shareFlags(head, columns, facts) : overFlags(columns)
    default:
      return overFlags(columns)
  }
}

function overFlags(columns: Columns): readonly string[] {
  const planned = plannedOf(columns)
  if (planned === null || !isNegative(availableOf(columns))) {
    return []
  }
  return compare(columns.spent, subtract(planned, columns.lapsed)) > 0
    ? ['over-spent']
    : ['over-committed']
}

/** A member beyond its share; without one, beyond what is not distributed to members. */
function shareFlags(head: RowHead, columns: Columns, facts: Facts): readonly string[] {
  const limit = shareLimit(head, plannedOf(columns), facts)
  return compare(add(columns.committed, columns.spent), limit) > 0 ? ['over-share'] : []
}

export const shareLimit = (
  { envelopes }: Pick<RowHead, 'envelopes'>,
  share: Money | null,
  facts: Facts,
): Money => share ?? sum(envelopes.map((code) => commonPart(facts, code)))

/** Carried money stays; what lapsed is gone. */
function commonPart(facts: Facts, envelope: string): Money {
  return facts.balances
    .filter(
      (balance) =>
        balance.envelope === envelope &&
        balance.measure === null &&
        balance.account === 'available' &&
        (isPlannedKind(balance.kind) || balance.kind === 'lapse'),
    )
    .reduce((total, { amount }) => add(total, amount), Money.zero)
}

function yearFlags(key: string, facts: Facts): readonly string[] {
  const shortfalls = facts.envelopes.map((envelope) => shortfallOf(envelope, key, facts))
  return shortfalls.flatMap((shortfall) => shortfall?.flag ?? [])
}

export interface Shortfall {
  readonly flag: 'draws-on-undistributed' | 'over-spent'
  readonly available: Money
  readonly headroom: Money
}

/** A year short of money of its own draws on what is not distributed, as far as that goes. */
export function shortfallOf(envelope: Envelope, key: string, facts: Facts): Shortfall | null {
  const byYear = new Map<FiscalYear | null, Money>()
  const balances = facts.balances.filter((balance) => balance.envelope === envelope.code)
  for (const { account, fiscalYear, amount } of balances) {
    if (account === 'available') {
      byYear.set(fiscalYear, add(byYear.get(fiscalYear) ?? Money.zero, amount))
    }
  }
  const year = [...byYear.keys()].find((candidate) => candidate === key)
  const available = byYear.get(year ?? null) ?? Money.zero
  if (year === undefined || year === null || !isNegative(available)) {
    return null
  }
  const { amount } = headroom({ termYears: termYears(envelope), byYear }, year)
  if (!isNegative(amount)) {
    return { flag: 'draws-on-undistributed', available, headroom: amount }
  }
  return isUpperBound(envelope, facts) ? null : { flag: 'over-spent', available, headroom: amount }
}

/** Its spending is a maximum: it is never called too much. */
export const isUpperBound = ({ code }: Pick<Envelope, 'code'>, { flags }: Facts): boolean =>
  flags.some(({ flag, entries, envelope }) => {
    return flag === 'upper-bound' && entries > 0 && envelope === code
  })

export const fundingOf = (head: RowHead): 'own' | 'shared' | 'self_funded' | 'none' => {
  const [measure] = head.measures
  if (head.kind === 'measure' && measure !== undefined) {
    return measure.funding
  }
  if (head.kind === 'envelope') {
    return head.isShared ? 'shared' : 'own'
  }
  return hasOnlyOwnResources(head) ? 'self_funded' : 'none'
}
