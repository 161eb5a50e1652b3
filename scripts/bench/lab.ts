import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { QueryResultRow } from 'pg'
import { createPool } from '#platform/db/connect.ts'
import { joinOwnServer } from '#platform/db/own-server.ts'
import { noTimeouts } from '#platform/db/startup-options.ts'

/** Where benches work: a PostgreSQL, databases made on it, a folder. All of it goes with `close`. */
export interface Lab {
  /** Root's PostgreSQL runs as another user, who can get in. */
  readonly folder: string
  /** Answers the address of a new database, empty or a copy of another one nobody is connected to. */
  database(template?: string): Promise<string>
  /** Done at `close`, the last one first. */
  finally(undo: () => Promise<void>): void
  close(): Promise<void>
}

export async function openLab(): Promise<Lab> {
  const undos: (() => Promise<void>)[] = []
  const folder = await mkdtemp(join(tmpdir(), 'vigie-bench-'))
  await chmod(folder, 0o711)
  undos.push(() => rm(folder, { recursive: true, force: true }))
  const server = await serverIn(folder).catch(async (error) => {
    await undoAll(undos)
    throw error
  })
  undos.push(server.stop)
  let closing: Promise<void> | null = null
  return {
    folder,
    async database(template) {
      const name = `vigie_bench_${randomUUID().replaceAll('-', '')}`
      const copied = template === undefined ? '' : ` template ${nameIn(template)}`
      await order(server.url, `create database ${name}${copied}`)
      undos.push(async () => {
        await order(server.url, `drop database if exists ${name} with (force)`)
      })
      return addressOf(server.url, name)
    },
    finally: (undo) => undos.push(undo),
    close: () => {
      closing ??= undoAll(undos)
      return closing
    },
  }
}

async function undoAll(undos: (() => Promise<void>)[]): Promise<void> {
  for (let undo = undos.pop(); undo !== undefined; undo = undos.pop()) {
    await undo().catch((error: Error) => process.stderr.write(`${error.message}\n`))
  }
}

async function serverIn(folder: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL ?? ''
  if (given !== '') {
    return { url: given, stop: async () => undefined }
  }
  const own = await joinOwnServer({ dataFolder: join(folder, 'server'), say: () => undefined })
  const { host, port, user, database } = own.connection
  const url = `postgresql://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`
  return { url, stop: () => own.leave() }
}

/** One statement as the owner, on a connection of its own. */
export async function order<Row extends QueryResultRow>(
  url: string,
  statement: string,
): Promise<readonly Row[]> {
  const pool = createPool({
    connection: url,
    max: 1,
    applicationName: 'vigie bench',
    timeouts: noTimeouts,
  })
  try {
    return (await pool.query<Row>(statement)).rows
  } finally {
    await pool.end()
  }
}

/** After a bulk load: what autovacuum and the checkpointer would do later, in the middle of a figure. */
export async function settle(url: string): Promise<void> {
  await order(url, 'vacuum (analyze)')
  await order(url, 'checkpoint')
}

function addressOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.toString()
}

const nameIn = (url: string): string => new URL(url).pathname.slice(1)
