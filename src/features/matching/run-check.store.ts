import { sql } from 'kysely'
import { type Break, breaksMax } from '#features/audit/check.ts'
import type { Handle } from '#platform/db/transaction.ts'
import { runDigest } from './lines.store.ts'

export interface SpokenRun {
  readonly id: string
  /** Of its lines and matches as they are now. */
  readonly digest: string
  /** Of the last event that spoke of it; null when none did. */
  readonly payload: string | null
}

export async function listSpokenRuns(handle: Handle): Promise<readonly SpokenRun[]> {
  const { rows } = await sql<SpokenRun>`
    select match_run.id, ${runDigest} as digest, (
      select event.payload from event
      where event.subject = 'matching/' || match_run.id
      order by event.sequence desc
      limit 1
    ) as payload
    from match_run
    order by match_run.place
  `.execute(handle)
  return rows
}

/** Runs whose sides, matches and open lines do not add up. */
export async function findUnbalancedRuns(handle: Handle): Promise<readonly Break[]> {
  const { rows } = await sql<Break>`
    with of_match as (
      select match_line.run, match_line.match,
        sum(case match_line.side when 'extract' then match_line.amount else -match_line.amount end)
          as residual
      from match_line
      where match_line.match is not null
      group by 1, 2
    ),
    of_file as (
      select match_run.id as run, extract.total,
        coalesce((
          select sum(match_line.amount) from match_line
          where match_line.run = match_run.id
            and match_line.side = 'extract'
            and match_line.extract = match_run.extract
        ), 0.00) as held
      from match_run
      inner join extract on extract.id = match_run.extract
    )
    select found.place, found.expected, found.found
    from (
      select 'match ' || ledger_match.id as place, ledger_match.residual::text as expected,
        coalesce(of_match.residual, 0.00)::text as found
      from ledger_match
      left join of_match on of_match.match = ledger_match.id
      where ledger_match.residual::numeric is distinct from coalesce(of_match.residual, 0.00)
      union all
      select 'matching ' || of_file.run, of_file.total::text, of_file.held::text
      from of_file
      where of_file.total <> of_file.held
    ) as found
    order by found.place
    limit ${breaksMax}
  `.execute(handle)
  return rows
}

/** Events of runs that are not there. */
export async function findMissingRuns(handle: Handle): Promise<readonly Break[]> {
  const { rows } = await sql<Break>`
    select
      'event ' || event.sequence as place, event.subject as expected, 'no such run' as found
    from event
    left join match_run on 'matching/' || match_run.id = event.subject
    where event.type = 'matching.run' and match_run.id is null
    order by event.sequence
    limit ${breaksMax}
  `.execute(handle)
  return rows
}
