import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '#core/problem.ts'
import { readUpload } from '#platform/files/read-upload.ts'
import { withReturned } from '#platform/files/returned-workbook.ts'
import { DigestedRows } from '#platform/files/row-digests.ts'

/**
 * A process that does nothing but read the files it is given (`name=path`), one after the other, as
 * `upload` or as `returned`, which it is told first, and tells a line of JSON for each: the outcome, how long it took, how much the process grew, and how
 * much processor time its main thread took at a stretch. Time is the lesser of the clock and of what
 * all threads worked: on a machine that others keep busy, the clock tells of them.
 */
interface Measure {
  readonly outcome: string
  readonly millis: number
  readonly grownMebibytes: number
  readonly blockedMillis: number
}

const [way = 'upload', ...files] = process.argv.slice(2)
const tickMillis = 5
const processorMillis = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1000

async function measured(name: string, path: string): Promise<Measure> {
  const bytes = way === 'upload' ? readFileSync(path) : null
  const grownFrom = process.memoryUsage.rss()
  let largest = grownFrom
  let blockedMillis = 0
  let last = process.threadCpuUsage()
  const look = (): void => {
    blockedMillis = Math.max(blockedMillis, processorMillis(process.threadCpuUsage(last)))
    last = process.threadCpuUsage()
    largest = Math.max(largest, process.memoryUsage.rss())
  }
  const timer = setInterval(look, tickMillis)
  const begun = performance.now()
  const worked = process.cpuUsage()
  const reading = bytes === null ? readReturned(name, path) : readUpload(bytes, { name })
  const outcome = await reading.then(
    () => 'read',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  )
  const millis = Math.min(performance.now() - begun, processorMillis(process.cpuUsage(worked)))
  look()
  clearInterval(timer)
  return { outcome, millis, grownMebibytes: (largest - grownFrom) / 1024 / 1024, blockedMillis }
}

/** Every sheet, as if the record had none of its rows. */
const readReturned = (name: string, path: string): Promise<void> =>
  withReturned({ name, path }, async (returned) => {
    for (const [at, { hasCells }] of returned.sheets.entries()) {
      if (hasCells) await returned.align(at, new DigestedRows().finish())
    }
  })

for (const told of files) {
  const [name = '', path = ''] = told.split('=')
  process.stdout.write(`${JSON.stringify(await measured(name, path))}\n`)
  await sleep(tickMillis)
}
