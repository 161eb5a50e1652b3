import { connect, type Socket } from 'node:net'
import { pino } from 'pino'
import { Problem, type ProblemKind } from '#core/problem.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { makeServer, type ServerOptions } from '#platform/http/server.ts'
import { type Log, makeLog } from '#platform/log.ts'

/** What several tests of the HTTP floor share: a server to speak to, and bare connections to it. */
export const silent: Log = makeLog('silent')

export const testServer = (options: Partial<ServerOptions> = {}): Promise<HttpServer> =>
  makeServer({ log: silent, ready: () => true, ...options })

export interface LogLine {
  readonly level: number
  readonly msg: string
  readonly [fact: string]: unknown
}

export function recordedLog(): { log: Log; lines: LogLine[] } {
  const lines: LogLine[] = []
  const log = pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line)) })
  return { log, lines }
}

export const levels = { info: 30, warn: 40, error: 50 } as const

export const aProblem = (kind: ProblemKind, code: string): Problem =>
  new Problem(kind, code, { fr: 'En français.', en: 'In English.' }, { detail: 'planted secret' })

export async function listening(server: HttpServer): Promise<number> {
  await server.listen({ host: '127.0.0.1', port: 0 })
  const address = server.server.address()
  if (address === null || typeof address === 'string') {
    throw new Error('the test server has no port')
  }
  return address.port
}

/** A bare connection: what was sent is on its way, what came back is collected. */
export class Wire {
  readonly socket: Socket
  received = ''
  readonly closed: Promise<string>

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1')
    this.socket.setEncoding('utf8')
    this.socket.on('data', (chunk: string) => {
      this.received += chunk
    })
    this.socket.on('error', () => undefined)
    this.closed = new Promise((resolve) => {
      this.socket.on('close', () => resolve(this.received))
    })
  }

  send(text: string | Uint8Array): this {
    this.socket.write(text)
    return this
  }

  /** Waits until what came back contains the text. */
  async until(text: string): Promise<string> {
    while (!this.received.includes(text)) {
      await pause(5)
    }
    return this.received
  }
}

export const pause = (millis: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, millis))

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
