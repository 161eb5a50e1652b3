import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { museumCases } from '#test/support/museum-cases.ts'

/**
 * `tsx scripts/import-museum.ts` writes fixtures/imports/ anew, byte for byte the same: a folder a
 * case, with the file and what must be found in it. Both are written by hand in museum-cases.ts.
 */
const folder = fileURLToPath(new URL('../fixtures/imports/', import.meta.url))

for (const { name, file, bytes, expected } of museumCases) {
  await mkdir(join(folder, name), { recursive: true })
  await writeFile(join(folder, name, file), bytes)
  await writeFile(join(folder, name, 'expected.json'), `${JSON.stringify(expected, null, 2)}\n`)
}
