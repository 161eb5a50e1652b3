import { execFile } from 'node:child_process'
import { access, constants, readdir } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { serviceTimeouts, startupOptions } from '#platform/db/startup-options.ts'
import { workingRole } from '#platform/service.ts'

/** From PATH, or where Debian's postgresql-contrib puts it; null when it is not installed. */
export async function findPgbench(): Promise<string | null> {
  const debian = '/usr/lib/postgresql'
  const versions = await readdir(debian).catch(() => [])
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...versions.toSorted((a, b) => Number(b) - Number(a)).map((name) => join(debian, name, 'bin')),
  ]
  for (const folder of folders) {
    const path = join(folder, 'pgbench')
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (isThere) return path
  }
  return null
}

export interface PgbenchRun {
  readonly databaseUrl: string
  readonly script: string
  readonly clients: number
  readonly transactions: number
  /** Number of the first draft it takes. */
  readonly first: number
}

/** Transactions a second, as the working role, with the session settings of the service. */
export async function runPgbench(pgbench: string, run: PgbenchRun): Promise<number> {
  const { databaseUrl, script, clients, transactions, first } = run
  const threads = Math.min(clients, availableParallelism())
  const { stdout } = await promisify(execFile)(
    pgbench,
    [
      ...['--no-vacuum', '--protocol=prepared', `--file=${script}`],
      ...[`--client=${clients}`, `--jobs=${threads}`, `--transactions=${transactions / clients}`],
      ...[`--define=first=${first}`, '--define=i=0', databaseUrl],
    ],
    { env: { ...process.env, PGOPTIONS: startupOptions(workingRole, serviceTimeouts) } },
  )
  const rate = /^tps = ([\d.]+) \(without/m.exec(stdout)?.[1]
  if (rate === undefined || !stdout.includes(`processed: ${transactions}/${transactions}`)) {
    throw new Error(`pgbench did not do its work:\n${stdout}`)
  }
  return Number(rate)
}
