import type { Stats } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Binaries } from './binaries.ts'
import { noServerAccount } from './own-server-problems.ts'

/** The system user in whose name the server runs. */
export interface Account {
  readonly name: string
  readonly uid: number
  readonly gid: number
  /** False when root starts the server in another user's name. */
  readonly isOwn: boolean
}

export const ownUserId = (): number => process.geteuid?.() ?? 0

/** PostgreSQL refuses root: root lends it the name `postgres`, or `nobody` where there is none. */
export async function chooseAccount(): Promise<Account> {
  const uid = ownUserId()
  if (uid !== 0) return { name: String(uid), uid, gid: process.getegid?.() ?? uid, isOwn: true }
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  for (const wanted of ['postgres', 'nobody']) {
    const [name, , userId, groupId] = lines.find(([candidate]) => candidate === wanted) ?? []
    if (name !== undefined && Number(userId) > 0 && Number(groupId) > 0) {
      return { name, uid: Number(userId), gid: Number(groupId), isOwn: false }
    }
  }
  throw noServerAccount()
}

const canRead = 4
const canEnter = 1

/** The kernel's own rule: the first class that fits counts alone, owner, then group, then others. */
function allows(account: Account, stats: Stats, wanted: number): boolean {
  const shift = stats.uid === account.uid ? 6 : stats.gid === account.gid ? 3 : 0
  return ((stats.mode >> shift) & wanted) === wanted
}

/**
 * Whether the account can walk down to `folder` and into it. `folder` is a real path, without
 * links. The child keeps none of root's supplementary groups, so owner, group and others say all.
 */
export async function mayEnter(account: Account, folder: string): Promise<boolean> {
  if (account.isOwn) return true
  for (let each = folder; ; each = dirname(each)) {
    if (!allows(account, await stat(each), canEnter)) return false
    if (each === dirname(each)) return true
  }
}

/** Whether the account can run the programs and read every library and file they load. */
export async function mayRun(account: Account, binaries: Binaries): Promise<boolean> {
  if (account.isOwn) return true
  if (!(await mayEnter(account, binaries.native))) return false
  for (const program of [binaries.initdb, binaries.postgres]) {
    if (!allows(account, await stat(program), canRead | canEnter)) return false
  }
  for (const entry of await readdir(binaries.native, { recursive: true })) {
    const stats = await stat(join(binaries.native, entry))
    const wanted = stats.isDirectory() ? canRead | canEnter : canRead
    if (!allows(account, stats, wanted)) return false
  }
  return true
}
