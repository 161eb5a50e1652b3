import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { figure, judged, type Outcome } from './outcome.ts'
import { end, root } from './served.ts'
import type { Site } from './site.ts'

const repetitions = 3

/** Everything a fresh machine does after `npm ci`: own PostgreSQL, plan, spending, workbooks, table. */
export async function firstRun({ lab }: Site): Promise<Outcome> {
  const seconds: number[] = []
  for (let turn = 1; turn <= repetitions; turn += 1) {
    const folder = join(lab.folder, `first-run-${turn}`)
    await mkdir(folder, { mode: 0o711 })
    const start = performance.now()
    const child = spawn('npm', ['run', 'demo', '--', '--once', '--out', join(folder, 'out')], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, VIGIE_DATA: join(folder, 'data') },
    })
    lab.finally(() => end(child))
    const [code] = await once(child, 'exit')
    seconds.push((performance.now() - start) / 1000)
    const written = await readdir(join(folder, 'out')).catch(() => [])
    if (code !== 0 || written.length < 2) {
      throw new Error(`the demo ended with ${code} and wrote ${written.join(', ') || 'nothing'}`)
    }
  }
  return judged({
    bench: 'first-run',
    what: '`npm run demo -- --once` in a fresh data folder, after `npm ci`',
    target: { is: 'at most', value: 15, unit: 's' },
    ours: figure('in all', 's', seconds),
    beside: null,
    ratio: null,
    notes: [],
  })
}
