import { fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Load, LoadDone } from './approvers.ts'
import { type Ground, prepareDrafts, requireTiesIn } from './data.ts'
import { firstDraft } from './draft-id.ts'
import { type Lab, order } from './lab.ts'
import { figure, judged, type Measured, median, type Outcome } from './outcome.ts'
import { findPgbench, runPgbench } from './pgbench.ts'
import { writeScript } from './pgbench-script.ts'
import { recordApprovals, type Sent } from './recording.ts'
import { end, serve } from './served.ts'
import type { Site } from './site.ts'

const clients = 16
const perRun = 1_600
const repetitions = 7
/** The first of each warms up and is not counted. */
const runs = 1 + repetitions

/** Approvals a second, beside the database doing the same statements with nothing before it. */
export async function post(site: Site): Promise<Outcome> {
  const { lab } = site
  const pgbench = await findPgbench()
  const laid = await site.posted(10_000)
  const cells = await countCells(laid)
  const ground = await prepareDrafts(lab, laid, cells + 2 * runs * perRun)
  const approvals = await recordApprovals(ground, firstDraft, cells)
  const script = join(lab.folder, 'approve.sql')
  await writeFile(script, await writeScript(ground.url, approvals, clients))
  const service = await serve(lab, ground.url)
  const done: LoadDone[] = []
  const bare: number[] = []
  let first = firstDraft + cells
  for (let run = 0; run < runs; run += 1) {
    const { address } = service
    done.push(await approve(lab, { address, token: ground.token, clients, first, count: perRun }))
    first += perRun
    if (pgbench !== null) {
      const asked = { databaseUrl: ground.url, script, clients, transactions: perRun, first }
      bare.push(await runPgbench(pgbench, asked))
      first += perRun
    }
  }
  await service.stop()
  await requireTiesIn(ground)
  return outcomeOf(done.slice(1), bare.slice(1), approvals)
}

/** By clients in a process of their own, so that they take no turn of the service's. */
async function approve(lab: Lab, load: Load): Promise<LoadDone> {
  const child = fork(fileURLToPath(new URL('./approvers.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
  })
  lab.finally(() => end(child))
  child.send(load)
  const done = await Promise.race([once(child, 'message'), once(child, 'exit')])
  if (typeof done[0] !== 'object' || done[0] === null) {
    throw new Error(`the clients ended with ${done[0]}`)
  }
  return done[0]
}

async function countCells(ground: Ground): Promise<number> {
  const counted = `select count(distinct envelope || coalesce(measure, '') || organization) as cells
    from bench.draft(1, 1000)`
  const [row] = await order<{ cells: string }>(ground.url, counted)
  return Number(row?.cells)
}

function outcomeOf(
  done: readonly LoadDone[],
  bare: readonly number[],
  approvals: readonly (readonly Sent[])[],
): Outcome {
  const millis = (key: 'medianMillis' | 'p95Millis'): string =>
    median(done.map((each) => each[key])).toFixed(1)
  const ours = figure(
    'approved over HTTP',
    '/s',
    done.map(({ perSecond }) => perSecond),
  )
  const beside = bare.length === 0 ? null : figure('by pgbench', '/s', bare)
  const measured: Measured = {
    bench: 'post',
    what: `approvals by ${clients} clients over HTTP; pgbench -M prepared with the same ${approvals[0]?.length} statements`,
    target: { is: 'at least', value: 0.5, unit: '×' },
    ours,
    beside,
    ratio: beside === null ? null : ours.value / beside.value,
    notes: [
      `an approval took ${millis('medianMillis')} ms, 95 of 100 at most ${millis('p95Millis')} ms`,
      `drafts in ${approvals.length} cells in turn`,
    ],
  }
  return beside === null
    ? { ...measured, isKept: null, notes: ['not measured: pgbench is not installed'] }
    : judged(measured)
}
