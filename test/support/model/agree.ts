import { expect } from 'vitest'
import type { Answered } from '#test/support/app.ts'
import { type ReportRow, reconciliation } from '#test/support/reports.ts'
import { type Book, heldBy, type Posting, textOf } from './book.ts'
import { yearName } from './calendar.ts'
import type { Desk } from './desk.ts'
import { plannedInEqualParts } from './spreading.ts'
import type { Figures } from './year-end.ts'
import { percentText } from './year-end-money.ts'

/** Where the model and the service are held side by side. */
const flagsForetold = ['outside-term', 'over-spent', 'over-share', 'late-item']

/** What a document has become, as the model says it. */
export function foretold({ commitments, expenditures }: Book, key: string): unknown {
  const commitment = commitments.find((one) => one.key === key)
  if (commitment !== undefined) {
    const { state, cell, consumed, released, flags } = commitment
    const used = { consumed: textOf(consumed), released: textOf(released) }
    return { state, heldIn: yearName(cell.year), ...used, flags }
  }
  const found = expenditures.find((one) => one.key === key)
  const { state, slot, flags, refunds } = found ?? {}
  const refunded = textOf((refunds ?? []).reduce((total, { cents }) => total + cents, 0n))
  return { state, refunded, recordedIn: slot, flags: [...(flags ?? [])].sort() }
}

/** The same facts, as the service says them. */
export function heard({ body }: Answered): unknown {
  const { state, flags, heldIn, consumed, released, refunded, recordedIn } = body
  const told = flags.filter((flag: string) => flagsForetold.includes(flag)).sort()
  const slot =
    recordedIn === null
      ? null
      : `${recordedIn.fiscalYear}-P${String(recordedIn.period).padStart(2, '0')}`
  return refunded === undefined
    ? { state, heldIn, consumed, released, flags: told }
    : { state, refunded, recordedIn: slot, flags: told }
}

/** What closing a year does, envelope by envelope. */
export const figuresForetold = ({ carriedTo, envelopes }: Figures): unknown => ({
  carriedTo: yearName(carriedTo),
  figures: envelopes
    .map(({ envelope, stated, isLastYear, planned, ...amounts }) => ({
      ...{ envelope, policy: stated?.policy ?? 'carry-all' },
      ...{ percent: percentText(stated?.percent ?? null) },
      ...{ default: stated === null, lastYear: isLastYear },
      plannedBefore: planned === null ? null : textOf(planned),
      toppedUp: textOf(amounts.topped),
      commitmentsCarried: textOf(amounts.commitments),
      carried: textOf(amounts.carried),
      lapsed: textOf(amounts.lapsed),
      availableLeft: textOf(amounts.left),
    }))
    .toSorted(byEnvelope),
})

export const figuresHeard = ({ body }: Answered): unknown => ({
  carriedTo: body.carriedTo,
  figures: body.figures.toSorted(byEnvelope),
})

const byEnvelope = (a: { envelope: string }, b: { envelope: string }): number =>
  a.envelope < b.envelope ? -1 : 1

const rowOf = (held: Omit<Posting, 'cents'>): string =>
  [
    held.account,
    held.kind,
    held.envelope,
    held.measure,
    held.organization,
    held.year === null ? null : yearName(held.year),
    held.slot,
  ]
    .map((part) => part ?? '-')
    .join(' ')

/** Every row that the service keeps: account, kind, cell and period. */
export async function rowsKept({ app }: Desk): Promise<ReadonlyMap<string, bigint>> {
  return new Map((await postingsKept(app.database.owner)).map((row) => [rowOf(row), row.cents]))
}

export async function postingsKept(
  owner: Desk['app']['database']['owner'],
): Promise<readonly Posting[]> {
  const { rows } = await owner.query(
    `select account, kind, envelope, measure, organization, left(fiscal_year, 4)::integer as year,
      recorded_fiscal_year || '-P' || lpad(recorded_period::text, 2, '0') as slot,
      (amount * 100)::bigint::text as cents
    from journal_balance where amount <> 0`,
  )
  return rows.map((row) => ({ ...row, cents: BigInt(row.cents) }))
}

export function rowsForetold({ postings }: Book): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>()
  for (const posting of postings) {
    const key = rowOf(posting)
    sums.set(key, (sums.get(key) ?? 0n) + posting.cents)
  }
  return new Map([...sums].filter(([, cents]) => cents !== 0n))
}

const revised = ['supplement', 'reduction']
const transferred = ['transfer', 'distribution', 'carry-forward']

/** The columns of a row, by the words of the specification. */
function columnsOf(postings: readonly Posting[]) {
  const planned = (kinds: readonly string[], accounts: readonly string[]): bigint =>
    heldBy(postings, ({ kind, account }) => kinds.includes(kind) && accounts.includes(account))
  const balance = (account: string): bigint =>
    heldBy(postings, (one) => one.account === account && one.envelope !== null)
  const initial = planned(['appropriation'], ['available'])
  const revisions = planned(revised, ['available'])
  const transfers = planned(transferred, ['available', 'committed'])
  const lapsed = -planned(['lapse'], ['available'])
  const [committed, spent] = [balance('committed'), balance('spent')]
  const available = initial + revisions + transfers - committed - spent - lapsed
  const figures = { initial, revisions, transfers, committed, spent, lapsed, available }
  return {
    ...figures,
    planned: initial + revisions + transfers,
    variance: initial + revisions + transfers - spent,
    ownResources: heldBy(postings, (one) => one.account === 'spent' && one.envelope === null),
  }
}

type Columns = ReturnType<typeof columnsOf>
const columnNames = Object.keys(columnsOf([])) as (keyof Columns)[]

const shown = (columns: Columns, names: readonly (keyof Columns)[]) =>
  Object.fromEntries(names.map((name) => [name, textOf(columns[name])]))

/** What a row says, an absent amount counting nothing. */
const said = (row: Readonly<Record<string, unknown>>, names: readonly (keyof Columns)[]) =>
  Object.fromEntries(names.map((name) => [name, row[name] ?? '0.00']))

const isQuebec = ({ envelope }: Posting): boolean => envelope === null || envelope.startsWith('QC-')

export const everyGrouping = [
  'measure',
  'axis',
  'lead',
  'envelope',
  'fiscal-year',
  'period',
  'organization',
]

/** One grand total by whatever it is cut, each row what its postings are. */
export async function expectReports(
  { auditor }: Desk,
  book: Book,
  { groupings, told }: { readonly groupings: readonly string[]; readonly told: string },
): Promise<void> {
  const postings = book.postings.filter(isQuebec)
  const totals = shown(columnsOf(postings), columnNames)
  for (const by of groupings) {
    const report = await reconciliation(auditor, `?by=${by}`)
    expect([by, said(report.totals, columnNames)], told).toEqual([by, totals])
    const counted = report.rows.filter(({ repeated }) => repeated !== true)
    for (const name of columnNames) {
      const cents = counted.map((row) => BigInt(String(row[name] ?? '0.00').replace('.', '')))
      const total = textOf(cents.reduce((sum, one) => sum + one, 0n))
      expect([by, name, total], told).toEqual([by, name, totals[name]])
    }
    expectRows(by, report.rows, book, told)
  }
  if (groupings.includes('fiscal-year')) {
    const { rows } = await reconciliation(auditor, '?by=fiscal-year&spread=straight-line')
    expectEqualParts(rows, book, told)
  }
}

function expectEqualParts(rows: readonly ReportRow[], book: Book, told: string): void {
  const planned = book.postings.filter(
    (posting) =>
      isQuebec(posting) &&
      ['available', 'committed'].includes(posting.account) &&
      isPlanned(posting),
  )
  const nonZero = (amounts: readonly (readonly [string, unknown])[]) =>
    Object.fromEntries(amounts.filter(([, amount]) => (amount ?? '0.00') !== '0.00'))
  const spread = [...plannedInEqualParts(book, planned)].map(
    ([year, cents]) => [year === null ? 'undistributed' : yearName(year), textOf(cents)] as const,
  )
  const shownRows = rows.map(({ key, planned: amount }) => [key, amount] as const)
  expect(nonZero(shownRows), told).toEqual(nonZero(spread))
}

const isPlanned = ({ kind }: Posting): boolean =>
  ['appropriation', ...revised, ...transferred].includes(kind)

const rowNames: readonly (keyof Columns)[] = ['planned', 'committed', 'spent', 'ownResources']

function expectRows(by: string, rows: readonly ReportRow[], book: Book, told: string): void {
  const postings = book.postings.filter(isQuebec)
  const pick: Readonly<Record<string, (posting: Posting, key: string) => boolean>> = {
    measure: ({ measure }, key) => measure === key,
    envelope: ({ envelope }, key) => (envelope ?? 'own-resources') === key,
    'fiscal-year': ({ year, envelope }, key) =>
      year === null ? key === 'undistributed' && envelope !== null : yearName(year) === key,
  }
  const isMeant = pick[by]
  if (isMeant === undefined) {
    return
  }
  const codes = book.envelopes.map(({ code }) => code)
  for (const row of rows) {
    const isEnvelope = codes.includes(row.key)
    const own = postings.filter((posting) =>
      isEnvelope ? posting.envelope === row.key : isMeant(posting, row.key),
    )
    const names = isEnvelope ? columnNames : rowNames
    expect([by, row.key, said(row, names)], told).toEqual([
      by,
      row.key,
      shown(columnsOf(own), names),
    ])
  }
}

/** planned = committed + spent + lapsed + available, for every envelope and year there is. */
export function expectIdentities(kept: readonly Posting[], { envelopes }: Book): void {
  for (const { code } of envelopes) {
    const own = kept.filter(({ envelope }) => envelope === code)
    for (const year of new Set(own.map((posting) => posting.year))) {
      const cell = own.filter((posting) => posting.year === year)
      const { planned, committed, spent, lapsed } = columnsOf(cell)
      const available = heldBy(cell, ({ account }) => account === 'available')
      expect([code, year, planned]).toEqual([code, year, committed + spent + lapsed + available])
    }
  }
}
