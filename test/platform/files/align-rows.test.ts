import { describe, expect, test } from 'vitest'
import { alignRows, stepsOf } from '#platform/files/align-rows.ts'
import { DigestedRows, type RowDigests } from '#platform/files/row-digests.ts'
import { pairsInOrder, rising } from '#platform/files/rows-in-order.ts'
import { chanceOf } from '#test/support/seed.ts'
import { runs } from '#test/support/tier.ts'

/** A word a row: its letter names it, what follows is the rest of it. `-` is a blank row. */
function rowsOf(words: string): RowDigests {
  const rows = new DigestedRows()
  words.split(' ').forEach((word, at) => {
    if (word !== '-') {
      rows.add(at + 1, [
        { column: 0, formula: null, format: '', value: `t${word[0]}` },
        { column: 5, formula: null, format: '', value: `t${word.slice(1)}` },
      ])
    }
  })
  return rows.finish()
}

const steps = (record: string, file: string): string =>
  [...stepsOf(alignRows(rowsOf(record), rowsOf(file)))]
    .map(({ kind, record: ours, file: theirs }) => `${kind} ${ours}:${theirs}`)
    .join(', ')

describe('which row is which', () => {
  test.each([
    ['nothing changed', 'a b c', 'a b c', 'same 1:1'],
    ['a row is gone', 'a b c', 'a c', 'same 1:1, removed 2:0, same 3:2'],
    ['the first row is gone', 'a b c', 'b c', 'removed 1:0, same 2:1'],
    ['the last row is gone', 'a b c', 'a b', 'same 1:1, removed 3:0'],
    ['a row came', 'a b', 'a x b', 'same 1:1, added 0:2, same 2:3'],
    ['a row changed', 'a b c', 'a b2 c', 'same 1:1, changed 2:2, same 3:3'],
    ['a row changed its name', 'a b c', 'a x c', 'same 1:1, changed 2:2, same 3:3'],
    ['a row moved down', 'a b c d', 'b c a d', 'left 1:0, same 2:1, moved 1:3, same 4:4'],
    ['a row moved up', 'a b c d', 'a d b c', 'same 1:1, moved 4:2, same 2:3, left 4:0'],
    [
      'one is gone and the next one changed',
      'a b c d',
      'a c2 d',
      'same 1:1, removed 2:0, changed 3:2, same 4:3',
    ],
    ['rows are blank between', 'a b c', 'a - - b c', 'same 1:1, same 2:4'],
    ['a row is blank where it was', 'a b c', 'a - c', 'same 1:1, removed 2:0, same 3:3'],
    ['a row is there twice', 'a b c', 'a b b c', 'same 1:1, added 0:3, same 3:4'],
    ['alike rows lose one', 'a a a b', 'a a b', 'same 1:1, removed 3:0, same 4:3'],
    ['everything is other', 'a b', 'x y z', 'changed 1:1, changed 2:2, added 0:3'],
    ['everything is gone', 'a b', '-', 'removed 1:0, removed 2:0'],
  ])('%s', (_, record, file, expected) => {
    expect(steps(record, file)).toBe(expected)
  })

  test('each row of the record and of the file is told once, whatever was done', () => {
    const chance = chanceOf('align-rows')
    for (let run = 0; run < runs(200, 2000); run += 1) {
      const letters = 'abcdefghijklmnopqrstuvwxyz'.slice(0, 1 + chance.below(26)).split('')
      const edited = [...letters]
      for (let edit = chance.below(6); edit > 0; edit -= 1) {
        const at = chance.below(edited.length + 1)
        const some = edited[at] ?? 'Z'
        const ways = [[], [some, 'N'], [`${some}2`], [chance.of(letters)]]
        edited.splice(at, 1, ...chance.of(ways))
      }
      const [record, file] = [rowsOf(letters.join(' ')), rowsOf(edited.join(' ') || '-')]
      const told = [...stepsOf(alignRows(record, file))]
      const ours = told.flatMap((step) =>
        step.record === 0 || step.kind === 'moved' ? [] : [step.record],
      )
      const theirs = told.flatMap((step) => (step.file === 0 ? [] : [step.file]))
      expect(ours).toEqual(ours.toSorted((a, b) => a - b))
      expect(theirs).toEqual(theirs.toSorted((a, b) => a - b))
      const ended = told.filter(({ kind }) => kind !== 'same')
      const gone = ended.filter(({ kind }) => kind === 'removed').length
      const come = ended.filter(({ kind }) => kind === 'added').length
      expect(come - gone).toBe(file.numbers.length - record.numbers.length)
    }
  })
})

describe('pairs that rise in both lists', () => {
  test.each([
    ['a b c', 'a b c', 'aa bb cc'],
    ['a b c d', 'a c b d', 'aa cc dd'],
    ['x a', 'a x', 'aa'],
    ['a a b', 'a b', 'aa bb'],
    ['', 'a', ''],
  ])('%j and %j', (first, second, expected) => {
    const [ones, others] = [first, second].map((list) => list.split(' ').filter(Boolean))
    const pairs = pairsInOrder(ones ?? [], others ?? [])
    expect(pairs.map(([i, j]) => `${ones?.[i]}${others?.[j]}`).join(' ')).toBe(expected)
    expect(rising(pairs)).toEqual(pairs)
  })
})
