import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Client } from 'pg'

/**
 * `npm run drill`: proves that a backup of DATABASE_URL restores to the same truth. It dumps the
 * database, restores the dump into a new one on the same server, compares head, counts, sums and a
 * workbook byte for byte, runs `vigie verify` on what was restored, and drops it. Nobody may write
 * meanwhile: the dump would be older than what it is compared with. Exit 1 when anything differs.
 * Needs pg_dump and pg_restore of the server's version or later, and leave to create a database.
 */
const run = promisify(execFile)
const program = fileURLToPath(new URL('./vigie.js', import.meta.url))

process.exitCode = await drill(process.env.DATABASE_URL ?? '')

async function drill(source: string): Promise<number> {
  if (source === '') {
    process.stderr.write('DATABASE_URL names the database to back up\n')
    return 2
  }
  const folder = await mkdtemp(join(tmpdir(), 'vigie-drill-'))
  const name = `vigie_drill_${randomUUID().replaceAll('-', '')}`
  const restored = named(source, name)
  try {
    const dump = join(folder, 'vigie.dump')
    await run('pg_dump', ['--format=custom', `--file=${dump}`, source])
    await query(source, `create database ${name} template template0`)
    const how = ['--exit-on-error', '--single-transaction', `--dbname=${restored}`]
    await run('pg_restore', [...how, dump])
    const [before, after] = [await truthOf(source, folder), await truthOf(restored, folder)]
    const differing = [...before].filter(([what, value]) => after.get(what) !== value)
    for (const [what, value] of before) {
      const mark = after.get(what) === value ? '✓' : '✗'
      process.stdout.write(
        `${mark} ${what}: ${value}${mark === '✓' ? '' : ` / ${after.get(what)}`}\n`,
      )
    }
    const verified = await verify(restored)
    return differing.length === 0 && after.size === before.size && verified ? 0 : 1
  } finally {
    await query(source, `drop database if exists ${name} with (force)`)
    await rm(folder, { recursive: true, force: true })
  }
}

function named(address: string, database: string): string {
  const url = new URL(address)
  url.pathname = `/${database}`
  return url.toString()
}

async function query(address: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: address })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

/** What a backup must bring back, by what it is called. */
async function truthOf(address: string, folder: string): Promise<ReadonlyMap<string, string>> {
  const truth = new Map<string, string>()
  const [head] = await query(address, 'select sequence::text, hash from chain_head')
  truth.set('head', `${head?.sequence} ${head?.hash}`)
  const tables = await query(
    address,
    `select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' order by relname`,
  )
  for (const { name } of tables) {
    const [table] = await query(
      address,
      `select count(*)::text || ' rows ' || md5(coalesce(string_agg(listed::text, chr(10)
        order by listed::text collate "C"), '')) as content
      from "${name}" as listed`,
    )
    truth.set(`${name}`, `${table?.content}`)
  }
  const [sums] = await query(
    address,
    `select (select coalesce(sum(amount) filter (where amount > 0), 0)::text from journal_line)
      || ' ' || (select coalesce(sum(amount) filter (where amount > 0), 0)::text
        from journal_balance) as said`,
  )
  truth.set('sums', `${sums?.said}`)
  for (const report of ['reconciliation', 'comparison']) {
    truth.set(`workbook ${report}`, await workbookOf(address, report, folder))
  }
  return truth
}

async function workbookOf(address: string, report: string, folder: string): Promise<string> {
  const file = join(folder, 'report.xlsx')
  await vigie(address, ['report', report, '--format', 'xlsx', '-o', file])
  const bytes = await readFile(file)
  return `${bytes.length} bytes ${createHash('sha256').update(bytes).digest('hex')}`
}

async function verify(address: string): Promise<boolean> {
  const said = await vigie(address, ['verify']).catch((error: { stdout?: string }) => error)
  process.stdout.write(said.stdout ?? '')
  return !(said instanceof Error)
}

function vigie(address: string, parameters: readonly string[]): Promise<{ stdout: string }> {
  const env = { ...process.env, DATABASE_URL: address }
  return run(process.execPath, [program, ...parameters], { env })
}
