import { Agent } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { giveApproverPassword } from './data.ts'
import type { Lab } from './lab.ts'
import { figure, judged, median, type Outcome, percentile } from './outcome.ts'
import { ask, password, signIn } from './page.ts'
import { type ProgramRun, runProgram } from './program.ts'
import { program, type Served, serve } from './served.ts'
import { writeRowsOf } from './sheet-rows.ts'
import type { Site } from './site.ts'
import { peakMemory, watchOthers } from './watching.ts'

const bareWriter = fileURLToPath(new URL('./bare-exceljs.ts', import.meta.url))
const pythonWriter = fileURLToPath(new URL('./bare-xlsxwriter.py', import.meta.url))
/** Debian's, which is the one that finds Debian's packages. */
const python = '/usr/bin/python3'
const documents = Number(process.env.BENCH_WORKBOOK_ROWS ?? 200_000)
const repetitions = 3
const memoryMax = 300
const waitMax = 200
/** The sheet of the documents, after the cover, the summary, the variances and the plan. */
const sheetPart = 'xl/worksheets/sheet5.xml'

/** The whole workbook of a reconciliation, beside what only writes the rows of its longest sheet. */
export async function workbook(site: Site): Promise<Outcome> {
  const { lab } = site
  const posted = await site.posted(documents)
  const url = await lab.database(posted.url)
  const file = (name: string): string => join(lab.folder, name)
  const report = ['report', 'reconciliation', '--jurisdiction', 'QC', '--format', 'xlsx']
  const command = [program, ...report, '--detail', 'documents']
  const draw = () => runProgram(lab, [...command, '-o', file('vigie.xlsx')], { DATABASE_URL: url })
  const first = await draw()
  const rows = await writeRowsOf(file('vigie.xlsx'), sheetPart, file('rows.jsonl'))
  const bare = [bareWriter, file('rows.jsonl'), file('exceljs.xlsx')]
  const copy = () => runProgram(lab, [process.execPath, ...bare])
  const ours = [first]
  const theirs: ProgramRun[] = []
  for (let turn = 1; turn <= repetitions; turn += 1) {
    ours.push(await draw())
    theirs.push(await copy())
  }
  const queued = await exportBeside(site, url, posted.token)
  const seconds = (runs: readonly ProgramRun[]) => runs.map(({ millis }) => millis / 1000)
  const most = (runs: readonly ProgramRun[]) => Math.max(...runs.map(({ mebibytes }) => mebibytes))
  const beside = figure('exceljs, streaming', 's', seconds(theirs))
  const own = figure('vigie report', 's', seconds(ours.slice(1)))
  return judged({
    bench: 'workbook',
    what: `${rows} rows of documents: the whole workbook from the database, beside exceljs’ streaming writer on the rows of that sheet`,
    target: { is: 'at most', value: 1.2, unit: '×' },
    ours: own,
    beside,
    ratio: own.value / beside.value,
    notes: [
      `greatest memory ${most(ours)} MiB, ${most(ours) <= memoryMax ? 'within' : 'above'} ${memoryMax}; exceljs ${most(theirs)} MiB`,
      ...queued,
      await besidePython(lab, file('rows.jsonl'), own.value),
    ],
  })
}

async function besidePython(lab: Lab, rows: string, own: number): Promise<string> {
  const name = 'python3-xlsxwriter in constant memory, on the same rows'
  const hasIt = await runProgram(lab, [python, '-c', 'import xlsxwriter']).catch(() => null)
  if (hasIt === null) {
    return `${name}: not installed`
  }
  const { millis } = await runProgram(lab, [python, pythonWriter, rows, `${rows}.xlsx`])
  const seconds = millis / 1000
  return `${name}: ${seconds.toFixed(1)} s, vigie report ${own < seconds ? 'faster' : 'slower'}`
}

/** The same as an export of the service, while somebody opens pages. */
async function exportBeside(site: Site, url: string, token: string): Promise<readonly string[]> {
  await giveApproverPassword(url, password)
  const served = await serve(site.lab, url)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const cookie = await signIn(served, agent)
  const path = '/fr/reconciliation?by=axis'
  const watch = watchOthers(() => ask(served, agent, { method: 'GET', path, headers: { cookie } }))
  const start = performance.now()
  await drawn(served, token)
  const seconds = (performance.now() - start) / 1000
  const waits = await watch.stop()
  const memory = await peakMemory(served.pid)
  agent.destroy()
  await served.stop()
  const p95 = percentile(waits, 0.95)
  return [
    `as an export, from the asking to the file: ${seconds.toFixed(1)} s; greatest memory of the whole service ${memory} MiB`,
    `pages meanwhile: p95 ${Math.round(p95)} ms, ${p95 < waitMax ? 'within' : 'above'} ${waitMax}, median ${Math.round(median(waits))} ms, of ${waits.length} opened`,
  ]
}

interface Told {
  readonly id: string
  readonly state: string
  readonly failure: string | null
}

async function drawn({ address }: Served, token: string): Promise<void> {
  const call = async (path: string, init: RequestInit = {}): Promise<Told> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const answer = await fetch(`${address}/api/v1/exports${path}`, { ...init, headers })
    return (await answer.json()) as Told
  }
  const body = JSON.stringify({ report: 'reconciliation', jurisdiction: 'QC', detail: 'documents' })
  const asked = await call('', { method: 'POST', body })
  for (let told = asked; told.state !== 'ready'; told = await call(`/${asked.id}`)) {
    if (!['waiting', 'running'].includes(told.state)) {
      throw new Error(`the export is ${told.state}: ${told.failure}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
