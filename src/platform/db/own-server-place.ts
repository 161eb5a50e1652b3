import { chmod, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Bilingual } from '#core/language.ts'
import { type Binaries, findBinaries } from './binaries.ts'
import { type Account, chooseAccount, mayEnter } from './own-server-account.ts'
import { reachableBinaries } from './own-server-copy.ts'
import {
  claimPrivateFolder,
  codeOf,
  defaultStateFolders,
  ensureDataFolder,
  ensureStateFolder,
  ignoreExisting,
  shortNameOf,
  socketFolderOf,
} from './own-server-folders.ts'
import { foreignFolder, missingData, unreachableData } from './own-server-problems.ts'

/** Everything that is decided before anything is started. */
export interface Site {
  readonly account: Account
  readonly binaries: Binaries
  /** PostgreSQL's own data folder. */
  readonly cluster: string
  /** The folder of the socket. */
  readonly socket: string
  readonly log: string
}

/** A site with data in it. */
export interface Place extends Site {
  /** No port of the network: the number in the socket's name. */
  readonly port: number
}

export interface SiteOptions {
  readonly dataFolder: string
  readonly say: (sentence: Bilingual) => void
  readonly stateFolders?: readonly string[]
}

export interface SettledSite extends Site {
  /** To be called when the data is there: leaves a note in the folder that was asked for. */
  note(): Promise<void>
}

interface Home {
  readonly folder: string
  readonly account: Account
}

const noteName = 'where-the-data-is.txt'

/**
 * Data that was started in a place is looked for in that place only. To begin anew elsewhere
 * because a folder's mode changed would look to the user as if everything were lost.
 */
export async function settleSite(options: SiteOptions): Promise<SettledSite> {
  const { say, stateFolders = defaultStateFolders } = options
  const brought = findBinaries()
  const asked = await ensureDataFolder(resolve(options.dataFolder))
  const { folder, account } = await chooseHome(asked, stateFolders)
  const { binaries, isNew } = await reachableBinaries(account, brought, stateFolders)
  const socket = socketFolderOf(folder)
  await claimPrivateFolder(account, socket)
  return {
    account,
    binaries,
    cluster: join(folder, 'postgres'),
    socket,
    log: join(folder, 'postgres.log'),
    async note() {
      const isElsewhere = folder !== asked && (await readNote(asked)) === null
      if (isElsewhere) await writeNote(asked, folder)
      if (isElsewhere || isNew) {
        say(elsewhere(account, isNew ? binaries.native : null, isElsewhere ? folder : null))
      }
    },
  }
}

async function chooseHome(asked: string, stateFolders: readonly string[]): Promise<Home> {
  const usual = await chooseAccount()
  const noted = await readNote(asked)
  const begun = noted ?? asked
  const owner = await ownerOf(join(begun, 'postgres'))
  if (owner !== null) {
    return { folder: begun, account: await accountFor(owner, usual, join(begun, 'postgres')) }
  }
  if (noted !== null) throw missingData(noted, join(asked, noteName))
  if (await mayEnter(usual, asked)) return { folder: asked, account: usual }
  const folder = join(await ensureStateFolder(stateFolders), `data-${shortNameOf(asked)}`)
  await mkdir(folder).catch(ignoreExisting)
  await chmod(folder, 0o711)
  return { folder, account: usual }
}

/** Null where there is no data yet. */
async function ownerOf(cluster: string): Promise<{ uid: number; gid: number } | null> {
  try {
    const { uid, gid } = await stat(cluster)
    await stat(join(cluster, 'PG_VERSION')).catch((error: unknown) => {
      if (codeOf(error) !== 'EACCES') throw error
    })
    return { uid, gid }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}

/** Root serves data in the name of whoever it belongs to, so that both can go on using it. */
async function accountFor(
  owner: { uid: number; gid: number },
  usual: Account,
  cluster: string,
): Promise<Account> {
  if (owner.uid !== usual.uid && (usual.isOwn || owner.uid === 0)) throw foreignFolder(cluster)
  const account =
    owner.uid === usual.uid ? usual : { name: String(owner.uid), ...owner, isOwn: false }
  if (!(await mayEnter(account, cluster))) throw unreachableData(account.name, cluster)
  return account
}

async function readNote(asked: string): Promise<string | null> {
  try {
    const text = await readFile(join(asked, noteName), 'utf8')
    return text.trim().split('\n').at(-1) ?? null
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}

async function writeNote(asked: string, folder: string): Promise<void> {
  const said = 'Les données de Vigie sont dans ce dossier :\nVigie’s data is in this folder:\n'
  const draft = join(asked, `${noteName}.${process.pid}`)
  await writeFile(draft, `${said}${folder}\n`, { flush: true })
  await rename(draft, join(asked, noteName))
}

function elsewhere({ name }: Account, programs: string | null, data: string | null): Bilingual {
  const inFrench = [programs && `programmes dans ${programs}`, data && `données dans ${data}`]
  const inEnglish = [programs && `programs in ${programs}`, data && `data in ${data}`]
  const join = (parts: readonly (string | null)[]) => parts.filter(Boolean).join(', ')
  return {
    fr: `Lancé par root, PostgreSQL tourne au nom de ${name}; ce que cet utilisateur ne peut pas atteindre est placé ailleurs : ${join(inFrench)}.`,
    en: `Started by root, PostgreSQL runs as ${name}; what that user cannot reach is kept elsewhere: ${join(inEnglish)}.`,
  }
}
