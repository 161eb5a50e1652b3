import { type SpawnOptions, spawn } from 'node:child_process'
import { type FileHandle, open, readFile, rename, stat } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '#core/problem.ts'
import type { Account } from './own-server-account.ts'
import { codeOf } from './own-server-folders.ts'
import type { Place, Site } from './own-server-place.ts'
import { findPostmaster, removeUsurpedLocks, serves } from './own-server-postmaster.ts'
import { startFailed, stopFailed, unsupportedPlatform } from './own-server-problems.ts'

export interface StartedServer {
  /** Null as long as it runs. */
  outcome(): 'exited' | Error | null
}

/** Nothing of our environment: PG* variables would change what the server does. */
const spawnOptions = (account: Account, log: FileHandle): SpawnOptions => ({
  cwd: '/',
  env: { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' },
  stdio: ['ignore', log.fd, log.fd],
  ...(account.isOwn ? {} : { uid: account.uid, gid: account.gid }),
})

/** Runs one of PostgreSQL's programs to its end. @throws Problem when it fails. */
export async function runToEnd(site: Site, program: string, args: string[]): Promise<void> {
  const log = await openLog(site.log)
  try {
    const child = spawn(program, args, spawnOptions(site.account, log))
    const status = await new Promise((resolve, reject) => {
      child.once('error', reject).once('exit', resolve)
    })
    if (status !== 0) throw startFailed(site.log, await readLogEnd(site))
  } catch (error) {
    throw asProblem(site, error)
  } finally {
    await log.close()
  }
}

/**
 * Starts the server and does not wait for it. Not through pg_ctl: it pastes the folder's path
 * into a shell command, where `$` and backticks are executed, and it leaves the server to
 * process 1, which in a container is Vigie itself and would not bury it. In a session of its own,
 * so that Ctrl+C in the terminal reaches Vigie alone, which then stops the server in order.
 */
export async function startServer(place: Place): Promise<StartedServer> {
  await removeUsurpedLocks(place)
  const log = await openLog(place.log)
  try {
    const settings = {
      listen_addresses: '',
      port: String(place.port),
      unix_socket_directories: `"${place.socket.replaceAll('"', '""')}"`,
      unix_socket_permissions: '0700',
    }
    const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const child = spawn(place.binaries.postgres, ['-D', place.cluster, ...args], {
      ...spawnOptions(place.account, log),
      detached: true,
    })
    let outcome: 'exited' | Error | null = null
    child.once('exit', () => {
      outcome = 'exited'
    })
    child.once('error', (error) => {
      outcome = asProblem(place, error)
    })
    child.unref()
    return { outcome: () => outcome }
  } finally {
    await log.close()
  }
}

const stopMillisMax = 60_000
const pollMillis = 10

/** Fast: whoever is still connected is cut off, everything is written, nothing needs recovery. */
export async function stopServer(site: Site): Promise<void> {
  const postmaster = await findPostmaster(site)
  if (postmaster === null) return
  process.kill(postmaster, 'SIGINT')
  const deadline = Date.now() + stopMillisMax
  while (await serves(postmaster, site.cluster)) {
    if (Date.now() > deadline) throw stopFailed(site.log)
    await sleep(pollMillis)
  }
}

const logBytesMax = 1_000_000

/** One older log is kept; the server writes next to nothing while it runs. */
async function openLog(path: string): Promise<FileHandle> {
  const size = await stat(path).then(
    (stats) => stats.size,
    () => 0,
  )
  if (size > logBytesMax) await rename(path, `${path}.1`)
  return open(path, 'a', 0o600)
}

export async function readLogEnd({ log }: Site): Promise<string> {
  return (await readFile(log, 'utf8')).split('\n').slice(-12).join('\n')
}

/** The program is there and still "not found": its loader is missing, as on Alpine (musl). */
function asProblem(site: Site, error: unknown): Problem {
  if (error instanceof Problem) return error
  return ['ENOENT', 'ENOEXEC'].includes(String(codeOf(error)))
    ? unsupportedPlatform(process.platform, process.arch, error)
    : startFailed(site.log, String(error), error)
}
