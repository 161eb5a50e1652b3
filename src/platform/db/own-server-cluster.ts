import { createHash, randomBytes } from 'node:crypto'
import { chown, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { codeOf } from './own-server-folders.ts'
import type { Place, Site } from './own-server-place.ts'
import { otherVersion } from './own-server-problems.ts'
import { runToEnd } from './own-server-process.ts'

/** The one user of the server; who may reach the socket's folder needs no password. */
export const superuser = 'vigie'

/**
 * Written into postgresql.conf once, where an operator can read and change them; what durability
 * rests on is checked again at each boot (self-check.ts). The server's log holds neither rows nor
 * statements: every error of a statement reaches the client, who knows what may be printed.
 */
const settings = {
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  wal_compression: 'on',
  max_connections: '120',
  shared_buffers: '128MB',
  log_min_messages: 'log',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
}

export async function ensureCluster(site: Site): Promise<Place> {
  if (!(await isThere(site))) await makeCluster(site)
  return { ...site, port: await portOf(site.cluster) }
}

/**
 * A number that belongs to this cluster and no other. Where a folder was deleted under a server
 * and begun anew, the old server lives on for up to a minute and, when it ends, deletes its
 * socket by name: it must not be the new server's.
 */
async function portOf(cluster: string): Promise<number> {
  const file = await open(join(cluster, 'global', 'pg_control'), 'r')
  try {
    const { buffer } = await file.read(Buffer.alloc(systemIdentifierBytes), 0)
    return portMin + (createHash('sha256').update(buffer).digest().readUInt32BE() % portCount)
  } finally {
    await file.close()
  }
}

const systemIdentifierBytes = 8
const portMin = 1_024
const portCount = 65_536 - portMin

/** Two processes may do this at once: each makes its own, and the first rename wins. */
async function makeCluster(site: Site): Promise<void> {
  await removeLeftovers(site.cluster)
  const draft = `${site.cluster}.new-${randomBytes(6).toString('hex')}`
  try {
    await mkdir(draft, { mode: 0o700 })
    if (!site.account.isOwn) await chown(draft, site.account.uid, site.account.gid)
    await runToEnd(site, site.binaries.initdb, initialOptions(draft))
    await rename(draft, site.cluster)
    await flush(dirname(site.cluster))
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(String(codeOf(error)))) throw error
    if (!(await isThere(site))) throw error
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

async function isThere({ cluster, binaries }: Site): Promise<boolean> {
  try {
    const theirs = (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim()
    const [ours = ''] = binaries.version.split('.')
    if (theirs !== ours) throw otherVersion(cluster, theirs, ours)
    return true
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false
    throw error
  }
}

/** Text is ordered by code point and cased by Unicode's rules, the same on every machine. */
const initialOptions = (folder: string): string[] => [
  `--pgdata=${folder}`,
  `--username=${superuser}`,
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--data-checksums',
  '--auth-local=trust',
  '--auth-host=reject',
  '--no-instructions',
  ...Object.entries(settings).map(([name, value]) => `--set=${name}=${value}`),
]

const leftoverAgeMillis = 3_600_000

/** What a process killed in its first seconds left. A younger one may still be at work. */
async function removeLeftovers(cluster: string): Promise<void> {
  const folder = dirname(cluster)
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`${basename(cluster)}.new-`)) continue
    const { mtimeMs } = await stat(join(folder, name))
    if (Date.now() - mtimeMs > leftoverAgeMillis) {
      await rm(join(folder, name), { recursive: true, force: true })
    }
  }
}

async function flush(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
