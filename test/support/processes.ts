import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

/** Vigie as people run it: processes of their own, seen through their streams and exit codes. */
const program = fileURLToPath(new URL('../../scripts/vigie.js', import.meta.url))

export type Environment = Readonly<Record<string, string>>

/** Nothing of ours but what a program needs to run: the machine's language and database stay out. */
const bareEnvironment = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '/' }

/** What a command left: its streams, and why it ended. */
export interface Ran {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** A command that is under way. */
export interface Running {
  readonly pid: number
  readonly child: ChildProcess
  /** What it has said so far. */
  readonly said: { stdout: string; stderr: string }
  /** The first line of stdout. @throws when the process ends without one */
  firstLine(): Promise<string>
  end(signal: NodeJS.Signals): Promise<Ran>
  readonly ended: Promise<Ran>
}

export interface RunOptions {
  readonly env?: Environment
  /** Where it runs: `.env` and relative paths are looked for there. An empty folder unless told. */
  readonly cwd?: string
  /** A file to write to, instead of what `said` gathers. */
  readonly stdout?: number
  /** What it reads; nothing at all unless told. */
  readonly stdin?: string
}

export const runVigie = (args: readonly string[], options: RunOptions = {}): Promise<Ran> =>
  spawnVigie(args, options).ended

/** Killed when the test is finished, if it still runs. */
export function startVigie(args: readonly string[], options: RunOptions = {}): Running {
  const running = spawnVigie(args, options)
  onTestFinished(async () => {
    await running.end('SIGKILL')
  })
  return running
}

/** For a whole file, which ends it in an afterAll. */
export function startVigieForFile(args: readonly string[], options: RunOptions = {}): Running {
  return spawnVigie(args, options)
}

function spawnVigie(args: readonly string[], options: RunOptions): Running {
  const { env = {}, cwd = emptyFolder(), stdout = 'pipe', stdin } = options
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env: { ...bareEnvironment, ...env },
    stdio: [stdin === undefined ? 'ignore' : 'pipe', stdout, 'pipe'],
  })
  child.stdin?.end(stdin)
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      said[name] += text
    })
  }
  const ended = once(child, 'close').then(([code, signal]): Ran => ({ code, signal, ...said }))
  return {
    pid: child.pid ?? 0,
    child,
    said,
    ended,
    firstLine: () => firstLineOf(child, said, ended),
    end(signal) {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
      return ended
    },
  }
}

async function firstLineOf(
  { stdout }: ChildProcess,
  said: Running['said'],
  ended: Promise<Ran>,
): Promise<string> {
  const told = (): Promise<unknown> => (stdout === null ? ended : once(stdout, 'data'))
  let isEnded = false
  void ended.then(() => {
    isEnded = true
  })
  while (!said.stdout.includes('\n')) {
    if (isEnded) throw new Error(`ended without a line: ${said.stderr}`)
    await Promise.race([told(), ended])
  }
  return said.stdout.slice(0, said.stdout.indexOf('\n'))
}

let shared: string | null = null

/** One for all processes that do not care where they run. */
function emptyFolder(): string {
  if (shared === null) {
    const folder = mkdtempSync(join(tmpdir(), 'vigie-cwd-'))
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
    shared = folder
  }
  return shared
}
