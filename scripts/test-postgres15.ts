import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/**
 * Runs what stands on the database against Debian's PostgreSQL 15, the oldest that DATABASE_URL may
 * name: schema, stories, races and the restore drill. It fails, and says so, where that server is not installed.
 */
const binaries = '/usr/lib/postgresql/15/bin'
const suites = [
  'test/schema.test.ts',
  'test/stories',
  'test/races',
  'test/platform/http',
  'test/features/audit',
  'test/postgres15',
]
/**
 * Of those, what asks the database nothing that another does not: the crawl opens every page, and
 * what a file or a form says is settled before it is asked anything.
 */
const elsewhere = [
  'test/stories/*-{page,pages}.story.test.ts',
  'test/stories/page-{authorization,forms,refusals,sessions}.story.test.ts',
  'test/stories/{returned,returned-forged,same-bytes,workbook-again}.story.test.ts',
  'test/stories/imports-{bad-rows,corrected,museum}.story.test.ts',
  'test/stories/{exported-again,extract-files,expired-forms,home}.story.test.ts',
]
const run = promisify(execFile)

if (!existsSync(join(binaries, 'postgres'))) {
  process.stderr.write('PostgreSQL 15 is not installed: apt-get install postgresql-15\n')
  process.exit(1)
}
process.exitCode = await withServer((url) => vitest(url))

async function withServer(use: (url: string) => Promise<number>): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-pg15-'))
  const account = await serverAccount()
  await chmod(folder, 0o755)
  if (account !== null) {
    await chown(folder, account.uid, account.gid)
  }
  const as = account ?? {}
  const data = join(folder, 'data')
  try {
    await run(
      join(binaries, 'initdb'),
      ['-D', data, '-U', 'owner', '-A', 'trust', '-E', 'UTF8'],
      as,
    )
    const options = `-c listen_addresses='' -k ${folder} -c max_connections=200`
    await run(
      join(binaries, 'pg_ctl'),
      ['-D', data, '-w', '-l', join(folder, 'log'), '-o', options, 'start'],
      as,
    )
    return await use(`postgresql://owner@localhost/postgres?host=${encodeURIComponent(folder)}`)
  } finally {
    await run(join(binaries, 'pg_ctl'), ['-D', data, '-m', 'fast', 'stop'], as).catch(() => null)
    await rm(folder, { recursive: true, force: true })
  }
}

/** PostgreSQL refuses to run as root; Debian's package brings an account for it. */
async function serverAccount(): Promise<{ uid: number; gid: number } | null> {
  if (process.getuid?.() !== 0) {
    return null
  }
  const id = async (flag: string): Promise<number> =>
    Number((await run('id', [flag, 'postgres'])).stdout.trim())
  return { uid: await id('-u'), gid: await id('-g') }
}

function vitest(url: string): Promise<number> {
  const excluded = elsewhere.flatMap((glob) => ['--exclude', glob])
  const options = ['run', '--config', 'test/vitest.config.ts', ...excluded, ...suites]
  const child = spawn('vitest', options, {
    stdio: 'inherit',
    env: {
      ...process.env,
      TEST_DATABASE_URL: url,
      TEST_POSTGRES15: '1',
      PATH: `${binaries}:${process.env.PATH}`,
    },
  })
  return new Promise((resolve) => {
    child.on('exit', (code) => resolve(code ?? 1))
  })
}
