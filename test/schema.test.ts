import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { workingRole } from '#platform/service.ts'
import { within } from './support/bounds.ts'
import { type TestDatabase, testDatabase } from './support/database.ts'
import { filesUnder, root } from './support/source-tree.ts'

/** What the code believes of the database, and what the database is. */
let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase({ template: 'published' })
})
afterAll(() => database.close())

const ask = async (question: string, values: unknown[] = []) =>
  (await database.owner.query(question, values)).rows

/** Each `interface XTable` of schema*.ts as column → promised type, by the name in `Database`. */
function promisedTables(): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const text = filesUnder('src/platform/db')
    .filter((path) => /\/schema[^/]*\.ts$/.test(path))
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .join('\n')
  const interfaces = new Map(
    [...text.matchAll(/interface (\w+) \{\n([^}]*)\}/g)].map(([, name = '', body = '']) => [
      name,
      new Map(
        [...body.matchAll(/^ {2}(\w+): (.+)$/gm)].map(([, key = '', type = '']) => [key, type]),
      ),
    ]),
  )
  const tables = [...(interfaces.get('Database') ?? [])]
  return new Map(tables.map(([table, name]) => [table, interfaces.get(name) ?? new Map()]))
}

const promised = promisedTables()

interface Column {
  readonly table: string
  readonly name: string
  readonly type: string
  readonly nullable: boolean
  readonly filled: boolean
}

/** What the database says of its columns; `migration` belongs to platform/db/migrate.ts alone. */
const columns = (): Promise<readonly Column[]> =>
  ask(`
    select table_name as "table", column_name as name,
      case when data_type = 'ARRAY' then udt_name else data_type end as type,
      is_nullable = 'YES' as nullable,
      column_default is not null or is_identity = 'YES' as filled
    from information_schema.columns
    where table_schema = 'public' and table_name <> 'migration'
    order by table_name, ordinal_position`)

/** How the driver hands a type over (value-types.ts): exact numbers, days and instants as text. */
const handedOver: Readonly<Record<string, string>> = {
  text: 'string',
  uuid: 'string',
  bigint: 'string',
  numeric: 'string',
  date: 'string',
  'timestamp with time zone': 'string',
  jsonb: 'string',
  integer: 'number',
  smallint: 'number',
  boolean: 'boolean',
  bytea: 'Buffer',
  _text: 'string[]',
  _int4: 'number[]',
  _timestamptz: 'string',
}

describe('what the code believes of the tables', () => {
  test('is read from their interface, every one of them', () => {
    expect(promised.size).toBeGreaterThanOrEqual(30)
    expect([...promised].filter(([, table]) => table.size === 0)).toEqual([])
  })

  test('names every table and column there is, and no other', async () => {
    const there = (await columns()).map(({ table, name }) => `${table}.${name}`)
    const believed = [...promised].flatMap(([table, names]) =>
      [...names.keys()].map((name) => `${table}.${name}`),
    )
    expect(believed.toSorted()).toEqual(there.toSorted())
  })

  test('has the type that the driver hands over, null where it may be null', async () => {
    const wrong = (await columns()).filter(({ table, name, type, nullable }) => {
      const belief = promised.get(table)?.get(name) ?? ''
      const [, inner = belief] = /^Generated(?:Always)?<(.+)>$/.exec(belief) ?? []
      return inner !== `${handedOver[type]}${nullable ? ' | null' : ''}`
    })
    expect(wrong).toEqual([])
  })

  test('calls generated what has a default or is given by a trigger', async () => {
    const wrong = (await columns()).filter(({ table, name, filled }) => {
      const belief = promised.get(table)?.get(name) ?? ''
      return belief.startsWith('Generated<') && !filled
    })
    expect(wrong).toEqual([])
  })

  test('holds for every value: each column selected once, as the service', async () => {
    for (const [table, names] of promised) {
      const list = sql.join([...names.keys()].map((name) => sql.ref(name)))
      const { rows } = await within(database.handle, {}, (work) =>
        sql<Record<string, unknown>>`
          select ${list} from ${sql.table(table)} limit 50
        `.execute(work),
      )
      const wrong = rows.flatMap((row) =>
        [...names].filter(([name, belief]) => !isOf(row[name], belief)).map(([name]) => name),
      )
      expect([table, wrong]).toEqual([table, []])
    }
  })
})

function isOf(value: unknown, belief: string): boolean {
  if (value === null) {
    return belief.endsWith('| null')
  }
  const isList = belief.includes('[]')
  const kind = /string|number|boolean/.exec(belief)?.[0]
  return isList
    ? Array.isArray(value) && value.every((item) => typeof item === kind)
    : typeof value === kind
}

describe('the schema', () => {
  test('has a name of our own for every constraint', async () => {
    const unnamed = await ask(`
      select coalesce(relname, typname) || '.' || conname as name from pg_constraint
      left join pg_class on pg_class.oid = pg_constraint.conrelid
      left join pg_type on pg_type.oid = pg_constraint.contypid
      where connamespace = 'public'::regnamespace and relname is distinct from 'migration'
        -- not null is told by its column, and only later versions keep a name for it
        and contype in ('c', 'f', 'p', 'u', 'x')
        and (conname !~ '^[a-z0-9_]+$' or conname ~ '_(pkey|key|fkey|check|excl)[0-9]*$'
          or not starts_with(conname, coalesce(relname, typname)))`)
    expect(unnamed).toEqual([])
  })

  /** A row that is looked for by what refers to it would be looked for through the whole table. */
  test('has an index for every foreign key', async () => {
    const unindexed = await ask(`
      select conname as name from pg_constraint
      where connamespace = 'public'::regnamespace and contype = 'f'
        and not exists (
          select from pg_index
          where pg_index.indrelid = pg_constraint.conrelid
            and pg_index.indpred is null
            and (pg_index.indkey::smallint[])[0:cardinality(conkey) - 1] @> conkey
        )
      order by 1`)
    expect(unindexed).toEqual([])
  })

  test('says what every table is', async () => {
    const silent = await ask(`
      select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
        and relname <> 'migration' and coalesce(obj_description(oid, 'pg_class'), '') = ''`)
    expect(silent).toEqual([])
  })

  test('gives the service’s role nothing to own, and no power over others', async () => {
    const owned = await ask(
      `select relname as name from pg_class
      where relowner = $1::regrole and relnamespace = 'public'::regnamespace
      union all
      select proname from pg_proc
      where proowner = $1::regrole and pronamespace = 'public'::regnamespace
      union all
      select typname from pg_type
      where typowner = $1::regrole and typnamespace = 'public'::regnamespace
      union all
      select nspname from pg_namespace where nspowner = $1::regrole`,
      [workingRole],
    )
    expect(owned).toEqual([])
    const [powers] = await ask(
      `select rolsuper, rolcreaterole, rolcreatedb, rolbypassrls,
        has_schema_privilege(rolname, 'public', 'create') as creates
      from pg_roles where rolname = $1`,
      [workingRole],
    )
    expect(Object.values(powers)).toEqual([false, false, false, false, false])
  })

  /** A new table falls into one of three lots, or fails here. */
  test('guards every table that the service may not change, but for what triggers keep', async () => {
    const unguarded = await ask(
      `select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
        and relname <> 'migration'
        and not has_any_column_privilege($1, oid, 'update')
        and not has_table_privilege($1, oid, 'delete')
        and not (
          obj_description(oid, 'pg_class') like 'append-only:%'
          and exists (
            select from pg_trigger
            where tgrelid = pg_class.oid and tgname = 'append_only_rows' and tgenabled = 'A'
          )
          and exists (
            select from pg_trigger
            where tgrelid = pg_class.oid and tgname = 'append_only_table' and tgenabled = 'A'
          )
        )
      order by relname`,
      [workingRole],
    )
    expect(unguarded.map(({ name }) => name)).toEqual([
      'chain_head',
      'journal_balance',
      'journal_flag',
    ])
  })

  test('lets the service write only what it names', async () => {
    const granted = await ask(
      `select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r'
        and (has_any_column_privilege($1, oid, 'update') or has_table_privilege($1, oid, 'delete'))
      order by relname`,
      [workingRole],
    )
    expect(granted.map(({ name }) => name)).toEqual([
      'api_token',
      'commitment',
      'document_counter',
      'envelope',
      'envelope_proposal',
      'envelope_proposal_measure',
      'envelope_proposal_term',
      'expenditure',
      'expenditure_request',
      'extract_mapping',
      'idempotency_key',
      'import_batch',
      'import_row',
      'ledger_match',
      'match_line',
      'match_run',
      'period',
      'person',
      'person_password',
      'person_role',
      'queued_export',
      'queued_export_part',
      'relation_proposal',
      'revision',
      'revision_line',
      'session',
      'sign_in_attempt',
      'year_end',
      'year_end_policy',
    ])
    for (const privilege of ['truncate', 'references', 'trigger']) {
      const tables = await ask(
        `select relname from pg_class
        where relnamespace = 'public'::regnamespace and relkind = 'r'
          and has_table_privilege($1, oid, $2)`,
        [workingRole, privilege],
      )
      expect([privilege, tables]).toEqual([privilege, []])
    }
  })
})
