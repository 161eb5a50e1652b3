import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Role, roles } from '#features/identity/actor.ts'

/** The demo as anybody starts it, on a database and a port of its own, and one token a role. */
export interface Demo {
  readonly address: string
  readonly tokens: Readonly<Record<Role, string>>
  close(): Promise<void>
}

const program = fileURLToPath(new URL('../vigie.js', import.meta.url))
const startMillisMax = 300_000

export async function startDemo(): Promise<Demo> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-screenshots-'))
  const port = await freePort()
  const child = spawn(
    process.execPath,
    [program, 'demo', '--port', String(port), '--out', join(folder, 'out')],
    {
      env: { ...process.env, VIGIE_DATA: join(folder, 'data'), LANG: 'fr_CA.UTF-8' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const close = async (): Promise<void> => {
    if (child.exitCode === null) {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const tokens = await tokensSaid(child)
    return { address: `http://127.0.0.1:${port}`, tokens, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** `  officer        vigie_…`, one a role, once it serves. */
async function tokensSaid(child: ChildProcess): Promise<Demo['tokens']> {
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      said += chunk
    })
  }
  const end = Date.now() + startMillisMax
  while (Date.now() < end && child.exitCode === null) {
    const found = roles.map((role) => [
      role,
      new RegExp(`^ +${role} +(vigie_\\S+)$`, 'm').exec(said)?.[1],
    ])
    if (found.every(([, token]) => token !== undefined)) {
      return Object.fromEntries(found)
    }
    await setTimeout(200)
  }
  throw new Error(`the demo did not start:\n${said}`)
}
