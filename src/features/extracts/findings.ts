import type { CalendarDate } from '#core/calendar-date.ts'
import { type FiscalYear, fiscalYearOf, readFiscalYear } from '#core/fiscal-year.ts'
import { isZero, type Money, subtract, sum } from '#core/money.ts'
import { comparePeriods, type Period, periodOf } from '#core/period.ts'
import type { ExtractRow, ReadRows } from './extract-rows.ts'

/**
 * What is noticed about the data of an extract when it is loaded. Findings refuse nothing: they are
 * shown in the answer and kept with it, each with its row and the value that its sentence names.
 * Example: row 41 has the account, document, date and amount of row 7: `repeated-key`, value 7.
 */
export const findingCodes = [
  'repeated-key',
  'equals-plan',
  'repeats-period',
  'file-of-other-year',
  'dates-outside-year',
  'dates-outside-period',
  'total-disagrees',
  'column-ignored',
  'more-not-listed',
] as const
export type FindingCode = (typeof findingCodes)[number]

export interface Finding {
  readonly code: FindingCode
  /** Null for what concerns the whole file. */
  readonly row: number | null
  readonly value: string | null
}

export interface LookedAt {
  readonly read: ReadRows
  readonly period: Period
  readonly fileName: string
  readonly ignoredColumns: readonly string[]
  /** Planned amounts of the organization's envelopes for the year, by canonical text. */
  readonly planned: ReadonlyMap<string, string>
  /** Rows of the extract of the period before; empty where there is none. */
  readonly before: readonly ExtractRow[]
}

const listedMax = 200

export function findingsOf(looked: LookedAt): readonly Finding[] {
  const { read, period, planned, before } = looked
  return [
    looked.ignoredColumns.map((value) => whole('column-ignored', value)),
    labelled(looked.fileName, period.fiscalYear),
    dated('dates-outside-year', read.rows, ({ date }) => !isIn(period.fiscalYear, date)),
    dated('dates-outside-period', read.rows, ({ date }) => isElsewhere(period, date)),
    repeatedKeys(read.rows),
    equalToPlan(read.rows, planned),
    repeatedPeriod(read.rows, before),
    disagreeingTotals(read),
  ].flatMap(listed)
}

const whole = (code: FindingCode, value: string): Finding => ({ code, row: null, value })

/** A long list says how much longer it is, so that nothing is left out in silence. */
function listed(findings: readonly Finding[]): readonly Finding[] {
  const rest = findings.length - listedMax
  return rest > 0
    ? [...findings.slice(0, listedMax), whole('more-not-listed', String(rest))]
    : findings
}

const isIn = (year: FiscalYear, date: CalendarDate): boolean => fiscalYearOf(date) === year

/** Period 13 holds no day of its own: any of its year belongs to it. */
const isElsewhere = (period: Period, date: CalendarDate): boolean =>
  isIn(period.fiscalYear, date) &&
  period.number !== 13 &&
  comparePeriods(periodOf(date), period) !== 0

/** One finding: the first such row, and how many there are. */
function dated(
  code: FindingCode,
  rows: readonly ExtractRow[],
  isWrong: (row: ExtractRow) => boolean,
): readonly Finding[] {
  const wrong = rows.filter(isWrong)
  const [first] = wrong
  return first === undefined ? [] : [{ code, row: first.number, value: String(wrong.length) }]
}

const keyOf = ({ account, document, date, amount }: ExtractRow): string =>
  [account ?? '', document, date, amount.toString()].join('\u0000')

function repeatedKeys(rows: readonly ExtractRow[]): readonly Finding[] {
  const first = new Map<string, number>()
  return rows.flatMap((row) => {
    const key = keyOf(row)
    const before = first.get(key)
    if (before === undefined) {
      first.set(key, row.number)
      return []
    }
    return [{ code: 'repeated-key' as const, row: row.number, value: String(before) }]
  })
}

/** Spending that is to the cent what was planned for the year: a plan loaded as if it were spent. */
const equalToPlan = (
  rows: readonly ExtractRow[],
  planned: ReadonlyMap<string, string>,
): readonly Finding[] =>
  rows.flatMap((row) => {
    const envelope = isZero(row.amount) ? undefined : planned.get(row.amount.toString())
    return envelope === undefined ? [] : [{ code: 'equals-plan', row: row.number, value: envelope }]
  })

/** The same accounts, documents and amounts as the period before, row for row in any order. */
function repeatedPeriod(
  rows: readonly ExtractRow[],
  before: readonly ExtractRow[],
): readonly Finding[] {
  const contents = (list: readonly ExtractRow[]): string =>
    list
      .map(({ account, document, description, amount }) =>
        [account ?? '', document, description, amount.toString()].join('\u0000'),
      )
      .sort()
      .join('\u0001')
  const isRepeated = rows.length === before.length && contents(rows) === contents(before)
  return isRepeated ? [whole('repeats-period', String(rows.length))] : []
}

/** `GL_2024-2025.csv` loaded for 2025-2026; two numbers that are no fiscal year say nothing. */
function labelled(fileName: string, year: FiscalYear): readonly Finding[] {
  const labels = [...fileName.matchAll(/(?<!\d)(\d{4})[-_ ](\d{4}|\d{2})(?!\d)/g)]
  const years = labels.flatMap(([, from = '', to = '']) => {
    const reading = readFiscalYear(`${from}-${to}`)
    return reading.ok ? [reading.value] : []
  })
  return years.length === 0 || years.includes(year)
    ? []
    : [...new Set(years)].map((other) => whole('file-of-other-year', other))
}

/** A total is held against the rows since the total of its kind before it. */
function disagreeingTotals({ rows, totals }: ReadRows): readonly Finding[] {
  let from = 0
  return totals.flatMap(({ number, isSubtotal, amount, after }) => {
    const above = rows.slice(isSubtotal ? from : 0, after)
    if (isSubtotal) {
      from = after
    }
    const gap: Money = subtract(amount, sum(above.map((row) => row.amount)))
    return isZero(gap)
      ? []
      : [{ code: 'total-disagrees' as const, row: number, value: gap.toString() }]
  })
}
