import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Lab } from './lab.ts'

/** `vigie serve` on a free port, in a process of its own: what is measured is the real thing. */
export interface Served {
  /** `http://127.0.0.1:41234` */
  readonly address: string
  readonly pid: number
  stop(): Promise<void>
}

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** From `root`, as `npm run vigie` starts it. */
export const program = 'scripts/vigie.js'

export async function serve(lab: Lab, databaseUrl: string): Promise<Served> {
  const child = spawn(program, ['serve', '--port', '0'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DATABASE_URL: databaseUrl, LOG_LEVEL: 'error' },
  })
  const stop = (): Promise<void> => end(child)
  lab.finally(stop)
  for await (const address of createInterface({ input: child.stdout })) {
    return { address, pid: child.pid ?? 0, stop }
  }
  throw new Error('the service ended before it listened')
}

export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
}

/** Answers asked for over one connection that is kept. */
export interface Reader {
  readonly read: (path: string) => Promise<string>
  close(): void
}

export function reader({ address }: Served, token: string): Reader {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const headers = { authorization: `Bearer ${token}` }
  return {
    read: (path) =>
      new Promise((resolve, reject) => {
        const request = get(`${address}/api/v1${path}`, { agent, headers }, (response) => {
          let text = ''
          response.setEncoding('utf8')
          response.on('data', (part: string) => {
            text += part
          })
          response.on('end', () => {
            if (response.statusCode === 200) resolve(text)
            else reject(new Error(`${path} answered ${response.statusCode}: ${text}`))
          })
        })
        request.on('error', reject)
      }),
    close: () => agent.destroy(),
  }
}
