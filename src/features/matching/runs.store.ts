import { sql } from 'kysely'
import { fiscalYear } from '#core/fiscal-year.ts'
import { money } from '#core/money.ts'
import { type Period, periodKey, periodNumbers } from '#core/period.ts'
import type { Handle, Work } from '#platform/db/transaction.ts'
import { type Run, type RunFilter, runStates } from './run.ts'

const selectRuns = (handle: Handle) => handle.selectFrom('match_run').selectAll()

type Row = Awaited<ReturnType<ReturnType<typeof selectRuns>['executeTakeFirstOrThrow']>>

export const periodOfRow = (year: string, period: number): Period => ({
  fiscalYear: fiscalYear(year),
  number: periodNumbers.find((number) => number === period) ?? 13,
})

const runOf = (row: Row): Run => ({
  id: row.id,
  organization: row.organization,
  period: periodOfRow(row.fiscal_year, row.period),
  extract: row.extract,
  carriedFrom: row.carried_from,
  tolerance: money(row.tolerance),
  toleranceDays: row.tolerance_days,
  stopped: row.stopped,
  state: runStates.find((state) => state === row.state) ?? 'open',
  version: row.version,
  preparedBy: row.prepared_by,
  changedBy: row.changed_by,
  signedBy: row.signed_by,
})

export async function findRun(handle: Handle, id: string): Promise<Run | null> {
  const row = await selectRuns(handle).where('match_run.id', '=', id).executeTakeFirst()
  return row === undefined ? null : runOf(row)
}

/** Waits for whoever is changing it, and reads only then. */
export async function lockRun(work: Work, id: string): Promise<Run | null> {
  await work
    .selectFrom('match_run')
    .select('match_run.id')
    .where('match_run.id', '=', id)
    .forUpdate()
    .execute()
  return findRun(work, id)
}

export async function findRunOfMatch(handle: Handle, match: string): Promise<string | null> {
  const row = await handle
    .selectFrom('ledger_match')
    .select('ledger_match.run')
    .where('ledger_match.id', '=', match)
    .executeTakeFirst()
  return row?.run ?? null
}

/** In the order they were made; the last of a period is the one that counts. */
export async function listRuns(handle: Handle, filter: RunFilter): Promise<readonly Run[]> {
  const { organization, fiscalYear: year, period } = filter
  const rows = await selectRuns(handle)
    .$if(organization !== undefined, (query) =>
      query.where('match_run.organization', '=', organization ?? ''),
    )
    .$if(year !== undefined, (query) => query.where('match_run.fiscal_year', '=', year ?? ''))
    .$if(period !== undefined, (query) => query.where('match_run.period', '=', period ?? 0))
    .orderBy('match_run.place')
    .execute()
  return rows.map(runOf)
}

export async function findLastRun(
  handle: Handle,
  organization: string,
  period: Period,
): Promise<Run | null> {
  const runs = await listRuns(handle, {
    ...{ organization, fiscalYear: period.fiscalYear },
    period: period.number,
  })
  return runs.at(-1) ?? null
}

const isBefore = (period: Period) =>
  sql<boolean>`(match_run.fiscal_year::text, match_run.period)
    < (${period.fiscalYear}, ${period.number}::smallint)`

/** The signed run whose open lines a run of the period takes over: of the last period before. */
export async function findCarried(
  handle: Handle,
  organization: string,
  period: Period,
): Promise<Run | null> {
  const row = await selectRuns(handle)
    .where('match_run.organization', '=', organization)
    .where('match_run.state', '=', 'signed')
    .where(isBefore(period))
    .orderBy('match_run.fiscal_year', 'desc')
    .orderBy('match_run.period', 'desc')
    .orderBy('match_run.place', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : runOf(row)
}

/** A later period that is signed already; null when there is none. */
export async function findLaterSigned(
  handle: Handle,
  organization: string,
  period: Period,
): Promise<string | null> {
  const row = await selectRuns(handle)
    .where('match_run.organization', '=', organization)
    .where('match_run.state', '=', 'signed')
    .where(
      sql<boolean>`(match_run.fiscal_year::text, match_run.period)
        > (${period.fiscalYear}, ${period.number}::smallint)`,
    )
    .orderBy('match_run.fiscal_year')
    .orderBy('match_run.period')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : periodKey(periodOfRow(row.fiscal_year, row.period))
}

/** The first period before with an extract whose last run is not signed. */
export async function findEarlierOpen(
  handle: Handle,
  organization: string,
  { fiscalYear: year, number }: Period,
): Promise<string | null> {
  const { rows } = await sql<{ fiscal_year: string; period: number }>`
    select extract.fiscal_year, extract.period
    from extract
    where extract.organization = ${organization}
      and (extract.fiscal_year::text, extract.period) < (${year}, ${number}::smallint)
      and extract.supersedes is null
      and coalesce((
        select match_run.state from match_run
        where match_run.organization = extract.organization
          and match_run.fiscal_year = extract.fiscal_year
          and match_run.period = extract.period
        order by match_run.place desc
        limit 1
      ), 'open') <> 'signed'
    order by extract.fiscal_year, extract.period
    limit 1
  `.execute(handle)
  const [row] = rows
  return row === undefined ? null : periodKey(periodOfRow(row.fiscal_year, row.period))
}

/** Whether the run holds the expenditures that its period and what was carried come to now. */
export async function isJournalUnmoved(handle: Handle, run: Run): Promise<boolean> {
  const { fiscalYear: year, number } = run.period
  const { rows } = await sql<{ differs: boolean }>`
    with expected as (
      select journal_side.expenditure, journal_side.amount
      from journal_side(
        ${run.organization}, ${year}, ${number}::smallint, ${run.carriedFrom}::uuid
      )
    ),
    held as (
      select match_line.expenditure, match_line.amount::numeric
      from match_line
      where match_line.run = ${run.id} and match_line.side = 'journal'
    )
    select exists (
      (table expected except table held) union all (table held except table expected)
    ) as differs
  `.execute(handle)
  return rows[0]?.differs === false
}

export type NewRun = Omit<
  Run,
  'id' | 'state' | 'version' | 'preparedBy' | 'changedBy' | 'signedBy'
> & { readonly preparedBy: string }

export async function insertRun(work: Work, made: NewRun): Promise<string> {
  const { id } = await work
    .insertInto('match_run')
    .values({
      organization: made.organization,
      fiscal_year: made.period.fiscalYear,
      period: made.period.number,
      extract: made.extract,
      carried_from: made.carriedFrom,
      tolerance: made.tolerance.toString(),
      tolerance_days: made.toleranceDays,
      stopped: [...made.stopped],
      prepared_by: made.preparedBy,
      changed_by: made.preparedBy,
    })
    .returning('match_run.id')
    .executeTakeFirstOrThrow()
  return id
}

/** A step of the run: the next version, and who took it. */
export async function updateRun(
  work: Work,
  id: string,
  change:
    | { readonly changed_by: string }
    | { readonly state: 'signed'; readonly signed_by: string },
): Promise<void> {
  await work
    .updateTable('match_run')
    .set(change)
    .set(({ eb }) => ({ version: eb('match_run.version', '+', 1) }))
    .where('match_run.id', '=', id)
    .execute()
}
