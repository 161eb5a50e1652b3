import { sql } from 'kysely'
import type { Handle } from '#platform/db/transaction.ts'
import type { Random } from './random.ts'

/**
 * What somebody does who holds the database and means to leave no trace. Each answers the places of
 * which one must be named, or null when nothing was changed. Triggers and checks are taken away.
 */
export type Tampering = (handle: Handle, random: Random) => Promise<readonly string[] | null>

const sealed = ['event', 'journal_entry', 'journal_line'] as const
type Sealed = (typeof sealed)[number]

export async function disarm(handle: Handle): Promise<void> {
  for (const table of [...sealed, 'chain_head', 'journal_balance', 'journal_flag']) {
    await sql.raw(`alter table ${table} disable trigger all`).execute(handle)
  }
  await sql`alter table journal_entry alter id drop identity`.execute(handle)
  const { rows } = await sql<{ statement: string }>`
    select case
      when contypid = 0 then format('alter table %I drop constraint %I', relname, conname)
      else format('alter domain %I drop constraint %I', typname, conname) end as statement
    from pg_constraint
    left join pg_class on pg_class.oid = conrelid
    left join pg_type on pg_type.oid = contypid
    where contype = 'c' and connamespace = 'public'::regnamespace
      and (contypid <> 0 or relname = any(${[...sealed]}::text[]))
  `.execute(handle)
  for (const { statement } of rows) {
    await sql.raw(statement).execute(handle)
  }
}

interface Row {
  readonly ctid: string
  readonly events: readonly string[]
  readonly entry: string | null
}

/** A row of a sealed table and the event that seals it. */
async function anyRow(handle: Handle, table: Sealed, random: Random): Promise<Row> {
  const entry = { event: 'null', journal_entry: 'row.id', journal_line: 'row.entry' }[table]
  const { rows } = await sql<{ ctid: string; sequence: string; entry: string | null }>`
    select row.ctid::text, event.sequence, ${sql.raw(entry)}::text as entry
    from ${sql.table(table)} as row
    inner join event on ${sql.raw(
      table === 'event'
        ? 'event.sequence = row.sequence'
        : `event.id = (select journal_entry.event from journal_entry where journal_entry.id = ${entry})`,
    )}
    order by event.sequence, row.ctid
  `.execute(handle)
  const { ctid, sequence, entry: named } = random.pick(rows)
  return { ctid, events: [sequence, String(Number(sequence) + 1)], entry: named }
}

const placesOf = ({ events, entry }: Row): readonly string[] => [
  ...events.map((sequence) => `event ${sequence}`),
  ...(entry === null ? [] : [`entry ${entry}`]),
]

interface Column {
  readonly name: string
  readonly type: string
}

async function columnsOf(handle: Handle, table: Sealed): Promise<readonly Column[]> {
  const { rows } = await sql<Column>`
    select attname as name, format_type(atttypid, atttypmod) as type
    from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped
    order by attnum
  `.execute(handle)
  return rows
}

const letters = '0123456789abcdefXYZ -.,{}é'

/** One character of the value as it is written; of nothing, something. */
function altered(value: string | null, random: Random): string {
  const letter = letters.charAt(random.below(letters.length))
  if (value === null || value === '') {
    return letter
  }
  const at = random.below(value.length + 1)
  return `${value.slice(0, at)}${letter}${value.slice(at + random.below(2))}`
}

/** A byte of any column of any row. */
const changeByte =
  (table: Sealed): Tampering =>
  async (handle, random) => {
    const { name, type } = random.pick(await columnsOf(handle, table))
    const row = await anyRow(handle, table, random)
    const column = sql.ref(name)
    const { rows } = await sql<{ value: string | null }>`
      select ${column}::text as value from ${sql.table(table)} where ctid = ${row.ctid}::tid
    `.execute(handle)
    const value = altered(rows[0]?.value ?? null, random)
    const changed = await sql<{ now: string }>`
      update ${sql.table(table)} set ${column} = ${value}::text::${sql.raw(type)}
      where ctid = ${row.ctid}::tid
        and ${column} is distinct from ${value}::text::${sql.raw(type)}
      returning ${column}::text as now
    `.execute(handle)
    const [after] = changed.rows
    const places = placesOf(row)
    return after === undefined
      ? null
      : [
          ...places,
          ...(/sequence|id|entry/.test(name) ? [`event ${after.now}`, `entry ${after.now}`] : []),
        ]
  }

const deleteRow =
  (table: Sealed): Tampering =>
  async (handle, random) => {
    const row = await anyRow(handle, table, random)
    const { rows } = await sql<{ last: string }>`
      select max(event.sequence) as last from event
    `.execute(handle)
    await sql`delete from ${sql.table(table)} where ctid = ${row.ctid}::tid`.execute(handle)
    // of the last event, its head and its entries are what is left
    const isLast = row.events[0] === rows[0]?.last
    return [...placesOf(row), ...(isLast ? ['chain head'] : [])]
  }

const insertRow =
  (table: Sealed): Tampering =>
  async (handle, random) => {
    const row = await anyRow(handle, table, random)
    const columns = await columnsOf(handle, table)
    const number = 900 + random.below(90)
    const fresh: Readonly<Record<Sealed, Readonly<Record<string, string>>>> = {
      event: { sequence: `${number}`, id: 'gen_random_uuid()', hash: `md5('${number}')` },
      journal_entry: { id: `${number}000`, reverses: 'null' },
      journal_line: { place: `${number}` },
    }
    const values = columns.map(({ name }) => fresh[table][name] ?? name).join(', ')
    await sql`
      insert into ${sql.table(table)} overriding system value
      select ${sql.raw(values)} from ${sql.table(table)} where ctid = ${row.ctid}::tid
    `.execute(handle)
    return table === 'event' ? [`event ${number}`] : placesOf(row)
  }

/** What two events say, each in the place of the other. */
const swapEvents: Tampering = async (handle, random) => {
  const [one, other] = [
    await anyRow(handle, 'event', random),
    await anyRow(handle, 'event', random),
  ]
  const { rows } = await sql<{ swapped: string }>`
    update event as here
    set payload = there.payload, type = there.type, subject = there.subject
    from event as there
    where (here.ctid, there.ctid) in ((${one.ctid}::tid, ${other.ctid}::tid), (${other.ctid}::tid, ${one.ctid}::tid))
      and (here.payload, here.type, here.subject) <> (there.payload, there.type, there.subject)
    returning here.sequence as swapped
  `.execute(handle)
  return rows.length === 0 ? null : [one, other].map(({ events }) => `event ${events[0]}`)
}

/** The amounts of two lines of different entries, which still balance with their mirrors. */
const swapEntries: Tampering = async (handle, random) => {
  const [one, other] = [
    await anyRow(handle, 'journal_entry', random),
    await anyRow(handle, 'journal_entry', random),
  ]
  if (one.entry === other.entry) {
    return null
  }
  await sql`
    update journal_line
    set entry = case entry when ${one.entry}::bigint then ${other.entry}::bigint else ${one.entry}::bigint end,
      place = place + 100
    where entry in (${one.entry}::bigint, ${other.entry}::bigint)
  `.execute(handle)
  return [...placesOf(one), ...placesOf(other)]
}

export const tamperings: Readonly<Record<string, Tampering>> = {
  ...Object.fromEntries(
    sealed.flatMap((table) => [
      [`a byte of ${table}`, changeByte(table)],
      [`another byte of ${table}`, changeByte(table)],
      [`a row of ${table} deleted`, deleteRow(table)],
      [`a row of ${table} inserted`, insertRow(table)],
    ]),
  ),
  'two events swapped': swapEvents,
  'the lines of two entries swapped': swapEntries,
}
