import { writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { firstRun } from './bench/first-run.ts'
import { importRows } from './bench/import.ts'
import { type Lab, openLab } from './bench/lab.ts'
import { match } from './bench/match.ts'
import { type Outcome, printed } from './bench/outcome.ts'
import { page } from './bench/page.ts'
import { post } from './bench/post.ts'
import { reportPeers } from './bench/report-peers.ts'
import { reportGrowth, reportSql } from './bench/reports.ts'
import { type Site, siteIn } from './bench/site.ts'
import { verify } from './bench/verify.ts'
import { workbook } from './bench/workbook.ts'

/**
 * `npm run bench [-- NAME…] [--json FILE]`: figures beside something real, in one run; docs of the
 * targets in performance.md. Exit 1 when a target is missed, 2 on bad usage.
 */
const benches: Readonly<Record<string, (site: Site) => Promise<Outcome>>> = {
  'report-growth': reportGrowth,
  'report-sql': reportSql,
  'report-peers': reportPeers,
  post,
  import: importRows,
  match,
  verify,
  workbook,
  page,
  'first-run': firstRun,
}

const say = (text: string): void => {
  process.stderr.write(`${text}\n`)
}

process.exitCode = await main()

async function main(): Promise<number> {
  const asked = readArguments()
  if (asked === null) {
    return 2
  }
  const opening = openLab()
  const stop = stopOnSignal(opening)
  const lab = await opening
  try {
    const outcomes = await measure(siteIn(lab, say), asked.names)
    process.stdout.write(`${printed(outcomes)}\n`)
    if (asked.json !== null) {
      await writeFile(asked.json, jsonOf(outcomes))
    }
    return outcomes.some(({ isKept }) => isKept === false) ? 1 : 0
  } catch (error) {
    if (stop.code !== null) {
      return stop.code
    }
    throw error
  } finally {
    await lab.close()
  }
}

function jsonOf(outcomes: readonly Outcome[]): string {
  const figures = { cores: availableParallelism(), node: process.version, outcomes }
  return `${JSON.stringify(figures, null, 2)}\n`
}

async function measure(site: Site, names: readonly string[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  for (const name of names) {
    say(name)
    const bench = benches[name]
    if (bench !== undefined) {
      outcomes.push(await bench(site))
    }
  }
  return outcomes
}

interface Asked {
  readonly names: readonly string[]
  readonly json: string | null
}

function readArguments(): Asked | null {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { json: { type: 'string' } },
    })
    const unknown = positionals.filter((name) => !Object.hasOwn(benches, name))
    if (unknown.length > 0) {
      throw new Error(
        `no bench ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}`,
      )
    }
    const names = positionals.length > 0 ? positionals : Object.keys(benches)
    return { names, json: values.json ?? null }
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    return null
  }
}

/** What was made is taken away first. One Ctrl-C comes several times: from the terminal, npm, tsx. */
function stopOnSignal(opening: Promise<Lab>): { code: number | null } {
  const stop: { code: number | null } = { code: null }
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.on(signal, async () => {
      if (stop.code !== null) {
        return
      }
      stop.code = code
      say('cleaning up')
      const lab = await opening.catch(() => null)
      await lab?.close()
      process.exit(code)
    })
  }
  return stop
}
