import { sql } from 'kysely'
import type { Handle } from '#platform/db/transaction.ts'
import { type Break, breaksMax } from './check.ts'

/** Recomputes each event from its own row, its neighbour and the entries that name it. */
export async function findChainBreaks(handle: Handle): Promise<readonly Break[]> {
  const { rows } = await sql<Break>`
    with walked as (
      select
        event.sequence,
        event.hash,
        event.previous,
        event.entry_root,
        event_hash(event) as recomputed,
        coalesce(lag(event.hash) over by_sequence, repeat('0', 64)) as before,
        coalesce(lag(event.sequence) over by_sequence, 0) + 1 as due,
        entries.entry_root as recomputed_root
      from event
      cross join lateral event_entries(event.id) as entries
      window by_sequence as (order by event.sequence)
    )
    select 'event ' || walked.sequence as place, wrong.expected, wrong.found
    from walked
    cross join lateral (values
      (walked.sequence <> walked.due, 'sequence ' || walked.due, 'sequence ' || walked.sequence),
      (walked.previous is distinct from walked.before, 'previous ' || walked.before,
        'previous ' || walked.previous),
      (walked.entry_root is distinct from walked.recomputed_root, 'entries ' || coalesce(walked.recomputed_root, 'without lines'),
        'entries ' || walked.entry_root),
      (walked.hash is distinct from walked.recomputed, 'hash ' || walked.recomputed, 'hash ' || walked.hash)
    ) as wrong (is_wrong, expected, found)
    where wrong.is_wrong
    order by walked.sequence
    limit ${breaksMax}
  `.execute(handle)
  return rows
}

/** The head must be the last event, or its tail was cut off. */
export async function findHeadBreaks(handle: Handle): Promise<readonly Break[]> {
  const { rows } = await sql<Break>`
    select
      'chain head' as place,
      coalesce(last.sequence, 0) || ' ' || coalesce(last.hash, repeat('0', 64)) as expected,
      chain_head.sequence || ' ' || chain_head.hash as found
    from chain_head
    left join lateral (
      select event.sequence, event.hash from event order by event.sequence desc limit 1
    ) as last on true
    where chain_head.sequence <> coalesce(last.sequence, 0)
      or chain_head.hash <> coalesce(last.hash, repeat('0', 64))
  `.execute(handle)
  return rows
}
