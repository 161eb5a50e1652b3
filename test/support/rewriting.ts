import { sql } from 'kysely'
import type { Handle } from '#platform/db/transaction.ts'
import type { Random } from './random.ts'

/** Whole records that agree with themselves and were never signed: only an anchor tells. */

/** Everything after a position is gone, head and sums included. */
export async function cutTail(handle: Handle, kept: number): Promise<void> {
  await sql`
    delete from journal_line using journal_entry, event
    where journal_line.entry = journal_entry.id and journal_entry.event = event.id
      and event.sequence > ${kept}
  `.execute(handle)
  await sql`
    delete from journal_entry using event
    where journal_entry.event = event.id and event.sequence > ${kept}
  `.execute(handle)
  await sql`delete from event where event.sequence > ${kept}`.execute(handle)
  await moveHead(handle)
}

/** One event says something else, and every hash from there on is made anew. */
export async function rewriteFrom(handle: Handle, first: number, random: Random): Promise<void> {
  await sql`
    update event set actor = ${`forger${random.below(1_000)}@vigie.test`}
    where event.sequence = ${first}
  `.execute(handle)
  const { rows } = await sql<{ sequence: string }>`
    select event.sequence from event where event.sequence >= ${first} order by event.sequence
  `.execute(handle)
  for (const { sequence } of rows) {
    await sql`
      update event set previous = coalesce(
        (select before.hash from event as before where before.sequence = event.sequence - 1),
        repeat('0', 64))
      where event.sequence = ${sequence}
    `.execute(handle)
    await sql`
      update event set hash = event_hash(event) where event.sequence = ${sequence}
    `.execute(handle)
  }
  await moveHead(handle)
}

const moveHead = (handle: Handle) =>
  sql`
    update chain_head set sequence = last.sequence, hash = last.hash, at = last.at
    from (select * from event order by event.sequence desc limit 1) as last
  `.execute(handle)

/** What changes how the record is kept and not what it says. */
export type Harmless = (handle: Handle, random: Random) => Promise<void>

const tables = ['event', 'journal_entry', 'journal_line', 'expenditure', 'person'] as const
const run = (handle: Handle, statement: string) => sql.raw(statement).execute(handle)

export const harmless: Readonly<Record<string, Harmless>> = {
  'the same values written again': async (handle, random) => {
    const table = random.pick(tables)
    const { rows } = await sql<{ name: string }>`
      select attname as name from pg_attribute
      where attrelid = ${table}::regclass and attnum > 0 and not attisdropped
        and attidentity = ''
    `.execute(handle)
    const { name } = random.pick(rows)
    await run(handle, `alter table ${table} disable trigger all`)
    await run(handle, `update ${table} set ${name} = ${name}`)
  },
  'rows in another order': async (handle, random) => {
    const table = random.pick(['event', 'journal_entry', 'journal_line'] as const)
    for (const each of tables) await run(handle, `alter table ${each} disable trigger all`)
    await run(handle, `create temporary table kept on commit drop as select * from ${table}`)
    await run(handle, `delete from ${table}`)
    await run(
      handle,
      `insert into ${table} overriding system value select * from kept order by md5(kept::text || ${random.below(1_000)})`,
    )
    await run(handle, 'drop table kept')
  },
  'an index built again': (handle, random) =>
    run(handle, `reindex table ${random.pick(tables)}`).then(() => undefined),
  'a table clustered': (handle, random) =>
    run(
      handle,
      random.pick([
        'cluster event using event_by_subject',
        'cluster journal_line using journal_line_by_measure',
        'cluster journal_entry using journal_entry_by_document',
      ]),
    ).then(() => undefined),
  'texts stored otherwise': async (handle, random) => {
    await run(
      handle,
      `alter table event alter payload set storage ${random.pick(['external', 'plain', 'main', 'extended'])}`,
    )
    await run(handle, 'alter table event disable trigger all')
    await run(handle, "update event set payload = payload || ''")
  },
  'room left in pages': (handle, random) =>
    run(
      handle,
      `alter table ${random.pick(tables)} set (fillfactor = ${20 + random.below(80)})`,
    ).then(() => undefined),
  'statistics taken': (handle, random) =>
    run(handle, `analyze ${random.pick(tables)}`).then(() => undefined),
  'settings of a session': async (handle, random) => {
    const [name, values] = random.pick(settings)
    await run(handle, `select set_config('${name}', '${random.pick(values)}', true)`)
  },
}

const settings: readonly (readonly [string, readonly string[]])[] = [
  ['timezone', ['Asia/Tokyo', 'America/Toronto', 'Pacific/Auckland', 'UTC']],
  // Every connection asks for ISO itself (startup-options.ts); the order of fields is the server's.
  ['datestyle', ['ISO, DMY', 'ISO, MDY', 'ISO, YMD']],
  ['extra_float_digits', ['-15', '0', '3']],
  ['intervalstyle', ['postgres_verbose', 'iso_8601']],
  ['bytea_output', ['escape', 'hex']],
  ['array_nulls', ['off', 'on']],
  ['work_mem', ['64kB', '64MB']],
  ['enable_hashagg', ['off', 'on']],
  ['enable_hashjoin', ['off', 'on']],
  ['enable_indexscan', ['off', 'on']],
  ['enable_sort', ['off', 'on']],
  ['search_path', ['public', 'pg_temp, public']],
]
