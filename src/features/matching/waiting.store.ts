import { sql } from 'kysely'
import type { Handle } from '#platform/db/transaction.ts'
import { periodOfRow } from './runs.store.ts'
import type { WaitingLedger } from './waiting.ts'

interface Row {
  readonly kind: string
  readonly id: string
  readonly organization: string
  readonly fiscal_year: string
  readonly period: number
  readonly waiting: number
  readonly prepared_by: string | null
  readonly changed_by: string | null
}

/** Of the extracts that count: those without a matching, and matchings that nobody signed. */
export async function listWaitingLedgers(
  handle: Handle,
  organizations: readonly string[],
): Promise<readonly WaitingLedger[]> {
  const { rows } = await sql<Row>`
    with last_run as (
      select distinct on (match_run.organization, match_run.fiscal_year, match_run.period)
        match_run.id, match_run.organization, match_run.fiscal_year, match_run.period,
        match_run.extract, match_run.state, match_run.prepared_by, match_run.changed_by
      from match_run
      where match_run.organization = any(${[...organizations]})
      order by match_run.organization, match_run.fiscal_year, match_run.period,
        match_run.place desc
    )
    select 'run' as kind, last_run.id, last_run.organization, last_run.fiscal_year,
      last_run.period, last_run.prepared_by, last_run.changed_by,
      (
        select count(*) from match_line
        where match_line.run = last_run.id
          and match_line.match is null and match_line.cause is null
      )::integer + (
        select count(*) from ledger_match
        where ledger_match.run = last_run.id
          and ledger_match.residual <> 0 and ledger_match.cause is null
      )::integer as waiting
    from last_run
    where last_run.state = 'open'
    union all
    select 'extract', extract.id, extract.organization, extract.fiscal_year, extract.period,
      null, null, extract.row_count
    from extract
    where extract.organization = any(${[...organizations]})
      and not exists (select from extract as later where later.supersedes = extract.id)
      and not exists (select from last_run where last_run.extract = extract.id)
    order by organization, fiscal_year, period, kind
  `.execute(handle)
  return rows.map((row) => ({
    kind: row.kind === 'run' ? 'run' : 'extract',
    id: row.id,
    organization: row.organization,
    period: periodOfRow(row.fiscal_year, row.period),
    count: row.waiting,
    workers: [row.prepared_by, row.changed_by].flatMap((worker) => worker ?? []),
  }))
}
