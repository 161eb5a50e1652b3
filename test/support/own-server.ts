import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { afterAll, onTestFinished } from 'vitest'
import type { Bilingual } from '#core/language.ts'
import type { SocketConnection } from '#platform/db/connect.ts'
import { joinOwnServer, type OwnServer } from '#platform/db/own-server.ts'

/** Real servers for tests: whatever a test started is gone when it is finished, red or green. */

const memberScript = fileURLToPath(new URL('./own-server-member.ts', import.meta.url))

/** A folder of its own for a test. Root's server runs as another user, who has to get in. */
export function temporaryFolder(mode = 0o711): string {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-test-'))
  chmodSync(folder, mode)
  onTestFinished(() => discard(folder))
  return folder
}

/**
 * One data folder for the tests of a file. Whoever stays in for longer than a test leaves in an
 * afterAll that stands below: they run in reverse order, before a cleanup that beforeAll returns.
 */
export function sharedDataFolder(name = 'data'): string {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-test-'))
  chmodSync(folder, 0o711)
  afterAll(() => discard(folder, name))
  return join(folder, name)
}

async function discard(folder: string, name = 'data'): Promise<void> {
  await endServer(join(folder, name, 'postgres'))
  rmSync(folder, { recursive: true, force: true })
}

/** The server's process, as it wrote it down itself; null when nothing runs. */
export function postmasterOf(cluster: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(join(cluster, 'postmaster.pid'), 'utf8'), 10)
    return isRunning(pid) ? pid : null
  } catch {
    return null
  }
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return process.platform !== 'linux' || readlinkSync(`/proc/${pid}/cwd`) !== ''
  } catch {
    return false
  }
}

export async function endServer(cluster: string): Promise<void> {
  const postmaster = postmasterOf(cluster)
  if (postmaster === null) return
  process.kill(postmaster, 'SIGQUIT')
  await until(() => !isRunning(postmaster))
}

/** Until its last process is gone: for a moment they go on answering without their master. */
export async function killServer(cluster: string): Promise<void> {
  const postmaster = postmasterOf(cluster)
  if (postmaster === null) throw new Error(`no server runs in ${cluster}`)
  const all = [postmaster, ...processesIn(cluster)]
  process.kill(postmaster, 'SIGKILL')
  await until(() => !all.some(isRunning))
}

/** PostgreSQL's processes work inside its data folder. */
function processesIn(cluster: string): readonly number[] {
  const folder = realpathSync(cluster)
  const pids = process.platform === 'linux' ? readdirSync('/proc').map(Number) : []
  return pids.filter((pid) => {
    try {
      return pid > 0 && readlinkSync(`/proc/${pid}/cwd`) === folder
    } catch {
      return false
    }
  })
}

export async function until(
  isSo: () => boolean | Promise<boolean>,
  millis = 60_000,
): Promise<void> {
  const deadline = Date.now() + millis
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`waited ${millis} ms in vain`)
    await sleep(10)
  }
}

/** Joins from this process, and leaves when the test is finished. */
export async function joinHere(dataFolder: string, said: Bilingual[] = []): Promise<OwnServer> {
  const own = await joinOwnServer({ dataFolder, say: (sentence) => said.push(sentence) })
  onTestFinished(() => own.leave())
  return own
}

export interface Member {
  readonly pid: number
  readonly connection: SocketConnection
  leave(): Promise<void>
  kill(): Promise<void>
}

/** Joins from a process of its own. */
export async function spawnMember(
  dataFolder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Member> {
  const child = spawn(process.execPath, ['--import', 'tsx', memberScript, dataFolder], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  })
  onTestFinished(() => end(child, 'SIGKILL'))
  for await (const line of createInterface({ input: child.stdout })) {
    const connection: SocketConnection = JSON.parse(line.replace(/^joined /, ''))
    return {
      pid: child.pid ?? 0,
      connection,
      async leave() {
        child.stdin.end('leave\n')
        await end(child)
      },
      kill: () => end(child, 'SIGKILL'),
    }
  }
  throw new Error('the process ended without joining')
}

async function end(child: ChildProcess, signal?: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  if (signal !== undefined) child.kill(signal)
  await once(child, 'exit')
}

/** One question, on a connection of its own that knows nothing of Vigie's pools. */
export async function ask(connection: SocketConnection, question: string): Promise<unknown> {
  const client = new Client({ ...connection, ssl: false, options: '-c datestyle=ISO' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query({ text: question, rowMode: 'array' })
    return rows[0]?.[0]
  } finally {
    await client.end()
  }
}
