import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { onTestFinished } from 'vitest'

/** Programs that are not ours, which Debian brings; a machine without one fails, and says so. */
const run = promisify(execFile)
const outputMax = 1 << 28

/** A folder that goes with the test. */
export async function folderOfTest(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-office-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** What it says on stdout. @throws with its stderr when it finds something wrong */
export async function hledger(args: readonly string[]): Promise<string> {
  const env = { ...process.env, LC_ALL: 'C.UTF-8' }
  return (await run('hledger', [...args], { env, maxBuffer: outputMax })).stdout
}

/** Debian's Python, which has its openpyxl, whatever other one stands before it. */
export async function python(script: string, args: readonly string[]): Promise<string> {
  return (await run('/usr/bin/python3', [script, ...args], { maxBuffer: outputMax })).stdout
}

/**
 * LibreOffice opens a file and writes it again in another format, in a profile of its own: two tests
 * at once would wait for each other. Answers the path of what it wrote.
 */
export async function convert(path: string, to: string): Promise<string> {
  const [converted = ''] = await convertAll([path], to)
  return converted
}

/** The same of several in one start of it. @param importFilter as it names one: `CSV:59,34,76` */
export async function convertAll(
  paths: readonly string[],
  to: string,
  importFilter?: string,
): Promise<readonly string[]> {
  const folder = await folderOfTest()
  await run('soffice', [
    `-env:UserInstallation=file://${join(folder, 'profile')}`,
    '--headless',
    ...(importFilter === undefined ? [] : [`--infilter=${importFilter}`]),
    ...['--convert-to', to, '--outdir', folder, ...paths],
  ])
  return paths.map((path) => join(folder, basename(path).replace(/\.[^.]*$/, `.${to}`)))
}
