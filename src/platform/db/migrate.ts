import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ClientBase, Pool } from 'pg'
import { Problem } from '#core/problem.ts'

/**
 * Forward-only SQL migrations. Each runs once, in its own transaction, and leaves its name and
 * checksum; a file that changed after it ran is refused, since no database would have that schema.
 * An advisory lock makes two starting processes take turns.
 */
const folder = fileURLToPath(new URL('../../../migrations/', import.meta.url))
const lockKey = '8317425504102117'

export interface MigrationStatus {
  readonly name: string
  readonly state: 'applied' | 'pending' | 'changed' | 'unknown'
}

interface MigrationFile {
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

export async function readMigrations(): Promise<readonly MigrationFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

/** Applies what is pending; answers the names applied now. */
export async function migrate(pool: Pool): Promise<readonly string[]> {
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey])
    return await applyPending(client)
  } finally {
    // Closing the connection gives the advisory lock back even when a query failed.
    client.release(true)
  }
}

async function applyPending(client: ClientBase): Promise<readonly string[]> {
  const files = await readMigrations()
  const applied = await readApplied(client)
  const statuses = compareMigrations(files, applied)
  const wrong = statuses.find(({ state }) => state === 'changed' || state === 'unknown')
  if (wrong !== undefined) {
    throw migrationProblem(wrong)
  }
  const pending = files.filter(({ name }) => !applied.has(name))
  for (const file of pending) {
    await applyOne(client, file)
  }
  return pending.map(({ name }) => name)
}

async function applyOne(client: ClientBase, file: MigrationFile): Promise<void> {
  await client.query('begin')
  try {
    await client.query(file.sql)
    await client.query('insert into migration (name, checksum) values ($1, $2)', [
      file.name,
      file.checksum,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

export async function migrationStatus(pool: Pool): Promise<readonly MigrationStatus[]> {
  const client = await pool.connect()
  try {
    return compareMigrations(await readMigrations(), await readApplied(client))
  } finally {
    client.release()
  }
}

async function readApplied(client: ClientBase): Promise<ReadonlyMap<string, string>> {
  await client.query(
    `create table if not exists migration (
      name text not null constraint migration_pk primary key,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`,
  )
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select migration.name, migration.checksum from migration',
  )
  return new Map(rows.map(({ name, checksum }) => [name, checksum]))
}

function compareMigrations(
  files: readonly MigrationFile[],
  applied: ReadonlyMap<string, string>,
): readonly MigrationStatus[] {
  const known = new Set(files.map(({ name }) => name))
  const ofFiles = files.map(({ name, checksum }): MigrationStatus => {
    const before = applied.get(name)
    const state = before === undefined ? 'pending' : before === checksum ? 'applied' : 'changed'
    return { name, state }
  })
  const unknown = [...applied.keys()].filter((name) => !known.has(name))
  return [...ofFiles, ...unknown.map((name): MigrationStatus => ({ name, state: 'unknown' }))]
}

function migrationProblem({ name, state }: MigrationStatus): Problem {
  return state === 'changed'
    ? new Problem('conflict', 'database/migration-changed', {
        fr: `La migration ${name} a changé depuis qu’elle a été appliquée à cette base.`,
        en: `Migration ${name} has changed since it was applied to this database.`,
      })
    : new Problem('conflict', 'database/migration-unknown', {
        fr: `Cette base a reçu la migration ${name}, que cette version de Vigie ne connaît pas.`,
        en: `This database has migration ${name}, which this version of Vigie does not know.`,
      })
}
