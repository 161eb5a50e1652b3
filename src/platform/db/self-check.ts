import type { Pool } from 'pg'
import { Problem } from '#core/problem.ts'

const versionMin = 150_000

/**
 * Refuses a database on which a power loss could take an acknowledged write, or that is too old
 * for the schema. Asked at boot, before anything is written.
 * @throws Problem `database/not-durable`, `database/too-old`
 */
export async function checkDurability(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings
      where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'server_version_num')`,
  )
  const problem = judgeServer(new Map(rows.map(({ name, setting }) => [name, setting])))
  if (problem !== null) throw problem
}

/** A setting that is not there counts as off: a server that cannot say so does not promise it. */
export function judgeServer(settings: ReadonlyMap<string, string>): Problem | null {
  const version = Number(settings.get('server_version_num') ?? 0)
  if (version < versionMin) return tooOld(Math.floor(version / 10_000))
  const lax = ['fsync', 'full_page_writes', 'synchronous_commit'].filter(
    (name) => (settings.get(name) ?? 'off') === 'off',
  )
  return lax.length === 0 ? null : notDurable(lax.join(', '))
}

const notDurable = (settings: string): Problem =>
  new Problem('unavailable', 'database/not-durable', {
    fr: `La base de données pourrait perdre des écritures lors d’une panne de courant (désactivé : ${settings}); activez ces réglages de PostgreSQL.`,
    en: `The database could lose writes in a power failure (off: ${settings}); turn these PostgreSQL settings on.`,
  })

const tooOld = (version: number): Problem =>
  new Problem('unavailable', 'database/too-old', {
    fr: `La base de données est un PostgreSQL ${version}; il faut la version 15 ou une plus récente.`,
    en: `The database is PostgreSQL ${version}; version 15 or later is needed.`,
  })
