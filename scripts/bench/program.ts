import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Lab } from './lab.ts'
import { end, root } from './served.ts'
import { peakMemory } from './watching.ts'

/** A program that runs to its end: how long it took, and the most memory that it had. */
export interface ProgramRun {
  readonly millis: number
  readonly mebibytes: number
}

const lookMillis = 50

/** @throws when it ends otherwise than well */
export async function runProgram(
  lab: Lab,
  [program = '', ...args]: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<ProgramRun> {
  const start = performance.now()
  const child = spawn(program, args, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
  })
  lab.finally(() => end(child))
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  let mebibytes = 0
  const looking = setInterval(async () => {
    mebibytes = Math.max(mebibytes, await peakMemory(child.pid ?? 0))
  }, lookMillis)
  const [code] = await once(child, 'close')
  clearInterval(looking)
  if (code !== 0) {
    throw new Error(`${program} ${args.join(' ')} ended with ${code}: ${said.slice(-500)}`)
  }
  return { millis: performance.now() - start, mebibytes }
}
