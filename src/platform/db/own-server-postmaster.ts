import { execFile } from 'node:child_process'
import { readFile, readlink, realpath, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { codeOf } from './own-server-folders.ts'
import type { Place, Site } from './own-server-place.ts'

/**
 * Who holds PostgreSQL's lock files. PostgreSQL sees by itself through a file whose process is
 * dead, but not through one whose number now belongs to another process of the same user, as
 * after a container's restart, where numbers begin again at 1; nor through one that a power loss
 * emptied. It would refuse to start until somebody deletes the file.
 */
type Claim = number | 'empty' | null

const emptyForMillisMax = 2_000

/** The process that serves this data, or is about to, or has not quite stopped; null: nobody. */
export async function findPostmaster({ cluster }: Site): Promise<number | null> {
  const claim = await readClaim(join(cluster, 'postmaster.pid'))
  return typeof claim === 'number' && (await serves(claim, cluster)) ? claim : null
}

/** Whether it is worth knocking. */
export async function isClaimed({ cluster }: Site): Promise<boolean> {
  return (await readClaim(join(cluster, 'postmaster.pid'))) !== null
}

/** To be called only when nobody serves. A dead process's file is left to PostgreSQL's own care. */
export async function removeUsurpedLocks({ cluster, socket, port }: Place): Promise<void> {
  const locks = [join(cluster, 'postmaster.pid'), join(socket, `.s.PGSQL.${port}.lock`)]
  for (const file of locks) {
    const claim = await readClaim(file)
    const isUsurped =
      typeof claim === 'number' ? isAlive(claim) && !(await serves(claim, cluster)) : claim !== null
    if (isUsurped) await unlink(file)
  }
}

export async function serves(pid: number, cluster: string): Promise<boolean> {
  if (!isAlive(pid)) return false
  const folder = await realpath(cluster)
  // A postmaster works inside its data folder.
  if (process.platform === 'linux') {
    try {
      return (await readlink(`/proc/${pid}/cwd`)) === folder
    } catch (error) {
      // Not being allowed to look is no proof of absence: starting a second server would be worse.
      return codeOf(error) === 'EACCES'
    }
  }
  return promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).then(
    ({ stdout }) => stdout.includes(folder),
    () => false,
  )
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    // EPERM too: a process of somebody else cannot be serving our own data.
    return false
  }
}

/** A file just made is still empty for an instant: it counts as absent until it has aged. */
async function readClaim(file: string): Promise<Claim> {
  try {
    const [line = ''] = (await readFile(file, 'utf8')).split('\n')
    if (/^-?\d+$/.test(line)) return Math.abs(Number(line))
    const { mtimeMs } = await stat(file)
    return Date.now() - mtimeMs > emptyForMillisMax ? 'empty' : null
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}
