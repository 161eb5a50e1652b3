import { describe, expect, test } from 'vitest'
import type { Sheet } from '#core/grid.ts'
import { readUpload } from '#platform/files/read-upload.ts'
import { corpus, corpusBytes } from '#test/support/cell-corpus.ts'

/** Promise 25: no cell is silently misread. */
const readOf = (sheet: Sheet | undefined): ReadonlyMap<number, string> =>
  new Map(
    [...(sheet?.rows ?? [])].map(({ row, cells: [cell] }) => [
      row,
      cell?.kind.includes('/') ? cell.kind : `${cell?.kind} ${cell?.text}`,
    ]),
  )

describe.each([
  ['1900', false],
  ['1904', true],
] as const)('cells of a workbook of the %s system', async (system, is1904) => {
  const cells = corpus.filter((cell) => (cell.is1904 ?? false) === is1904)
  const grid = await readUpload(corpusBytes(cells, is1904), { name: 'cellules.xlsx' })
  const read = readOf(grid.sheets[0])

  test.each(cells.map((cell, at) => [cell.says, cell.read, at + 1] as const))(
    '%s: %s',
    (_, expected, row) => {
      expect(read.get(row) ?? null).toBe(expected)
    },
  )

  test('the system is told', () => {
    expect(grid.understood.dateSystem).toMatchObject({ value: system, isAsked: false })
  })
})

test('there are two hundred of them', () => {
  expect(corpus.length).toBeGreaterThanOrEqual(200)
})
