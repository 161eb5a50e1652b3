import { sql } from 'kysely'
import type { Handle } from '#platform/db/transaction.ts'

/** A line of a file of the pack, and where the next chunk begins after it. */
export interface EvidenceLine {
  readonly place: string
  readonly line: string
}

const chunkSize = 500

/** The twelve parts of each event and its hash (docs/recipes/evidence-format.md). */
export const readEventLines = (handle: Handle): AsyncGenerator<string> =>
  inChunks(async (after) => {
    const { rows } = await sql<EvidenceLine>`
      select
        event.sequence::text as place,
        jsonb_build_array(
          event.sequence::text, event.id::text, event.type, event.version::text, event.actor,
          event.request, to_char(event.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          event.subject, event.payload, event.entry_count::text, event.entry_root, event.previous,
          event.hash
        )::text as line
      from event
      where event.sequence > ${after}::bigint
      order by event.sequence
      limit ${chunkSize}
    `.execute(handle)
    return rows
  })

/** The event of each entry, its parts, and those of its lines. */
export const readEntryLines = (handle: Handle): AsyncGenerator<string> =>
  inChunks(async (after) => {
    const { rows } = await sql<EvidenceLine>`
      select
        journal_entry.id::text as place,
        jsonb_build_array(
          journal_entry.event::text,
          jsonb_build_array(
            journal_entry.id::text, journal_entry.kind, journal_entry.organization,
            to_char(journal_entry.effective_on, 'YYYY-MM-DD'),
            coalesce(journal_entry.recorded_fiscal_year, ''),
            coalesce(journal_entry.recorded_period::text, ''), journal_entry.document_type,
            journal_entry.document, coalesce(journal_entry.reverses::text, ''),
            array_to_string(journal_entry.flags, ' ')
          ),
          (
            select coalesce(jsonb_agg(jsonb_build_array(
              journal_line.place::text, journal_line.account,
              coalesce(journal_line.envelope, ''), coalesce(journal_line.measure, ''),
              journal_line.organization, coalesce(journal_line.fiscal_year, ''),
              journal_line.amount::text
            ) order by journal_line.place), '[]')
            from journal_line
            where journal_line.entry = journal_entry.id
          )
        )::text as line
      from journal_entry
      where journal_entry.id > ${after}::bigint
      order by journal_entry.id
      limit ${chunkSize}
    `.execute(handle)
    return rows
  })

async function* inChunks(
  read: (after: string) => Promise<readonly EvidenceLine[]>,
): AsyncGenerator<string> {
  let after: string | null = '-1'
  while (after !== null) {
    const rows: readonly EvidenceLine[] = await read(after)
    if (rows.length > 0) {
      yield rows.map(({ line }) => `${line}\n`).join('')
    }
    after = rows.length < chunkSize ? null : (rows.at(-1)?.place ?? null)
  }
}
