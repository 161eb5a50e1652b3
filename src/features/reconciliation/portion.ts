import { splitEvenly } from '#core/allocate.ts'
import { compareFiscalYears, type FiscalYear } from '#core/fiscal-year.ts'
import { add, Money, subtract } from '#core/money.ts'
import { periodsOf } from '#core/period.ts'
import { isClosedYear } from '#features/funding/closed-year.ts'
import { type Envelope, fixedTerm, termYears } from '#features/funding/envelope.ts'
import {
  addColumns,
  type Columns,
  columnsOf,
  emptyColumns,
  isPlannedKind,
  isUndone,
  plannedOf,
} from './columns.ts'
import type { Balance, Facts, Question } from './facts.ts'
import { isWithin } from './range.ts'

/**
 * The money a question selects, cell by cell. Dated money enters when its year is in the range.
 * Undistributed money enters whole, and only if the range contains its envelope's whole term;
 * otherwise it is left out and said so. With straight-line it is split over the term's years
 * that have no year-end yet instead: a view, marked derived, that no journal entry made. Planned
 * money belongs to no period, whichever one its decision was recorded in.
 * Example: 22.4 M$ over three years is 7 466 666.67, 7 466 666.67 and 7 466 666.66.
 */
export interface Portion extends Pick<Balance, 'envelope' | 'measure' | 'organization'> {
  readonly fiscalYear: FiscalYear | null
  readonly recordedIn: Balance['recordedIn']
  readonly isDerived: boolean
  readonly columns: Columns
}

export interface Selection {
  readonly portions: readonly Portion[]
  /** Undistributed money that the range does not show, by envelope. */
  readonly leftOut: ReadonlyMap<string, Money>
}

export function selectPortions(facts: Facts, question: Question): Selection {
  const envelopes = new Map(facts.envelopes.map((envelope) => [envelope.code, envelope]))
  const portions: Portion[] = []
  const leftOut = new Map<string, Money>()
  for (const cell of cellsOf(facts.balances)) {
    if (cell.fiscalYear !== null) {
      if (isWithin(cell.fiscalYear, question)) {
        portions.push(...byPeriod(cell, question))
      }
      continue
    }
    const envelope = cell.envelope === null ? undefined : envelopes.get(cell.envelope)
    const isSpread = question.spread === 'straight-line'
    const open = isSpread && envelope !== undefined ? openYears(envelope, facts) : []
    if (open.length > 0) {
      const parts = spreadOver(cell, open).filter(
        ({ fiscalYear }) => fiscalYear !== null && isWithin(fiscalYear, question),
      )
      portions.push(...parts.flatMap((part) => byPeriod(part, question)))
    } else if (envelope === undefined || isTermWithin(envelope, question)) {
      portions.push(cell)
    } else if (cell.envelope !== null) {
      const before = leftOut.get(cell.envelope) ?? Money.zero
      leftOut.set(cell.envelope, add(before, plannedOf(cell.columns) ?? Money.zero))
    }
  }
  return { portions, leftOut }
}

/** Also where there is no fixed total. */
function isTermWithin(envelope: Envelope, question: Question): boolean {
  const { firstFiscalYear, lastFiscalYear } = fixedTerm(envelope) ?? {}
  return [firstFiscalYear, lastFiscalYear].every((year) => year == null || isWithin(year, question))
}

/** The years a fixed total may still be spread over. */
const openYears = (envelope: Envelope, { closedYears }: Facts): readonly FiscalYear[] =>
  termYears(envelope)
    .filter((year) => !isClosedYear(closedYears, envelope.programme, year))
    .sort(compareFiscalYears)

function cellsOf(balances: readonly Balance[]): readonly Portion[] {
  const cells = new Map<string, Portion>()
  for (const balance of balances.filter((each) => !isUndone(each))) {
    const { envelope, measure, organization, fiscalYear } = balance
    const recordedIn = isPlannedKind(balance.kind) ? null : balance.recordedIn
    const period = recordedIn === null ? null : `${recordedIn.fiscalYear} ${recordedIn.number}`
    const key = JSON.stringify([envelope, measure, organization, fiscalYear, period])
    const cell = cells.get(key)
    cells.set(key, {
      envelope,
      measure,
      organization,
      fiscalYear,
      recordedIn,
      isDerived: false,
      columns: addColumns(cell?.columns ?? emptyColumns, columnsOf(balance)),
    })
  }
  return [...cells.values()]
}

function spreadOver(cell: Portion, years: readonly FiscalYear[]): readonly Portion[] {
  const parts = splitColumns(cell.columns, years.length)
  return years.map((fiscalYear, index) => ({
    ...cell,
    fiscalYear,
    isDerived: true,
    columns: parts[index] ?? emptyColumns,
  }))
}

/** By period, planned money stands undistributed unless spread: then a month is a twelfth. */
function byPeriod(portion: Portion, question: Question): readonly Portion[] {
  const { fiscalYear, recordedIn, columns } = portion
  const isPlain = recordedIn !== null || plannedOf(columns) === null || fiscalYear === null
  if (question.by !== 'period' || question.spread === 'none' || isPlain) {
    return [portion]
  }
  const months = periodsOf(fiscalYear).filter(({ number }) => number !== 13)
  const parts = splitColumns(columns, months.length)
  return months.map((month, index) => ({
    ...portion,
    recordedIn: month,
    isDerived: true,
    columns: parts[index] ?? emptyColumns,
  }))
}

/** Splits so that planned is split once: its last column takes the cent that rounding leaves over. */
function splitColumns(columns: Columns, count: number): readonly Columns[] {
  const { initial, revisions, transfers } = columns
  const split = (amount: Money | null): readonly (Money | null)[] =>
    amount === null ? [] : splitEvenly(amount, count)
  const planned = split(plannedOf(columns))
  const initials = split(initial)
  const revised = split(revisions)
  return Array.from({ length: count }, (_, index): Columns => {
    const first = initials[index] ?? null
    const left = less(planned[index] ?? null, first)
    const second = transfers === null && revisions !== null ? left : (revised[index] ?? null)
    return {
      ...emptyColumns,
      initial: first,
      revisions: second,
      transfers: transfers === null ? null : less(left, second),
    }
  })
}

const less = (whole: Money | null, part: Money | null): Money =>
  subtract(whole ?? Money.zero, part ?? Money.zero)
