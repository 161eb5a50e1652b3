import { sql } from 'kysely'
import { type FiscalYear, fiscalYear } from '#core/fiscal-year.ts'
import { money } from '#core/money.ts'
import { type Period, periodNumbers } from '#core/period.ts'
import {
  listEnvelopes,
  listPublishedAuthorities,
  listRelations,
} from '#features/funding/funding.public.ts'
import { accounts, entryKinds } from '#features/journal/entry.ts'
import { listOrganizations } from '#features/organizations/organizations.public.ts'
import { listAxes, listMeasures, listProgrammes } from '#features/programmes/programmes.public.ts'
import type { Handle } from '#platform/db/transaction.ts'
import type { Balance, Facts, FlagCount, Grain } from './facts.ts'

/** Reads everything in the caller's snapshot, so that the figures and the seal belong together. */
export async function readFacts(handle: Handle, grain: Grain = 'period'): Promise<Facts> {
  const head = await handle
    .selectFrom('chain_head')
    .select(['chain_head.sequence', 'chain_head.at', 'chain_head.hash'])
    .executeTakeFirstOrThrow()
  const position = Number(head.sequence)
  return {
    position,
    positionAt: new Date(head.at).toISOString(),
    seal: head.hash,
    programmes: await listProgrammes(handle),
    axes: await listAxes(handle),
    measures: await listMeasures(handle),
    envelopes: await listEnvelopes(handle),
    relations: await listRelations(handle, position),
    organizations: await listOrganizations(handle, position),
    authorities: await listPublishedAuthorities(handle),
    balances: await readBalances(handle, grain),
    flags: await readFlags(handle, grain),
  }
}

/** In the order of cells, never of storage: same position, same bytes. */
async function readBalances(handle: Handle, grain: Grain): Promise<readonly Balance[]> {
  const cell = ['envelope', 'fiscal_year', 'account', 'kind', 'measure', 'organization'] as const
  const rows = await handle
    .selectFrom('journal_balance')
    .where('journal_balance.account', 'in', ['available', 'committed', 'spent'])
    .groupBy(grain === 'period' ? [...cell, ...periodColumns] : [...cell])
    .select([...cell, ...periodOf(grain)])
    .select(({ fn }) => fn.sum<string>('journal_balance.amount').as('amount'))
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

async function readFlags(handle: Handle, grain: Grain): Promise<readonly FlagCount[]> {
  const cell = ['flag', 'envelope', 'measure', 'organization', 'fiscal_year'] as const
  const rows = await handle
    .selectFrom('journal_flag')
    .groupBy(grain === 'period' ? [...cell, ...periodColumns] : [...cell])
    .select([...cell, ...periodOf(grain)])
    .select(sql<number>`sum(journal_flag.entries)::integer`.as('entries'))
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
