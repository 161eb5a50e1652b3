import { sql } from 'kysely'
import { type Break, breaksMax } from '#features/audit/check.ts'
import type { Handle } from '#platform/db/transaction.ts'
import { rowsDigest } from './extracts.store.ts'

/** Extracts whose rows are not as many, or as much, as is stated of them. */
export async function findPartialExtracts(handle: Handle): Promise<readonly Break[]> {
  const { rows } = await sql<Break>`
    select
      'extract ' || extract.id as place,
      extract.row_count || ' rows, ' || extract.total as expected,
      found.row_count || ' rows, ' || found.total as found
    from extract
    cross join lateral (
      select count(*) as row_count, coalesce(sum(extract_row.amount), 0.00) as total
      from extract_row
      where extract_row.extract = extract.id
    ) as found
    where (extract.row_count, extract.total) is distinct from (found.row_count, found.total)
    order by extract.place
    limit ${breaksMax}
  `.execute(handle)
  return rows
}

export interface LoadedExtract {
  readonly id: string
  /** Of its rows as they are now. */
  readonly digest: string
  /** Of the event that loaded it; null when there is none. */
  readonly payload: string | null
}

export async function listLoaded(handle: Handle): Promise<readonly LoadedExtract[]> {
  const { rows } = await sql<LoadedExtract>`
    select
      extract.id, event.payload,
      (select ${rowsDigest} from extract_row where extract_row.extract = extract.id) as digest
    from extract
    left join event on event.id = extract.event and event.subject = 'extract/' || extract.id
    order by extract.place
  `.execute(handle)
  return rows
}

/** Events of extracts that are not there. */
export async function findMissingExtracts(handle: Handle): Promise<readonly Break[]> {
  const { rows } = await sql<Break>`
    select
      'event ' || event.sequence as place, event.subject as expected, 'no such extract' as found
    from event
    left join extract on 'extract/' || extract.id = event.subject
    where event.type = 'extract.loaded' and extract.id is null
    order by event.sequence
    limit ${breaksMax}
  `.execute(handle)
  return rows
}
