import { randomBytes } from 'node:crypto'
import { cp, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Binaries, binariesIn } from './binaries.ts'
import { type Account, mayRun } from './own-server-account.ts'
import { ensureStateFolder } from './own-server-folders.ts'

export interface ReachableBinaries {
  readonly binaries: Binaries
  readonly isNew: boolean
}

/** The programs as npm brought them, or a copy where the server's user can run them. */
export async function reachableBinaries(
  account: Account,
  brought: Binaries,
  stateFolders: readonly string[],
): Promise<ReachableBinaries> {
  if (await mayRun(account, brought)) return { binaries: brought, isNew: false }
  const target = join(await ensureStateFolder(stateFolders), `postgres-${brought.version}`)
  const copied = binariesIn(target, brought.version)
  if (await exists(target)) return { binaries: copied, isNew: false }
  const draft = `${target}.new-${randomBytes(6).toString('hex')}`
  try {
    await copyForEverybody(brought.native, draft)
    await rename(draft, target)
  } catch (error) {
    if (!(await exists(target))) throw error
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return { binaries: copied, isNew: true }
}

/** Flushed before it gets its name: a copy cut short by a power loss would be used for ever. */
async function copyForEverybody(from: string, to: string): Promise<void> {
  await cp(from, to, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !source.endsWith('.a'),
  })
  const entries = await readdir(to, { recursive: true, withFileTypes: true })
  for (const path of [
    to,
    ...entries.filter(isReal).map((each) => join(each.parentPath, each.name)),
  ]) {
    const file = await open(path, 'r')
    try {
      const isOpenToRun = ((await file.stat()).mode & 0o111) !== 0
      await file.chmod(isOpenToRun ? 0o755 : 0o644)
      await file.sync()
    } finally {
      await file.close()
    }
  }
}

const isReal = (entry: { isSymbolicLink(): boolean }): boolean => !entry.isSymbolicLink()

const exists = async (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
