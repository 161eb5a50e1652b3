import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Problem } from '#core/problem.ts'
import { readUpload } from '#platform/files/read-upload.ts'
import { museumFindings } from '#test/support/museum.ts'
import { museumCases } from '#test/support/museum-cases.ts'
import { root } from '#test/support/source-tree.ts'

const folder = join(root, 'fixtures/imports')

test('the museum has every case, and its files are the ones that the script writes', () => {
  expect(museumCases.length).toBeGreaterThan(25)
  expect(readdirSync(folder).toSorted()).toEqual(museumCases.map(({ name }) => name).toSorted())
  for (const { name, file, bytes } of museumCases) {
    expect(readFileSync(join(folder, name, file)).equals(bytes), name).toBe(true)
  }
})

test.each(museumCases.map(({ name, file }) => [name, file]))(
  '%s: exactly what is expected is found',
  async (name, file) => {
    const expected = JSON.parse(readFileSync(join(folder, name, 'expected.json'), 'utf8'))
    const found = await readUpload(readFileSync(join(folder, name, file)), { name: file }).then(
      museumFindings,
      (error: unknown) => ({ refused: error instanceof Problem ? error.code : String(error) }),
    )
    expect(found).toEqual(expected)
  },
)
