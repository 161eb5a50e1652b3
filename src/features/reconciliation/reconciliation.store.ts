import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely'
import { type FiscalYear, fiscalYear } from '#core/fiscal-year.ts'
import { money } from '#core/money.ts'
import { type Period, periodNumbers } from '#core/period.ts'
import { readStanding } from '#features/audit/audit.public.ts'
import {
  listClosedYears,
  listEnvelopes,
  listPublishedAuthorities,
  listRelations,
} from '#features/funding/funding.public.ts'
import { accounts, entryKinds } from '#features/journal/entry.ts'
import { listOrganizations } from '#features/organizations/organizations.public.ts'
import { listAxes, listMeasures, listProgrammes } from '#features/programmes/programmes.public.ts'
import type { AsOf } from '#platform/db/as-of.ts'
import type { JournalBalanceTable, JournalFlagTable } from '#platform/db/schema-journal.ts'
import type { Handle } from '#platform/db/transaction.ts'
import type { Balance, Facts, FlagCount, Grain } from './facts.ts'

export interface FactsAsked {
  readonly grain?: Grain
  /** A position that the record has; null is now. */
  readonly asOf?: AsOf
}

/** Reads everything in the caller's snapshot, so that the figures and the seal belong together. */
export async function readFacts(
  handle: Handle,
  { grain = 'period', asOf = null }: FactsAsked = {},
): Promise<Facts> {
  return {
    ...(await readStanding(handle, asOf)),
    programmes: await listProgrammes(handle, asOf),
    axes: await listAxes(handle, asOf),
    measures: await listMeasures(handle, { asOf }),
    envelopes: await listEnvelopes(handle, { asOf }),
    relations: await listRelations(handle, asOf),
    organizations: await listOrganizations(handle, asOf),
    authorities: await listPublishedAuthorities(handle, asOf),
    closedYears: await listClosedYears(handle, asOf),
    balances: await readBalances(handle, grain, asOf),
    flags: await readFlags(handle, grain, asOf),
  }
}

/** In the order of cells, never of storage: same position, same bytes. */
async function readBalances(handle: Handle, grain: Grain, asOf: AsOf): Promise<readonly Balance[]> {
  const cell = ['envelope', 'fiscal_year', 'account', 'kind', 'measure', 'organization'] as const
  const rows = await handle
    .selectFrom(balancesAt(asOf).as('kept'))
    .where('kept.account', 'in', ['available', 'committed', 'spent'])
    .groupBy(grain === 'period' ? [...cell, ...periodColumns] : [...cell])
    .select([...cell, ...periodOf(grain)])
    .select(({ fn }) => fn.sum<string>('kept.amount').as('amount'))
    .having(sql<SqlBool>`sum(kept.lines) > 0`)
    .orderBy('envelope')
    .orderBy('fiscal_year')
    .orderBy('account')
    .orderBy('kind')
    .orderBy('measure')
    .orderBy('organization')
    .orderBy('recorded_fiscal_year')
    .orderBy('recorded_period')
    .execute()
  return rows.map((row) => ({
    account: accounts.find((account) => account === row.account) ?? 'available',
    kind: entryKinds.find((kind) => kind === row.kind) ?? 'expenditure',
    ...cellOf(row),
    amount: money(row.amount),
  }))
}

/** Balances of now, less what the lines after the position added to them. */
const balancesAt = (asOf: AsOf): RawBuilder<Selectable<JournalBalanceTable>> =>
  asOf === null
    ? sql`(select * from journal_balance)`
    : sql`(
        select * from journal_balance
        union all
        select later.account, later.kind, later.envelope, later.measure, later.organization,
          later.fiscal_year, later.recorded_fiscal_year, later.recorded_period,
          -later.amount, -later.lines
        from balances_after(${String(asOf)}::bigint) as later
      )`

async function readFlags(handle: Handle, grain: Grain, asOf: AsOf): Promise<readonly FlagCount[]> {
  const cell = ['flag', 'envelope', 'measure', 'organization', 'fiscal_year'] as const
  const rows = await handle
    .selectFrom(flagsAt(asOf).as('counted'))
    .groupBy(grain === 'period' ? [...cell, ...periodColumns] : [...cell])
    .select([...cell, ...periodOf(grain)])
    .select(sql<number>`sum(counted.entries)::integer`.as('entries'))
    .having(sql<SqlBool>`sum(counted.entries) <> 0`)
    .orderBy('flag')
    .orderBy('envelope')
    .orderBy('measure')
    .orderBy('organization')
    .orderBy('fiscal_year')
    .orderBy('recorded_fiscal_year')
    .orderBy('recorded_period')
    .execute()
  return rows.map((row) => ({ flag: row.flag, entries: row.entries, ...cellOf(row) }))
}

const flagsAt = (asOf: AsOf): RawBuilder<Selectable<JournalFlagTable>> =>
  asOf === null
    ? sql`(select * from journal_flag)`
    : sql`(
        select * from journal_flag
        union all
        select later.flag, later.envelope, later.measure, later.organization, later.fiscal_year,
          later.recorded_fiscal_year, later.recorded_period, -later.entries
        from flags_after(${String(asOf)}::bigint) as later
      )`

const periodColumns = ['recorded_fiscal_year', 'recorded_period'] as const

/** Summed over the periods that recorded it, a cell has none. */
const periodOf = (grain: Grain) => [
  (grain === 'period'
    ? sql.ref<string | null>('recorded_fiscal_year')
    : sql<string | null>`null`
  ).as('recorded_fiscal_year'),
  (grain === 'period' ? sql.ref<number | null>('recorded_period') : sql<number | null>`null`).as(
    'recorded_period',
  ),
]

function cellOf(row: {
  envelope: string | null
  measure: string | null
  organization: string
  fiscal_year: string | null
  recorded_fiscal_year: string | null
  recorded_period: number | null
}) {
  const { envelope, measure, organization } = row
  return {
    envelope,
    measure,
    organization,
    fiscalYear: yearOrNull(row.fiscal_year),
    recordedIn: periodOrNull(row.recorded_fiscal_year, row.recorded_period),
  }
}

const yearOrNull = (stored: string | null): FiscalYear | null =>
  stored === null ? null : fiscalYear(stored)

function periodOrNull(year: string | null, period: number | null): Period | null {
  const number = periodNumbers.find((candidate) => candidate === period)
  return year === null || number === undefined ? null : { fiscalYear: fiscalYear(year), number }
}
