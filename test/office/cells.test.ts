import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { corpus, corpusBytes } from '#test/support/cell-corpus.ts'

/** Debian's python3 and its openpyxl, whatever other Python stands before it. */
const python = '/usr/bin/python3'
const script = fileURLToPath(new URL('./read_cells.py', import.meta.url))

test.each([
  ['1900', false],
  ['1904', true],
] as const)(
  'openpyxl reads as we do every cell of the %s system that we read',
  async (_, is1904) => {
    const cells = corpus.filter(
      (cell) => (cell.is1904 ?? false) === is1904 && cell.read !== null && !cell.read.includes('/'),
    )
    const folder = await mkdtemp(join(tmpdir(), 'vigie-cells-'))
    try {
      const path = join(folder, 'cells.xlsx')
      await writeFile(path, corpusBytes(cells, is1904))
      const { stdout } = await promisify(execFile)(python, [script, path])
      const told: [number, string, string][] = JSON.parse(stdout)
      expect(told.map(([row, kind, text]) => `${cells[row - 1]?.says}: ${kind} ${text}`)).toEqual(
        cells.map(({ says, read }) => `${says}: ${read}`),
      )
    } finally {
      await rm(folder, { recursive: true })
    }
  },
)
