import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

/**
 * LibreOffice computes every formula of a workbook again: it is told never to believe a cached
 * result, in a profile of its own that no other run shares. All files go through one start of it.
 */
const settings = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
`

/** @param folder of the caller's own; answers the files as LibreOffice saved them, by name */
export async function recalculated(
  folder: string,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const [profile, given, saved] = ['profile', 'given', 'saved'].map((name) => join(folder, name))
  if (profile === undefined || given === undefined || saved === undefined) {
    throw new Error('three folders')
  }
  await mkdir(join(profile, 'user'), { recursive: true })
  await mkdir(given)
  await writeFile(join(profile, 'user', 'registrymodifications.xcu'), settings)
  const names = [...files.keys()]
  const pathOf = (at: number): string => `${String(at).padStart(3, '0')}.xlsx`
  for (const [at, name] of names.entries()) {
    await writeFile(join(given, pathOf(at)), files.get(name) ?? Buffer.of())
  }
  await promisify(execFile)(
    'soffice',
    [
      `-env:UserInstallation=${pathToFileURL(profile)}`,
      ...['--headless', '--norestore', '--convert-to', 'xlsx:Calc MS Excel 2007 XML'],
      ...['--outdir', saved, ...names.map((_, at) => join(given, pathOf(at)))],
    ],
    { timeout: 500_000, maxBuffer: 10_000_000 },
  )
  const read = names.map(
    async (name, at) => [name, await readFile(join(saved, pathOf(at)))] as const,
  )
  return new Map(await Promise.all(read))
}
