import { sql } from 'kysely'
import { type Break, breaksMax } from '#features/audit/check.ts'
import type { Handle } from '#platform/db/transaction.ts'

/** Files kept of a closed year that are not what the event that kept them sealed. */
export async function findFrozenBreaks(handle: Handle): Promise<readonly Break[]> {
  const { rows } = await sql<Break>`
    select
      concat_ws(' ', 'frozen report', kept.year_end, kept.format, nullif(kept.language, ''))
        as place,
      'what event ' || coalesce(event.sequence::text, '-') || ' sealed' as expected,
      encode(sha256(kept.content), 'hex') as found
    from frozen_report as kept
    left join event on event.id = kept.event and event.type = 'year-end.frozen'
    where strpos(coalesce(event.payload, ''), encode(sha256(kept.content), 'hex')) = 0
      or event.subject <> 'year-end/' || kept.year_end
    order by 1
    limit ${breaksMax}
  `.execute(handle)
  return rows
}
