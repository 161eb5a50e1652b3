import { type RawBuilder, sql } from 'kysely'
import type { Handle } from '#platform/db/transaction.ts'
import { type Break, breaksMax } from './check.ts'

/**
 * The text that is hashed, said here a second time (docs/recipes/evidence-format.md) and not asked
 * of the database's own functions: whoever could exchange those could make any record agree. It is
 * also several times faster. Each part is written inline; a null becomes the empty text.
 */
const prefixed = (...parts: readonly string[]): RawBuilder<string> =>
  sql.raw(
    parts
      .map((part) => `octet_length(${part})::text || ':' || ${part}`)
      .join(' || ')
      .replace(/^/, '(')
      .replace(/$/, ')'),
  )

const lineText = prefixed(
  'journal_line.place::text',
  'journal_line.account',
  "coalesce(journal_line.envelope, '')",
  "coalesce(journal_line.measure, '')",
  'journal_line.organization',
  "coalesce(journal_line.fiscal_year, '')",
  'journal_line.amount::text',
)

const entryText = prefixed(
  'journal_entry.id::text',
  'journal_entry.kind',
  'journal_entry.organization',
  "to_char(journal_entry.effective_on, 'YYYY-MM-DD')",
  "coalesce(journal_entry.recorded_fiscal_year, '')",
  "coalesce(journal_entry.recorded_period::text, '')",
  'journal_entry.document_type',
  'journal_entry.document',
  "coalesce(journal_entry.reverses::text, '')",
  "array_to_string(journal_entry.flags, ' ')",
)

const eventText = prefixed(
  'event.sequence::text',
  'event.id::text',
  'event.type',
  'event.version::text',
  'event.actor',
  'event.request',
  `to_char(event.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  'event.subject',
  'event.payload',
  'event.entry_count::text',
  'event.entry_root',
  'event.previous',
)

const leafHash = sql`sha256('\\x00'::bytea || convert_to(${entryText} || line_text.lines, 'UTF8'))`

/** Each event beside what its own row hashes to. */
const unhashed = sql`
  select
    hashed.sequence,
    1 as rank,
    'hash ' || hashed.recomputed as expected,
    'hash ' || hashed.hash as found
  from (
    select event.sequence, event.hash, encode(sha256(convert_to(${eventText}, 'UTF8')), 'hex') as recomputed
    from event
  ) as hashed
  where hashed.hash is distinct from hashed.recomputed
`

/** Each event beside the one before it. */
const unchained = sql`
  select walked.sequence, wrong.rank, wrong.expected, wrong.found
  from (
    select
      event.sequence,
      event.previous,
      event.at,
      lag(event.hash, 1, repeat('0', 64)) over by_sequence as before,
      lag(event.sequence, 1, 0::bigint) over by_sequence + 1 as due,
      lag(event.at, 1, event.at) over by_sequence as not_before
    from event
    window by_sequence as (order by event.sequence)
  ) as walked
  cross join lateral (values
    (walked.sequence is distinct from walked.due, 2, 'sequence ' || walked.due,
      'sequence ' || walked.sequence),
    (walked.previous is distinct from walked.before, 3, 'previous ' || walked.before,
      'previous ' || walked.previous),
    -- what the text does not say: less than a millisecond, years before our era, a turning clock
    (walked.at <> date_trunc('milliseconds', walked.at)
      or walked.at not between '2000-01-01Z' and '9999-12-31Z',
      4, 'an instant to the millisecond', walked.at::text),
    (walked.at < walked.not_before, 5, 'an instant not before the last', walked.at::text)
  ) as wrong (is_wrong, rank, expected, found)
  where
    -- told first of the row as a whole: almost every one is right
    (
      walked.sequence is distinct from walked.due or walked.previous is distinct from walked.before
      or walked.at < walked.not_before
      or walked.at <> date_trunc('milliseconds', walked.at)
      or walked.at not between '2000-01-01Z' and '9999-12-31Z'
    )
    and wrong.is_wrong
`

/** Each event beside the entries that name it: one pass over lines, one over entries. */
const unrooted = sql`
  select rooted.sequence, wrong.rank, wrong.expected, wrong.found
  from (
    select
      event.sequence,
      event.entry_count,
      event.entry_root,
      coalesce(root.entries, 0) as entries,
      case
        when root.entries is null then ''
        -- a leaf is its own root
        when root.entries = 1 then coalesce(encode(root.leaves[1], 'hex'), 'no lines')
        else coalesce(merkle_root(root.leaves), 'no lines')
      end as recomputed
    from event
    left join (
      select
        journal_entry.event,
        count(*) as entries,
        array_agg(${leafHash} order by journal_entry.id) as leaves
      from journal_entry
      left join (
        select
          journal_line.entry,
          string_agg(${lineText}, '' order by journal_line.place) as lines
        from journal_line
        group by journal_line.entry
      ) as line_text on line_text.entry = journal_entry.id
      group by journal_entry.event
    ) as root on root.event = event.id
  ) as rooted
  cross join lateral (values
    (rooted.entry_count is distinct from rooted.entries, 6, rooted.entries || ' entries',
      rooted.entry_count || ' entries'),
    (rooted.entry_root is distinct from rooted.recomputed, 7, 'entries ' || rooted.recomputed,
      'entries ' || rooted.entry_root)
  ) as wrong (is_wrong, rank, expected, found)
  where
    (rooted.entry_count is distinct from rooted.entries or rooted.entry_root is distinct from rooted.recomputed)
    and wrong.is_wrong
`

/** Recomputes each event from its own row, its neighbour and the entries that name it. */
export async function findChainBreaks(handle: Handle): Promise<readonly Break[]> {
  const { rows } = await sql<Break>`
    select 'event ' || wrong.sequence as place, wrong.expected, wrong.found
    from (${unhashed} union all ${unchained} union all ${unrooted}) as wrong
    order by wrong.sequence, wrong.rank
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
      coalesce(chain_head.sequence || ' ' || chain_head.hash, 'no head') as found
    from (select) as always
    left join chain_head on true
    left join lateral (
      select event.sequence, event.hash, event.at
      from event
      order by event.sequence desc
      limit 1
    ) as last on true
    where chain_head.sequence is distinct from coalesce(last.sequence, 0)
      or chain_head.hash is distinct from coalesce(last.hash, repeat('0', 64))
      or (last.at is not null and chain_head.at is distinct from last.at)
  `.execute(handle)
  return rows
}

/**
 * What could be said in two ways and is sealed as one text: null and empty, a list and its words,
 * a date before our era. Nothing of ours writes the second way.
 */
export async function findAmbiguities(handle: Handle): Promise<readonly Break[]> {
  const { rows } = await sql<Break>`
    select 'entry ' || found.entry as place, found.expected, found.found
    from (
      select journal_entry.id as entry, 'flags without spaces' as expected,
        journal_entry.flags::text as found
      from journal_entry
      where journal_entry.flags <> '{}'
        and journal_entry.flags is distinct from
          string_to_array(array_to_string(journal_entry.flags, ' '), ' ')
      union all
      select journal_entry.id, 'a date of our era', journal_entry.effective_on::text
      from journal_entry
      where journal_entry.effective_on not between '1900-01-01' and '9999-12-31'
        or journal_entry.recorded_fiscal_year = ''
      union all
      select journal_line.entry, 'null rather than empty', 'line ' || journal_line.place
      from journal_line
      where journal_line.envelope = '' or journal_line.measure = ''
        or journal_line.fiscal_year = ''
    ) as found
    order by found.entry
    limit ${breaksMax}
  `.execute(handle)
  return rows
}

/** Entries and lines that no event stands behind, which no hash would miss. */
export async function findOrphans(handle: Handle): Promise<readonly Break[]> {
  const { rows } = await sql<Break>`
    select found.place, found.expected, found.found
    from (
      select journal_entry.id as entry, 'entry ' || journal_entry.id as place,
        'an event' as expected, 'no event ' || journal_entry.event as found
      from journal_entry
      where not exists (select from event where event.id = journal_entry.event)
      union all
      select journal_line.entry, 'entry ' || journal_line.entry, 'an entry',
        'only its line ' || journal_line.place
      from journal_line
      where not exists (select from journal_entry where journal_entry.id = journal_line.entry)
      union all
      select journal_entry.id, 'entry ' || journal_entry.id, 'an entry to reverse',
        'no entry ' || journal_entry.reverses
      from journal_entry
      where journal_entry.reverses is not null and not exists (
        select from journal_entry as mirrored where mirrored.id = journal_entry.reverses
      )
    ) as found
    order by found.entry
    limit ${breaksMax}
  `.execute(handle)
  return rows
}
