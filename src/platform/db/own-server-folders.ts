import { createHash } from 'node:crypto'
import { constants, existsSync } from 'node:fs'
import { access, chmod, lchown, lstat, mkdir, realpath } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Account, ownUserId } from './own-server-account.ts'
import { foreignFolder, unusableFolder } from './own-server-problems.ts'

/**
 * Not TMPDIR where it can be helped: the command beside the server may have another one, and both
 * must find the same socket.
 */
const systemTemporaryFolder = existsSync('/tmp') ? '/tmp' : tmpdir()

/** Where root keeps what the server's user must reach; the first that can be written to. */
export const defaultStateFolders = ['/var/lib/vigie', join(systemTemporaryFolder, 'vigie-root')]

/** A name for what belongs to one data folder, short and without anything a shell could mind. */
export const shortNameOf = (folder: string): string =>
  createHash('sha256').update(folder).digest('hex').slice(0, 16)

/** macOS cuts a socket's path at 103 bytes, Linux at 107; `pg` would connect to what is left. */
const socketPathBytesMax = 103

export function socketFolderOf(home: string): string {
  const beside = join(home, 'socket')
  const bytes = Buffer.byteLength(join(beside, '.s.PGSQL.65535'))
  return bytes <= socketPathBytesMax
    ? beside
    : join(systemTemporaryFolder, `vigie-${shortNameOf(home)}`)
}

/**
 * Makes the data folder. Root's can be walked through by others, not listed: the server's user
 * has its own folder in it. What VIGIE_DATA names is kept as it is when it is already there.
 */
export async function ensureDataFolder(folder: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true, mode: ownUserId() === 0 ? 0o711 : 0o700 })
    return await realpath(folder)
  } catch (cause) {
    throw unusableFolder(folder, cause)
  }
}

/**
 * Makes a folder that only the account may use, and refuses one that somebody else made first:
 * names under the temporary folder can be guessed, and whoever owns the socket's folder could
 * put another server in place of ours.
 */
export async function claimPrivateFolder(account: Account, folder: string): Promise<void> {
  await mkdir(folder, { mode: 0o700 }).catch(ignoreExisting)
  const found = await lstat(folder)
  if (!found.isDirectory()) throw foreignFolder(folder)
  if (found.uid !== account.uid) {
    if (found.uid !== ownUserId()) throw foreignFolder(folder)
    await lchown(folder, account.uid, account.gid)
  }
  if ((found.mode & 0o777) !== 0o700) await chmod(folder, 0o700)
}

/** A folder of root's that everybody may enter and nobody else may change. */
export async function ensureStateFolder(candidates: readonly string[]): Promise<string> {
  for (const folder of candidates) {
    try {
      await makePublicFolder(folder)
      await access(folder, constants.W_OK)
    } catch {
      continue
    }
    const found = await lstat(folder)
    if (found.isDirectory() && found.uid === ownUserId() && (found.mode & 0o022) === 0) {
      return folder
    }
  }
  throw unusableFolder(candidates.join(', '))
}

/** The mode is set again because the umask of root may have hidden the folder from everybody. */
async function makePublicFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o755 })
    await chmod(folder, 0o755)
  } catch (error) {
    ignoreExisting(error)
  }
}

export function ignoreExisting(error: unknown): void {
  if (codeOf(error) !== 'EEXIST') throw error
}

export const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined
